/**
 * Background noise as a pure function of (key, step, neuron): no state, so any order or number of threads gives the same noise.
 *
 * A 32-bit hash of the counter and a second one of the first give 8 bytes; their sum, centred, is the Gaussian (Irwin-Hall of order
 * 8: unit variance after scaling, tails to 4.9 SD, excess kurtosis -0.15).
 */

/** Odd constant of the golden ratio: distance of the counters of neighbouring neurons. */
export const COUNTER_STEP = 0x9e3779b9
/** Multipliers of the hash, and of the second one. */
export const MIXERS = [0x7feb352d, 0x846ca68b, 0x9e3779b1] as const
const [MIXER_1, MIXER_2, MIXER_3] = MIXERS
/** SD of the sum of 8 independent bytes, each uniform over 0 to 255: sqrt(8 (256^2 - 1) / 12). */
export const BYTE_SUM_SD = Math.sqrt((8 * (256 * 256 - 1)) / 12)
export const BYTE_SUM_MEAN = 8 * 127.5

/** lowbias32 (Ellis Hilton 2018): a 32-bit mixer with low avalanche bias. */
const mix = (word: number): number => {
  let x = word
  x = Math.imul(x ^ (x >>> 16), MIXER_1)
  x = Math.imul(x ^ (x >>> 15), MIXER_2)
  return x ^ (x >>> 16)
}

/** Key of one step, from the key of the culture. */
export const stepKey = (cultureKey: number, step: number): number => mix(Math.imul(step + 1, COUNTER_STEP) ^ cultureKey)

/** Centred sum of 8 bytes for one neuron at one step; divide by {@link BYTE_SUM_SD} for unit variance. */
export const centredByteSum = (keyOfStep: number, neuron: number): number => {
  const first = mix((Math.imul(neuron, COUNTER_STEP) + keyOfStep) | 0)
  const mixed = Math.imul(first ^ (first >>> 13), MIXER_3)
  const second = mixed ^ (mixed >>> 16)
  // two bytes of each word side by side in the halves of one word
  const pairs = (first & 0x00ff00ff) + ((first >>> 8) & 0x00ff00ff) + (second & 0x00ff00ff) + ((second >>> 8) & 0x00ff00ff)
  return (pairs & 0xffff) + (pairs >>> 16) - BYTE_SUM_MEAN
}
