/** What checkers report, and the collector they report to. The same for environments and vector environments. */

/** An error breaks code that relies on the contract; a warning is allowed and often a mistake. */
export type CheckLevel = 'error' | 'warning'

/** What a rule demands, and how bad breaking it is. */
export interface Rule {
  readonly level: CheckLevel
  readonly states: string
}

/** A rule whose breach is an error. */
export const error = (states: string): Rule => ({ level: 'error', states })
/** A rule whose breach is a warning. */
export const warning = (states: string): Rule => ({ level: 'warning', states })

/** One broken rule. */
export interface Finding<R extends string = string> {
  readonly rule: R
  readonly level: CheckLevel
  /** What was seen. */
  readonly message: string
  /** Where: 'observationSpace.camera', 'step().info'. */
  readonly path: string
}

/** A check of many rules: what is broken, and which of them there was anything to check for. */
export interface CheckReport<R extends string = string> {
  /** What the checked environment calls itself. */
  readonly id: string
  /** One a rule and path; none of an environment that keeps the contract. */
  readonly findings: readonly Finding<R>[]
  /** The rules that were looked at. The others did not apply: nothing to save, no render modes, a declared lack of determinism. */
  readonly checked: readonly R[]
}

/** Collects findings. */
export class Findings<R extends string> {
  readonly findings: Finding<R>[] = []
  readonly #rules: Readonly<Record<R, Rule>>
  readonly #checked = new Set<string>()

  constructor(rules: Readonly<Record<R, Rule>>) {
    this.#rules = rules
  }

  /** Records a broken rule, once a rule and place. */
  report(rule: R, path: string, message: string): void {
    this.#checked.add(rule)
    if (this.findings.some((finding) => finding.rule === rule && finding.path === path)) return
    this.findings.push({ rule, level: this.#rules[rule].level, message, path })
  }

  /** Reports `rule` unless `holds`. Returns `holds`. */
  require(holds: boolean, rule: R, path: string, message: () => string): boolean {
    this.#checked.add(rule)
    if (!holds) this.report(rule, path, message())
    return holds
  }

  /** The rules that were looked at, sorted. */
  get checked(): R[] {
    // Only rules were added.
    return [...this.#checked].sort() as R[]
  }
}
