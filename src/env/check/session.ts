/** One run of the checker over one kind of environment: makes instances, collects findings, closes what it made. */
import { Rng } from '../../rng.js'
import type { Space } from '../../spaces/index.js'
import type { AnyEnv } from '../types.js'
import { checkRules, type CheckLevel, type CheckRule } from './rules.js'

/** One broken rule. */
export interface CheckFinding {
  readonly rule: CheckRule
  readonly level: CheckLevel
  /** What was seen. */
  readonly message: string
  /** Where: 'observationSpace', 'step().info'. */
  readonly path: string
}

/** Anything of an object by name, without trusting its type: what the checker looks at may break every rule. */
export const field = (x: unknown, key: PropertyKey): unknown => (typeof x === 'object' && x !== null ? Reflect.get(x, key) : undefined)

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

export class CheckSession {
  readonly findings: CheckFinding[] = []
  /** Steps that each part of the check may take. */
  readonly steps: number
  readonly #factory: () => AnyEnv | Promise<AnyEnv>
  readonly #made: AnyEnv[] = []

  constructor(factory: () => AnyEnv | Promise<AnyEnv>, steps: number) {
    this.#factory = factory
    this.steps = steps
  }

  /** What the checked environment calls itself. */
  get id(): string {
    const id = field(field(this.#made[0], 'spec'), 'id')
    return typeof id === 'string' ? id : 'This environment'
  }

  /** A new instance. */
  async fresh(): Promise<AnyEnv> {
    const env = await this.#factory()
    this.#made.push(env)
    return env
  }

  /** Records a broken rule, once a rule and place. */
  report(rule: CheckRule, path: string, message: string): void {
    if (this.findings.some((finding) => finding.rule === rule && finding.path === path)) return
    this.findings.push({ rule, level: checkRules[rule].level, message, path })
  }

  /** Reports `rule` unless `holds`. Returns `holds`. */
  require(holds: boolean, rule: CheckRule, path: string, message: () => string): boolean {
    if (!holds) this.report(rule, path, message())
    return holds
  }

  /** Runs one part of the check; what it throws is a finding, and the other parts still run. */
  async part(name: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (thrown) {
      this.report('env/throws', name, messageOf(thrown))
    }
  }

  /** `n` actions, always the same ones. */
  actions(space: Space, n: number): unknown[] {
    const rng = Rng.fromSeed(0).split('check/actions')
    return Array.from({ length: n }, () => space.sample(rng))
  }

  /** Closes every instance that was made. */
  async finish(): Promise<readonly CheckFinding[]> {
    for (const env of this.#made) await this.part('close()', async () => env.close())
    return this.findings
  }
}
