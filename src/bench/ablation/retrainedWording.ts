/** What training anew adds: which part had to be trained, and whether it took a culture. */
import { listOf } from '../words.js'
import { ablationText, type AblationName } from './conditions.js'
import { rowOf, showDifference, showReturn } from './showing.js'
import type { AblationContrast, AblationSummary } from './types.js'

/** What follows, by what the evidence says is higher: the whole agent, the one trained this way, or neither. */
type Conclusions = Readonly<Record<AblationContrast['evidence'], string>>

/** Who reached less or more, and what follows. */
const SENTENCES: readonly (readonly [name: AblationName, subject: string, follows: Conclusions])[] = [
  [
    'retrained_encoder_frozen',
    'Trained anew with the encoder frozen, agents',
    { first: 'training the encoder was needed', second: 'training the encoder did harm', none: 'that training the encoder was needed is not shown' },
  ],
  [
    'retrained_decoder_frozen',
    'Trained anew with the decoder frozen, agents',
    { first: 'training the decoder was needed', second: 'training the decoder did harm', none: 'that training the decoder was needed is not shown' },
  ],
  [
    'retrained_without_spikes',
    'Trained anew without spikes, agents',
    { first: 'training needs spikes', second: 'the spikes hindered training', none: 'that training needs spikes is not shown' },
  ],
  [
    'retrained_network_dish',
    'Trained anew around a network of rate units of the same size, agents',
    {
      first: 'the culture does more than such a network',
      second: 'such a network carries more than the culture',
      none: 'that the culture does anything that such a network does not is not shown',
    },
  ],
  [
    'retrained_no_culture',
    'An ordinary network with nothing in its middle',
    { first: 'the culture is no burden', second: 'this is what the game allows', none: 'that the culture costs anything is not shown' },
  ],
]

const COMPARED: Readonly<Record<AblationContrast['evidence'], string>> = { first: 'reached less', second: 'reached more', none: 'reached no other return beyond chance' }

/** One sentence a way of training anew. */
export const retrainedSentences = (summary: AblationSummary): string[] => {
  const rows = summary.rows.filter(({ family }) => family === 'retrained')
  if (rows.length === 0) return []
  if (rows.every(({ loss }) => loss === null || loss.p === null)) {
    const each = listOf(rows.map((row) => `'${ablationText(row.name).label}' ${showReturn(row.mean, summary)}`))
    return [`Of each way of training anew there is one run (${each}); one run says nothing about training, so nothing is concluded from it.`]
  }
  return SENTENCES.flatMap(([name, subject, follows]) => {
    const row = rowOf(summary, name)
    if (row === undefined || row.loss === null) return []
    const { evidence } = row.loss
    return [`${subject} ${COMPARED[evidence]}: ${showReturn(row.mean, summary)}. The whole agent minus this is ${showDifference(row.loss, summary)}: ${follows[evidence]}.`]
  })
}
