/** The read-out is blind for some ms after every pulse: the artefact saturates the amplifiers. */
import { STEP_MS } from '../culture/index.js'
import type { DeliveredPulse } from '../mea/index.js'

/** Answers whether a step lies inside a blind stretch. Sorted pulses are added tick by tick; only what can still matter is kept. */
export class Blanking {
  readonly #blindSteps: number
  #pulseSteps: number[] = []

  constructor(blindMs: number) {
    this.#blindSteps = Math.round(blindMs / STEP_MS)
  }

  /** Adds the pulses of the tick that began at `tickStartStep`, and forgets those that no longer matter. */
  add(pulses: readonly DeliveredPulse[], tickStartStep: number): void {
    this.#pulseSteps = this.#pulseSteps.filter((pulse) => pulse + this.#blindSteps > tickStartStep)
    for (const pulse of pulses) this.#pulseSteps.push(pulse.step)
  }

  /** Steps of the pulses that can still matter. */
  save(): number[] {
    return [...this.#pulseSteps]
  }

  /** Goes on from what `save` returned. */
  load(pulseSteps: readonly number[]): void {
    this.#pulseSteps = [...pulseSteps]
  }

  /** The last pulse up to the step decides. */
  isBlind(step: number): boolean {
    for (let k = this.#pulseSteps.length - 1; k >= 0; k--) {
      const since = step - this.#pulseSteps[k]
      if (since >= 0) return since < this.#blindSteps
    }
    return false
  }

  /** Number of steps in [fromStep, toStep) that are not blind. */
  seenSteps(fromStep: number, toStep: number): number {
    let seen = toStep - fromStep
    let blindUntil = fromStep
    for (const pulse of this.#pulseSteps) {
      const end = Math.min(pulse + this.#blindSteps, toStep)
      seen -= Math.max(0, end - Math.max(pulse, blindUntil))
      blindUntil = Math.max(blindUntil, end)
    }
    return seen
  }
}
