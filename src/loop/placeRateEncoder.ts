/** Place and rate code: where the ball is selects the electrode, how near it is sets the rate. */
import type { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { group, quantity, readParameters } from '../parameters.js'
import { MS_PER_SECOND } from '../units.js'
import { boardLayout } from './boardLayout.js'
import type { EncodedPulse, Encoder } from './encoder.js'

const PROTOCOL = 'Kagan et al. 2022, Neuron 110:3952, as re-implemented by two independent groups'

/** Schema of the encoder. */
export const encoderParameters = group(
  {
    amplitudeMv: quantity({ default: 75, unit: 'mV', min: 0, max: 900, doc: 'sensory pulses', source: PROTOCOL }),
    lowestRateHz: quantity({ default: 4, unit: 'Hz', min: 0, max: 200, doc: 'pulse rate when the ball is farthest', source: PROTOCOL }),
    highestRateHz: quantity({ default: 40, unit: 'Hz', above: 0, max: 200, doc: 'pulse rate when the ball is at the paddle', source: PROTOCOL }),
  },
  'how the game is shown',
)
/** What `placeRateEncoder` takes: any part of the table. */
export type EncoderOptions = z.input<typeof encoderParameters>

/** Which entries of the observation it reads; those of Pong by default. */
export interface EncodedFields {
  /** Index of the height, 0 to 1. */
  readonly height: number
  /** Index of the nearness, 0 (far) to 1 (at the paddle). */
  readonly nearness: number
}
const PONG_FIELDS: EncodedFields = { nearness: 0, height: 1 }

/**
 * Electrode floor(8 y) of the sensory row; f = lowest + (highest - lowest) x.
 *
 * The phase advances by f dt and a pulse leaves at every whole turn, at its exact time inside the tick. Only the fraction of a turn is
 * kept, so no pulse is ever lost or doubled, however long the session.
 *
 * @param channels sensory electrodes, lowest height first
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `loop/channels`; `encode` throws `loop/observation`
 */
export const placeRateEncoder = (
  options: EncoderOptions = {},
  channels: readonly number[] = boardLayout().sensory,
  fields: EncodedFields = PONG_FIELDS,
): Encoder => {
  const { amplitudeMv, lowestRateHz, highestRateHz } = readParameters(encoderParameters, options, 'encoder parameters')
  if (channels.length === 0 || new Set(channels).size !== channels.length) {
    throw new Bl1Error('loop/channels', { purpose: 'sensory', channels, reason: 'there must be at least one, each once' })
  }
  const fraction = (observation: ArrayLike<number>, field: keyof EncodedFields): number => {
    const value = observation[fields[field]]
    if (!Number.isFinite(value)) {
      throw new Bl1Error('loop/observation', { encoder: 'placeRate', field, index: fields[field], received: String(value) })
    }
    return Math.min(1, Math.max(0, value))
  }
  const pulses: EncodedPulse[] = []
  let phase = 0
  return {
    name: 'placeRate',
    channels,
    reset: () => {
      phase = 0
    },
    encode: (observation, tickMs) => {
      pulses.length = 0
      const height = fraction(observation, 'height')
      const nearness = fraction(observation, 'nearness')
      const channel = channels[Math.min(channels.length - 1, Math.floor(height * channels.length))]
      const turnsPerMs = (lowestRateHz + (highestRateHz - lowestRateHz) * nearness) / MS_PER_SECOND
      const before = phase
      phase += turnsPerMs * tickMs
      for (let turn = 1; phase >= 1; turn++) {
        phase -= 1
        pulses.push({ offsetMs: Math.min((turn - before) / turnsPerMs, tickMs * (1 - Number.EPSILON)), channel, amplitudeMv })
      }
      return pulses
    },
  }
}
