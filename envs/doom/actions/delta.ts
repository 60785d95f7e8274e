/** Buttons that take a number: alone, or beside the binary ones. */
import { Box, Dict, type MultiBinary } from '../../../src/spaces/index.js'
import type { ActionCodec } from './codec.js'

/**
 * The delta buttons, each -1 to 1.
 * @param columns where in the engine's row they are, @param limits what 1 means for each: degrees or map units a tic
 */
export const continuousCodec = (columns: readonly number[], limits: readonly number[]): ActionCodec<Box> => ({
  space: new Box({ low: -1, high: 1, shape: [columns.length] }),
  write: (action, out) => {
    out.fill(0)
    for (let i = 0; i < columns.length; i++) out[columns[i]] = action[i] * limits[i]
  },
  press: (...buttons) => (buttons.length === 0 ? new Float32Array(columns.length) : undefined),
})

/** The action space of `actions: 'mixed'`. */
export type MixedSpace = Dict<{ readonly binary: MultiBinary; readonly continuous: Box }>

/** Both kinds of buttons. */
export const mixedCodec = (binary: ActionCodec<MultiBinary>, continuous: ActionCodec<Box>, buttons: number): ActionCodec<MixedSpace> => {
  const pressed = new Float64Array(buttons)
  return {
    space: new Dict({ binary: binary.space, continuous: continuous.space }),
    write: (action, out) => {
      binary.write(action.binary, pressed)
      continuous.write(action.continuous, out)
      for (let i = 0; i < buttons; i++) out[i] += pressed[i]
    },
    press: (...names) => {
      const [held, still] = [binary.press(...names), continuous.press()]
      return held === undefined || still === undefined ? undefined : { binary: held, continuous: still }
    },
  }
}
