/** One run of the checker over one culture: collects a result for each rule. */
import type { CultureParameters } from '../parameters.js'
import { cultureRules, type CultureRule } from './rules.js'

/** What became of one rule. */
export interface CultureCheck {
  readonly rule: CultureRule
  readonly passed: boolean
  /** The rule in words; where it is broken, what was seen. */
  readonly message: string
}

export class CultureCheckSession {
  readonly parameters: CultureParameters
  readonly seed: number
  readonly checks: CultureCheck[] = []

  constructor(parameters: CultureParameters, seed: number) {
    this.parameters = parameters
    this.seed = seed
  }

  /** Checks one rule. @param run returns what breaks it, or undefined; what it throws breaks it too */
  part(rule: CultureRule, run: () => string | undefined): void {
    let broken: string | undefined
    try {
      broken = run()
    } catch (thrown) {
      broken = thrown instanceof Error ? thrown.message : String(thrown)
    }
    this.checks.push({ rule, passed: broken === undefined, message: broken ?? cultureRules[rule] })
  }
}
