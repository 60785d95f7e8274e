/** How cultures are taught, in one table: the answers of the DishBrain experiment, the pauses of `avoidance`, the rewards of `reward`. */
import type { z } from 'zod'
import { group, quantity } from '../parameters.js'

const PROTOCOL = 'Kagan et al. 2022, Neuron 110:3952, as re-implemented by two independent groups'

/** Schema of the answers. */
export const feedbackParameters = group(
  {
    predictableAmplitudeMv: quantity({ default: 75, unit: 'mV', min: 0, max: 900, doc: 'pulses of the predictable answer', source: PROTOCOL }),
    predictableFrequencyHz: quantity({ default: 100, unit: 'Hz', above: 0, max: 200, doc: 'their rate, on all sensory electrodes together', source: PROTOCOL }),
    predictableDurationMs: quantity({ default: 100, unit: 'ms', min: 10, max: 60_000, doc: 'their duration', source: PROTOCOL }),
    unpredictableAmplitudeMv: quantity({ default: 150, unit: 'mV', min: 0, max: 900, doc: 'pulses of the unpredictable answer', source: PROTOCOL }),
    unpredictableFrequencyHz: quantity({ default: 5, unit: 'Hz', above: 0, max: 200, doc: 'their mean rate over the whole array, each at a random time on a random sensory electrode', source: PROTOCOL }),
    unpredictableDurationMs: quantity({ default: 4000, unit: 'ms', min: 10, max: 60_000, doc: 'their duration', source: PROTOCOL }),
    restAfterMissMs: quantity({ default: 4000, unit: 'ms', min: 0, max: 60_000, doc: 'pause without stimulation after the unpredictable answer', source: PROTOCOL }),
    pauseAfterMoveMs: quantity({ default: 20, unit: 'ms', above: 0, max: 1000, doc: 'of avoidance: pause of the sensory input after a move towards the ball', source: 'works from 5 to 40 ms; after Sinapayen et al. 2017, PLoS ONE 12:e0170388' }),
    rewardAmount: quantity({ default: 0.01, unit: '1', above: 0, max: 1000, doc: 'of reward: dopamine of a hit that was not expected at all; a pair that has just been marked gains 167 times this share of it' }),
    rewardMeanOutcomes: quantity({ default: 50, unit: 'outcomes', min: 1, max: 1_000_000, doc: 'of reward: memory of the running mean that is subtracted' }),
    rewardFirstMean: quantity({ default: 1 / 3, unit: '1', min: 0, max: 1, doc: 'of reward: the share of hits expected at the start; a third of the field is hit by chance' }),
  },
  'how the culture is taught',
)

/** The table with every value set. */
export type FeedbackParameters = z.output<typeof feedbackParameters>
/** What a feedback policy takes: any part of the table. */
export type FeedbackOptions = z.input<typeof feedbackParameters>
