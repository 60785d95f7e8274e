/** A check as text, for terminals and logs. */
import type { CheckLevel, Finding, Rule } from './findings.js'

/** What {@link formatReport} adds to the findings. */
export interface ReportOptions {
  /** The rules that there were: each is listed with the sentence that states it. @default only those that are broken */
  readonly rules?: Readonly<Record<string, Rule>>
  /** The rules that were looked at; the others are listed as not applicable. @default all */
  readonly checked?: readonly string[]
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

type Verdict = 'ok' | 'n/a' | CheckLevel

const COLUMN = 'warning'.length + 2

const ruleLines = (rule: string, verdict: Verdict, states: string | undefined, width: number, findings: readonly Finding[]): string[] => {
  const head = `${verdict.padEnd(COLUMN)}${states === undefined ? rule : `${rule.padEnd(width)}${states}`}`
  return [head, ...findings.map(({ path, message }) => `${' '.repeat(COLUMN)}  at ${path}: ${message}`)]
}

/**
 * Findings as text: a line a rule with its findings under it, and a last line that counts.
 *
 * @example
 * ```ts
 * console.log(formatReport(await checkEnv(() => new PongEnv()))) // No rule is broken.
 * ```
 */
export const formatReport = (findings: readonly Finding[], { rules, checked }: ReportOptions = {}): string => {
  const names = rules === undefined ? [...new Set(findings.map(({ rule }) => rule))] : Object.keys(rules)
  const width = Math.max(0, ...names.map((name) => name.length)) + 2
  const counts: { -readonly [V in Verdict]: number } = { ok: 0, 'n/a': 0, warning: 0, error: 0 }
  const lines: string[] = []
  for (const rule of names) {
    const broken = findings.filter((finding) => finding.rule === rule)
    const unbroken = checked === undefined || checked.includes(rule) ? 'ok' : 'n/a'
    const verdict = broken[0]?.level ?? unbroken
    counts[verdict]++
    lines.push(...ruleLines(rule, verdict, rules?.[rule]?.states, width, broken))
  }
  const broken = `${count(counts.error, 'error')}, ${count(counts.warning, 'warning')}`
  if (rules === undefined) return [...lines, findings.length === 0 ? 'No rule is broken.' : `Rules broken: ${broken}.`].join('\n')
  const rest = counts['n/a'] > 0 ? `, ${counts['n/a']} not applicable` : ''
  return [...lines, '', `${count(names.length - counts['n/a'], 'rule')} checked: ${counts.ok} ok, ${broken}${rest}.`].join('\n')
}
