/**
 * Grows the wiring: P(connect) = p_max exp(-d / lambda), p_max solved so that the mean in-degree is the one asked for.
 *
 * Candidates are looked for bin by bin at the largest probability of the bin and then thinned, so the cost is proportional to the
 * synapses, not to the pairs. The draws belong to (seed, presynaptic cell): the network does not depend on the order in which cells are
 * wired. The work is done by the kernel in engine/wasm/assembly/wiring/.
 */
import type { Rng } from '../rng.js'
import { WiringKernel } from './engine/wasm/wiringKernel.js'
import type { Network } from './network.js'
import type { CultureParameters } from './parameters.js'
import type { Population } from './population.js'
import { drawTargets, drawWeights, layOutCells, layOutSynapses, listIncoming } from './wiringSteps.js'

/** Small cultures cannot reach the in-degree with p <= 1; beyond this they simply get fewer synapses, with heavier weights. */
const LARGEST_PROBABILITY = 0.9
/** Reference in-degree of the weights: 24 excitatory and 6 inhibitory inputs. */
const REFERENCE_EXCITATORY = 24
const REFERENCE_INHIBITORY = 6
/** Target, delay and weight of a synapse; row and origin of an excitatory one where STDP is to find its way back. */
const SYNAPSE_BYTES = 9
const INCOMING_BYTES = 8

/** mean_i sum_j exp(-d_ij / lambda) over up to 300 evenly spaced cells i. */
const meanFallOff = ({ calls }: WiringKernel, neurons: number): number => {
  const samples = Math.min(neurons, 300)
  let sum = 0
  for (let s = 0; s < samples; s++) sum += calls.sumOfFallOffs(Math.floor((s * neurons) / samples))
  return sum / samples
}

const meanOf = (column: Int32Array): number => column.reduce((sum, value) => sum + value, 0) / column.length

/**
 * Weight of a mean synapse onto each cell: total / K_ref (K_ref / K)^exponent (K / K_own)^ownExponent, for one class of inputs with mean
 * in-degree K.
 */
const weightScales = (degrees: Int32Array, total: number, reference: number, strength: CultureParameters['synapses']): Float32Array => {
  const { inDegreeExponent, ownDegreeExponent } = strength
  const mean = meanOf(degrees)
  const weight = mean === 0 ? 0 : (total / reference) * (reference / mean) ** inDegreeExponent
  return Float32Array.from(degrees, (own) => weight * (mean / Math.max(1, own)) ** ownDegreeExponent)
}

/** The longest delay: the rows of a cell are sorted by it. */
const longestDelay = (rowStart: Int32Array, delaySteps: Uint8Array): number => {
  let longest = 1
  for (let i = 1; i < rowStart.length; i++) {
    if (rowStart[i] > rowStart[i - 1]) longest = Math.max(longest, delaySteps[rowStart[i] - 1])
  }
  return longest
}

/**
 * Wires a population and draws the weights. The columns of the synapses are windows on one memory that is theirs alone, of 9 bytes a
 * synapse, 8 more an excitatory one under STDP, and some 50 a cell: at no time are there two copies of a synapse.
 * @throws Bl1Error `culture/too-large` before memory is taken for the synapses, where they are expected to need more than the 4 GiB that
 * WebAssembly reaches (which is fewer than the 2^31 - 1 rows that indices can count)
 */
export const growNetwork = (
  population: Population,
  parameters: CultureParameters,
  rng: Rng,
): { network: Network; weight: Float32Array } => {
  const { neurons, excitatory } = population
  const { synapses: strength, wiring, stdp } = parameters
  const kernel = new WiringKernel(neurons)
  layOutCells(kernel, population, parameters, rng.split('wiring'))
  const fallOff = meanFallOff(kernel, neurons)
  // K = p_max mean_i sum_j exp(-d_ij / lambda)
  const peakProbability = fallOff === 0 ? 0 : Math.min(LARGEST_PROBABILITY, wiring.meanInDegree / fallOff)
  const expected = neurons * peakProbability * fallOff
  kernel.requireBytes(expected * (SYNAPSE_BYTES + (stdp.enabled ? (INCOMING_BYTES * excitatory) / neurons : 0)))
  kernel.calls.peakProbability.value = peakProbability
  const synapses = drawTargets(kernel, neurons, expected)

  layOutSynapses(kernel, synapses, stdp.enabled ? kernel.int32('rowStart', neurons + 1)[excitatory] : 0)
  const incoming = stdp.enabled ? listIncoming(kernel, neurons, synapses) : undefined
  const excitatoryIn = kernel.int32('excitatoryDegrees', neurons)
  const inhibitoryIn = kernel.int32('inhibitoryDegrees', neurons)
  const weightScale = weightScales(excitatoryIn, strength.excitatoryTotal, REFERENCE_EXCITATORY, strength)
  for (let j = 0; j < neurons; j++) weightScale[j] *= population.sensitivity[j]
  const inhibitoryScale = weightScales(inhibitoryIn, strength.inhibitoryTotal, REFERENCE_INHIBITORY, strength)
  drawWeights(kernel, neurons, { excitatory: weightScale, inhibitory: inhibitoryScale })

  const rowStart = kernel.int32('rowStart', neurons + 1)
  const delaySteps = kernel.uint8('delaySteps', synapses)
  const network = {
    synapses,
    maxDelaySteps: longestDelay(rowStart, delaySteps),
    rowStart,
    post: kernel.int32('post', synapses),
    delaySteps,
    ...(incoming !== undefined && { incoming }),
    weightScale,
    peakProbability,
    meanExcitatoryInDegree: meanOf(excitatoryIn),
    meanInhibitoryInDegree: meanOf(inhibitoryIn),
  }
  return { network, weight: kernel.float32('weight', synapses) }
}
