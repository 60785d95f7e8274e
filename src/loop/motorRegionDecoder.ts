/** Motor regions: the more active of two sets of electrodes moves the paddle. */
import type { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { group, quantity, readParameters } from '../parameters.js'
import { boardLayout, type BoardLayout } from './boardLayout.js'
import type { Decoder } from './decoder.js'
import { gainShape, perElectrode } from './motorGroup.js'

const PROTOCOL = 'Kagan et al. 2022, Neuron 110:3952, as re-implemented'

/** Schema of the decoder. */
export const decoderParameters = group(
  {
    ...gainShape,
    memoryMs: quantity({ default: 50, unit: 'ms', min: 0, max: 10_000, doc: 'exponential memory of the region rates; 0: the last tick alone, as in the paper, which read far more cells' }),
    quietShare: quantity({ default: 0.25, unit: '1', min: 0, max: 10, doc: 'the paddle stays while both regions together are below this share of their resting rate' }),
    deadZone: quantity({ default: 0.03, unit: '1', min: 0, max: 1, doc: 'the paddle moves only if |up - down| / (up + down) exceeds this', source: PROTOCOL }),
  },
  'how spikes become movement',
)
/** What `motorRegionDecoder` takes: any part of the table. */
export type DecoderOptions = z.input<typeof decoderParameters>

const STAY = 0
const UP = 1
const DOWN = 2

/** A decoder of two regions, with the gains it found while resting. */
export interface MotorRegionDecoder extends Decoder {
  /** Gain of each region: resting rate over target rate. Plain JSON; put back with `setGains`. */
  readonly gains: { readonly up: number; readonly down: number }
  /** Puts gains back that a rest had found. */
  setGains(gains: { readonly up: number; readonly down: number }): void
}

/**
 * Region rate = spikes per electrode and second / gain, with an exponential memory; up if up exceeds down beyond the dead zone.
 *
 * The gains are learned from the rest period, so that a region that is merely more active does not win, and frozen as soon as play begins:
 * nothing of the decoder changes with the game.
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `loop/channels`
 */
export const motorRegionDecoder = (options: DecoderOptions = {}, layout: Pick<BoardLayout, 'up' | 'down'> = boardLayout()): MotorRegionDecoder => {
  const parameters = readParameters(decoderParameters, options, 'decoder parameters')
  const { targetRateHz, smallestGain, largestGain, memoryMs, quietShare, deadZone } = parameters
  for (const [purpose, channels] of Object.entries({ up: layout.up, down: layout.down })) {
    const other = purpose === 'up' ? layout.down : layout.up
    const reason = channels.length === 0 ? 'there must be at least one' : channels.some((c) => other.includes(c)) ? 'up and down share one' : undefined
    if (reason !== undefined) throw new Bl1Error('loop/channels', { purpose, channels, reason })
  }
  const gains = { up: 1, down: 1 }
  const rest = { up: 0, down: 0, ms: 0 }
  const rates = { up: 0, down: 0 }
  const gainOf = (rateTimesMs: number): number => Math.min(largestGain, Math.max(smallestGain, rateTimesMs / rest.ms / targetRateHz))
  return {
    name: 'motorRegion',
    channels: [...layout.up, ...layout.down],
    idleAction: STAY,
    gains,
    rates,
    setGains: ({ up, down }) => {
      if (!(up > 0 && down > 0 && up < Infinity && down < Infinity)) throw new Bl1Error('loop/gains', { up: String(up), down: String(down) })
      gains.up = up
      gains.down = down
    },
    reset: () => {
      rates.up = 0
      rates.down = 0
    },
    adapt: (counts, tickMs) => {
      rest.up += perElectrode(counts, layout.up, tickMs) * tickMs
      rest.down += perElectrode(counts, layout.down, tickMs) * tickMs
      rest.ms += tickMs
      gains.up = gainOf(rest.up)
      gains.down = gainOf(rest.down)
    },
    decode: (counts, tickMs) => {
      const keep = memoryMs > 0 ? Math.exp(-tickMs / memoryMs) : 0
      rates.up = rates.up * keep + (perElectrode(counts, layout.up, tickMs) / gains.up) * (1 - keep)
      rates.down = rates.down * keep + (perElectrode(counts, layout.down, tickMs) / gains.down) * (1 - keep)
      const sum = rates.up + rates.down
      if (sum < quietShare * 2 * targetRateHz || !(Math.abs(rates.up - rates.down) > deadZone * sum)) return STAY
      return rates.up > rates.down ? UP : DOWN
    },
  }
}
