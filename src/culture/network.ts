/**
 * The wiring as columns: one row a synapse, sorted by presynaptic cell and, within a cell, by delay.
 *
 * A cell is excitatory or inhibitory in all its outputs (Dale's law): the class is a property of the cell, not of the synapse, so no
 * synapse can contradict it.
 */
export interface Network {
  readonly synapses: number
  /** Longest delay in steps. */
  readonly maxDelaySteps: number
  /**
   * Synapses of cell i with delay d (1 to maxDelaySteps) are rows segment[i * (maxDelaySteps + 1) + d - 1] up to, not including,
   * segment[i * (maxDelaySteps + 1) + d].
   */
  readonly segment: Int32Array
  /** Postsynaptic cell of each row. */
  readonly post: Int32Array
  /** Delay of each row in steps, at least 1. */
  readonly delaySteps: Uint8Array
  /** Weight of each row when the culture was grown, 1/ms. */
  readonly initialWeight: Float64Array
  /** Rows of *excitatory* synapses onto cell j: incoming[incomingStart[j]] up to, not including, incomingStart[j + 1]. */
  readonly incomingStart: Int32Array
  readonly incoming: Int32Array
  /** Mean initial excitatory weight onto each cell (expected value, not the average of its draws), 1/ms: the unit of STDP. */
  readonly weightScale: Float64Array
  /** Solved peak connection probability. */
  readonly peakProbability: number
  readonly meanExcitatoryInDegree: number
  readonly meanInhibitoryInDegree: number
}

/** First and one-past-last row of the synapses of a cell. */
export const outgoingRows = (network: Network, neuron: number): readonly [first: number, end: number] => {
  const stride = network.maxDelaySteps + 1
  return [network.segment[neuron * stride] ?? 0, network.segment[neuron * stride + network.maxDelaySteps] ?? 0]
}
