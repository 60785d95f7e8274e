/**
 * Grows the wiring: P(connect) = p_max exp(-d / lambda), p_max solved so that the mean in-degree is the one asked for.
 *
 * Cells are binned on a grid; from each presynaptic cell the candidates of a bin are visited by geometric jumps under the bin's
 * largest probability and then thinned, so the cost is proportional to the synapses, not to the pairs. The draws belong to
 * (seed, presynaptic cell): the network does not depend on the order in which cells are wired.
 */
import type { Rng } from '../rng.js'
import type { Network } from './network.js'
import { STEP_MS, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'

/** Small cultures cannot reach the in-degree with p <= 1; beyond this they simply get fewer synapses, with heavier weights. */
const LARGEST_PROBABILITY = 0.9
/** Bins whose largest probability lies below this are skipped: under one synapse in a million candidate pairs. */
const NEGLIGIBLE_PROBABILITY = 1e-6
/** Delays are stored in a byte and spikes in flight in one row a step. */
const LONGEST_DELAY_STEPS = 255
/** Reference in-degree of the weights: 24 excitatory and 6 inhibitory inputs. */
const REFERENCE_EXCITATORY = 24
const REFERENCE_INHIBITORY = 6

interface Grid {
  readonly side: number
  readonly binUm: number
  readonly start: Int32Array
  readonly members: Int32Array
}

const buildGrid = (population: Population): Grid => {
  const { neurons, sideUm, xUm, yUm } = population
  const binUm = Math.max(60, sideUm / 60)
  const side = Math.max(1, Math.ceil(sideUm / binUm))
  const start = new Int32Array(side * side + 1)
  const binOf = (i: number): number =>
    Math.min(side - 1, Math.floor(yUm[i] / binUm)) * side + Math.min(side - 1, Math.floor(xUm[i] / binUm))
  for (let i = 0; i < neurons; i++) start[binOf(i) + 1]++
  for (let bin = 0; bin < side * side; bin++) start[bin + 1] += start[bin]
  const fill = start.slice()
  const members = new Int32Array(neurons)
  for (let i = 0; i < neurons; i++) members[fill[binOf(i)]++] = i
  return { side, binUm, start, members }
}

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

/** Rows under construction: targets, delays and raw relative weights of all cells so far. */
class Rows {
  post: Int32Array
  delay: Uint8Array
  relative: Float64Array
  length = 0

  constructor(capacity: number) {
    this.post = new Int32Array(capacity)
    this.delay = new Uint8Array(capacity)
    this.relative = new Float64Array(capacity)
  }

  push(post: number, delay: number, relative: number): void {
    if (this.length === this.post.length) {
      const capacity = Math.ceil(this.length * 1.5) + 64
      const post2 = new Int32Array(capacity)
      post2.set(this.post)
      this.post = post2
      const delay2 = new Uint8Array(capacity)
      delay2.set(this.delay)
      this.delay = delay2
      const relative2 = new Float64Array(capacity)
      relative2.set(this.relative)
      this.relative = relative2
    }
    this.post[this.length] = post
    this.delay[this.length] = delay
    this.relative[this.length] = relative
    this.length++
  }
}

/** Largest connection probability between cells of two bins that are (dx, dy) bins apart: index dy * side + dx. */
const probabilityBounds = (grid: Grid, peak: number, lengthConstantUm: number): Float64Array =>
  Float64Array.from({ length: grid.side * grid.side }, (_, k) => {
    const gapUm = Math.hypot(Math.max(0, (k % grid.side) - 1), Math.max(0, Math.floor(k / grid.side) - 1)) * grid.binUm
    return peak * Math.exp(-gapUm / lengthConstantUm)
  })

/** Draws the targets of one cell into `rows`. */
const wireCell = (
  population: Population,
  parameters: CultureParameters,
  grid: Grid,
  bounds: Float64Array,
  i: number,
  rng: Rng,
  rows: Rows,
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

/** Weight that a mean synapse has at this mean in-degree: (total / K_ref) (K_ref / K)^exponent. */
const meanWeight = (total: number, reference: number, mean: number, exponent: number): number =>
  mean === 0 ? 0 : (total / reference) * (reference / mean) ** exponent

/** Wires a population. */
export const growNetwork = (population: Population, parameters: CultureParameters, rng: Rng): Network => {
  const { neurons, excitatory } = population
  const peak = solvePeakProbability(population, parameters.wiring.meanInDegree, parameters.wiring.lengthConstantUm)
  const grid = buildGrid(population)
  const rows = new Rows(Math.ceil(neurons * parameters.wiring.meanInDegree * 1.1) + 64)
  const firstRow = new Int32Array(neurons + 1)
  const stream = rng.split('wiring')
  const bounds = probabilityBounds(grid, peak, parameters.wiring.lengthConstantUm)
  for (let i = 0; i < neurons; i++) {
    if (peak > 0) wireCell(population, parameters, grid, bounds, i, stream.split(i), rows)
    firstRow[i + 1] = rows.length
  }

  // in-degrees by class
  const excitatoryIn = new Int32Array(neurons)
  const inhibitoryIn = new Int32Array(neurons)
  for (let i = 0; i < neurons; i++) {
    const degree = i < excitatory ? excitatoryIn : inhibitoryIn
    for (let row = firstRow[i]; row < firstRow[i + 1]; row++) degree[rows.post[row]]++
  }
  const meanOf = (column: Int32Array): number => column.reduce((sum, value) => sum + value, 0) / neurons
  const meanExcitatory = meanOf(excitatoryIn)
  const meanInhibitory = meanOf(inhibitoryIn)

  // weight = mean weight x own in-degree factor x sensitivity (excitatory only) x draw
  const { excitatoryTotal, inhibitoryTotal, inDegreeExponent, ownDegreeExponent } = parameters.synapses
  const excitatoryMean = meanWeight(excitatoryTotal, REFERENCE_EXCITATORY, meanExcitatory, inDegreeExponent)
  const inhibitoryMean = meanWeight(inhibitoryTotal, REFERENCE_INHIBITORY, meanInhibitory, inDegreeExponent)
  const weightScale = new Float64Array(neurons)
  const inhibitoryScale = new Float64Array(neurons)
  for (let j = 0; j < neurons; j++) {
    weightScale[j] = excitatoryMean * (meanExcitatory / Math.max(1, excitatoryIn[j])) ** ownDegreeExponent * population.sensitivity[j]
    inhibitoryScale[j] = inhibitoryMean * (meanInhibitory / Math.max(1, inhibitoryIn[j])) ** ownDegreeExponent
  }

  // counting sort of each cell's rows by delay
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
    const scale = i < excitatory ? weightScale : inhibitoryScale
    for (let row = firstRow[i]; row < firstRow[i + 1]; row++) {
      const to = next[rows.delay[row]]++
      post[to] = rows.post[row]
      delaySteps[to] = rows.delay[row]
      initialWeight[to] = rows.relative[row] * scale[rows.post[row]]
    }
  }

  // excitatory rows by postsynaptic cell, for the plasticity that acts when a cell fires
  const incomingStart = new Int32Array(neurons + 1)
  const excitatoryRows = firstRow[excitatory]
  for (let row = 0; row < excitatoryRows; row++) incomingStart[post[row] + 1]++
  for (let j = 0; j < neurons; j++) incomingStart[j + 1] += incomingStart[j]
  const incoming = new Int32Array(excitatoryRows)
  const fill = incomingStart.slice()
  for (let row = 0; row < excitatoryRows; row++) incoming[fill[post[row]]++] = row

  return {
    synapses,
    maxDelaySteps,
    segment,
    post,
    delaySteps,
    initialWeight,
    incomingStart,
    incoming,
    weightScale,
    peakProbability: peak,
    meanExcitatoryInDegree: meanExcitatory,
    meanInhibitoryInDegree: meanInhibitory,
  }
}
