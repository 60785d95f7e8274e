/** The words for conditions that teach beside the one that is put to the test. */
import type { GameTypes } from './game.js'
import { showInterval, showP } from './intervals.js'
import type { Protocol } from './protocol.js'
import type { OtherTeacher } from './summary.js'
import type { Task } from './task.js'
import { listOf } from './words.js'

/**
 * What it came to, null included. It is held against cultures that were answered nothing, and never said to have taught: nothing is yoked
 * to it, and a gain from stimulation alone would look the same.
 */
export const otherTeacherSentence = <G extends GameTypes>(
  task: Task<G>,
  { condition, contrasts, difference }: OtherTeacher<G['metric']>,
  { taught, significance }: Protocol,
): string => {
  const { primary, needed, digitsOf } = task.words
  const against = listOf(contrasts.map((one) => one.against))
  const numbers = contrasts
    .map((one) => `minus ${one.against} ${showInterval(one.difference, digitsOf(one.metric), true)}, p after correction ${showP(one.pHolm)}`)
    .join('; ')
  const isAnyClear = contrasts.some(({ pHolm }) => pHolm !== null && pHolm < significance)
  const modulated = taught === 'reward' ? ` Weights here change by reward-modulated STDP: of ${condition} in cultures with plain STDP this says nothing.` : ''
  switch (difference) {
    case 'not comparable':
      return `Whether ${condition} taught anything cannot be said from this run: it needs silent or no_feedback beside it, at least two cultures, and ${needed} in every probe.`
    case 'not clear':
      return `There is no evidence that ${condition} taught these cultures anything: the ${primary} gained in the frozen probe under ${condition} ${
        isAnyClear ? 'was not beyond chance larger than under each of' : 'did not differ beyond chance from that under'
      } ${against} (${numbers}).${modulated}`
    case 'larger':
    case 'smaller':
      return `The ${primary} gained in the frozen probe under ${condition} was ${difference} than under ${against}, each beyond chance after correction (${numbers}); nothing in this run is yoked to ${condition}, so whether its contingency did it is not shown.${modulated}`
  }
}
