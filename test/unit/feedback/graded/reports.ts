/** Reports made by hand for the tests of graded feedback, and a stationary stream of random ones. */
import type { AnswerScale, GradedAnswer, GradedContext, GradedPolicy, StepReport } from '../../../../src/feedback/index.js'
import { Rng } from '../../../../src/rng.js'

export const context = (seed = 1, largestRateHz = 200): GradedContext => ({ rng: Rng.fromSeed(seed), largestRateHz })

/** A step in a game that shows nothing and goes on. */
export const step = (changes: Partial<StepReport> = {}): StepReport => ({
  features: [1],
  nextFeatures: [1],
  reward: 0,
  events: [],
  terminated: false,
  truncated: false,
  ...changes,
})

export const happened = (...names: string[]): { name: string; size: number }[] => names.map((name) => ({ name, size: 1 }))

/** What a policy makes of steps, in order: all answers, and the scales of all of them. */
export const tell = (policy: GradedPolicy, reports: readonly StepReport[], seed = 1): { answers: GradedAnswer[]; scales: AnswerScale[] } => {
  const scales: AnswerScale[] = []
  const answers = reports.flatMap((report) => {
    const given = policy.afterStep(report, context(seed))
    scales.push(...policy.last)
    return given
  })
  return { answers, scales }
}

/** Rewards that come at one step in five, of either sign and of exponentially distributed size; random features that say nothing of them. */
export const randomSteps = (seed: number, count: number, scale = 1): StepReport[] => {
  const rng = Rng.fromSeed(seed)
  let features = [rng.uniform(), rng.uniform()]
  return Array.from({ length: count }, () => {
    const nextFeatures = [rng.uniform(), rng.uniform()]
    const size = -Math.log(1 - rng.uniform()) * scale
    const reward = rng.uniform() < 0.2 ? (rng.uniform() < 0.5 ? size : -size) : 0
    const events = reward === 0 ? [] : happened(reward > 0 ? 'kill' : 'damageTaken')
    const report = step({ features, nextFeatures, reward, events })
    features = nextFeatures
    return report
  })
}
