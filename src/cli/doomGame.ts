/** What the block `doom` of a config means for the game and the clock: the same in every command. */
import { DOOM_CULTURE_REWARD, DOOM_CULTURE_REWARD_ORIGINAL, DOOM_ENGINE_REWARD, type DoomRewardOptions } from '../../envs/doom/results/rewardParameters.js'
import type { DoomOptions } from '../../envs/doom/parameters.js'
import { STEP_MS } from '../culture/index.js'
import type { SteppedTiming } from '../loop/index.js'
import { MS_PER_SECOND } from '../units.js'
import type { DoomExperiment } from './doomExperiment.js'

const TICS_PER_SECOND = 35

const REWARDS: Readonly<Record<DoomExperiment['reward'], DoomRewardOptions>> = {
  culture: DOOM_CULTURE_REWARD,
  original: DOOM_CULTURE_REWARD_ORIGINAL,
  scenario: DOOM_ENGINE_REWARD,
}

/** Time of some tics in whole steps of the culture, ms. */
export const timeOfTics = (tics: number): number => Math.round((tics * MS_PER_SECOND) / TICS_PER_SECOND / STEP_MS) * STEP_MS

/** The game's options, beside the scenario. */
export const doomGameOptions = ({ ticsPerStep, reward, skill, timeoutTics }: DoomExperiment): Omit<DoomOptions, 'scenario' | 'actions'> => ({
  ticsPerStep,
  reward: REWARDS[reward],
  ...(skill === null ? {} : { skill }),
  ...(timeoutTics === null ? {} : { timeoutTics }),
})

/** The loop's clock: an action is held for as long as the culture lives. */
export const doomTiming = ({ loop, ticsPerStep }: DoomExperiment): SteppedTiming => ({ ...loop, stepMs: timeOfTics(ticsPerStep) })
