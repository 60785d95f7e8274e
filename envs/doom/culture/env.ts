/** Doom as the culture plays it: what it is shown, how it acts, what counts. */
import type { DoomOptionsWith } from '../env.js'
import type { DoomScenario } from '../names.js'
import type { DoomOptions } from '../parameters.js'
import { DOOM_CULTURE_REWARD } from '../results/rewardParameters.js'

/** Game tics (1/35 s) for which an action is held. */
export const DOOM_CULTURE_TICS = 4
/** Enemies and items that the encoder can tell apart, and rays: three for each eighth of the view. */
export const DOOM_CULTURE_FEATURES = { enemies: 5, items: 3, rays: 24 } as const

/** The options of the task, with the multi-head action. */
export type DoomCultureOptions = DoomOptionsWith<'heads'>

/**
 * Options of Doom for a culture: features of what is in view, the multi-head action (move, strafe, turn, attack), four tics a step, and the
 * reward of the task. No picture is observed: the culture is shown numbers about what is on the screen.
 *
 * @example `const env = await DoomEnv.create(doomCultureEnv('basic'))`
 */
export const doomCultureEnv = (scenario: DoomScenario, overrides: Omit<DoomOptions, 'scenario' | 'actions'> = {}): DoomCultureOptions => ({
  ticsPerStep: DOOM_CULTURE_TICS,
  screen: null,
  features: DOOM_CULTURE_FEATURES,
  reward: DOOM_CULTURE_REWARD,
  ...overrides,
  scenario,
  actions: 'heads',
})
