/**
 * The wiring as columns: one row a synapse, sorted by presynaptic cell and, within a cell, by delay and then by postsynaptic cell.
 *
 * A cell is excitatory or inhibitory in all its outputs (Dale's law): the class is a property of the cell, not of the synapse, so no
 * synapse can contradict it. A row takes 9 bytes with its weight, and 8 more where STDP needs the way back from a cell to its inputs.
 */

/** The excitatory synapses *onto* each cell, for the plasticity that acts when a cell fires: entries start[j] up to, not including, start[j + 1]. */
export interface IncomingSynapses {
  readonly start: Int32Array
  /** Row of the synapse. */
  readonly row: Int32Array
  /** Where it comes from and how long that takes: presynaptic cell x 256 + delay in steps. */
  readonly origin: Uint32Array
}

/** Who is wired to whom. Constant for life; the weights are state. */
export interface Network {
  readonly synapses: number
  /** Longest delay in steps. */
  readonly maxDelaySteps: number
  /** Synapses of cell i are rows rowStart[i] up to, not including, rowStart[i + 1]. */
  readonly rowStart: Int32Array
  /** Postsynaptic cell of each row. */
  readonly post: Int32Array
  /** Delay of each row in steps, at least 1. */
  readonly delaySteps: Uint8Array
  /** Mean initial excitatory weight onto each cell (expected value, not the average of its draws), 1/ms: the unit of STDP. */
  readonly weightScale: Float32Array
  /** Present where the culture was grown with STDP. */
  readonly incoming?: IncomingSynapses
  /** Solved peak connection probability. */
  readonly peakProbability: number
  readonly meanExcitatoryInDegree: number
  readonly meanInhibitoryInDegree: number
}

/** First and one-past-last row of the synapses of a cell. */
export const outgoingRows = (network: Network, neuron: number): readonly [first: number, end: number] => [
  network.rowStart[neuron] ?? 0,
  network.rowStart[neuron + 1] ?? 0,
]
