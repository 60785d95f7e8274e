/** Controls without a culture: a dish without cells, and a paddle moved at random. */
import type { SpikeColumns } from '../culture/index.js'
import { STEP_MS } from '../culture/index.js'
import type { Decoder, Substrate } from '../loop/index.js'
import type { CellPositions } from '../mea/index.js'
import type { Rng } from '../rng.js'

/** A dish with medium and nothing in it (CTL in Kagan et al. 2022). */
export class EmptyDish implements Substrate {
  readonly population: CellPositions
  step = 0
  readonly #spikes: SpikeColumns = { count: 0, steps: new Int32Array(0), neurons: new Int32Array(0) }

  constructor(sideUm: number) {
    this.population = { neurons: 0, sideUm, xUm: new Float32Array(0), yUm: new Float32Array(0) }
  }

  /** Time passes; nothing fires. */
  advance(durationMs: number): Readonly<SpikeColumns> {
    this.step += Math.round(durationMs / STEP_MS)
    return this.#spikes
  }
}

/** Mean time a random move is held. */
const HOLD_MS = 300

/** A paddle that knows nothing (IS in Kagan et al. 2022): a random action, held for an exponentially distributed time. */
export const randomPaddle = (rng: Rng, actions: number): Decoder => {
  let action = 0
  let holdMs = 0
  return {
    name: 'randomPaddle',
    channels: [],
    idleAction: 0,
    rates: {},
    reset: () => {
      holdMs = 0
    },
    adapt: () => undefined,
    decode: (_, tickMs) => {
      if (holdMs <= 0) {
        action = rng.integer(actions)
        holdMs = -HOLD_MS * Math.log(1 - rng.uniform())
      }
      holdMs -= tickMs
      return action
    },
  }
}
