/** A critic of any network with one output. */
import * as tf from '@tensorflow/tfjs-core'
import { readParameters, type InputOf } from '../src/parameters.js'
import { Bl1Error } from '../src/errors.js'
import type { Rng } from '../src/rng.js'
import { loadVariables, mlp, networkParameters, saveVariables, type Network } from './networks/index.js'
import type { Critic } from './policy.js'

/** The critic that reads its value from a network's only output. @throws Bl1Error `agents/architecture` for a network with more outputs */
export const networkCritic = (network: Network): Critic => {
  if (network.outputs !== 1) {
    throw new Bl1Error('agents/architecture', { expected: 'a critic with 1 output', received: `one with ${network.outputs}` })
  }
  return {
    variables: network.variables,
    value: (observations) => tf.reshape(network.apply(observations), [observations.shape[0]]),
    save: () => saveVariables(network.variables),
    load: (saved) => loadVariables(network.variables, saved),
    dispose: () => network.dispose(),
  }
}

/** A multilayer perceptron as critic, orthogonal first weights of gain 1 in the last layer. @throws Bl1Error `parameter/invalid`, `parameter/unknown` */
export const mlpCritic = (inputs: number, options: InputOf<typeof networkParameters>, rng: Rng): Critic =>
  networkCritic(mlp({ name: 'critic', inputs, outputs: 1, outputGain: 1, ...readParameters(networkParameters, options, 'mlpCritic') }, rng))
