/** Motor groups by heads: in each head of an action the most active group of electrodes wins, or none does. */
import { mean } from 'simple-statistics'
import type { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { group, quantity, readParameters } from '../parameters.js'
import type { Decoder } from './decoder.js'
import { gainShape, MotorGroup } from './motorGroup.js'

/** Schema of the decoder. */
export const groupDecoderParameters = group(
  {
    ...gainShape,
    fewestRestSpikes: quantity({ default: 3, unit: 'spikes', integer: true, min: 0, max: 1_000_000, doc: 'a group with fewer in the rest is taken to rest as its rivals do' }),
    memoryMs: quantity({ default: 0, unit: 'ms', min: 0, max: 10_000, doc: 'exponential memory of the group rates; 0: the last step alone' }),
    quietShare: quantity({ default: 0.25, unit: '1', min: 0, max: 100, doc: 'the winner of several groups must reach this share of its resting rate' }),
    aloneShare: quantity({ default: 1.5, unit: '1', min: 0, max: 100, doc: 'a group that is alone in its head must exceed this multiple of its resting rate' }),
    deadZone: quantity({ default: 0.03, unit: '1', min: 0, max: 1, doc: 'the winner must exceed the second by this: (a - b) / (a + b)', source: 'Kagan et al. 2022, Neuron 110:3952, as re-implemented' }),
  },
  'how spikes become the choices of several heads',
)
/** What `groupDecoder` takes: any part of the table. */
export type GroupDecoderOptions = z.input<typeof groupDecoderParameters>

/** One choice of an action: option 0 is none of them, option k belongs to the k-th group. */
export interface DecodedHead {
  readonly name: string
  /** Channels of each group; no channel is in two. */
  readonly groups: readonly (readonly number[])[]
  /** Names of the groups, for display. @default 1, 2, ... */
  readonly names?: readonly string[]
}

/** A decoder of heads, with the gains it found while resting. */
export interface GroupDecoder extends Decoder<readonly number[]> {
  readonly heads: readonly DecodedHead[]
  /** Gain of each group, head by head: resting rate over target rate. A copy; plain JSON; put back with `setGains`. */
  readonly gains: readonly (readonly number[])[]
  /** Puts gains back that a rest had found. @throws Bl1Error `loop/group-gains` */
  setGains(gains: readonly (readonly number[])[]): void
}

interface Head {
  readonly name: string
  readonly groups: readonly MotorGroup[]
  /** Keys of its groups in `rates`. */
  readonly keys: readonly string[]
}

const checkGroups = (heads: readonly DecodedHead[]): void => {
  const taken = new Set<number>()
  for (const { name, groups } of heads) {
    for (const channels of groups) {
      const isShared = channels.some((channel) => taken.has(channel)) || new Set(channels).size !== channels.length
      const reason = channels.length === 0 ? 'a group needs at least one' : isShared ? 'one of them is in two groups, or in one twice' : undefined
      if (reason !== undefined) throw new Bl1Error('loop/channels', { purpose: name, channels, reason })
      for (const channel of channels) taken.add(channel)
    }
  }
}

/**
 * Rate of a group = spikes per electrode and second / gain. In each head the largest rate wins if it exceeds the second beyond the dead
 * zone and is not mere quiet; otherwise the choice is 0. A group without a rival must exceed its own resting rate clearly.
 *
 * The gains are learned from the rest, so that a group that is merely more active does not win, and frozen as soon as play begins. A group
 * of which the rest showed hardly a spike has no resting rate of its own, and by its floor every later spike of it would outdo any rival:
 * it takes the mean gain of the others in its head.
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `loop/channels`
 */
export const groupDecoder = (options: GroupDecoderOptions, heads: readonly DecodedHead[]): GroupDecoder => {
  const parameters = readParameters(groupDecoderParameters, options, 'decoder parameters')
  const { targetRateHz, fewestRestSpikes, quietShare, aloneShare, deadZone } = parameters
  checkGroups(heads)
  const read = heads.map(({ name, groups, names }): Head => ({
    name,
    groups: groups.map((channels) => new MotorGroup(channels, parameters)),
    keys: groups.map((_, k) => `${name} ${names?.[k] ?? k + 1}`),
  }))
  const rates = Object.fromEntries(read.flatMap(({ keys }) => keys.map((key) => [key, 0])))
  const action = heads.map(() => 0)

  const winner = ({ groups }: Head): number => {
    if (groups.length === 1) return groups[0].rateHz > aloneShare * targetRateHz ? 1 : 0
    let [best, first, second] = [0, 0, 0]
    for (let k = 0; k < groups.length; k++) {
      const { rateHz } = groups[k]
      if (rateHz > first) {
        second = first
        first = rateHz
        best = k + 1
      } else if (rateHz > second) second = rateHz
    }
    return first >= quietShare * targetRateHz && first - second > deadZone * (first + second) ? best : 0
  }
  const lendGains = ({ groups }: Head): void => {
    const known = groups.filter(({ restSpikes }) => restSpikes >= fewestRestSpikes)
    if (known.length === 0) return
    const gain = mean(known.map((motor) => motor.gain))
    for (const motor of groups) if (!known.includes(motor)) motor.gain = gain
  }
  const each = (act: (motor: MotorGroup) => void): void => {
    for (const { groups } of read) for (const motor of groups) act(motor)
  }
  return {
    name: 'group',
    heads,
    channels: heads.flatMap(({ groups }) => groups.flat()),
    idleAction: heads.map(() => 0),
    rates,
    get gains() {
      return read.map(({ groups }) => groups.map(({ gain }) => gain))
    },
    setGains: (gains) => {
      const fits = gains.length === read.length && read.every(({ groups }, h) => gains[h].length === groups.length)
      if (!fits || !gains.flat().every((gain) => gain > 0 && gain < Infinity)) {
        throw new Bl1Error('loop/group-gains', { received: JSON.stringify(gains), groups: read.map(({ groups }) => groups.length) })
      }
      for (const [h, { groups }] of read.entries()) for (const [k, motor] of groups.entries()) motor.gain = gains[h][k]
    },
    reset: () => {
      each((motor) => {
        motor.rateHz = 0
      })
    },
    adapt: (counts, tickMs) => {
      each((motor) => motor.adapt(counts, tickMs))
      for (const head of read) lendGains(head)
    },
    decode: (counts, tickMs) => {
      for (let h = 0; h < read.length; h++) {
        const { groups, keys } = read[h]
        for (let k = 0; k < groups.length; k++) {
          groups[k].update(counts, tickMs)
          rates[keys[k]] = groups[k].rateHz
        }
        action[h] = winner(read[h])
      }
      return action
    },
  }
}
