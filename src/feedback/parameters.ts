/** The answers of the DishBrain experiment in one table. */
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
  },
  'what the culture is told after a hit and after a miss',
)

/** The table with every value set. */
export type FeedbackParameters = z.output<typeof feedbackParameters>
/** What a feedback policy takes: any part of the table. */
export type FeedbackOptions = z.input<typeof feedbackParameters>
