/** The cells of a culture: where they lie and what each is like. Drawn once from the seed, constant for life. */
import type { Rng } from '../rng.js'
import { CELL_TYPES, EXCITATORY_TYPES, cellCounts } from './cellTypes.js'
import { dishSideUm, type CultureParameters } from './parameters.js'

/** Columns of length `neurons`; excitatory cells are 0 to `excitatory` - 1. */
export interface Population {
  readonly neurons: number
  readonly excitatory: number
  readonly sideUm: number
  readonly xUm: Float32Array
  readonly yUm: Float32Array
  /** Index into CELL_TYPES. */
  readonly type: Uint8Array
  readonly a: Float32Array
  readonly b: Float32Array
  readonly c: Float32Array
  readonly d: Float32Array
  /** Constant current, mV/ms. */
  readonly bias: Float32Array
  /** Excitatory sensitivity: lognormal, mean 1. */
  readonly sensitivity: Float32Array
}

/** Places cells uniformly over the square dish and draws each cell's constants around those of its type. */
export const growPopulation = (parameters: CultureParameters, rng: Rng): Population => {
  const { neurons, cells, synapses } = parameters
  const counts = cellCounts(parameters)
  const sideUm = dishSideUm(parameters)
  const columns = () => new Float32Array(neurons)
  const population = {
    neurons,
    excitatory: counts.slice(0, EXCITATORY_TYPES).reduce((sum, count) => sum + count, 0),
    sideUm,
    xUm: new Float32Array(neurons),
    yUm: new Float32Array(neurons),
    type: new Uint8Array(neurons),
    a: columns(),
    b: columns(),
    c: columns(),
    d: columns(),
    bias: columns(),
    sensitivity: columns(),
  }
  const placement = rng.split('placement')
  const draws = rng.split('cells')
  let i = 0
  for (const [typeIndex, type] of CELL_TYPES.entries()) {
    const constants = cells[type]
    const meanBias = type === 'lowThresholdSpiking' ? cells.biasLowThreshold : cells.bias
    for (let k = 0; k < (counts[typeIndex] ?? 0); k++, i++) {
      population.xUm[i] = placement.between(0, sideUm)
      population.yUm[i] = placement.between(0, sideUm)
      population.type[i] = typeIndex
      population.a[i] = constants.a * (1 + cells.variability * draws.normal())
      population.b[i] = constants.b
      population.c[i] = constants.c + cells.resetSdMv * draws.normal()
      population.d[i] = constants.d * (1 + cells.variability * draws.normal())
      population.bias[i] = meanBias + cells.biasSd * draws.normal()
      // exp(sigma n - sigma^2 / 2) has mean 1
      const sigma = synapses.sensitivitySigma
      population.sensitivity[i] = Math.exp(sigma * draws.normal() - (sigma * sigma) / 2)
    }
  }
  return population
}
