/** Place and rate code: where the ball is selects the electrode, how near it is sets the rate. */
import type { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { choice, group, quantity, readParameters } from '../parameters.js'
import { MS_PER_SECOND } from '../units.js'
import { boardLayout } from './boardLayout.js'
import type { EncodedPulse, Encoder } from './encoder.js'
import { fractionOf, PONG_FIELDS, type EncodedFields } from './fields.js'

const PROTOCOL = 'Kagan et al. 2022, Neuron 110:3952, as re-implemented by two independent groups'

/** Schema of the encoder. */
export const encoderParameters = group(
  {
    place: choice(['absolute', 'relative'], 'absolute', "what selects the electrodes: the ball's height, or where it lies relative to the paddle"),
    amplitudeMv: quantity({ default: 75, unit: 'mV', min: 0, max: 900, doc: 'sensory pulses', source: PROTOCOL }),
    lowestRateHz: quantity({ default: 4, unit: 'Hz', min: 0, max: 200, doc: 'pulse rate when the ball is farthest', source: PROTOCOL }),
    highestRateHz: quantity({ default: 40, unit: 'Hz', above: 0, max: 200, doc: 'pulse rate when the ball is at the paddle', source: PROTOCOL }),
  },
  'how the game is shown',
)
/** What `placeRateEncoder` takes: any part of the table. */
export type EncoderOptions = z.input<typeof encoderParameters>

/**
 * Place floor(n z) of n, z = y (absolute) or z = (y - paddle + 1) / 2 (relative); f = lowest + (highest - lowest) x, the same for all
 * electrodes of the place, which pulse together.
 *
 * The phase advances by f dt and a pulse leaves at every whole turn, at its exact time inside the tick. Only the fraction of a turn is
 * kept, so no pulse is ever lost or doubled, however long the session.
 * @param places electrodes of each place, lowest height first; an electrode stands in one place
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `loop/channels`; `encode` throws `loop/observation`
 */
export const placeRateEncoder = (
  options: EncoderOptions = {},
  places: readonly (readonly number[])[] = boardLayout().places,
  fields: EncodedFields = PONG_FIELDS,
): Encoder => {
  const { place, amplitudeMv, lowestRateHz, highestRateHz } = readParameters(encoderParameters, options, 'encoder parameters')
  const channels = places.flat()
  if (places.length === 0 || places.some((electrodes) => electrodes.length === 0) || new Set(channels).size !== channels.length) {
    throw new Bl1Error('loop/channels', { purpose: 'sensory', channels, reason: 'there must be at least one at every place, each once' })
  }
  const fraction = (observation: ArrayLike<number>, field: keyof EncodedFields): number => fractionOf(observation, fields, field, 'placeRate')
  const heightOf = (observation: ArrayLike<number>): number => {
    const height = fraction(observation, 'height')
    return place === 'absolute' ? height : (height - fraction(observation, 'own') + 1) / 2
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
      const nearness = fraction(observation, 'nearness')
      const electrodes = places[Math.min(places.length - 1, Math.floor(heightOf(observation) * places.length))]
      const turnsPerMs = (lowestRateHz + (highestRateHz - lowestRateHz) * nearness) / MS_PER_SECOND
      const before = phase
      phase += turnsPerMs * tickMs
      for (let turn = 1; phase >= 1; turn++) {
        phase -= 1
        const offsetMs = Math.min((turn - before) / turnsPerMs, tickMs * (1 - Number.EPSILON))
        for (const channel of electrodes) pulses.push({ offsetMs, channel, amplitudeMv })
      }
      return pulses
    },
  }
}
