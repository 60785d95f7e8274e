/** What STDP knows of presynaptic spikes: the trace of each excitatory axon, as it was at the steps its synapses are asked about. */
import { decayed } from '../plasticity.js'
import { historyLength, type CultureState } from '../state.js'

/** Reads and writes the history columns of the state, a ring of slots a cell. */
export class SpikeHistory {
  readonly #state: CultureState
  readonly #slots: number
  readonly #decay: Float64Array

  /** @param decay decay factors of the trace by elapsed steps (window of the gain) */
  constructor(state: CultureState, maxDelaySteps: number, decay: Float64Array) {
    this.#state = state
    this.#slots = historyLength(maxDelaySteps)
    this.#decay = decay
  }

  /**
   * x(step) = sum over the spikes of this cell up to `step` of exp(-(step - spike) / tau_plus), asked for in the step `now` > `step`.
   * Where all remembered spikes are newer, the oldest of their traces stands for it.
   *
   * A spike of the step `now` itself may be there or not: it is passed over, and the oldest slot, which it overwrites, is never read.
   * What is found thus does not depend on the order of the cells within a step, nor on which thread has come how far.
   */
  traceAt(cell: number, step: number, now: number): number {
    const { historyStep, historyTrace, historyNext } = this.#state
    const first = cell * this.#slots
    const wrap = this.#slots - 1
    let slot = (historyNext[cell] - 1) & wrap
    if (historyStep[first + slot] === now) slot = (slot - 1) & wrap
    for (let older = 2; older < this.#slots && historyStep[first + slot] > step; older++) slot = (slot - 1) & wrap
    const elapsed = Math.max(0, step - historyStep[first + slot])
    return historyTrace[first + slot] * decayed(this.#decay, elapsed)
  }

  /** A cell fires: x <- x exp(-elapsed / tau_plus) + 1. */
  push(cell: number, step: number): void {
    const { historyStep, historyTrace, historyNext } = this.#state
    const slot = cell * this.#slots + historyNext[cell]
    const last = cell * this.#slots + ((historyNext[cell] - 1) & (this.#slots - 1))
    const trace = historyTrace[last] * decayed(this.#decay, step - historyStep[last]) + 1
    historyStep[slot] = step
    historyTrace[slot] = trace
    historyNext[cell] = (historyNext[cell] + 1) & (this.#slots - 1)
  }
}
