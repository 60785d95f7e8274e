/** A control without cells. */
import { STEP_MS, type SpikeColumns } from '../../culture/index.js'
import type { CellPositions } from '../../mea/index.js'
import type { Substrate } from '../types.js'

/** A dish with medium and nothing in it (CTL in Kagan et al. 2022). */
export class EmptyDish implements Substrate {
  readonly population: CellPositions
  step: number
  readonly #spikes: SpikeColumns = { count: 0, steps: new Int32Array(0), neurons: new Int32Array(0) }

  /** @param step of its clock to begin with */
  constructor(sideUm: number, step = 0) {
    this.population = { neurons: 0, sideUm, xUm: new Float32Array(0), yUm: new Float32Array(0) }
    this.step = step
  }

  /** Time passes; nothing fires. */
  advance(durationMs: number): Readonly<SpikeColumns> {
    this.step += Math.round(durationMs / STEP_MS)
    return this.#spikes
  }

  /** Nobody is there to be rewarded. */
  reward(): void {
    // medium takes up whatever is added
  }
}
