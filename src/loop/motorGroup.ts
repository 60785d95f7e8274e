/** A group of electrodes that speaks for one move: its rate relative to what it does at rest. */
import { quantity } from '../parameters.js'
import { MS_PER_SECOND } from '../units.js'

const PROTOCOL = 'Kagan et al. 2022, Neuron 110:3952, as re-implemented'

/** Parameters of the gain that makes groups comparable. */
export const gainShape = {
  targetRateHz: quantity({ default: 20, unit: 'Hz', above: 0, max: 1000, doc: 'rate per electrode that the gain maps the resting activity of a region to', source: PROTOCOL }),
  smallestGain: quantity({ default: 0.001, unit: '1', above: 0, max: 1, doc: 'a region rests at least at this share of the target rate' }),
  largestGain: quantity({ default: 4, unit: '1', min: 1, max: 1000, doc: 'and at most at this multiple of it', source: PROTOCOL }),
}

const sumOver = (counts: Float64Array, channels: readonly number[]): number => {
  let spikes = 0
  for (const channel of channels) spikes += counts[channel]
  return spikes
}

/** Spikes per electrode and second. */
export const perElectrode = (counts: Float64Array, channels: readonly number[], tickMs: number): number =>
  (sumOver(counts, channels) * MS_PER_SECOND) / tickMs / channels.length

/** What a group's gain and memory follow. */
export interface MotorGroupOptions {
  readonly targetRateHz: number
  readonly smallestGain: number
  readonly largestGain: number
  readonly memoryMs: number
}

/** rate = spikes per electrode and second / gain, with an exponential memory; gain = resting rate / target rate, frozen in play. */
export class MotorGroup {
  gain = 1
  rateHz = 0
  /** Spikes that the rest has shown so far. */
  restSpikes = 0
  readonly channels: readonly number[]
  readonly #options: MotorGroupOptions
  #restMs = 0

  constructor(channels: readonly number[], options: MotorGroupOptions) {
    this.channels = channels
    this.#options = options
  }

  adapt(counts: Float64Array, tickMs: number): void {
    const { targetRateHz, smallestGain, largestGain } = this.#options
    this.restSpikes += sumOver(counts, this.channels)
    this.#restMs += tickMs
    const restRateHz = (this.restSpikes * MS_PER_SECOND) / this.#restMs / this.channels.length
    this.gain = Math.min(largestGain, Math.max(smallestGain, restRateHz / targetRateHz))
  }

  update(counts: Float64Array, tickMs: number): void {
    const { memoryMs } = this.#options
    const keep = memoryMs > 0 ? Math.exp(-tickMs / memoryMs) : 0
    this.rateHz = this.rateHz * keep + (perElectrode(counts, this.channels, tickMs) / this.gain) * (1 - keep)
  }
}
