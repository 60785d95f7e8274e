/** The two answers of the protocol, from which the conditions are put together. */
import { MS_PER_SECOND } from '../units.js'
import type { FeedbackParameters } from './parameters.js'
import type { FeedbackAnswer, FeedbackContext, FeedbackPulse } from './policy.js'

/** All sensory electrodes at once, regular: 100 Hz for 100 ms by default. The game goes on. */
export const predictableAnswer = (parameters: FeedbackParameters, { channels }: FeedbackContext): FeedbackAnswer => {
  const periodMs = MS_PER_SECOND / parameters.predictableFrequencyHz
  const count = Math.max(1, Math.round(parameters.predictableDurationMs / periodMs))
  const pulses = Array.from({ length: count }, (_, k): FeedbackPulse => ({ offsetMs: k * periodMs, channels, amplitudeMv: parameters.predictableAmplitudeMv }))
  return { pulses, durationMs: parameters.predictableDurationMs, pausesGame: false }
}

/** Closer than this on one channel and the hardware's rate limit would refuse the second pulse. */
const APART_MS = 6

/**
 * Random electrodes at random times, 5 Hz over the array for 4 s by default, then a rest. The game waits. A draw that falls too close to
 * an earlier pulse of its channel is drawn again.
 */
export const unpredictableAnswer = (parameters: FeedbackParameters, { channels, rng }: FeedbackContext): FeedbackAnswer => {
  const { unpredictableDurationMs: durationMs, unpredictableFrequencyHz: frequencyHz, unpredictableAmplitudeMv: amplitudeMv } = parameters
  const room = Math.max(1, Math.floor(durationMs / (2 * APART_MS))) * channels.length
  const count = Math.min(room, Math.max(1, Math.round((durationMs / MS_PER_SECOND) * frequencyHz)))
  const pulses: { offsetMs: number; channels: readonly [number]; amplitudeMv: number }[] = []
  while (pulses.length < count) {
    const channel = channels[rng.integer(channels.length)]
    const offsetMs = rng.between(0, durationMs)
    const isFree = pulses.every((pulse) => pulse.channels[0] !== channel || Math.abs(pulse.offsetMs - offsetMs) >= APART_MS)
    if (isFree) pulses.push({ offsetMs, channels: [channel], amplitudeMv })
  }
  pulses.sort((a, b) => a.offsetMs - b.offsetMs)
  return { pulses, durationMs: durationMs + parameters.restAfterMissMs, pausesGame: true }
}

/** Nothing for as long as the unpredictable answer would take. The game waits. */
export const silentAnswer = (parameters: FeedbackParameters): FeedbackAnswer => ({
  pulses: [],
  durationMs: parameters.unpredictableDurationMs + parameters.restAfterMissMs,
  pausesGame: true,
})
