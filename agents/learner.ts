/** What improves a policy from a rollout: the border between algorithms and the training loop. */
import type { Rollout } from './rollout.js'

/** Numbers about one update. Each is finite. */
export interface UpdateReport {
  /** Mean over the gradient steps of what was minimised. */
  readonly policyLoss: number
  /** Mean squared error of the critic before it learned from these rows, in scaled rewards. */
  readonly valueLoss: number
  /** Mean entropy of the policy's choices, nats. */
  readonly entropy: number
  /** Estimate of KL(old policy, new policy) in the last epoch, nats (Schulman 2020: mean of ratio - 1 - log ratio). */
  readonly approxKl: number
  /** Share of rows whose ratio was outside the clip range; 0 where nothing is clipped. */
  readonly clipFraction: number
  /** 1 - variance(returns - values) / variance(returns), before the update. 1: the critic knows; 0: it knows nothing; below: it misleads. */
  readonly explainedVariance: number
  /** Mean norm of the policy's gradient before clipping. */
  readonly gradientNorm: number
  /** The same of the critic's. */
  readonly criticGradientNorm: number
  /** The learning rate of groups with scale 1. */
  readonly learningRate: number
  /** Gradient steps taken. */
  readonly gradientSteps: number
  /** Seconds it took. */
  readonly seconds: number
}

/** An algorithm with its optimiser. It holds no tensors: the policy and the critic are their makers' to free. */
export interface Learner {
  readonly name: string
  /**
   * Improves the policy and the critic.
   * @param rollout full
   * @param progress share of the training done when the rollout was begun, 0 to 1: where a schedule stands
   * @throws Bl1Error `agents/not-finite`: weights and optimiser are those of before the update, the offending rows are in `error.data.batch`
   */
  update(rollout: Rollout, progress: number): UpdateReport
  /** The optimiser and the stream, without the weights: plain JSON and typed arrays. */
  save(): unknown
  /** @throws Bl1Error `agents/saved` */
  load(saved: unknown): void
}
