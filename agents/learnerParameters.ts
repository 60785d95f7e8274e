/** The parameters that PPO and REINFORCE share: one table each is made of these and their own. */
import { choice, flag, quantity } from '../src/parameters.js'

const CLEANRL = "CleanRL's ppo.py (Huang et al. 2022)"

/** Discount, schedule, optimiser. */
export const learnerParameters = {
  schedule: choice(['constant', 'linear'], 'linear', 'the learning rate over the training: the same throughout, or falling to 0 in a straight line'),
  gamma: quantity({ default: 0.99, unit: '1', min: 0, max: 1, doc: 'discount of rewards a step', source: CLEANRL }),
  rewardScale: quantity({
    default: 1, unit: '1', above: 0, doc: 'rewards times this are learned from; choose it so that discounted returns are of the order of 1 to 10. Reported returns are never scaled',
  }),
  minibatches: quantity({ default: 4, unit: '1', min: 1, integer: true, doc: 'parts that the rows of a rollout are dealt into', source: CLEANRL }),
  maxGradientNorm: quantity({
    default: 0.5, unit: '1', above: 0, doc: 'longer gradients are shortened to this norm, those of the policy (all groups together) and of the critic each for itself', source: CLEANRL,
  }),
  normaliseAdvantages: flag(true, 'advantages are shifted and scaled to mean 0 and standard deviation 1 before each gradient step'),
  criticLearningRateScale: quantity({ default: 1, unit: '1', min: 0, doc: "the critic's learning rate is the learning rate times this" }),
  adamEpsilon: quantity({ default: 1e-5, unit: '1', above: 0, doc: "epsilon of Adam's denominator", source: CLEANRL }),
}
