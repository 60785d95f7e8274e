/** Controls without a culture: a dish without cells, and actions drawn at random. */
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

/** A decoder that reads nothing: a draw, held for an exponentially distributed time, then the next. */
const drawn = <Action>(name: string, rng: Rng, idleAction: Action, draw: () => Action): Decoder<Action> => {
  let action = idleAction
  let holdMs = 0
  return {
    name,
    channels: [],
    idleAction,
    rates: {},
    reset: () => {
      holdMs = 0
    },
    adapt: () => undefined,
    decode: (_, elapsedMs) => {
      if (holdMs <= 0) {
        action = draw()
        holdMs = -HOLD_MS * Math.log(1 - rng.uniform())
      }
      holdMs -= elapsedMs
      return action
    },
  }
}

/** A paddle that knows nothing (IS in Kagan et al. 2022): a random action, held for an exponentially distributed time. */
export const randomPaddle = (rng: Rng, actions: number): Decoder => drawn('randomPaddle', rng, 0, () => rng.integer(actions))

/**
 * Its counterpart for actions of several heads: all drawn together, held together.
 * @param options number of options of each head
 */
export const randomActions = (rng: Rng, options: readonly number[]): Decoder<readonly number[]> =>
  drawn<readonly number[]>('randomActions', rng, options.map(() => 0), () => options.map((count) => rng.integer(count)))
