/**
 * Grows the wiring: P(connect) = p_max exp(-d / lambda), p_max solved so that the mean in-degree is the one asked for.
 *
 * Cells are binned on a grid; from each presynaptic cell the candidates of a bin are visited by geometric jumps under the bin's
 * largest probability and then thinned, so the cost is proportional to the synapses, not to the pairs. The draws belong to
 * (seed, presynaptic cell): the network does not depend on the order in which cells are wired.
 */
import type { Rng } from '../rng.js'
import { buildGrid, probabilityBounds, type CellGrid } from './cellGrid.js'
import type { Network } from './network.js'
import { STEP_MS, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'
import { SynapseRows } from './synapseRows.js'

/** Small cultures cannot reach the in-degree with p <= 1; beyond this they simply get fewer synapses, with heavier weights. */
const LARGEST_PROBABILITY = 0.9
/** Bins whose largest probability lies below this are skipped: under one synapse in a million candidate pairs. */
const NEGLIGIBLE_PROBABILITY = 1e-6
/** Delays are stored in a byte and spikes in flight in one row a step. */
const LONGEST_DELAY_STEPS = 255
/** Reference in-degree of the weights: 24 excitatory and 6 inhibitory inputs. */
const REFERENCE_EXCITATORY = 24
const REFERENCE_INHIBITORY = 6

const distanceUm = (population: Population, i: number, j: number): number =>
  Math.hypot(population.xUm[i] - population.xUm[j], population.yUm[i] - population.yUm[j])

/** p_max = K / mean_i sum_j exp(-d_ij / lambda), the mean over up to 300 evenly spaced cells. */
const solvePeakProbability = (population: Population, meanInDegree: number, lengthConstantUm: number): number => {
  const samples = Math.min(population.neurons, 300)
  let sum = 0
  for (let s = 0; s < samples; s++) {
    const i = Math.floor((s * population.neurons) / samples)
    for (let j = 0; j < population.neurons; j++) {
      if (j !== i) sum += Math.exp(-distanceUm(population, i, j) / lengthConstantUm)
    }
  }
  return sum === 0 ? 0 : Math.min(LARGEST_PROBABILITY, (meanInDegree * samples) / sum)
}

/** Draws the targets of one cell into `rows`. */
const wireCell = (
  population: Population,
  parameters: CultureParameters,
  grid: CellGrid,
  bounds: Float64Array,
  i: number,
  rng: Rng,
  rows: SynapseRows,
): void => {
  const { lengthConstantUm, conductionUmPerMs } = parameters.wiring
  const peak = bounds[0]
  const binX = Math.min(grid.side - 1, Math.floor(population.xUm[i] / grid.binUm))
  const binY = Math.min(grid.side - 1, Math.floor(population.yUm[i] / grid.binUm))
  for (let y = 0; y < grid.side; y++) {
    for (let x = 0; x < grid.side; x++) {
      const bound = bounds[Math.abs(y - binY) * grid.side + Math.abs(x - binX)]
      if (bound < NEGLIGIBLE_PROBABILITY) continue
      const jump = 1 / Math.log(1 - bound)
      const end = grid.start[y * grid.side + x + 1]
      let at = grid.start[y * grid.side + x]
      for (;;) {
        // log(U) / log(1 - p) is geometric: the number of candidates passed over
        at += Math.floor(Math.log(1 - rng.uniform()) * jump)
        if (at >= end) break
        const j = grid.members[at]
        at++
        const distance = distanceUm(population, i, j)
        const accepted = rng.uniform() * bound < peak * Math.exp(-distance / lengthConstantUm)
        if (!accepted || j === i) continue
        const delay = Math.min(LONGEST_DELAY_STEPS, Math.max(1, Math.round(distance / (conductionUmPerMs * STEP_MS))))
        rows.push(j, delay, Math.max(0, 1 + parameters.synapses.weightSd * rng.normal()))
      }
    }
  }
}

/** Number of synapses onto each cell from cells of one class. */
const inDegrees = (rows: SynapseRows, firstRow: number, endRow: number, neurons: number): Int32Array => {
  const degrees = new Int32Array(neurons)
  for (let row = firstRow; row < endRow; row++) degrees[rows.post[row]]++
  return degrees
}

const meanOf = (column: Int32Array): number => column.reduce((sum, value) => sum + value, 0) / column.length

/**
 * Weight of a mean synapse onto each cell: total / K_ref (K_ref / K)^exponent (K / K_own)^ownExponent, for one class of inputs with mean
 * in-degree K.
 */
const weightScales = (degrees: Int32Array, total: number, reference: number, { inDegreeExponent, ownDegreeExponent }: CultureParameters['synapses']): Float64Array => {
  const mean = meanOf(degrees)
  const weight = mean === 0 ? 0 : (total / reference) * (reference / mean) ** inDegreeExponent
  return Float64Array.from(degrees, (own) => weight * (mean / Math.max(1, own)) ** ownDegreeExponent)
}

/** Sorts the rows of each cell by delay (counting sort) and gives them their weights. */
const sortByDelay = (rows: SynapseRows, firstRow: Int32Array, scaleOf: (source: number) => Float64Array) => {
  const neurons = firstRow.length - 1
  const synapses = rows.length
  let maxDelaySteps = 1
  for (let row = 0; row < synapses; row++) maxDelaySteps = Math.max(maxDelaySteps, rows.delay[row])
  const stride = maxDelaySteps + 1
  const segment = new Int32Array(neurons * stride)
  const post = new Int32Array(synapses)
  const delaySteps = new Uint8Array(synapses)
  const initialWeight = new Float64Array(synapses)
  const next = new Int32Array(stride)
  for (let i = 0; i < neurons; i++) {
    next.fill(0)
    for (let row = firstRow[i]; row < firstRow[i + 1]; row++) next[rows.delay[row]]++
    let offset = firstRow[i]
    for (let delay = 1; delay <= maxDelaySteps; delay++) {
      segment[i * stride + delay - 1] = offset
      const count = next[delay]
      next[delay] = offset
      offset += count
    }
    segment[i * stride + maxDelaySteps] = offset
    const scale = scaleOf(i)
    for (let row = firstRow[i]; row < firstRow[i + 1]; row++) {
      const to = next[rows.delay[row]]++
      post[to] = rows.post[row]
      delaySteps[to] = rows.delay[row]
      initialWeight[to] = rows.relative[row] * scale[rows.post[row]]
    }
  }
  return { synapses, maxDelaySteps, segment, post, delaySteps, initialWeight }
}

/** The first `endRow` rows (the excitatory ones) by postsynaptic cell, for the plasticity that acts when a cell fires. */
const rowsByTarget = (post: Int32Array, endRow: number, neurons: number) => {
  const incomingStart = new Int32Array(neurons + 1)
  for (let row = 0; row < endRow; row++) incomingStart[post[row] + 1]++
  for (let j = 0; j < neurons; j++) incomingStart[j + 1] += incomingStart[j]
  const incoming = new Int32Array(endRow)
  const fill = incomingStart.slice()
  for (let row = 0; row < endRow; row++) incoming[fill[post[row]]++] = row
  return { incomingStart, incoming }
}

/** Wires a population. */
export const growNetwork = (population: Population, parameters: CultureParameters, rng: Rng): Network => {
  const { neurons, excitatory } = population
  const { synapses: strength, wiring } = parameters
  const peak = solvePeakProbability(population, wiring.meanInDegree, wiring.lengthConstantUm)
  const grid = buildGrid(population)
  const bounds = probabilityBounds(grid, peak, wiring.lengthConstantUm)
  const rows = new SynapseRows(Math.ceil(neurons * wiring.meanInDegree * 1.1) + 64)
  const firstRow = new Int32Array(neurons + 1)
  const stream = rng.split('wiring')
  for (let i = 0; i < neurons; i++) {
    if (peak > 0) wireCell(population, parameters, grid, bounds, i, stream.split(i), rows)
    firstRow[i + 1] = rows.length
  }

  const excitatoryIn = inDegrees(rows, 0, firstRow[excitatory], neurons)
  const inhibitoryIn = inDegrees(rows, firstRow[excitatory], rows.length, neurons)
  const weightScale = weightScales(excitatoryIn, strength.excitatoryTotal, REFERENCE_EXCITATORY, strength)
  for (let j = 0; j < neurons; j++) weightScale[j] *= population.sensitivity[j]
  const inhibitoryScale = weightScales(inhibitoryIn, strength.inhibitoryTotal, REFERENCE_INHIBITORY, strength)
  const sorted = sortByDelay(rows, firstRow, (source) => (source < excitatory ? weightScale : inhibitoryScale))
  return {
    ...sorted,
    ...rowsByTarget(sorted.post, firstRow[excitatory], neurons),
    weightScale,
    peakProbability: peak,
    meanExcitatoryInDegree: meanOf(excitatoryIn),
    meanInhibitoryInDegree: meanOf(inhibitoryIn),
  }
}
