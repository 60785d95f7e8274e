/** What the weights say about a rollout before they are changed: the fixed numbers that an update works with. */
import * as tf from '@tensorflow/tfjs-core'
import { variance } from 'simple-statistics'
import { generalisedAdvantages, type AdvantageOptions } from './gae.js'
import { numbersOf } from './gradient.js'
import { columnTensors, inParts, pickColumns } from './minibatch.js'
import type { Column, Critic, Policy } from './policy.js'
import type { Rollout } from './rollout.js'

/** One number a row each. */
export interface RolloutFacts {
  /** Of the choices that were made, by the policy that made them. */
  readonly logProbabilities: Float32Array
  /** What the critic had expected. */
  readonly values: Float32Array
  readonly advantages: Float32Array
  /** What the critic is to learn, in scaled rewards. */
  readonly returns: Float32Array
}

const valuesOfRows = (critic: Critic, observations: Float32Array, width: number): Float32Array =>
  observations.length === 0
    ? new Float32Array(0)
    : numbersOf(() => critic.value(tf.tensor2d(observations, [observations.length / width, width])))

const observationsOf = (rollout: Rollout, width: number): Float32Array => {
  const rows = new Float32Array(rollout.finals.length * width)
  rollout.finals.forEach(({ observation }, i) => rows.set(observation, i * width))
  return rows
}

const widthOf = (columns: readonly Column[], name: string): number => columns.find((column) => column.name === name)?.width ?? 0

/** The facts of a rollout, worked out in `parts` pieces so that a large rollout needs no more memory than a minibatch. */
export const factsOf = (rollout: Rollout, policy: Policy, critic: Critic, options: AdvantageOptions, parts: number): RolloutFacts => {
  const width = widthOf(rollout.columns, 'observation')
  const logProbabilities = new Float32Array(rollout.rows)
  const values = new Float32Array(rollout.rows)
  for (const rows of inParts(rollout.rows, parts)) {
    const part = pickColumns(policy.columns, rollout.data, rows)
    logProbabilities.set(numbersOf(() => policy.evaluate(columnTensors(policy.columns, part)).logProbability), rows[0])
    values.set(valuesOfRows(critic, part['observation'], width), rows[0])
  }
  const nextValues = valuesOfRows(critic, rollout.next, width)
  const finalValues = valuesOfRows(critic, observationsOf(rollout, width), width)
  return { logProbabilities, values, ...generalisedAdvantages(rollout, { values, nextValues, finalValues }, options) }
}

/** Mean squared error of the critic, and the share of the returns' variance that it explains (0 where they do not vary). */
export const criticQuality = ({ values, returns }: Pick<RolloutFacts, 'values' | 'returns'>): { valueLoss: number; explainedVariance: number } => {
  const errors = Array.from(returns, (value, i) => value - values[i])
  const spread = variance(Array.from(returns))
  const valueLoss = errors.reduce((sum, error) => sum + error * error, 0) / errors.length
  return { valueLoss, explainedVariance: spread === 0 ? 0 : 1 - variance(errors) / spread }
}
