/** How strong an answer is becomes pulses: a regular train, or noise followed by a rest. */
import type { PulseDesign } from '../../mea/index.js'
import type { Rng } from '../../rng.js'
import { MS_PER_SECOND } from '../../units.js'
import type { FeedbackPulse } from '../policy.js'
import { randomPulses } from '../randomPulses.js'
import type { AnswerSettings, GradedFeedbackParameters } from './parameters.js'
import type { AnswerScale, GradedAnswer } from './policy.js'

/** Float rounding must not cost a pulse: 40 * 1.15 is 46. */
const ROUNDING = 1e-9

/** Current of each phase, scaled and held within the table's limits. */
const designOf = (settings: AnswerSettings, scale: AnswerScale, parameters: GradedFeedbackParameters): PulseDesign => ({
  currentUa: Math.min(parameters.largestCurrentUa, Math.max(parameters.smallestCurrentUa, settings.currentUa * scale.current)),
  phaseWidthUs: parameters.phaseWidthUs,
})

/** `pulses` at `frequencyHz` on all the channels together, both scaled. A rate beyond the table's or the array's is clipped to it. */
export const predictableTrain = (
  settings: AnswerSettings,
  scale: AnswerScale,
  parameters: GradedFeedbackParameters,
  largestRateHz: number,
): GradedAnswer => {
  const { channels } = settings
  const wanted = settings.frequencyHz * scale.frequency
  const asked = parameters.wholeFrequencies ? Math.floor(wanted + ROUNDING) : wanted
  const frequencyHz = Math.min(parameters.largestFrequencyHz, largestRateHz, Math.max(parameters.smallestFrequencyHz, asked))
  const count = Math.max(1, Math.floor(settings.pulses * scale.pulses + ROUNDING))
  const design = designOf(settings, scale, parameters)
  const pulses = Array.from({ length: count }, (_, k): FeedbackPulse => ({ offsetMs: (k * MS_PER_SECOND) / frequencyHz, channels, ...design }))
  return { name: scale.name, kind: 'predictable', interrupts: channels, pulses, suspendsSensoryMs: 0 }
}

/** How long an unpredictable answer and the rest after it take. */
const suspensionMs = (settings: AnswerSettings): number => settings.unpredictableMs + settings.restMs

/** Random times on random channels of the set, more of them the larger the surprise, then a rest; the culture is shown nothing meanwhile. */
export const unpredictableTrain = (
  settings: AnswerSettings,
  scale: AnswerScale,
  parameters: GradedFeedbackParameters,
  rng: Rng,
): GradedAnswer => {
  const { channels, unpredictableMs: durationMs } = settings
  const frequencyHz = settings.unpredictableFrequencyHz * scale.frequency
  const pulses = randomPulses({ channels, frequencyHz, durationMs, design: designOf(settings, scale, parameters), rng })
  return { name: scale.name, kind: 'unpredictable', interrupts: channels, pulses, suspendsSensoryMs: suspensionMs(settings) }
}

/** The time of an unpredictable answer without its pulses. */
export const silentTrain = (settings: AnswerSettings, name: string): GradedAnswer => ({
  name,
  kind: 'silent',
  interrupts: [],
  pulses: [],
  suspendsSensoryMs: suspensionMs(settings),
})
