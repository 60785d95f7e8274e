/** Proximal policy optimisation (Schulman, Wolski, Dhariwal, Radford, Klimov 2017) with a clipped ratio. */
import * as tf from '@tensorflow/tfjs-core'
import { readParameters } from '../../src/parameters.js'
import type { Rng } from '../../src/rng.js'
import { ActorCriticLearner, approximateKl, type StepReport } from '../actorCriticLearner.js'
import type { Learner } from '../learner.js'
import { shuffledParts } from '../minibatch.js'
import type { Critic, Policy } from '../policy.js'
import type { RowLoss } from '../updateSession.js'
import { ppoParameters, type PpoOptions } from './parameters.js'

/**
 * The clipped objective (equation 7), with the sign of a loss, one number a row:
 *
 *   ratio = exp(log pi_new(a) - log pi_old(a))
 *   loss  = -min(ratio A, clip(ratio, 1 - c, 1 + c) A)
 */
export const clippedLoss =
  (clip: number): RowLoss =>
  (logProbability, advantages, oldLogProbability) => {
    const ratio = tf.exp(tf.sub(logProbability, oldLogProbability))
    const clipped = tf.clipByValue(ratio, 1 - clip, 1 + clip)
    return tf.neg(tf.minimum(tf.mul(ratio, advantages), tf.mul(clipped, advantages)))
  }

/**
 * PPO for a policy and a critic. The old log-probabilities are computed here, over the whole rollout, before the first gradient step; the
 * critic is a network of its own, whose gradients are clipped apart from the policy's.
 * @param rng deals the rows into minibatches
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const ppo = (policy: Policy, critic: Critic, options: PpoOptions, rng: Rng): Learner => {
  const settings = readParameters(ppoParameters, options, 'ppo')
  const { clip, epochs, minibatches } = settings
  const outside = (ratio: number): boolean => Math.abs(ratio - 1) > clip
  return new ActorCriticLearner(
    {
      name: 'ppo',
      rowLoss: clippedLoss(clip),
      improve: (session, rows, stream): StepReport => {
        let ratios: number[] = []
        for (let epoch = 0; epoch < epochs; epoch++) {
          ratios = []
          for (const part of shuffledParts(rows, minibatches, stream)) {
            ratios.push(...session.policyStep([part]))
            session.criticStep(part)
          }
        }
        return { approxKl: approximateKl(ratios), clipFraction: ratios.filter(outside).length / Math.max(1, ratios.length) }
      },
    },
    policy,
    critic,
    settings,
    rng,
  )
}
