/**
 * What learns: a policy (whatever turns observations into random choices) and a critic (what an observation is worth).
 *
 * A learner never asks how a policy is built. It needs the log-probability of the choices that were made, as a function of the weights that
 * gradients can go through, and the weights. A network and a network with a culture in its middle look the same from here.
 */
import type * as tf from '@tensorflow/tfjs-core'
import type { SavedTensor } from './networks/index.js'

/** Numbers that are kept of every step: a name and how many. */
export interface Column {
  readonly name: string
  /** Numbers a step. */
  readonly width: number
}

/** Rows of steps as tensors: of each column one of [rows, width]. */
export type Columns = Readonly<Record<string, tf.Tensor2D>>

/** Weights that learn at one pace. */
export interface ParameterGroup {
  readonly name: string
  readonly variables: readonly tf.Variable[]
  /** Times the learner's learning rate. */
  readonly learningRateScale: number
}

/** What the weights say about choices that were made. */
export interface Evaluation {
  /** Of each row: the log-probability (or log-density) of all its choices together. */
  readonly logProbability: tf.Tensor1D
  /** Of each row: the entropy of the choices, nats. */
  readonly entropy: tf.Tensor1D
}

/** A saved policy: its weights, and what else a kind of policy needs (plain JSON and typed arrays). */
export interface SavedPolicy {
  readonly weights: readonly SavedTensor[]
}

/** Random choices that depend on weights. */
export interface Policy {
  /** What `evaluate` needs of a step; 'observation' is always among them. */
  readonly columns: readonly Column[]
  /** The weights that learn. Frozen ones are in no group. */
  readonly groups: readonly ParameterGroup[]
  /**
   * Differentiable in the weights of `groups`, and a function of nothing but the weights and the batch until the next `afterUpdate`: what it
   * gives before the first gradient step is the probability with which the choices were made. Call it inside `tf.tidy`.
   */
  evaluate(batch: Columns): Evaluation
  /** Called after the last gradient step of an update: the moment to renew running moments and the like. */
  afterUpdate(rollout: StoredSteps): void
  /** Everything that `load` needs. */
  save(): SavedPolicy
  /** @throws Bl1Error `agents/architecture`, `agents/weights` */
  load(saved: unknown): void
  /** Frees the weights. */
  dispose(): void
}

/** The steps that an update was made with, as a policy sees them. */
export interface StoredSteps {
  /** Rows in `data`. */
  readonly rows: number
  /** Of each column its rows one after the other. */
  readonly data: Readonly<Record<string, Float32Array>>
}

/** What observations are worth: the expected sum of discounted rewards from there on. */
export interface Critic {
  readonly variables: readonly tf.Variable[]
  /** Of each row its value. Call it inside `tf.tidy`. */
  value(observations: tf.Tensor2D): tf.Tensor1D
  /** Everything that `load` needs. */
  save(): readonly SavedTensor[]
  /** @throws Bl1Error `agents/architecture`, `agents/weights` */
  load(saved: unknown): void
  /** Frees the weights. */
  dispose(): void
}
