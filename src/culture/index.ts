/** The culture: spiking neurons, receptors, plasticity, background noise. Knows no electrode and no game. */
export { CELL_TYPES, cellCounts, type CellType } from './cellTypes.js'
export { Culture, estimateBytes } from './culture.js'
export type { Depolarisations, Engine, PlasticitySwitches, SpikeColumns } from './engine/engine.js'
export { outgoingRows, type Network } from './network.js'
export { completeCultureParameters, cultureParameters, dishSideUm, STEP_MS, type CultureOptions, type CultureParameters } from './parameters.js'
export type { Population } from './population.js'
export type { CultureSnapshot } from './snapshot.js'
export type { CultureState } from './state.js'
