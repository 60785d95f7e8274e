/** An encoder that does not learn: a function of the caller in the place of the network, for comparison. */
import * as tf from '@tensorflow/tfjs-core'
import { Bl1Error } from '../../../src/errors.js'
import type { Choice } from '../choice.js'
import type { CultureAgentParameters } from '../parameters.js'

/**
 * Writes the pulse rate (Hz) and the current of each phase (uA) of each encoding channel; both are 0 before. A rate of 0 is no pulse.
 * @param observation the row that an encoder network would see
 */
export type FixedEncoding = (observation: Float32Array, frequencyHz: Float64Array, currentUa: Float64Array) => void

/** Where in the observation a place code looks. */
export interface PlaceRateFields {
  /** Index of what selects the channel, 0 to 1. */
  readonly height: number
  /** Index of what sets the rate, 0 to 1. */
  readonly nearness: number
}

const fraction = (value: number): number => Math.min(1, Math.max(0, value))

/**
 * The code of `placeRateEncoder`: channel floor(K y) is pulsed at lowest + (highest - lowest) x Hz and at the highest current, the others
 * are not.
 * @param fields those of Pong where left out
 */
export const placeRateEncoding = (
  limits: CultureAgentParameters['encoder'],
  fields: PlaceRateFields = { nearness: 0, height: 1 },
): FixedEncoding => {
  const { lowestRateHz, highestRateHz, highestCurrentUa } = limits
  return (observation, frequencyHz, currentUa) => {
    const channels = frequencyHz.length
    const channel = Math.min(channels - 1, Math.floor(fraction(observation[fields.height]) * channels))
    frequencyHz[channel] = lowestRateHz + (highestRateHz - lowestRateHz) * fraction(observation[fields.nearness])
    currentUa[channel] = highestCurrentUa
  }
}

/** A fixed encoding as one half of an agent: nothing to learn, log-probability and entropy 0. */
export const fixedEncoder = (
  encoding: FixedEncoding,
  limits: CultureAgentParameters['encoder'],
  inputs: number,
  channels: number,
): Choice => {
  const frequencyHz = new Float64Array(channels)
  const currentUa = new Float64Array(channels)
  const check = (what: string, values: Float64Array, highest: number): void => {
    const wrong = values.findIndex((value) => !(value >= 0 && value <= highest))
    if (wrong < 0) return
    const reason = `the fixed encoding wrote a ${what} of ${values[wrong]} for channel ${wrong}, but 0 to ${highest} are allowed.`
    throw new Bl1Error('agents/encoder-limits', { reason })
  }
  return {
    inputs,
    width: 2 * channels,
    variables: [],
    choose: (rows, { streams }, out, firstRow) => {
      for (let row = 0; row < streams.length; row++) {
        frequencyHz.fill(0)
        currentUa.fill(0)
        encoding(rows.subarray(row * inputs, (row + 1) * inputs), frequencyHz, currentUa)
        check('pulse rate', frequencyHz, limits.highestRateHz)
        check('current', currentUa, limits.highestCurrentUa)
        out.set(frequencyHz, (firstRow + row) * 2 * channels)
        out.set(currentUa, (firstRow + row) * 2 * channels + channels)
      }
    },
    evaluate: ({ shape: [count] }) => ({ logProbability: tf.zeros<tf.Rank.R1>([count]), entropy: tf.zeros<tf.Rank.R1>([count]) }),
    dispose: () => {},
  }
}
