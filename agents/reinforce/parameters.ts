/** The parameters of REINFORCE. */
import { group, quantity, type InputOf, type ValuesOf } from '../../src/parameters.js'
import { learnerParameters } from '../learnerParameters.js'

const SOURCE = 'Williams 1992; Sutton & Barto 2018, section 13.4'

/** With `rewardScale: 0.05`, the defaults pass a mean return of 400 on CartPole-v1 after about 60,000 steps of 8 environments (128 each a rollout). */
export const reinforceParameters = group(
  {
    learningRate: quantity({ default: 5e-3, unit: '1', above: 0, doc: "Adam's learning rate; larger than PPO's, as there is one step a rollout" }),
    lambda: quantity({ default: 1, unit: '1', min: 0, max: 1, doc: '1: all rewards to come, as REINFORCE has it; below, the critic stands in for the later ones', source: SOURCE }),
    criticEpochs: quantity({ default: 4, unit: '1', min: 1, integer: true, doc: 'how often the baseline learns from every row of a rollout' }),
    entropyCoefficient: quantity({ default: 0.01, unit: '1', min: 0, doc: 'weight of the entropy, against choosing too early' }),
    ...learnerParameters,
  },
  'REINFORCE with a learned baseline',
)

/** What a user may set. */
export type ReinforceOptions = InputOf<typeof reinforceParameters>
/** With every value set. */
export type ReinforceSettings = ValuesOf<typeof reinforceParameters>
