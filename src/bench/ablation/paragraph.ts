/** The opening paragraph of a report on ablations: what was done, what follows, and how far it reaches. */
import { counted, listOf } from '../words.js'
import type { AblationName } from './conditions.js'
import { retrainedSentences } from './retrainedWording.js'
import { rowOf, showDifference, showLoss, showReturn } from './showing.js'
import type { AblationContrast, AblationSummary } from './types.js'
import { ablationSentence } from './wording.js'

const whatWasDone = ({ agents, episodes, unit, rows }: AblationSummary): string => {
  const [least, most] = [Math.min(...episodes), Math.max(...episodes)]
  const games = least === most ? counted(least, 'held-out episode') : `${least} to ${most} held-out episodes`
  const done = `${agents.length === 1 ? `One trained agent played ${games}` : `${agents.length} trained agents played ${games} each`}, the same in each of ${rows.length} ways.`
  switch (unit) {
    case 'agents':
      return `${done} The agent is the unit: intervals and tests are over agents.`
    case 'each agent':
      return `${done} ${agents.length} agents are too few for a test over agents, so each was tested alone over its episodes: a difference is one that every one of them shows. Brackets hold the range over agents.`
    case 'episodes':
      return `${done} Intervals and tests are over episodes and speak of this one agent; another training may end elsewhere.`
  }
}

const playedAs = (summary: AblationSummary): string => {
  const [whole, random] = (['trained', 'random_actions'] as const).map((name) => rowOf(summary, name))
  if (whole === undefined || random === undefined) return ''
  const difference = showDifference(summary.aboveChance, summary)
  return `The return was ${showReturn(whole.mean, summary)} as trained and ${showReturn(random.mean, summary)} with random actions, a difference of ${difference}.`
}

/** Whether the spikes were shown to carry something. */
const carries = ({ verdict }: AblationSummary): boolean => verdict === 'to chance' || verdict === 'carried'

const channelsSentence = (summary: AblationSummary): string => {
  const row = rowOf(summary, 'spikes_shuffled_channels')
  if (row?.loss?.evidence !== 'none' || !carries(summary)) return ''
  return `Exchanging the electrodes at every step made no difference that is shown (${showLoss(row, summary)} lost): that it counts where the culture fired is not shown.`
}

const PARTS: readonly (readonly [name: AblationName, how: string])[] = [
  ['encoder_initial', 'with the encoder back at its initial weights'],
  ['stimulation_shuffled_time', 'with the stimulation of another moment'],
  ['decoder_initial', 'with the decoder back at its initial weights'],
  ['plasticity_off', "with the culture's plasticity off during play"],
]

/** Parts put back lose what fitted them to each other: that is not yet what had to be trained. */
const togetherSentence = (summary: AblationSummary): string => {
  const [encoder, decoder] = (['encoder_initial', 'decoder_initial'] as const).map((name) => rowOf(summary, name)?.loss?.evidence)
  if (encoder !== 'first' || decoder !== 'first' || summary.rows.some(({ family }) => family === 'retrained')) return ''
  return 'Both parts are needed as they were trained together; whether both had to be trained, only training anew with one of them frozen (--retrain) can say.'
}

/** One sentence for what is lost, one for what is gained, one for what is not shown. */
const partSentences = (summary: AblationSummary): string[] => {
  const told = (evidence: AblationContrast['evidence']): string[] =>
    PARTS.flatMap(([name, how]) => {
      const row = rowOf(summary, name)
      return row?.loss?.evidence === evidence ? [`${showLoss(row, summary)} ${how}`] : []
    })
  const [lost, gained, unclear] = (['first', 'second', 'none'] as const).map(told)
  return [
    lost.length > 0 ? `Of the return above chance, ${listOf(lost)} is lost.` : '',
    gained.length > 0 ? `The return is higher with something taken: of the return above chance, ${listOf(gained)} is lost (below zero: gained).` : '',
    unclear.length > 0 ? `No difference is shown where ${listOf(unclear)} was lost.` : '',
    togetherSentence(summary),
  ]
}

/** Carrying is not computing: said wherever carrying is. */
const limitSentence = (summary: AblationSummary): string =>
  carries(summary) && rowOf(summary, 'retrained_network_dish') === undefined
    ? 'That the culture adds anything of its own to what it carries is not shown by this: a network of its size in its place (--retrain) would have to do worse.'
    : ''

/**
 * The paragraph a careful reader would write. Of an agent that is not above chance it says that, and nothing of its parts.
 * @param summary what `summariseAblations` found
 */
export const ablationParagraph = (summary: AblationSummary): string => {
  const isAboveChance = summary.aboveChance.evidence === 'first'
  return [
    whatWasDone(summary),
    playedAs(summary),
    ablationSentence(summary),
    ...(isAboveChance ? [channelsSentence(summary), ...partSentences(summary), ...retrainedSentences(summary), limitSentence(summary)] : []),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}
