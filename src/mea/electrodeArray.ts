/** The array over a dish: it records spikes per electrode and owns the stimulator. */
import type { SpikeColumns } from '../culture/index.js'
import { readParameters } from '../parameters.js'
import { neighboursWithin, type CellPositions, type ElectrodeNeighbours } from './electrodes.js'
import { arrayLayout, type ArrayLayout } from './layout.js'
import { meaParameters, type MeaOptions, type MeaParameters } from './parameters.js'
import { Stimulator } from './stimulator.js'

/**
 * @example
 * ```ts
 * const culture = Culture.grow({ neurons: 1000 }, 7)
 * const array = new ElectrodeArray(culture.population)
 * array.stimulator.schedule([27], { amplitudeMv: 150 }, culture.timeMs + 5)
 * const spikes = culture.advance(10, array.stimulator.take(culture.step, culture.step + 20))
 * ```
 */
export class ElectrodeArray {
  readonly parameters: MeaParameters
  readonly layout: ArrayLayout
  readonly stimulator: Stimulator
  /** Cells each electrode records. */
  readonly recorded: ElectrodeNeighbours
  /** Cells each electrode's pulses reach. */
  readonly activated: ElectrodeNeighbours
  /** Channels that see each cell: entries seenStart[neuron] up to, not including, seenStart[neuron + 1]. */
  readonly #seenStart: Int32Array
  readonly #seenBy: Int16Array

  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
  constructor(cells: CellPositions, options: MeaOptions = {}) {
    this.parameters = readParameters(meaParameters, options, 'array parameters')
    this.layout = arrayLayout(this.parameters.layout)
    this.recorded = neighboursWithin(this.layout, cells, this.parameters.detectionRadiusUm)
    this.activated = neighboursWithin(this.layout, cells, this.parameters.activationRadiusUm)
    this.stimulator = new Stimulator(this.layout, this.parameters, this.activated)

    const seenStart = new Int32Array(cells.neurons + 1)
    for (const neuron of this.recorded.neuron) seenStart[neuron + 1]++
    for (let i = 0; i < cells.neurons; i++) seenStart[i + 1] += seenStart[i]
    const fill = seenStart.slice()
    this.#seenBy = new Int16Array(this.recorded.neuron.length)
    for (let channel = 0; channel < this.layout.channels; channel++) {
      for (let k = this.recorded.start[channel]; k < this.recorded.start[channel + 1]; k++) {
        this.#seenBy[fill[this.recorded.neuron[k]]++] = channel
      }
    }
    this.#seenStart = seenStart
  }

  /**
   * Adds the spikes of each electrode to `counts` (length: channels). A spike seen by two electrodes counts at both.
   * @param isBlanked says whether the amplifiers were saturated at a step; such spikes are lost
   */
  countSpikes(spikes: Readonly<SpikeColumns>, counts: Float64Array, isBlanked: (step: number) => boolean): void {
    for (let k = 0; k < spikes.count; k++) {
      if (isBlanked(spikes.steps[k])) continue
      const neuron = spikes.neurons[k]
      for (let s = this.#seenStart[neuron]; s < this.#seenStart[neuron + 1]; s++) counts[this.#seenBy[s]]++
    }
  }
}
