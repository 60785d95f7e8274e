/** The parameters of PPO. */
import { group, quantity, type InputOf, type ValuesOf } from '../../src/parameters.js'
import { learnerParameters } from '../learnerParameters.js'

const PPO = 'Schulman, Wolski, Dhariwal, Radford, Klimov 2017'
const CLEANRL = "CleanRL's ppo.py (Huang et al. 2022)"

/**
 * Defaults are CleanRL's. CartPole-v1 is learned faster and for good with `{ learningRate: 4e-4, rewardScale: 0.05 }` (8 environments, 128 steps
 * each a rollout): with returns of 100 the critic is late, and the policy wanders meanwhile.
 */
export const ppoParameters = group(
  {
    learningRate: quantity({ default: 2.5e-4, unit: '1', above: 0, doc: "Adam's learning rate", source: CLEANRL }),
    lambda: quantity({ default: 0.95, unit: '1', min: 0, max: 1, doc: 'of generalised advantage estimation: 0 trusts the critic, 1 the rewards', source: PPO }),
    clip: quantity({ default: 0.2, unit: '1', above: 0, doc: 'a ratio of new to old probability beyond 1 - clip and 1 + clip earns nothing more', source: PPO }),
    epochs: quantity({ default: 4, unit: '1', min: 1, integer: true, doc: 'how often every row of a rollout is learned from', source: CLEANRL }),
    entropyCoefficient: quantity({ default: 0.01, unit: '1', min: 0, doc: 'weight of the entropy, against choosing too early', source: CLEANRL }),
    ...learnerParameters,
  },
  'proximal policy optimisation with a clipped ratio',
)

/** What a user may set. */
export type PpoOptions = InputOf<typeof ppoParameters>
/** With every value set. */
export type PpoSettings = ValuesOf<typeof ppoParameters>
