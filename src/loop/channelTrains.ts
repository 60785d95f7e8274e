/** Trains of pulses on many channels, each at its own rate: the phase of each channel is kept, so a rate is right over any time. */
import { Bl1Error } from '../errors.js'
import { MS_PER_SECOND } from '../units.js'
import type { EncodedPulse } from './encoder.js'

/** What the pulses of trains have in common. */
export interface TrainOptions {
  /** Width of each phase, us. */
  readonly phaseWidthUs: number
  /**
   * Pulses leave only at whole multiples of this period since the reset, ms: those of different channels then coincide, and the read-out is
   * blind once for all of them. Left out, each pulse leaves at its exact time.
   */
  readonly gridMs?: number
}

/** Turns rates and currents into pulses, window by window. */
export interface ChannelTrains {
  readonly channels: readonly number[]
  /** Back to before the first window. */
  reset(): void
  /**
   * The pulses of a window, offsets in [0, stepMs), sorted. The array and its pulses are reused by the next call.
   * @param frequencyHz of each channel; the phase of a channel stands still at 0
   * @param currentUa of each channel; read where the channel pulses. At 0 its turn passes without a pulse, which would blind the read-out
   * @throws Bl1Error `loop/train` before anything changes, for a rate that is negative, not finite or above that of the grid
   */
  emit(frequencyHz: ArrayLike<number>, currentUa: ArrayLike<number>, stepMs: number): readonly EncodedPulse[]
  /** The phases, in turns; and behind them the time to the next slot where there is a grid, ms. */
  save(): number[]
  /** Goes on from what `save` returned. @throws Bl1Error `loop/saved-trains` */
  load(phases: readonly number[]): void
}

/** What rounding may take off a turn, or put a slot behind the window. */
const ROUNDING = 1e-9

type Writable = { -readonly [K in keyof EncodedPulse]: EncodedPulse[K] } & { currentUa: number }

/** Puts the last pulse where its time belongs; the others are in order. */
const settle = (pulses: Writable[], count: number): void => {
  for (let k = count - 1; k > 0 && pulses[k - 1].offsetMs > pulses[k].offsetMs; k--) {
    const later = pulses[k - 1]
    pulses[k - 1] = pulses[k]
    pulses[k] = later
  }
}

/** Pulses are made once and written again; `shown` is the part of them that the present window uses. */
class PulseList {
  readonly shown: Writable[] = []
  readonly #made: Writable[] = []
  readonly #phaseWidthUs: number

  constructor(phaseWidthUs: number) {
    this.#phaseWidthUs = phaseWidthUs
  }

  add(offsetMs: number, channel: number, currentUa: number): void {
    if (currentUa === 0) return
    const count = this.shown.length
    if (count === this.#made.length) this.#made.push({ offsetMs, channel, currentUa, phaseWidthUs: this.#phaseWidthUs })
    const pulse = this.#made[count]
    pulse.offsetMs = offsetMs
    pulse.channel = channel
    pulse.currentUa = currentUa
    this.shown.push(pulse)
    settle(this.shown, this.shown.length)
  }
}

/**
 * Each channel's phase advances by f dt and a pulse leaves at every whole turn; the fraction of a turn is kept. Channels of equal rate pulse
 * together.
 *
 * On a grid the phase advances by f gridMs at each slot, with the rate of the window that the slot lies in, and the slot is used where a turn
 * is complete: whatever the rate, a channel uses f gridMs of all slots.
 *
 * @param channels each once
 * @throws Bl1Error `loop/channels`, `loop/train`
 */
export const channelTrains = (channels: readonly number[], { phaseWidthUs, gridMs }: TrainOptions): ChannelTrains => {
  if (channels.length === 0 || new Set(channels).size !== channels.length) {
    throw new Bl1Error('loop/channels', { purpose: 'sensory', channels, reason: 'there must be at least one, each once' })
  }
  if (gridMs !== undefined && !(gridMs > 0 && gridMs < Infinity)) {
    throw new Bl1Error('loop/train', { channel: channels[0], what: 'grid', expected: 'a positive, finite number of ms', received: String(gridMs) })
  }
  const highestHz = gridMs === undefined ? Number.MAX_VALUE : (MS_PER_SECOND / gridMs) * (1 + ROUNDING)
  const phases = new Float64Array(channels.length)
  const pulses = new PulseList(phaseWidthUs)
  let nextSlotMs = 0

  const checkRates = (frequencyHz: ArrayLike<number>): void => {
    for (let k = 0; k < channels.length; k++) {
      if (frequencyHz[k] >= 0 && frequencyHz[k] <= highestHz) continue
      const expected = gridMs === undefined ? 'finite and not negative' : `from 0 to ${MS_PER_SECOND / gridMs} Hz, one pulse for each slot of ${gridMs} ms`
      throw new Bl1Error('loop/train', { channel: channels[k], what: 'pulse rate', expected, received: `${frequencyHz[k]} Hz` })
    }
  }

  const addExact = (frequencyHz: ArrayLike<number>, currentUa: ArrayLike<number>, stepMs: number): void => {
    for (let k = 0; k < channels.length; k++) {
      if (frequencyHz[k] === 0) continue
      const turnsPerMs = frequencyHz[k] / MS_PER_SECOND
      const before = phases[k]
      const after = before + turnsPerMs * stepMs
      const turns = Math.floor(after)
      phases[k] = after - turns
      for (let turn = 1; turn <= turns; turn++) {
        pulses.add(Math.min((turn - before) / turnsPerMs, stepMs * (1 - Number.EPSILON)), channels[k], currentUa[k])
      }
    }
  }

  const addOnGrid = (periodMs: number, frequencyHz: ArrayLike<number>, currentUa: ArrayLike<number>, stepMs: number): void => {
    for (; nextSlotMs < stepMs - ROUNDING; nextSlotMs += periodMs) {
      for (let k = 0; k < channels.length; k++) {
        phases[k] += (frequencyHz[k] * periodMs) / MS_PER_SECOND
        if (phases[k] < 1 - ROUNDING) continue
        phases[k] -= 1
        pulses.add(Math.max(0, nextSlotMs), channels[k], currentUa[k])
      }
    }
    nextSlotMs -= stepMs
  }

  return {
    channels,
    reset: () => {
      phases.fill(0)
      nextSlotMs = 0
    },
    emit: (frequencyHz, currentUa, stepMs) => {
      checkRates(frequencyHz)
      pulses.shown.length = 0
      if (gridMs === undefined) addExact(frequencyHz, currentUa, stepMs)
      else addOnGrid(gridMs, frequencyHz, currentUa, stepMs)
      return pulses.shown
    },
    save: () => (gridMs === undefined ? [...phases] : [...phases, nextSlotMs]),
    load: (saved) => {
      const length = channels.length + (gridMs === undefined ? 0 : 1)
      if (!(Array.isArray(saved) && saved.length === length && saved.every((value) => Number.isFinite(value)))) {
        const received = Array.isArray(saved) ? `[${saved.join(', ')}]` : String(saved)
        throw new Bl1Error('loop/saved-trains', { expected: `a list of ${length} finite numbers`, received })
      }
      phases.set(saved.slice(0, channels.length))
      if (gridMs !== undefined) nextSlotMs = saved[channels.length]
    },
  }
}
