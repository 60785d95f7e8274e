/** Slow excitability noise: one Ornstein-Uhlenbeck process for the dish and one for each patch, shared by the engines. */
import { Rng } from '../rng.js'
import { STEP_MS, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'
import { patchesPerSide, type CultureState } from './state.js'

/** The noise moves on every 10 ms. */
export const SLOW_NOISE_STEPS = 20

/** Index of the patch each cell lies in: 0 to patches - 1, row by row. */
export const patchOfCells = (population: Population, parameters: CultureParameters): Int32Array => {
  const side = patchesPerSide(population, parameters)
  const along = (um: number): number => Math.min(side - 1, Math.floor((um / population.sideUm) * side))
  return Int32Array.from({ length: population.neurons }, (_, i) => along(population.yUm[i]) * side + along(population.xUm[i]))
}

/** Moves `state.slowNoise` on. */
export class SlowNoise {
  readonly #state: CultureState
  readonly #stream: Rng
  readonly #keep: number
  readonly #dishStep: number
  readonly #patchStep: number
  /** Whether there is any: without it nothing is drawn. */
  readonly isOn: boolean

  constructor(state: CultureState, { noise }: CultureParameters) {
    this.#state = state
    this.#stream = Rng.load(state.slowNoiseStream)
    this.#keep = Math.exp((-SLOW_NOISE_STEPS * STEP_MS) / noise.slowTauMs)
    const fresh = Math.sqrt(1 - this.#keep * this.#keep)
    this.#dishStep = noise.slowDishSd * fresh
    this.#patchStep = noise.slowPatchSd * fresh
    this.isOn = noise.slowDishSd > 0 || noise.slowPatchSd > 0
  }

  /** Ornstein-Uhlenbeck, exact update: x' = x e + SD sqrt(1 - e^2) n, e = exp(-10 ms / tau). */
  advance(): void {
    const { slowNoise } = this.#state
    for (let i = 0; i < slowNoise.length; i++) {
      slowNoise[i] = slowNoise[i] * this.#keep + (i === 0 ? this.#dishStep : this.#patchStep) * this.#stream.normal()
    }
  }

  /** Writes the stream back into the state, for a snapshot. */
  save(): void {
    this.#state.slowNoiseStream = this.#stream.save()
  }
}
