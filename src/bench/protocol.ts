/** The protocol of a comparison in one table. */
import { z } from 'zod'
import { choice, flag, group, quantity } from '../parameters.js'
import { CONDITION_NAMES, TEACHERS } from './conditions.js'
import { PONG_DEFAULT_CONDITIONS } from './pong/conditions.js'

const PROTOCOL = 'Kagan et al. 2022, Neuron 110:3952, as re-implemented'

const usedSeed = z.int().min(0)
const usedRange = z.tuple([usedSeed, usedSeed]).refine(([first, last]) => first <= last, 'the first and the last seed of a stretch, [first, last]')

/** Schema of the protocol. */
export const protocolParameters = group(
  {
    cultures: quantity({ default: 8, unit: 'cultures', integer: true, min: 1, max: 10_000, doc: 'paired cultures: each plays under every condition' }),
    firstSeed: quantity({ default: 1, unit: '1', integer: true, min: 0, max: 2 ** 31, doc: 'seed of the first culture; the others follow' }),
    conditions: z.array(z.enum(CONDITION_NAMES)).min(1).default([...PONG_DEFAULT_CONDITIONS]).meta({ description: 'what is compared; in Doom random_actions stands for random_paddle' }),
    taught: choice(TEACHERS, 'fep', "whose teaching is put to the test: open_loop, inverted, plasticity_off and the other controls are of this condition. 'avoidance' and 'reward' are not DishBrain's; Doom knows 'fep' alone"),
    settleSeconds: quantity({ default: 10, unit: 's', min: 0, max: 3600, doc: 'first seconds of a culture, thrown away' }),
    restMinutes: quantity({ default: 10, unit: 'min', min: 0, max: 1440, doc: 'rest before play, in which the decoder adapts its gains', source: PROTOCOL }),
    playMinutes: quantity({ default: 20, unit: 'min', above: 0, max: 1440, doc: 'play', source: PROTOCOL }),
    probeMinutes: quantity({ default: 3, unit: 'min', above: 0, max: 1440, doc: 'frozen probe of Pong before and after play: weights frozen, no answers, the same serves; Doom: doom.probeEpisodes' }),
    dropSeconds: quantity({ default: 10, unit: 's', min: 0, max: 600, doc: 'first seconds of play that are not analysed', source: PROTOCOL }),
    earlyShare: quantity({ default: 0.25, unit: '1', above: 0, max: 1, doc: 'early play ends at this share of the session (5 of 20 minutes)', source: PROTOCOL }),
    lateShare: quantity({ default: 0.3, unit: '1', min: 0, max: 0.99, doc: 'late play begins at this share of the session (6 of 20 minutes)', source: PROTOCOL }),
    exchangeUpDown: flag(true, 'exchange the up and down regions of Pong in every second culture; Doom: doom.exchangeLeftRight'),
    significance: quantity({ default: 0.05, unit: '1', above: 0, max: 0.5, doc: 'level of the tests after Holm correction' }),
    settingsTried: quantity({ default: 0, unit: 'settings', integer: true, min: 0, max: 1e9, doc: 'settings tried on other seeds before this one was frozen; printed in the report' }),
    usedSeeds: z.array(usedRange).default([]).meta({ description: 'stretches [first, last] of the seeds that those settings were tried on; printed in the report' }),
  },
  'what is compared, on how many cultures, for how long',
)

/** The table with every value set. */
export type Protocol = z.output<typeof protocolParameters>
