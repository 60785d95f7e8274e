/** REINFORCE with a learned value baseline (Williams 1992; Sutton & Barto 2018, section 13.4). */
import * as tf from '@tensorflow/tfjs-core'
import { readParameters } from '../../src/parameters.js'
import type { Rng } from '../../src/rng.js'
import { ActorCriticLearner, type StepReport } from '../actorCriticLearner.js'
import type { Learner } from '../learner.js'
import { inParts, shuffledParts } from '../minibatch.js'
import type { Critic, Policy } from '../policy.js'
import type { RowLoss } from '../updateSession.js'
import { reinforceParameters, type ReinforceOptions } from './parameters.js'

/** The likelihood-ratio estimate, with the sign of a loss, one number a row: loss = -log pi(a) (G - V), whose gradient is that of -E[G]. */
export const likelihoodRatioLoss: RowLoss = (logProbability, advantages) => tf.neg(tf.mul(logProbability, advantages))

/**
 * REINFORCE for a policy and a critic: one gradient step of the policy over all rows of a rollout (worked out minibatch by minibatch), then
 * the baseline learns from the same rows.
 *
 * G is the discounted sum of the rewards to come. Where a rollout ends or an episode is truncated, the rest is the baseline's word, so that
 * no episode is thrown away; a rollout of whole episodes alone has none of it.
 * @param rng deals the rows into the baseline's minibatches
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const reinforce = (policy: Policy, critic: Critic, options: ReinforceOptions, rng: Rng): Learner => {
  const settings = readParameters(reinforceParameters, options, 'reinforce')
  const { minibatches, criticEpochs } = settings
  return new ActorCriticLearner(
    {
      name: 'reinforce',
      rowLoss: likelihoodRatioLoss,
      improve: (session, rows, stream): StepReport => {
        session.policyStep(inParts(rows, minibatches))
        for (let epoch = 0; epoch < criticEpochs; epoch++) {
          for (const part of shuffledParts(rows, minibatches, stream)) session.criticStep(part)
        }
        return { approxKl: 0, clipFraction: 0 }
      },
    },
    policy,
    critic,
    settings,
    rng,
  )
}
