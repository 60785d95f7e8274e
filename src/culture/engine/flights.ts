/** The axons of the reference engine: spikes in flight, one row a step. There is a row for every delay; the oldest is used again. */
import type { SpikesInFlight } from '../state.js'

/** Spikes by the step that emitted them: entries of `row(step)` are at row x neurons up to row x neurons + counts[row]. */
export class Flights {
  readonly counts: Int32Array
  readonly sources: Int32Array
  /** What each spike releases at its synapses: a share of the weight. */
  readonly releases: Float32Array
  readonly #neurons: number
  readonly #rows: number

  /** Goes on with the spikes of a snapshot. */
  constructor(neurons: number, maxDelaySteps: number, { steps, neurons: sources, releases }: SpikesInFlight) {
    this.#neurons = neurons
    this.#rows = maxDelaySteps + 1
    this.counts = new Int32Array(this.#rows)
    this.sources = new Int32Array(this.#rows * neurons)
    this.releases = new Float32Array(this.#rows * neurons)
    for (let k = 0; k < steps.length; k++) this.push(this.row(steps[k]), sources[k], releases[k])
  }

  /** Row of the spikes of a step. */
  row(step: number): number {
    return step % this.#rows
  }

  /** Adds a spike to a row; within a row, spikes come in the order of their cells. */
  push(row: number, source: number, release: number): void {
    const to = row * this.#neurons + this.counts[row]++
    this.sources[to] = source
    this.releases[to] = release
  }

  /** Every spike that some synapse may still be waiting for before `step` is taken: those of the last `maxDelaySteps` steps. */
  columns(step: number): SpikesInFlight {
    const first = Math.max(0, step - this.#rows + 1)
    let count = 0
    for (let emitted = first; emitted < step; emitted++) count += this.counts[this.row(emitted)]
    const flight = { steps: new Int32Array(count), neurons: new Int32Array(count), releases: new Float32Array(count) }
    let to = 0
    for (let emitted = first; emitted < step; emitted++) {
      const row = this.row(emitted)
      const from = row * this.#neurons
      const end = from + this.counts[row]
      flight.steps.fill(emitted, to, to + this.counts[row])
      flight.neurons.set(this.sources.subarray(from, end), to)
      flight.releases.set(this.releases.subarray(from, end), to)
      to += this.counts[row]
    }
    return flight
  }
}
