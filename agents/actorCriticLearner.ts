/** The frame of both algorithms: facts of the rollout, gradient steps, a report; and everything as it was if a number is not finite. */
import { z } from 'zod'
import { rngJSON, saveRng } from '../src/env/index.js'
import { Bl1Error } from '../src/errors.js'
import { Rng } from '../src/rng.js'
import type { Learner, UpdateReport } from './learner.js'
import { Adam, scheduledRate } from './optimiser.js'
import type { Critic, Policy } from './policy.js'
import type { Rollout } from './rollout.js'
import { criticQuality, factsOf } from './rolloutFacts.js'
import { UpdateSession, type RowLoss } from './updateSession.js'

/** The values of `learnerParameters` and what each algorithm sets in its own way. */
export interface LearnerSettings {
  readonly learningRate: number
  readonly schedule: 'constant' | 'linear'
  readonly gamma: number
  readonly lambda: number
  readonly rewardScale: number
  readonly minibatches: number
  readonly entropyCoefficient: number
  readonly maxGradientNorm: number
  readonly normaliseAdvantages: boolean
  readonly criticLearningRateScale: number
  readonly adamEpsilon: number
}

/** What an algorithm says about its steps. */
export type StepReport = Pick<UpdateReport, 'approxKl' | 'clipFraction'>

/** What makes an algorithm of its own. */
export interface Algorithm {
  readonly name: string
  readonly rowLoss: RowLoss
  /** Takes the gradient steps of one update. */
  improve(session: UpdateSession, rows: number, rng: Rng): StepReport
}

const savedLearner = z.strictObject({ name: z.string(), updates: z.int().min(0), policy: z.unknown(), critic: z.unknown(), rng: rngJSON })
/** A saved learner: plain JSON and typed arrays. */
export type SavedLearner = z.output<typeof savedLearner>

/** A ratio too small for a number counts as the smallest there is, so that the estimate stays finite. */
const lnOf = (ratio: number): number => Math.log(Math.max(Number.MIN_VALUE, ratio))

/** KL(old, new) estimated from the ratios of rows drawn from the old policy: mean of (ratio - 1) - ln ratio (Schulman 2020, "k3"). Never negative. */
export const approximateKl = (ratios: readonly number[]): number =>
  ratios.length === 0 ? 0 : ratios.reduce((sum, ratio) => sum + (ratio - 1 - lnOf(ratio)), 0) / ratios.length

/** An algorithm with its optimisers and its stream. */
export class ActorCriticLearner implements Learner {
  readonly name: string
  readonly #algorithm: Algorithm
  readonly #settings: LearnerSettings
  readonly #policy: Policy
  readonly #critic: Critic
  readonly #policyAdam: Adam
  readonly #criticAdam: Adam
  #rng: Rng
  #updates = 0

  constructor(algorithm: Algorithm, policy: Policy, critic: Critic, settings: LearnerSettings, rng: Rng) {
    this.name = algorithm.name
    this.#algorithm = algorithm
    this.#settings = settings
    this.#policy = policy
    this.#critic = critic
    this.#policyAdam = new Adam(policy.groups, settings.adamEpsilon)
    const { variables } = critic
    this.#criticAdam = new Adam([{ name: 'critic', variables, learningRateScale: settings.criticLearningRateScale }], settings.adamEpsilon)
    this.#rng = rng
  }

  update(rollout: Rollout, progress: number): UpdateReport {
    const began = performance.now()
    const saved = this.save()
    const putBack = [this.#policyAdam.keep(), this.#criticAdam.keep()]
    try {
      const report = this.#update(rollout, progress)
      this.#updates++
      this.#policy.afterUpdate(rollout)
      return { ...report, seconds: (performance.now() - began) / 1000 }
    } catch (error) {
      for (const restore of putBack) restore()
      this.load(saved)
      throw error
    }
  }

  save(): SavedLearner {
    return { name: this.name, updates: this.#updates, policy: this.#policyAdam.save(), critic: this.#criticAdam.save(), rng: saveRng(this.#rng) }
  }

  load(saved: unknown): void {
    const result = savedLearner.safeParse(saved)
    if (!result.success) throw new Bl1Error('agents/saved', { what: 'learner', reason: result.error.issues[0].message })
    const { name, updates, policy, critic, rng } = result.data
    if (name !== this.name) throw new Bl1Error('agents/saved', { what: 'learner', reason: `it is of ${name}, but this one is ${this.name}` })
    this.#policyAdam.load(policy)
    this.#criticAdam.load(critic)
    this.#rng = Rng.load(rng)
    this.#updates = updates
  }

  #update(rollout: Rollout, progress: number): Omit<UpdateReport, 'seconds'> {
    const { learningRate, schedule, minibatches } = this.#settings
    const facts = factsOf(rollout, this.#policy, this.#critic, this.#settings, minibatches)
    const rate = scheduledRate(learningRate, schedule, progress)
    const session = new UpdateSession({
      ...this.#settings,
      policy: this.#policy,
      critic: this.#critic,
      policyAdam: this.#policyAdam,
      criticAdam: this.#criticAdam,
      rollout,
      facts,
      rowLoss: this.#algorithm.rowLoss,
      learningRate: rate,
      updates: this.#updates,
    })
    const rows = Array.from(facts.values, (_, row) => row)
    session.requireFinite('rewards', rollout.rewards, rows)
    session.requireFinite('log-probabilities', facts.logProbabilities, rows)
    session.requireFinite('values', facts.values, rows)
    session.requireFinite('advantages', facts.advantages, rows)
    const steps = this.#algorithm.improve(session, rollout.rows, this.#rng)
    return { ...criticQuality(facts), ...session.means, ...steps, learningRate: rate }
  }
}
