/** The keys of `bl1 play Doom-v0`: those whose buttons the game has. */
import type { KeyMap } from '../../src/env/index.js'
import type { ActionCodec } from './actions/codec.js'

/** What each key presses: the first button that the game has. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  left: ['TURN_LEFT', 'MOVE_LEFT'],
  right: ['TURN_RIGHT', 'MOVE_RIGHT'],
  up: ['MOVE_FORWARD'],
  down: ['MOVE_BACKWARD'],
  w: ['MOVE_FORWARD'],
  s: ['MOVE_BACKWARD'],
  a: ['MOVE_LEFT'],
  d: ['MOVE_RIGHT'],
  space: ['ATTACK'],
  e: ['USE'],
}

/** The keys of a way to act; undefined where no key presses anything. */
export const keysOf = (codec: ActionCodec): KeyMap | undefined => {
  const actions: Record<string, unknown> = {}
  for (const [key, buttons] of Object.entries(KEYS)) {
    const action = buttons.map((button) => codec.press(button)).find((found) => found !== undefined)
    if (action !== undefined) actions[key] = action
  }
  if (Object.keys(actions).length === 0) return undefined
  const idle = codec.press()
  return idle === undefined ? { actions } : { actions, idle }
}
