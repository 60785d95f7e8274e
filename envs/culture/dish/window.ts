/** What was seen of a dish in one step, which may have been lived in several pieces. */
import type { DishBatch } from '../../../src/loop/index.js'
import { MS_PER_SECOND } from '../../../src/units.js'

export class StepWindow {
  readonly stepMs: number
  readonly pieceMs: number
  readonly cells: number
  /** Spikes that each channel recorded. */
  readonly counts: Float64Array
  /** Spikes of all cells, piece by piece. */
  readonly spikes: Float64Array
  #pieces = 0

  /** @param pieceMs goes into stepMs a whole number of times */
  constructor(channels: number, cells: number, stepMs: number, pieceMs: number) {
    this.stepMs = stepMs
    this.pieceMs = pieceMs
    this.cells = cells
    this.counts = new Float64Array(channels)
    this.spikes = new Float64Array(Math.round(stepMs / pieceMs))
  }

  /** Begins a step. */
  open(): void {
    this.counts.fill(0)
    this.#pieces = 0
  }

  /** Adds the stretch that a dish last lived, of one piece. */
  add({ counts, spikes }: DishBatch, dish: number): void {
    const seen = counts[dish]
    for (let channel = 0; channel < seen.length; channel++) this.counts[channel] += seen[channel]
    this.spikes[this.#pieces++] = spikes[dish]
  }

  /** Spikes per cell and second: of one piece, or of the whole step. */
  rateHz(piece?: number): number {
    if (piece !== undefined) return (this.spikes[piece] * MS_PER_SECOND) / this.pieceMs / this.cells
    let sum = 0
    for (let k = 0; k < this.spikes.length; k++) sum += this.spikes[k]
    return (sum * MS_PER_SECOND) / this.stepMs / this.cells
  }

  /** Spikes per electrode and second over some channels. */
  electrodeRateHz(channels: readonly number[]): number {
    let sum = 0
    for (const channel of channels) sum += this.counts[channel]
    return (sum * MS_PER_SECOND) / this.stepMs / channels.length
  }
}
