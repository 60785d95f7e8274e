/** The virtual multi-electrode array: layout, recording per electrode, charge-balanced pulses and their limits. */
export { ElectrodeArray } from './electrodeArray.js'
export { neighboursWithin, type CellPositions, type ElectrodeNeighbours } from './electrodes.js'
export { arrayLayout, checkChannel, LAYOUTS, type ArrayLayout, type LayoutName } from './layout.js'
export { meaParameters, type MeaOptions, type MeaParameters } from './parameters.js'
export { checkPulse, depolarisationMv, type PulseDesign } from './pulse.js'
export { Stimulator, type DeliveredPulse, type PulseTrain, type SavedStimulator } from './stimulator.js'
