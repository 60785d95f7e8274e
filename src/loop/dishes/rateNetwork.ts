/** The wiring of an echo-state network: the cells and synapses of a culture, with weights that know no cell type and never change. */
import type { CultureOptions } from '../../culture/index.js'
import { growSnapshot } from '../../culture/grow.js'
import type { CellPositions } from '../../mea/index.js'
import { Rng } from '../../rng.js'

/** Synapses of unit i: entries rowStart[i] up to, not including, rowStart[i + 1]. */
export interface RateNetwork {
  readonly population: CellPositions
  readonly rowStart: Int32Array
  readonly post: Int32Array
  readonly weight: Float32Array
}

/** Rounds of the power iteration, and those of them that are measured. */
const ROUNDS = 300
const MEASURED_ROUNDS = 200

/** Adds W r to `sums`. */
export const addInputs = ({ rowStart, post, weight }: Omit<RateNetwork, 'population'>, rates: Float64Array, sums: Float64Array): void => {
  for (let source = 0; source < rates.length; source++) {
    const rate = rates[source]
    if (rate === 0) continue
    for (let k = rowStart[source]; k < rowStart[source + 1]; k++) sums[post[k]] += weight[k] * rate
  }
}

const lengthOf = (vector: Float64Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))

/** Spectral radius: how much |W^n x| grows a round on average, which also holds where the largest eigenvalues are a complex pair. */
export const spectralRadius = (network: Omit<RateNetwork, 'population'>, rng: Rng): number => {
  const units = network.rowStart.length - 1
  let x = Float64Array.from({ length: units }, () => rng.normal())
  let logGrowth = 0
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(units)
    addInputs(network, x, next)
    const growth = lengthOf(next) / lengthOf(x)
    if (!(growth > 0)) return 0
    if (round >= ROUNDS - MEASURED_ROUNDS) logGrowth += Math.log(growth)
    x = next.map((value) => value / growth)
  }
  return Math.exp(logGrowth / MEASURED_ROUNDS)
}

/**
 * Grows the culture of the same options and seed, keeps its cells' places and who is wired to whom, and draws the weights anew: normal, scaled to
 * the spectral radius (Jaeger 2001, GMD Report 148).
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `rng/seed`, `culture/too-large`
 */
export const growRateNetwork = (culture: CultureOptions, radius: number, seed: number): RateNetwork => {
  const { population, network } = growSnapshot(culture, seed)
  const { neurons, sideUm, xUm, yUm } = population
  const rng = Rng.fromSeed(seed).split('rate network')
  const draws = rng.split('weights')
  const wiring = {
    rowStart: network.rowStart.slice(),
    post: network.post.slice(),
    weight: Float32Array.from(network.post, () => draws.normal()),
  }
  const drawn = spectralRadius(wiring, rng.split('power iteration'))
  const scale = drawn === 0 ? 0 : radius / drawn
  return { population: { neurons, sideUm, xUm, yUm }, ...wiring, weight: wiring.weight.map((weight) => weight * scale) }
}
