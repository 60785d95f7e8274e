/** Which electrodes an agent pulses and which it reads. */
import { Bl1Error } from '../../src/errors.js'
import { checkChannel, type ArrayLayout } from '../../src/mea/index.js'
import type { CultureAgentParameters } from './parameters.js'

/** Spread over the array, so that the pulses of each are answered by cells of its own, and each has read ones around it. */
const SPREAD_CHANNELS: readonly number[] = [9, 12, 14, 27, 30, 41, 44, 54]

/** Electrodes by purpose: none has two. */
export interface AgentChannels {
  /** Pulsed, one pulse rate and one current each. */
  readonly encoding: readonly number[]
  /** Read: the spikes of each group added up are one feature. */
  readonly groups: readonly (readonly number[])[]
  /** All channels that are read. */
  readonly readout: readonly number[]
}

const refuse = (purpose: string, channels: readonly number[], reason: string): never => {
  throw new Bl1Error('agents/channels', { purpose, channels, reason })
}

const requireOnce = (layout: ArrayLayout, purpose: string, channels: readonly number[]): void => {
  for (const channel of channels) checkChannel(layout, channel)
  if (new Set(channels).size !== channels.length) refuse(purpose, channels, 'one of them is named twice')
}

const groupsOf = (
  { readout, groups }: CultureAgentParameters['decoder'],
  encoding: readonly number[],
  layout: ArrayLayout,
): AgentChannels['groups'] => {
  if (groups !== null) {
    if (readout !== null) refuse('read-out', readout, '`groups` names the electrodes to read already; leave `readout` or `groups` out')
    return groups
  }
  if (readout !== null) return readout.map((channel) => [channel])
  const all = Array.from({ length: layout.channels }, (_, channel) => channel)
  return all.filter((channel) => !layout.unusable.has(channel) && !encoding.includes(channel)).map((channel) => [channel])
}

/**
 * The electrodes of an agent, defaults filled in: eight spread over the array are pulsed, all other usable ones read.
 * @throws Bl1Error `agents/channels`, `mea/channel-unknown`, `mea/channel-forbidden`
 */
export const agentChannels = ({ encoder, decoder }: CultureAgentParameters, layout: ArrayLayout): AgentChannels => {
  const encoding = encoder.channels ?? SPREAD_CHANNELS
  requireOnce(layout, 'encoding', encoding)
  const groups = groupsOf(decoder, encoding, layout)
  const readout = groups.flat()
  requireOnce(layout, 'read-out', readout)
  const shared = readout.filter((channel) => encoding.includes(channel))
  if (shared.length > 0) refuse('read-out', shared, 'they are pulsed too, and an electrode is blind to what it causes')
  if (encoder.kind !== 'fixed' && encoder.code === 'one' && encoding.length === 1) {
    refuse('encoding', encoding, "code 'one' chooses one of them, but there is no other")
  }
  return { encoding, groups, readout }
}

/**
 * Writes a row of features: the spikes of each group added up.
 * @param counts spikes of each channel
 * @param out rows of as many features as there are groups
 */
export const readFeatures = ({ groups }: AgentChannels, counts: ArrayLike<number>, out: Float32Array, row: number): void => {
  for (let k = 0; k < groups.length; k++) {
    let sum = 0
    for (const channel of groups[k]) sum += counts[channel]
    out[row * groups.length + k] = sum
  }
}
