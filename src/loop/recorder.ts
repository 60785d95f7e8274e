/** A culture that lives under its array: pulses go in, spikes are counted at the electrodes unless the read-out is blind. */
import { STEP_MS, type SpikeColumns } from '../culture/index.js'
import type { DeliveredPulse, ElectrodeArray } from '../mea/index.js'
import { Blanking } from './blanking.js'
import type { SpikeKeeper } from './session.js'
import type { Substrate } from './types.js'

export class Recorder {
  /** Spikes of each channel since `clear`. */
  readonly counts: Float64Array
  /** Time since `clear` in which the read-out was not blind. */
  seenMs = 0
  /** Pulses of the last `live`. */
  delivered: readonly DeliveredPulse[] = []
  /** Of the session: spikes of all cells, pulses delivered. */
  spikes = 0
  pulses = 0
  readonly #culture: Substrate
  readonly #array: ElectrodeArray
  readonly #blanking: Blanking
  readonly #isBlind: (step: number) => boolean
  readonly #electrodeSpikes: Float64Array
  #keeper: SpikeKeeper | undefined

  constructor(culture: Substrate, array: ElectrodeArray, blindMs: number) {
    this.#culture = culture
    this.#array = array
    this.#blanking = new Blanking(blindMs)
    this.#isBlind = (step) => this.#blanking.isBlind(step)
    this.counts = new Float64Array(array.layout.channels)
    this.#electrodeSpikes = new Float64Array(array.layout.channels)
  }

  /** Begins a session. */
  begin(keeper: SpikeKeeper | undefined): void {
    this.#keeper = keeper
    this.clear()
    this.#electrodeSpikes.fill(0)
    this.spikes = 0
    this.pulses = 0
  }

  /** Begins a window: what is decoded, or shown, as one. */
  clear(): void {
    for (let channel = 0; channel < this.counts.length; channel++) this.#electrodeSpikes[channel] += this.counts[channel]
    this.counts.fill(0)
    this.seenMs = 0
  }

  /** Lives on for whole steps and adds what was seen to the window. */
  live(steps: number): Readonly<SpikeColumns> {
    const from = this.#culture.step
    const stimulation = this.#array.stimulator.take(from, from + steps)
    const spikes = this.#culture.advance(steps * STEP_MS, stimulation)
    this.delivered = this.#array.stimulator.takeDelivered()
    this.#blanking.add(this.delivered, from)
    this.seenMs += this.#blanking.seenSteps(from, from + steps) * STEP_MS
    this.#array.countSpikes(spikes, this.counts, this.#isBlind)
    this.spikes += spikes.count
    this.pulses += this.delivered.length
    this.#keeper?.keep(spikes.count, spikes.steps, spikes.neurons)
    return spikes
  }

  /** Spikes that each channel recorded in the session. Ends the window. */
  electrodeSpikes(): Float64Array {
    this.clear()
    return this.#electrodeSpikes.slice()
  }
}
