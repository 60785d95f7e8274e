/**
 * The sentence about the spikes, by rules: what a careful reader would say. A difference is called one only where the corrected test and the
 * interval both say so; a null result is called that, with what it leaves open.
 */
import { capitalised, listOf } from '../words.js'
import { ablationText, DECIDING } from './conditions.js'
import { agentsInWords, mostLeftOpen, rowOf, showDifference, showLoss, showLossWith } from './showing.js'
import type { AblationRow, AblationSummary } from './types.js'

const labels = (rows: readonly AblationRow[]): string => listOf(rows.map(({ name }) => ablationText(name).label))

/** The replacements that decide, or all of them where none of those was played. */
const decidingOf = ({ rows }: AblationSummary): AblationRow[] => {
  const spikes = rows.filter(({ family }) => family === 'spikes')
  const deciding = spikes.filter(({ name }) => DECIDING.includes(name))
  return deciding.length > 0 ? deciding : spikes
}

const toChance = (summary: AblationSummary, losing: readonly AblationRow[], losses: string): string => {
  const [fall, spikes] = summary.agents.length === 1 ? ['falls', "its culture's"] : ['fall', "their cultures'"]
  const below = losing.some(({ left }) => left?.evidence === 'second') ? ' or below' : ''
  return (
    `Without what ${spikes} spikes say, ${agentsInWords(summary)} ${fall} to chance${below}: of the return above chance, ${losses} is lost.` +
    ' The information that the actions rest on passes through the culture.'
  )
}

const carried = (summary: AblationSummary, losing: readonly AblationRow[], losses: string): string => {
  const needs = summary.agents.length === 1 ? "needs what its culture's spikes say" : "need what their cultures' spikes say"
  const above = losing.filter(({ left }) => left?.evidence === 'first')
  const left =
    above.length > 0
      ? `That is not everything: with ${labels(above)} the return is still above that of random actions.`
      : 'The rest cannot be told from random actions, but that nothing is left is not shown.'
  return `${capitalised(agentsInWords(summary))} ${needs}: of the return above chance, ${losses} is lost. ${left}`
}

const notCarried = (summary: AblationSummary, deciding: readonly AblationRow[], losses: string): string => {
  const most = mostLeftOpen(deciding)
  const open = most === null ? '' : ` A loss of up to ${most} % cannot be excluded.`
  const zero = rowOf(summary, 'spikes_zero')
  const level =
    zero?.loss?.evidence === 'first' && !deciding.includes(zero)
      ? ` With no spikes at all ${showLoss(zero, summary)} is lost: the decoder needs their number, and nothing shows that it needs what they say.`
      : ''
  return (
    'There is no evidence that the culture carried anything: the return did not differ beyond chance when its spikes were replaced' +
    ` (of the return above chance, ${losses} was lost).${open}${level}`
  )
}

/**
 * The sentence that follows from the ablations of the spikes: whether the culture carried the information.
 * @param summary what `summariseAblations` found
 */
export const ablationSentence = (summary: AblationSummary): string => {
  const deciding = decidingOf(summary)
  const [losing, gaining, unclear] = (['first', 'second', 'none'] as const).map((evidence) => deciding.filter(({ loss }) => loss?.evidence === evidence))
  const lossesOf = (rows: readonly AblationRow[]): string => listOf(rows.map((row) => showLossWith(row, summary)))
  switch (summary.verdict) {
    case 'below chance':
      return `There is nothing to take apart: ${agentsInWords(summary)} did worse than random actions, by ${showDifference(summary.aboveChance, summary)}.`
    case 'not above chance':
      return `There is nothing to take apart: the return of ${agentsInWords(summary)} minus that of random actions, ${showDifference(summary.aboveChance, summary)}, is not beyond chance.`
    case 'untested':
      return 'Whether the culture carries anything was not asked: its spikes were replaced in no run.'
    case 'to chance':
      return toChance(summary, losing, lossesOf(losing))
    case 'carried':
      return carried(summary, losing, lossesOf(losing))
    case 'not carried':
      return notCarried(summary, deciding, lossesOf(deciding))
    case 'better without':
      return (
        `The return was higher with ${labels(gaining)} than with the real ones: of the return above chance, ${lossesOf(gaining)} was lost (below zero: gained).` +
        ' What the spikes say disturbs the play; nothing of it is owed to the culture.'
      )
    case 'unsettled': {
      const parts = [
        ...(losing.length > 0 ? [`${lossesOf(losing)} is lost`] : []),
        ...(gaining.length > 0 ? [`the return is higher, with ${lossesOf(gaining)} lost (below zero: gained)`] : []),
        ...(unclear.length > 0 ? [`no difference is shown where ${lossesOf(unclear)} was lost`] : []),
      ]
      return `Whether the culture carries the information is not settled. Of the return above chance, ${parts.join('; ')}.`
    }
  }
}
