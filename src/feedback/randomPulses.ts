/** Noise by electrodes: pulses at random times on random channels, what an unpredictable answer is made of. */
import type { PulseDesign } from '../mea/index.js'
import type { Rng } from '../rng.js'
import { MS_PER_SECOND } from '../units.js'
import type { FeedbackPulse } from './policy.js'

/** Closer than this on one channel and the hardware's rate limit would refuse the second pulse. */
const APART_MS = 6

/** What {@link randomPulses} draws. */
export interface RandomPulses {
  /** At least one. */
  readonly channels: readonly number[]
  /** Mean rate over all the channels together. */
  readonly frequencyHz: number
  readonly durationMs: number
  readonly design: PulseDesign
  readonly rng: Rng
}

/**
 * frequencyHz * durationMs pulses, each on one random channel at a random time of the duration, sorted. A draw that falls too close to an
 * earlier pulse of its channel is drawn again.
 */
export const randomPulses = ({ channels, frequencyHz, durationMs, design, rng }: RandomPulses): FeedbackPulse[] => {
  const room = Math.max(1, Math.floor(durationMs / (2 * APART_MS))) * channels.length
  const count = Math.min(room, Math.max(1, Math.round((durationMs / MS_PER_SECOND) * frequencyHz)))
  const pulses: FeedbackPulse[] = []
  while (pulses.length < count) {
    const channel = channels[rng.integer(channels.length)]
    const offsetMs = rng.between(0, durationMs)
    const isFree = pulses.every((pulse) => pulse.channels[0] !== channel || Math.abs(pulse.offsetMs - offsetMs) >= APART_MS)
    if (isFree) pulses.push({ offsetMs, channels: [channel], ...design })
  }
  return pulses.sort((a, b) => a.offsetMs - b.offsetMs)
}
