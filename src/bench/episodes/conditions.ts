/** What the conditions mean in a game of episodes. */
import { namesOf } from '../conditions.js'

/** What each condition of a game of episodes does. */
export const EPISODE_CONDITIONS = {
  fep: 'events and ends of episodes (rewards where asked for) are answered: predictably what is good, unpredictably what is bad, scaled by surprise',
  open_loop: 'yoked: the stimulation another culture earned under fep, at its times; the game is hidden when it was for that culture',
  silent: 'no answer; where fep would suspend the sensory input it is suspended as long',
  no_feedback: 'no answer; the game is shown throughout',
  rest: 'the game is not shown; spontaneous activity presses the buttons',
  inverted: 'answers to good and bad exchanged',
  plasticity_off: 'fep with STDP and homeostasis off',
  shuffled_electrodes: 'fep with the sensory electrodes in random order',
  no_cells: 'fep on a dish without cells',
  random_actions: 'random actions, each held for a random time',
} as const

/** The conditions of a game of episodes in reporting order. */
export const EPISODE_CONDITION_NAMES = namesOf(EPISODE_CONDITIONS)
