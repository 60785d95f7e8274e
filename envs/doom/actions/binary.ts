/** Every binary button by itself. */
import { MultiBinary } from '../../../src/spaces/index.js'
import type { ActionCodec } from './codec.js'

/** @param columns where in the engine's row the binary buttons are, @param names their names */
export const binaryCodec = (columns: readonly number[], names: readonly string[]): ActionCodec<MultiBinary> => ({
  space: new MultiBinary({ shape: columns.length }),
  write: (action, out) => {
    out.fill(0)
    for (let i = 0; i < columns.length; i++) out[columns[i]] = action[i]
  },
  press: (...buttons) => (buttons.every((name) => names.includes(name)) ? Uint8Array.from(names, (name) => Number(buttons.includes(name))) : undefined),
})
