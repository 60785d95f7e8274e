/** One run of a checker over one kind of environment: makes instances, collects findings, closes what it made. */
import { Rng } from '../../rng.js'
import { field } from '../../spaces/field.js'
import type { Space } from '../../spaces/index.js'
import type { AnyEnv } from '../types.js'
import { Findings, type CheckReport, type Rule } from './findings.js'
import type { CheckRule } from './rules.js'

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** What a session can make and close. */
export interface Closable {
  close(): unknown
}

/** `n` actions, always the same ones. */
export const sampleActions = (space: Space, n: number): unknown[] => {
  const rng = Rng.fromSeed(0).split('check/actions')
  return Array.from({ length: n }, () => space.sample(rng))
}

/** A run over what `factory` makes, by a table of rules; `throws` is the rule of a call that should not throw. */
export class CheckSession<E extends Closable, R extends string> extends Findings<R> {
  /** Steps that each part of the check may take. */
  readonly steps: number
  readonly #factory: () => E | Promise<E>
  readonly #throws: R
  readonly #made = new Set<E>()
  #id: unknown

  constructor(factory: () => E | Promise<E>, steps: number, rules: Readonly<Record<R, Rule>>, throws: R) {
    super(rules)
    this.#factory = factory
    this.steps = steps
    this.#throws = throws
  }

  /** What the checked environment calls itself. */
  get id(): string {
    return typeof this.#id === 'string' ? this.#id : 'This environment'
  }

  /** A new instance. */
  async fresh(): Promise<E> {
    const env = await this.#factory()
    this.#made.add(env)
    this.#id ??= field(field(env, 'spec'), 'id')
    return env
  }

  /** Leaves closing an instance to the part that made it. */
  forget(env: E): void {
    this.#made.delete(env)
  }

  /** Runs one part of the check; what it throws is a finding, and the other parts still run. */
  async part(name: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
      this.require(true, this.#throws, name, () => '')
    } catch (thrown) {
      this.report(this.#throws, name, messageOf(thrown))
    }
  }

  /** Closes every instance that was made and not forgotten. */
  async finish(): Promise<CheckReport<R>> {
    for (const env of this.#made) {
      await this.part('close()', async () => {
        await env.close()
      })
    }
    const { id, findings, checked } = this
    return { id, findings, checked }
  }
}

/** A run over environments of either kind. */
export type EnvSession = CheckSession<AnyEnv, CheckRule>
