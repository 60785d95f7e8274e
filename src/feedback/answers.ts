/** The two answers of the protocol, from which the conditions are put together. */
import { MS_PER_SECOND } from '../units.js'
import type { FeedbackParameters } from './parameters.js'
import type { FeedbackAnswer, FeedbackContext, FeedbackPulse } from './policy.js'
import { randomPulses } from './randomPulses.js'

/** All sensory electrodes at once, regular: 100 Hz for 100 ms by default. The game goes on. */
export const predictableAnswer = (parameters: FeedbackParameters, { channels }: FeedbackContext): FeedbackAnswer => {
  const periodMs = MS_PER_SECOND / parameters.predictableFrequencyHz
  const count = Math.max(1, Math.round(parameters.predictableDurationMs / periodMs))
  const pulses = Array.from({ length: count }, (_, k): FeedbackPulse => ({ offsetMs: k * periodMs, channels, amplitudeMv: parameters.predictableAmplitudeMv }))
  return { pulses, durationMs: parameters.predictableDurationMs, pausesGame: false }
}

/** Random electrodes at random times, 5 Hz over the array for 4 s by default, then a rest. The game waits. */
export const unpredictableAnswer = (parameters: FeedbackParameters, { channels, rng }: FeedbackContext): FeedbackAnswer => {
  const { unpredictableDurationMs: durationMs, unpredictableFrequencyHz: frequencyHz, unpredictableAmplitudeMv: amplitudeMv } = parameters
  const pulses = randomPulses({ channels, frequencyHz, durationMs, design: { amplitudeMv }, rng })
  return { pulses, durationMs: durationMs + parameters.restAfterMissMs, pausesGame: true }
}

/** Nothing for as long as the unpredictable answer would take. The game waits. */
export const silentAnswer = (parameters: FeedbackParameters): FeedbackAnswer => ({
  pulses: [],
  durationMs: parameters.unpredictableDurationMs + parameters.restAfterMissMs,
  pausesGame: true,
})
