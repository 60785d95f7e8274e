/** The dish that an environment lives in: one of its own, or one of a batch that several environments share. */
import type { Dishes, SavedDish } from '../../../src/loop/index.js'

/** A settled culture, and what its electrodes showed while it was left alone. */
export interface Start {
  readonly saved: SavedDish
  /** Spikes of each channel in each step of the rest. */
  readonly rest: readonly Float64Array[]
}

/** Lets the dishes of several environments live through a step in one call. */
export interface Company {
  /** Whether the step that is under way has been lived by all: false where an environment is stepped by itself. */
  live(): boolean
  /** Called by each environment that is closed. */
  leave(): void
}

/** One dish of a batch. */
export interface Home {
  readonly dishes: Dishes
  readonly dish: number
  readonly start: Start
  readonly company?: Company
}
