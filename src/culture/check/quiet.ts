/** Cultures in which nothing happens but what the check makes happen. */
import { Culture } from '../culture.js'
import type { Depolarisations } from '../engine/engine.js'
import { STEP_MS, type CultureParameters } from '../parameters.js'

const REST_MV = -70
/** Far enough below rest that no type fires by itself. */
const QUIET_BIAS = -10

/** The same culture without noise, held at rest by a negative current; synapses are untouched. */
export const growQuiet = (parameters: CultureParameters, seed: number): Culture => {
  const cells = { ...parameters.cells, bias: QUIET_BIAS, biasLowThreshold: QUIET_BIAS, biasSd: 0, startLowMv: REST_MV, startHighMv: REST_MV }
  const noise = { ...parameters.noise, fastSd: 0, slowDishSd: 0, slowPatchSd: 0 }
  const synapses = { ...parameters.synapses, excitatoryReversalMv: 0 }
  return Culture.grow({ ...parameters, cells, noise, synapses }, seed)
}

/** One depolarisation of each of these cells at a step. */
export const depolariseAll = (neurons: ArrayLike<number>, amplitudeMv: number, step: number): Depolarisations => ({
  count: neurons.length,
  neurons,
  steps: Array.from(neurons, () => step),
  amplitudesMv: Array.from(neurons, () => amplitudeMv),
})

/** Enough to push a cell at any ordinary potential past 30 mV. */
const FORCE_MV = 300

/**
 * Fires exactly these cells in one step and watches the steps after it, until every spike has arrived.
 *
 * All potentials are held at rest between the steps, so no target fires: whatever opens was opened by the forced spikes.
 * @param watch sees the culture after step `delay` counted from the spikes, 0 first
 * @returns which cells fired in the forced step
 */
export const watchSpikes = (culture: Culture, neurons: ArrayLike<number>, watch: (delay: number) => void): number[] => {
  const hold = (): void => {
    culture.state.v.fill(REST_MV)
    culture.state.u.fill(0)
  }
  hold()
  const { count, neurons: fired } = culture.advance(STEP_MS, depolariseAll(neurons, FORCE_MV, culture.step))
  const forced = Array.from(fired.subarray(0, count))
  watch(0)
  for (let delay = 1; delay <= culture.network.maxDelaySteps; delay++) {
    hold()
    culture.advance(STEP_MS)
    watch(delay)
  }
  return forced
}
