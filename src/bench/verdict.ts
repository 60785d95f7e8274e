/** The sentence on which a report turns: what the verdict says of the condition that is put to the test. */
import type { TeacherName } from './conditions.js'
import type { GameTypes } from './game.js'
import { decidingContrasts, type Contrast, type Summary } from './summary.js'
import type { Task } from './task.js'
import { listOf } from './words.js'

/** What each teacher teaches by. */
const LESSONS: Readonly<Record<TeacherName, string>> = { fep: 'feedback', avoidance: 'avoidance feedback', reward: 'reward' }

/** Whether the taught condition taught, and what stands against it where it cannot be said. */
export const verdictSentence = <G extends GameTypes>(task: Task<G>, summary: Summary<G>, significance: number): string => {
  const { taught } = summary
  const lesson = LESSONS[taught]
  const { primary, excluding } = decidingContrasts(task, summary.contrasts)
  const what = task.words.primary
  const against = listOf(primary.map((one) => one.against))
  const isLarger = ({ difference: { mean } }: Contrast<string>): boolean => (mean ?? 0) > 0
  const isClear = ({ pHolm }: Contrast<string>): boolean => pHolm !== null && pHolm < significance
  const clear = primary.filter(isClear)
  const controls = excluding.map((one) => one.against)
  /** What stands against it where some contrasts are clear. */
  const doubt = (): string => {
    if (clear.length < primary.length) {
      return `${taught} differed in the frozen probe from ${listOf(clear.map((one) => one.against))}, but not from all of ${against}, and a gain that another condition shares cannot be put down to the ${lesson}.`
    }
    const sides = new Set(primary.map(isLarger))
    const lead = `the ${what} gained in the frozen probe under ${taught} was`
    if (sides.size > 1) return `${lead} larger than under some of ${against} and smaller than under others.`
    if (sides.has(false)) return `${lead} smaller than under ${against}, each beyond chance after correction, but it did not fall beyond chance by itself.`
    const sharing = excluding.filter((one) => !isClear(one) || !isLarger(one)).map((one) => one.against)
    return sharing.length === 0
      ? `${lead} larger than under ${against}, each beyond chance after correction, but it did not rise beyond chance by itself.`
      : `${lead} larger than under ${against}, each beyond chance after correction, but not than under ${listOf(sharing)}, and a gain that a control shares cannot be put down to the ${lesson}.`
  }
  switch (summary.verdict) {
    case 'learned': {
      const beaten = `${against}${controls.length === 0 ? '' : `, and than under ${listOf(controls)}`}`
      const lead = `The ${what} gained in the frozen probe was larger under ${taught} than under ${beaten}, each beyond chance after correction`
      return primary.some((one) => one.against === 'open_loop')
        ? `${lead}: these cultures learned from the ${lesson}.`
        : `${lead}; nothing in this run is yoked to ${taught} (open_loop), so whether its contingency did it is not shown.`
    }
    case 'learned to miss':
    case 'learned to lose':
      return `The ${what} in the frozen probe fell under ${taught} compared with ${against}, each beyond chance after correction: the ${lesson} taught these cultures to ${task.words.opposite}.`
    case 'not comparable':
      return `Whether ${taught} taught anything cannot be said from this run: it needs ${taught}, at least one other condition with cells, at least two cultures, and ${task.words.needed} in every probe.`
    case 'no evidence':
      if (clear.length === 0) {
        return `There is no evidence that the ${lesson} taught these cultures anything: the ${what} gained in the frozen probe under ${taught} did not differ beyond chance from that under ${against}.`
      }
      return `There is no evidence of learning from ${lesson}: ${doubt()}`
  }
}
