/** Controls without a culture: actions drawn at random, beside the dish without cells. */
import type { Decoder } from '../loop/index.js'
import type { Rng } from '../rng.js'

export { EmptyDish } from '../loop/index.js'

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
