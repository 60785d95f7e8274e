/** The options of CultureControl-v0: what is asked of the culture. */
import type { z } from 'zod'
import { choice, group, quantity } from '../../../src/parameters.js'
import { channelList, cultureEnvParameters } from '../parameters.js'

/** The id under which it is registered. */
export const CULTURE_CONTROL_ID = 'CultureControl-v0'
/** Steps of an episode where nothing else is said: 20 s of the culture's life at the default step. */
export const CULTURE_CONTROL_STEPS = 200

const targetRate = group(
  {
    lowestHz: quantity({ default: 0.5, unit: 'Hz', above: 0, max: 1000, doc: 'lowest target; one is drawn for each episode', source: 'the default culture rests at 0.1 to 0.4 Hz' }),
    highestHz: quantity({ default: 1.5, unit: 'Hz', above: 0, max: 1000, doc: 'highest target', source: 'eight electrodes at 40 Hz and 3 uA drive it to 1 to 1.5 Hz' }),
    largestError: quantity({ default: 2, unit: '1', above: 0, max: 1000, doc: 'errors count up to here: a burst is far beyond any target' }),
  },
  "task 'targetRate': reward = -min(largestError, |rate - target| / target), the rate of all cells in the step",
)

const suppressBursts = group(
  {
    pieceMs: quantity({ default: 50, unit: 'ms', above: 0, max: 1000, doc: 'pieces in which a step is looked at; goes into stepMs', source: 'longer than what a pulse evokes directly, shorter than a network burst' }),
    burstRateHz: quantity({ default: 5, unit: 'Hz', above: 0, max: 1000, doc: 'a piece in which the rate of all cells reaches this is part of a burst', source: 'between the bursts of the default culture it stays below 2 Hz, in them it is 8 to 50 Hz' }),
  },
  "task 'suppressBursts': reward = -(share of the step that is part of a burst)",
)

const raiseGroup = group(
  {
    raised: channelList.nullable().default(null).meta({ description: 'electrodes whose rate is to rise; null: the left half of those observed' }),
    against: channelList.nullable().default(null).meta({ description: 'electrodes it is compared with; null: all others that are observed' }),
    floorHz: quantity({ default: 1, unit: 'Hz', above: 0, max: 1000, doc: 'added to both rates, which may be 0' }),
  },
  "task 'raiseGroup': reward = ln((rate of raised + floorHz) / (rate of against + floorHz)), spikes per electrode and second",
)

/** The table of CultureControl-v0's options. */
export const cultureControlParameters = group(
  {
    task: choice(['targetRate', 'suppressBursts', 'raiseGroup'], 'targetRate', 'what is asked of the culture'),
    targetRate,
    suppressBursts,
    raiseGroup,
    ...cultureEnvParameters,
  },
  'a culture to be controlled',
).refine(({ targetRate: { lowestHz, highestHz } }) => lowestHz <= highestHz, { path: ['targetRate', 'lowestHz'], message: 'at most targetRate.highestHz' })

/** What `new CultureControlEnv` takes: any part of the table. */
export type CultureControlOptions = z.input<typeof cultureControlParameters>
/** The table with every value set. */
export type CultureControlParameters = z.output<typeof cultureControlParameters>
