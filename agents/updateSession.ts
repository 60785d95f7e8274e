/** The gradient steps of one update, of the policy and of the critic, and what is counted over them. */
import * as tf from '@tensorflow/tfjs-core'
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { Bl1Error } from '../src/errors.js'
import { gradientsOf } from './gradient.js'
import { columnTensors, pick, pickColumns, type Rows } from './minibatch.js'
import { clipScale, gradientNorm, type Adam } from './optimiser.js'
import type { Critic, Policy } from './policy.js'
import type { Rollout } from './rollout.js'
import type { RolloutFacts } from './rolloutFacts.js'

/** What is minimised, one number a row, differentiable in the log-probabilities. */
export type RowLoss = (logProbability: tf.Tensor1D, advantages: tf.Tensor1D, oldLogProbability: tf.Tensor1D) => tf.Tensor1D

/** What an update works with. */
export interface SessionParts {
  readonly policy: Policy
  readonly critic: Critic
  readonly policyAdam: Adam
  readonly criticAdam: Adam
  readonly rollout: Rollout
  readonly facts: RolloutFacts
  readonly rowLoss: RowLoss
  readonly learningRate: number
  readonly entropyCoefficient: number
  readonly maxGradientNorm: number
  readonly normaliseAdvantages: boolean
  /** How often this learner has updated before. */
  readonly updates: number
}

/** Of one policy step: the ratios new probability / old probability of its rows before the step, and mean loss and entropy. */
interface PolicyStep {
  readonly ratios: readonly number[]
  readonly loss: number
  readonly entropy: number
}

const addTo = (sums: Float32Array[], gradients: readonly Float32Array[]): void => {
  gradients.forEach((gradient, i) => {
    if (i >= sums.length) sums.push(gradient)
    else for (let k = 0; k < gradient.length; k++) sums[i][k] += gradient[k]
  })
}

/** Mean 0 and standard deviation 1 (n - 1), as far as there are several different ones. */
const normalised = (advantages: Float32Array): Float32Array => {
  if (advantages.length < 2) return advantages
  const all = Array.from(advantages)
  const [centre, spread] = [mean(all), sampleStandardDeviation(all)]
  return advantages.map((advantage) => (advantage - centre) / (spread + 1e-8))
}

/** One update under way. */
export class UpdateSession {
  readonly #parts: SessionParts
  readonly #policyNorms: number[] = []
  readonly #criticNorms: number[] = []
  readonly #losses: number[] = []
  readonly #entropies: number[] = []

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  /** Mean norms before clipping, loss and entropy over all steps so far, and how many steps the policy took. */
  get means(): { gradientNorm: number; criticGradientNorm: number; policyLoss: number; entropy: number; gradientSteps: number } {
    const meanOf = (numbers: number[]): number => (numbers.length === 0 ? 0 : mean(numbers))
    return {
      gradientNorm: meanOf(this.#policyNorms),
      criticGradientNorm: meanOf(this.#criticNorms),
      policyLoss: meanOf(this.#losses),
      entropy: meanOf(this.#entropies),
      gradientSteps: this.#policyNorms.length,
    }
  }

  /**
   * One gradient step of the policy over all rows of `pieces`, worked out piece by piece (the gradients are added up):
   *
   *   loss = mean over rows of (row loss - entropy coefficient * entropy)
   *
   * @returns the ratios of the rows before the step
   * @throws Bl1Error `agents/not-finite`
   */
  policyStep(pieces: readonly Rows[]): readonly number[] {
    const { policyAdam, facts, normaliseAdvantages, entropyCoefficient } = this.#parts
    const rows = pieces.flat()
    const raw = pick(facts.advantages, 1, rows)
    const advantages = normaliseAdvantages ? normalised(raw) : raw
    const gradients: Float32Array[] = []
    const ratios: number[] = []
    let loss = 0
    let entropy = 0
    let at = 0
    for (const piece of pieces) {
      const step = this.#policyGradients(piece, advantages.subarray(at, at + piece.length), rows.length, gradients)
      ratios.push(...step.ratios)
      loss += step.loss
      entropy += step.entropy
      at += piece.length
    }
    this.#apply('policy', policyAdam, gradients, this.#policyNorms, rows)
    this.#losses.push(loss + entropyCoefficient * entropy)
    this.#entropies.push(entropy)
    return ratios
  }

  /**
   * One gradient step of the critic: loss = mean over rows of (V - return)^2 / 2.
   * @throws Bl1Error `agents/not-finite`
   */
  criticStep(rows: Rows): void {
    const { critic, criticAdam, rollout, facts } = this.#parts
    const observation = rollout.columns.filter(({ name }) => name === 'observation')
    const { loss, gradients } = gradientsOf(criticAdam.variables, () => {
      const observations = columnTensors(observation, pickColumns(observation, rollout.data, rows))['observation']
      const errors = tf.sub(critic.value(observations), tf.tensor1d(pick(facts.returns, 1, rows)))
      return tf.mul(0.5, tf.mean(tf.square(errors)))
    })
    this.requireFinite("critic's loss", [loss], rows)
    this.#apply('critic', criticAdam, gradients, this.#criticNorms, rows)
  }

  /** @throws Bl1Error `agents/not-finite` with the rows where one of the numbers is NaN or infinite */
  requireFinite(what: string, numbers: ArrayLike<number>, rows: Rows): void {
    for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) this.#refuse(what, rows)
  }

  #policyGradients(rows: Rows, advantages: Float32Array, total: number, sums: Float32Array[]): PolicyStep {
    const { policy, policyAdam, rollout, facts, rowLoss, entropyCoefficient } = this.#parts
    const old = pick(facts.logProbabilities, 1, rows)
    const ratios: number[] = []
    let entropy = 0
    const { loss, gradients } = gradientsOf(policyAdam.variables, () => {
      const { logProbability, entropy: entropies } = policy.evaluate(columnTensors(policy.columns, pickColumns(policy.columns, rollout.data, rows)))
      logProbability.dataSync().forEach((value, i) => ratios.push(Math.exp(value - old[i])))
      entropy = Float32Array.from(entropies.dataSync()).reduce((sum, value) => sum + value, 0) / total
      const losses = rowLoss(logProbability, tf.tensor1d(advantages), tf.tensor1d(old))
      return tf.div(tf.sum(tf.sub(losses, tf.mul(entropyCoefficient, entropies))), total)
    })
    this.requireFinite("policy's loss", [loss], rows)
    addTo(sums, gradients)
    return { ratios, loss, entropy }
  }

  #apply(whose: string, adam: Adam, gradients: readonly Float32Array[], norms: number[], rows: Rows): void {
    if (gradients.length === 0) return
    const norm = gradientNorm(gradients)
    this.requireFinite(`${whose}'s gradients`, [norm], rows)
    adam.apply(gradients, clipScale(norm, this.#parts.maxGradientNorm), this.#parts.learningRate)
    norms.push(norm)
  }

  #refuse(what: string, rows: Rows): never {
    const { rollout, facts, updates } = this.#parts
    const batch = {
      ...pickColumns(rollout.columns, rollout.data, rows),
      row: Float32Array.from(rows),
      reward: pick(rollout.rewards, 1, rows),
      value: pick(facts.values, 1, rows),
      advantage: pick(facts.advantages, 1, rows),
      return: pick(facts.returns, 1, rows),
      logProbability: pick(facts.logProbabilities, 1, rows),
    }
    throw new Bl1Error('agents/not-finite', { what, update: updates + 1, batch })
  }
}
