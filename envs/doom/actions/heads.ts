/** The action of the Doom-culture task: independent choices of how to walk, step aside, turn and attack. */
import { MultiDiscrete } from '../../../src/spaces/index.js'
import type { ActionCodec, DoomHead } from './codec.js'

const HEADS: readonly { readonly name: string; readonly buttons: readonly string[] }[] = [
  { name: 'forward', buttons: ['MOVE_FORWARD', 'MOVE_BACKWARD'] },
  { name: 'strafe', buttons: ['MOVE_LEFT', 'MOVE_RIGHT'] },
  { name: 'turn', buttons: ['TURN_LEFT', 'TURN_RIGHT'] },
  { name: 'attack', buttons: ['ATTACK'] },
]

/** The first option of every head: no button. */
const NONE = 'none'

/** The heads for which a game has buttons, each with the options it has buttons for. */
export const headsOf = (names: readonly string[]): DoomHead[] =>
  HEADS.map(({ name, buttons }) => ({ name, options: [NONE, ...buttons.filter((button) => names.includes(button))] })).filter(
    ({ options }) => options.length > 1,
  )

/** @param columnOf where in the engine's row a button is */
export const headsCodec = (heads: readonly DoomHead[], columnOf: (button: string) => number): ActionCodec<MultiDiscrete> => {
  const columns = heads.map(({ options }) => options.map((option) => (option === NONE ? -1 : columnOf(option))))
  return {
    space: new MultiDiscrete({ nvec: heads.map(({ options }) => options.length) }),
    write: (action, out) => {
      out.fill(0)
      for (let head = 0; head < columns.length; head++) {
        const column = columns[head][action[head]]
        if (column >= 0) out[column] = 1
      }
    },
    press: (...buttons) => {
      const known = buttons.every((button) => heads.some(({ options }) => options.includes(button)))
      return known ? Int32Array.from(heads, ({ options }) => Math.max(0, options.findIndex((option) => buttons.includes(option)))) : undefined
    },
  }
}
