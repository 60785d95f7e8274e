/** Rate and current code: every channel is driven on its own, faster and stronger the higher its drive. */
import type { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { group, quantity, readParameters } from '../parameters.js'
import { channelTrains } from './channelTrains.js'
import type { Encoder } from './encoder.js'

const PROTOCOL = 'the public Doom protocol of the CL1 (doom-neuron)'

/** Schema of the encoder. */
export const channelRateParameters = group(
  {
    lowestRateHz: quantity({ default: 4, unit: 'Hz', min: 0, max: 200, doc: 'pulse rate of the smallest drive', source: PROTOCOL }),
    highestRateHz: quantity({ default: 40, unit: 'Hz', above: 0, max: 200, doc: 'pulse rate of a drive of 1', source: PROTOCOL }),
    lowestCurrentUa: quantity({ default: 1, unit: 'uA', min: 0, max: 1000, doc: 'current of each phase at the smallest drive', source: PROTOCOL }),
    highestCurrentUa: quantity({ default: 2.5, unit: 'uA', min: 0, max: 1000, doc: 'and at a drive of 1', source: PROTOCOL }),
    phaseWidthUs: quantity({ default: 120, unit: 'us', above: 0, max: 10_000, doc: 'width of each phase', source: PROTOCOL }),
  },
  'how the game is shown, channel by channel',
)
/** What `channelRateEncoder` takes: any part of the table. */
export type ChannelRateOptions = z.input<typeof channelRateParameters>

/** Writes the drive of each channel, 0 to 1, into `out`; 0 is no pulse. Beyond that it is clipped. */
export type ChannelDrive = (features: ArrayLike<number>, out: Float64Array) => void

/**
 * f = lowest + (highest - lowest) drive, and the current likewise.
 *
 * Each channel's phase advances by f dt, a pulse leaves at every whole turn, at its exact time, and the fraction of a turn is kept, so a
 * rate is right over any time. The phase stands still while the drive is 0. Channels of equal drive pulse together, which keeps the
 * artefacts short.
 *
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `loop/channels`; `encode` throws `loop/drive`
 */
export const channelRateEncoder = (options: ChannelRateOptions, channels: readonly number[], drive: ChannelDrive): Encoder => {
  const parameters = readParameters(channelRateParameters, options, 'encoder parameters')
  const { lowestRateHz, highestRateHz, lowestCurrentUa, highestCurrentUa, phaseWidthUs } = parameters
  const trains = channelTrains(channels, { phaseWidthUs })
  const drives = new Float64Array(channels.length)
  const frequencyHz = new Float64Array(channels.length)
  const currentUa = new Float64Array(channels.length)
  return {
    name: 'channelRate',
    channels,
    reset: () => {
      trains.reset()
    },
    encode: (features, tickMs) => {
      drives.fill(0)
      drive(features, drives)
      for (let k = 0; k < channels.length; k++) {
        if (Number.isNaN(drives[k])) throw new Bl1Error('loop/drive', { encoder: 'channelRate', channel: channels[k] })
        const share = Math.min(1, Math.max(0, drives[k]))
        frequencyHz[k] = share === 0 ? 0 : lowestRateHz + (highestRateHz - lowestRateHz) * share
        currentUa[k] = lowestCurrentUa + (highestCurrentUa - lowestCurrentUa) * share
      }
      return trains.emit(frequencyHz, currentUa, tickMs)
    },
  }
}
