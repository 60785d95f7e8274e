/** How much memory a culture takes, before it is grown. */
import { cellCounts, EXCITATORY_TYPES } from './cellTypes.js'
import { bytesOf } from './engine/wasm/wasmEngine.js'
import { dishSideUm, STEP_MS, type CultureParameters } from './parameters.js'
import { decayTable } from './plasticity.js'

/** Beyond this many length constants wiring looks at no pair: the probability lies below one in a million. */
const LONGEST_REACH = 14
/** Eight numbers of the population and a type. */
const POPULATION_BYTES = 33

/**
 * Memory a culture takes, in bytes: its columns in the fast engine's memory, and its population. Dominated by some 280 a neuron, 13 to 15
 * more for every step an axon may take, a few MiB for the spikes of a chunk, and 9 a synapse (17 an excitatory one under STDP, 21 where it
 * is modulated by rewards). While it grows, the synapses are held twice.
 */
export const estimateBytes = (parameters: CultureParameters): number => {
  const { neurons, stdp, rewardModulation, noise, wiring: { meanInDegree, lengthConstantUm, conductionUmPerMs } } = parameters
  const sideUm = dishSideUm(parameters)
  const reachUm = Math.min(Math.SQRT2 * sideUm, LONGEST_REACH * lengthConstantUm)
  const excitatory = cellCounts(parameters).slice(0, EXCITATORY_TYPES).reduce((sum, count) => sum + count, 0)
  return POPULATION_BYTES * neurons + bytesOf({
    neurons,
    excitatory,
    synapses: neurons * meanInDegree,
    plasticSynapses: stdp.enabled ? excitatory * meanInDegree : undefined,
    eligibleSynapses: rewardModulation.enabled ? excitatory * meanInDegree : 0,
    maxDelaySteps: Math.max(1, Math.min(255, Math.ceil(reachUm / (conductionUmPerMs * STEP_MS)))),
    partitions: 1,
    slowLength: 1 + Math.max(1, Math.round(sideUm / noise.patchUm)) ** 2,
    gainLength: decayTable(stdp.tauPlusMs).length,
    lossLength: decayTable(stdp.tauMinusMs).length,
  })
}
