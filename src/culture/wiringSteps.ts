/** The steps of growing the wiring, each a piece of the kernel's work with the memory laid out for it. */
import type { Rng } from '../rng.js'
import { binCells, reachOf } from './cellBins.js'
import type { WiringKernel } from './engine/wasm/wiringKernel.js'
import type { IncomingSynapses } from './network.js'
import { STEP_MS, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'

/** Cells wired in one call of the kernel: engines optimise code between calls. */
const CELLS_PER_CALL = 256
/** Rows sorted by blocks of targets at a time, and the bytes of one on the way. */
const MOST_PARCELS = 2 ** 21
const PARCEL_BYTES = 12
/** Room beyond the expected number of synapses: p_max is solved from a sample of the cells. */
const RESERVE = 1.02

/** Columns of one word a cell, with room for what is written four at a time. */
const CELL_COLUMNS = [
  'cellAt', 'placeOf', 'rowStart', 'excitatoryDegrees', 'inhibitoryDegrees', 'excitatoryScale', 'inhibitoryScale', 'scratchA', 'scratchB',
  'nextEntry',
] as const

/** Calls `action` for everything below `end`, at most `most` at a time. */
const inStretches = (end: number, most: number, action: (first: number, last: number) => void): void => {
  for (let first = 0; first < end; first += most) action(first, Math.min(end, first + most))
}

/** Hands the cells and the numbers of the culture to the kernel. @throws Bl1Error `culture/too-large` */
export const layOutCells = (kernel: WiringKernel, population: Population, parameters: CultureParameters, rng: Rng): void => {
  const { neurons } = population
  const { lengthConstantUm, conductionUmPerMs } = parameters.wiring
  const bins = binCells(population, lengthConstantUm)
  const { calls } = kernel
  calls.excitatory.value = population.excitatory
  calls.binSide.value = bins.side
  calls.binUm.value = bins.binUm
  calls.reach.value = reachOf(bins, lengthConstantUm)
  calls.decay.value = -Math.LOG2E / lengthConstantUm
  calls.stepsPerUm.value = 1 / (conductionUmPerMs * STEP_MS)
  calls.weightSd.value = parameters.synapses.weightSd
  for (const column of CELL_COLUMNS) kernel.take(column, (neurons + 4) * 4)
  kernel.take('coordinates', (neurons + 3) * 8)
  kernel.take('binStart', bins.start.length * 4)
  kernel.take('counters', 3 * 1024 * 4)
  kernel.take('points', 64 * 8)
  kernel.take('binHazards', (bins.side + 3) * 4)
  kernel.take('binFallOffs', (bins.side + 3) * 4)
  kernel.take('blockEnds', 512 * 4)
  kernel.take('targetKey', 16)
  kernel.take('weightKey', 16)
  kernel.int32('cellAt', neurons).set(bins.cellAt)
  kernel.int32('placeOf', neurons).set(bins.placeOf)
  kernel.int32('binStart', bins.start.length).set(bins.start)
  // behind the last cell: points so far away that nothing reaches them
  const coordinates = kernel.float32('coordinates', (neurons + 3) * 2).fill(Infinity)
  bins.cellAt.forEach((cell, place) => {
    coordinates[2 * place] = population.xUm[cell]
    coordinates[2 * place + 1] = population.yUm[cell]
  })
  for (const [key, stream] of [['targetKey', rng.split('targets')], ['weightKey', rng.split('weights')]] as const) {
    const words = kernel.uint32(key, 4)
    for (let k = 0; k < 4; k++) words[k] = stream.uint32()
  }
}

/** Draws all targets and returns the number of synapses. @throws Bl1Error `culture/too-large` */
export const drawTargets = (kernel: WiringKernel, neurons: number, expected: number): number => {
  const largestCell = neurons * 4
  kernel.take('post', 0)
  let limit = kernel.reserve(expected * RESERVE * 4 + largestCell)
  inStretches(neurons, CELLS_PER_CALL, (first, last) => {
    let cell = kernel.calls.drawRows(first, last, limit)
    while (cell < last) {
      const rowsEnd = kernel.int32('rowStart', neurons + 1)[cell]
      limit = kernel.reserve(rowsEnd * RESERVE * 4 + largestCell)
      cell = kernel.calls.drawRows(cell, last, limit)
    }
  })
  const synapses = kernel.int32('rowStart', neurons + 1)[neurons]
  kernel.take('post', synapses * 4)
  return synapses
}

/** Room for the columns of the synapses, whose number is known now. @throws Bl1Error `culture/too-large` */
export const layOutSynapses = (kernel: WiringKernel, synapses: number, incoming: number): void => {
  // weights are drawn four at a time
  kernel.take('weight', (synapses + 3) * 4)
  kernel.take('delaySteps', synapses)
  kernel.take('incomingRow', incoming * 4)
  kernel.take('incomingOrigin', incoming * 4)
}

/** Enters the excitatory rows with their targets, before the weights are drawn: rows on the way use their room. */
export const listIncoming = (kernel: WiringKernel, neurons: number, synapses: number): IncomingSynapses => {
  const degrees = kernel.int32('excitatoryDegrees', neurons)
  const start = new Int32Array(neurons + 1)
  for (let j = 0; j < neurons; j++) start[j + 1] = start[j] + degrees[j]
  kernel.int32('nextEntry', neurons).set(start.subarray(0, neurons))
  kernel.calls.parcels.value = kernel.calls.weight.value
  const most = Math.min(MOST_PARCELS, Math.floor(((synapses + 3) * 4) / PARCEL_BYTES))
  const entries = start[neurons]
  inStretches(entries, most, kernel.calls.listIncoming)
  return { start, row: kernel.int32('incomingRow', entries), origin: kernel.uint32('incomingOrigin', entries) }
}

/** Weight of a mean synapse onto each cell, by the class of its source. */
export interface MeanWeights {
  readonly excitatory: Float32Array
  readonly inhibitory: Float32Array
}

/** Draws the weights, when the in-degrees are known. */
export const drawWeights = (kernel: WiringKernel, neurons: number, scales: MeanWeights): void => {
  kernel.float32('excitatoryScale', neurons).set(scales.excitatory)
  kernel.float32('inhibitoryScale', neurons).set(scales.inhibitory)
  inStretches(neurons, CELLS_PER_CALL, kernel.calls.weighRows)
}
