/** How surprise becomes strength: running means, and the factors on rate, current and number of pulses. */
import type { AnswerSettings } from './parameters.js'
import type { AnswerScale } from './policy.js'

/**
 * An exponentially forgetting mean.
 *
 *  s <- memory s + (1 - memory) x, from s = 0
 *
 * After n values s is too small by 1 - memory^n, since it began at 0; `value` divides by that (Kingma & Ba 2015, section 3), so the mean of
 * two values is near both of them and not a thousandth. `uncorrected` is s itself.
 */
export class RunningMean {
  readonly #memory: number
  #sum = 0
  #weight = 0

  constructor(memory: number) {
    this.#memory = memory
  }

  add(x: number): void {
    this.#sum = this.#memory * this.#sum + (1 - this.#memory) * x
    this.#weight = this.#memory * this.#weight + (1 - this.#memory)
  }

  /** 0 before the first value. */
  get value(): number {
    return this.#weight === 0 ? 0 : this.#sum / this.#weight
  }

  get uncorrected(): number {
    return this.#sum
  }
}

const SMALLEST_FACTOR = 0.5
const within = (factor: number, largest: number): number => Math.min(largest, Math.max(SMALLEST_FACTOR, factor))

/**
 * Factors of the answer to a step:
 *  e = 1 - exp(-ratio)
 *  rate 1 -+ frequencyGain e w (slower for good news, faster for bad), current 1 + currentGain e, pulses 1 + pulseGain e
 * @param conflict w: below 1 where the TD error contradicts the reward
 */
export const stepScale = (
  settings: AnswerSettings,
  good: boolean,
  ratio: number,
  conflict = 1,
): Pick<AnswerScale, 'frequency' | 'current' | 'pulses'> => {
  const e = 1 - Math.exp(-ratio)
  return {
    frequency: within(1 + (good ? -1 : 1) * settings.frequencyGain * e * conflict, settings.frequencyMax),
    current: within(1 + settings.currentGain * e, settings.currentMax),
    pulses: within(1 + settings.pulseGain * e, settings.pulseMax),
  }
}

/** Factors of the answer to an episode: 1 + gain ratio, faster for good and bad alike. */
export const episodeScale = (settings: AnswerSettings, ratio: number): Pick<AnswerScale, 'frequency' | 'current' | 'pulses'> => ({
  frequency: within(1 + settings.frequencyGain * ratio, settings.frequencyMax),
  current: within(1 + settings.currentGain * ratio, settings.currentMax),
  pulses: within(1 + settings.pulseGain * ratio, settings.pulseMax),
})
