/** Growing: cells, wiring and the state at rest, as the snapshot of a culture before its first step. */
import { Bl1Error } from '../errors.js'
import { Rng } from '../rng.js'
import { estimateBytes } from './memory.js'
import { completeCultureParameters, type CultureOptions } from './parameters.js'
import { growPopulation } from './population.js'
import { SNAPSHOT_FORMAT, type CultureSnapshot } from './snapshot.js'
import { initialState, noSpikesInFlight } from './state.js'
import { growNetwork } from './wiring.js'

/**
 * @param options what differs from the calibrated culture
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `rng/seed`, `culture/too-large`
 */
export const growSnapshot = (options: CultureOptions, seed: number): CultureSnapshot => {
  const parameters = completeCultureParameters(options)
  const rng = Rng.fromSeed(seed).split('culture')
  try {
    const population = growPopulation(parameters, rng)
    const { network, weight } = growNetwork(population, parameters, rng)
    const state = initialState(population, network, weight, parameters, rng)
    const plasticity = { stdp: parameters.stdp.enabled, homeostasis: parameters.homeostasis.enabled }
    return { format: SNAPSHOT_FORMAT, seed, parameters, population, network, plasticity, state, flight: noSpikesInFlight() }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const neededMiB = Math.ceil(estimateBytes(parameters) / 2 ** 20)
    throw new Bl1Error('culture/too-large', { neurons: parameters.neurons, neededMiB, availableMiB: 0 }, { cause: error })
  }
}
