/** A random choice that depends on what came in: a network and the distribution that reads its output. Both halves of an agent are one. */
import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../../src/rng.js'
import type { ActionDistribution } from '../distributions/index.js'
import { numbersOf } from '../gradient.js'
import type { Network } from '../networks/index.js'
import type { Evaluation } from '../policy.js'

/** How choices are made: from one stream a row, or without chance. */
export interface Draw {
  /** Stream of each row. */
  readonly streams: readonly Rng[]
  /** The mode (a Beta's mean) in place of a draw; no stream moves. */
  readonly greedy: boolean
}

/** One half of an agent. */
export interface Choice {
  /** Numbers in a row that comes in, and in one that goes out. */
  readonly inputs: number
  readonly width: number
  /** What may learn. */
  readonly variables: readonly tf.Variable[]
  /**
   * Chooses once for each stream.
   * @param inputs as many rows as there are streams
   * @param out rows `firstRow` on are written
   */
  choose(inputs: Float32Array, draw: Draw, out: Float32Array, firstRow: number): void
  /** What the weights say about choices that were made. Differentiable. */
  evaluate(inputs: tf.Tensor2D, choices: tf.Tensor2D, withEntropy: boolean): Evaluation
  dispose(): void
}

/** What stands around the network: fixed functions without weights. */
export interface Around {
  /** Numbers in a row that comes in, where that is not what the network is given. */
  readonly inputs?: number
  /** What the network is given of an input. */
  readonly before?: (inputs: tf.Tensor2D) => tf.Tensor2D
  /** What the distribution is given of an output. */
  readonly after?: (outputs: tf.Tensor2D) => tf.Tensor2D
}

/** A choice of a network. */
export const networkChoice = (network: Network, distribution: ActionDistribution, { inputs: width = network.inputs, before, after }: Around = {}): Choice => {
  const prepare = (inputs: tf.Tensor2D): tf.Tensor2D => {
    const output = network.apply(before === undefined ? inputs : before(inputs))
    return distribution.prepare(after === undefined ? output : after(output))
  }
  return {
    inputs: width,
    width: distribution.width,
    variables: [...network.variables, ...distribution.variables],
    choose: (inputs, { streams, greedy }, out, firstRow) => {
      const prepared = numbersOf(() => prepare(tf.tensor2d(inputs, [streams.length, width])))
      for (const [row, stream] of streams.entries()) {
        if (greedy) distribution.mode(prepared, row, out, firstRow + row)
        else distribution.sample(prepared, row, stream, out, firstRow + row)
      }
    },
    evaluate: (inputs, choices, withEntropy) =>
      tf.tidy(() => {
        const prepared = prepare(inputs)
        const logProbability = distribution.logProbability(prepared, choices)
        return { logProbability, entropy: withEntropy ? distribution.entropy(prepared) : tf.zerosLike(logProbability) }
      }),
    dispose: () => {
      network.dispose()
      tf.dispose([...distribution.variables])
    },
  }
}
