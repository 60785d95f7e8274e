/** Sends pulses to the stimulator as hardware does: one that comes too soon on its channel is dropped. */
import type { PulseDesign, Stimulator } from '../mea/index.js'

export class PulseGate {
  readonly #stimulator: Stimulator
  readonly #channel = [0]

  constructor(stimulator: Stimulator) {
    this.#stimulator = stimulator
  }

  /** Whether the pulse was taken. @throws Bl1Error the limits of a pulse, see `Stimulator.schedule` */
  send(channel: number, pulse: PulseDesign, timeMs: number): boolean {
    if (!this.#stimulator.allows(channel, timeMs)) return false
    this.#channel[0] = channel
    this.#stimulator.schedule(this.#channel, pulse, timeMs)
    return true
  }
}
