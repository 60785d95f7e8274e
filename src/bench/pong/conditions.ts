/** What the conditions mean in Pong. */
import { namesOf } from '../conditions.js'

/** What each condition of Pong does. */
export const PONG_CONDITIONS = {
  fep: 'predictable stimulation after a hit, unpredictable after a miss',
  open_loop: 'yoked: the stimulation another culture earned under fep, at its times',
  silent: 'no answer; a miss is followed by an equally long silence',
  no_feedback: 'no answer; a miss does not end the rally',
  rest: 'the game is not shown; spontaneous activity moves the paddle',
  inverted: 'answers to hit and miss exchanged',
  plasticity_off: 'fep with STDP and homeostasis off',
  shuffled_electrodes: 'fep with the sensory electrodes in random order',
  no_cells: 'fep on a dish without cells',
  random_paddle: 'random moves, each held for a random time',
} as const

/** The conditions of Pong in reporting order. */
export const PONG_CONDITION_NAMES = namesOf(PONG_CONDITIONS)
