/** The classical method of Runge and Kutta for ordinary differential equations, fourth order, without allocation. */

/** Writes the time derivative of `state` under the constant input `input` into `into`. */
export type Derivative = (state: Float64Array, input: number, into: Float64Array) => void

export class RungeKutta4 {
  readonly #derivative: Derivative
  readonly #slopes: readonly [Float64Array, Float64Array, Float64Array, Float64Array]
  readonly #between: Float64Array

  /** @param size numbers in the state */
  constructor(size: number, derivative: Derivative) {
    this.#derivative = derivative
    this.#slopes = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)]
    this.#between = new Float64Array(size)
  }

  /** The state after `seconds` in one step. `into` may be `state`. */
  step(state: Float64Array, input: number, seconds: number, into: Float64Array): void {
    const [k1, k2, k3, k4] = this.#slopes
    const between = this.#between
    // k1 = f(y), k2 = f(y + k1 h / 2), k3 = f(y + k2 h / 2), k4 = f(y + k3 h)
    this.#derivative(state, input, k1)
    this.#derivative(advance(state, seconds / 2, k1, between), input, k2)
    this.#derivative(advance(state, seconds / 2, k2, between), input, k3)
    this.#derivative(advance(state, seconds, k3, between), input, k4)
    // y' = y + (k1 + 2 k2 + 2 k3 + k4) h / 6
    for (let i = 0; i < into.length; i++) into[i] = state[i] + (seconds / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i])
  }
}

const advance = (state: Float64Array, seconds: number, slope: Float64Array, into: Float64Array): Float64Array => {
  for (let i = 0; i < into.length; i++) into[i] = state[i] + seconds * slope[i]
  return into
}
