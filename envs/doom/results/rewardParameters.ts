/** The terms of the reward: each a weight on something that happened in the step; 0 leaves it out. */
import type { z } from 'zod'
import { flag, group, quantity } from '../../../src/parameters.js'

const weight = (value: number, doc: string) => quantity({ default: value, unit: '1', doc })

/**
 * The table of the reward. Without any weight of your own, the reward is the scenario's.
 *
 * `original: true` counts three things as the doom-neuron trainer does, to reproduce its numbers: damage and the ammunition used are net
 * losses between observations (so the damage of a fatal step is none, and changing the weapon may cost ammunition), and
 * `remainingHealth` is the health of the last observation before the end.
 */
export const doomRewardParameters = group(
  {
    engine: weight(1, "the engine's own reward, as the scenario defines it"),
    kill: weight(0, 'each kill'),
    damageDealt: weight(0, 'each point of damage dealt'),
    damageTaken: weight(0, 'each point of health lost'),
    healthGained: weight(0, 'each point of health gained'),
    armorGained: weight(0, 'each point of armour gained'),
    armorLost: weight(0, 'each point of armour lost'),
    ammoUsed: weight(0, 'each unit of ammunition used'),
    ammoWasted: weight(0, 'each unit of ammunition used in a step without a hit'),
    ammoGained: weight(0, 'each unit of ammunition gained'),
    item: weight(0, 'each item'),
    secret: weight(0, 'each secret'),
    death: weight(0, 'death'),
    remainingHealth: weight(0, 'each point of health left at the end of the episode, not counting ends by a time limit from outside'),
    original: flag(false, 'count damage, ammunition and remaining health as the doom-neuron trainer does'),
  },
  'weights of what happened in a step',
)

/** Any part of the table of the reward. */
export type DoomRewardOptions = NonNullable<z.input<typeof doomRewardParameters>>
/** The table with every weight set. */
export type DoomReward = z.output<typeof doomRewardParameters>

/** The reward of the scenario alone: the default. */
export const DOOM_ENGINE_REWARD = { engine: 1 } as const satisfies DoomRewardOptions

/**
 * The Doom-culture task: 100 a kill, -5 a point of health lost, -10 a unit of ammunition used. The damage of the fatal step counts, what
 * health is left at the end costs nothing (in the original it costs as much as losing it, so that every life without healing sums to
 * the same), and changing the weapon is no use of ammunition.
 */
export const DOOM_CULTURE_REWARD = { engine: 0, kill: 100, damageTaken: -5, ammoUsed: -10 } as const satisfies DoomRewardOptions

/** The same exactly as the doom-neuron trainer computes it (doom-neuron, commit c1190ab). */
export const DOOM_CULTURE_REWARD_ORIGINAL = {
  ...DOOM_CULTURE_REWARD,
  remainingHealth: -5,
  original: true,
} as const satisfies DoomRewardOptions
