/** The decoder: centred spike features become the logits, or means, of actions. */
import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../../../src/rng.js'
import type { ActionDistribution } from '../../distributions/index.js'
import { linear, mlp, type Network } from '../../networks/index.js'
import { networkChoice, type Choice } from '../choice.js'
import type { Calibration } from '../calibration.js'
import type { Moments } from '../moments.js'
import type { CultureAgentParameters } from '../parameters.js'

const NAME = 'decoder'

const networkOf = (parameters: CultureAgentParameters['decoder'], inputs: number, outputs: number, rng: Rng): Network => {
  const { kind, hidden, activation, bias, nonNegative, initialGain } = parameters
  return kind === 'linear'
    ? linear({ name: NAME, inputs, outputs, bias, nonNegative, gain: initialGain }, rng)
    : mlp({ name: NAME, inputs, hidden, outputs, activation, outputGain: initialGain }, rng)
}

/** What stands before the network. */
export interface ReadOut {
  readonly moments: Moments
  /** undefined: the network is given the features themselves. */
  readonly calibration: Calibration | undefined
}

/**
 * Raw features -> centred features -> (calibrated sums of them) -> network -> (choices: logits / temperature) -> distribution.
 * @throws Bl1Error `agents/network`
 */
export const spikeDecoder = (
  parameters: CultureAgentParameters['decoder'],
  { moments, calibration }: ReadOut,
  distribution: ActionDistribution,
  rng: Rng,
): Choice => {
  const { temperature } = parameters
  const hasLogits = distribution.name !== 'diagonalGaussian'
  return networkChoice(networkOf(parameters, calibration?.outputs ?? moments.width, distribution.inputs, rng), distribution, {
    inputs: moments.width,
    before: (features) => tf.tidy(() => calibration?.apply(moments.apply(features)) ?? moments.apply(features)),
    ...(hasLogits && temperature !== 1 ? { after: (logits) => tf.div(logits, temperature) } : {}),
  })
}
