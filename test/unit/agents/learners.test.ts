import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { categorical, ppo, ppoParameters, reinforce, reinforceParameters, startBackend, type UpdateReport } from '../../../agents/index.js'
import { approximateKl } from '../../../agents/actorCriticLearner.js'
import { columnTensors, pickColumns, shuffledParts } from '../../../agents/minibatch.js'
import { valuesOf } from '../../../agents/optimiser.js'
import { clippedLoss } from '../../../agents/ppo/ppo.js'
import { likelihoodRatioLoss } from '../../../agents/reinforce/reinforce.js'
import { factsOf } from '../../../agents/rolloutFacts.js'
import { Bl1Error } from '../../../src/errors.js'
import { Rng } from '../../../src/rng.js'
import { countingVector, smallParts, type SmallParts } from './learningSupport.js'
import { codeOf } from './gradientCheck.js'

const weightsOf = ({ policy, critic }: SmallParts): Float32Array[] =>
  [...policy.groups.flatMap(({ variables }) => variables), ...critic.variables].map(valuesOf)

/** Enough for either algorithm. */
const UPDATES = 10

const free = async ({ policy, critic, collector }: SmallParts): Promise<void> => {
  policy.dispose()
  critic.dispose()
  await collector.close()
}

describe('how far an update went', () => {
  it('is 0 where nothing changed, and finite where a choice has become impossible', () => {
    expect(approximateKl([1, 1])).toBe(0)
    // (0.5 - 1) - ln 0.5 and (2 - 1) - ln 2
    expect(approximateKl([0.5, 2])).toBeCloseTo(0.25, 12)
    // exp(-800) is 0 in float64
    const gone = approximateKl([Math.exp(-800)])
    expect(Number.isFinite(gone)).toBe(true)
    expect(gone).toBeGreaterThan(700)
  })
})

describe('the clipped objective', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('has the gradient -A at ratio 1, and none where the clip has been passed in the good direction', () => {
    // Old log-probabilities 0: the ratio is exp(new). d(-min(r A, clip(r) A)) / d log r = -r A where it is not clipped.
    const cases = [
      { ratio: 1, advantage: 2, gradient: -2 },
      { ratio: 1, advantage: -2, gradient: 2 },
      { ratio: 1.5, advantage: 2, gradient: 0 },
      { ratio: 1.5, advantage: -2, gradient: 3 },
      { ratio: 0.5, advantage: 2, gradient: -1 },
      { ratio: 0.5, advantage: -2, gradient: 0 },
    ]
    const gradient = tf.tidy(() => {
      const column = (numbers: number[]): tf.Tensor1D => tf.tensor1d(numbers)
      const advantages = column(cases.map(({ advantage }) => advantage))
      const old = column(cases.map(() => 0))
      const lossOf = (x: tf.Tensor): tf.Tensor => tf.sum(clippedLoss(0.2)(tf.reshape(x, [cases.length]), advantages, old))
      return tf.grad(lossOf)(column(cases.map(({ ratio }) => Math.log(ratio)))).dataSync()
    })
    cases.forEach(({ ratio, advantage, gradient: expected }, i) => expect(gradient[i], `ratio ${ratio}, A ${advantage}`).toBeCloseTo(expected, 5))
  })
})

describe('the likelihood ratio', () => {
  it('has the known gradient of a two-armed bandit', () => {
    const arms = categorical(2)
    // pi = softmax([0, ln 3]) = [1/4, 3/4];  d(-A log pi_a) / d logits = -A (1[a] - pi).  Arm 0, A = 2: -2 [3/4, -3/4]
    const gradient = tf.tidy(() => {
      const [actions, advantages, none] = [tf.tensor2d([[0]]), tf.tensor1d([2]), tf.tensor1d([0])]
      const lossOf = (logits: tf.Tensor): tf.Tensor => {
        const prepared = arms.prepare(tf.reshape(logits, [1, 2]))
        return tf.sum(likelihoodRatioLoss(arms.logProbability(prepared, actions), advantages, none))
      }
      return tf.grad(lossOf)(tf.tensor1d([0, Math.log(3)])).dataSync()
    })
    expect(gradient[0]).toBeCloseTo(-1.5, 5)
    expect(gradient[1]).toBeCloseTo(1.5, 5)
  })
})

describe('an update', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('starts at a ratio of exactly 1, whichever rows come first', async () => {
    const parts = smallParts(countingVector(3, 7, true), 1, 16, { epochs: 1, minibatches: 1 })
    const { policy, critic, rollout, collector, learner } = parts
    await collector.collect(rollout)
    const facts = factsOf(rollout, policy, critic, { gamma: 0.9, lambda: 0.9, rewardScale: 1 }, 4)
    for (const rows of shuffledParts(rollout.rows, 5, Rng.fromSeed(2))) {
      const again = tf.tidy(() => policy.evaluate(columnTensors(policy.columns, pickColumns(policy.columns, rollout.data, rows))).logProbability.dataSync())
      expect([...again]).toEqual(rows.map((row) => facts.logProbabilities[row]))
    }
    const { approxKl, clipFraction } = learner.update(rollout, 0)
    expect([approxKl, clipFraction]).toEqual([0, 0])
    await free(parts)
  })

  it.each([
    ['ppo', { learningRate: 0.05, epochs: 2 }],
    ['reinforce', { learningRate: 0.1 }],
  ] as const)('of %s finds the better arm of a bandit, leaves no tensors, and reports finite numbers', async (name, options) => {
    const parts = smallParts(countingVector(16, 1, true), 1, 4)
    const { policy, critic, collector, rollout } = parts
    const make = { ppo, reinforce }[name]
    const learner = make(policy, critic, { ...options, schedule: 'constant', minibatches: 2 }, Rng.fromSeed(3))
    const before = tf.memory().numTensors
    const reports: UpdateReport[] = []
    for (let update = 0; update < UPDATES; update++) {
      rollout.clear()
      await collector.collect(rollout)
      reports.push(learner.update(rollout, 0))
    }
    expect(tf.memory().numTensors).toBe(before)
    expect(Object.values(reports[UPDATES - 1]).every(Number.isFinite)).toBe(true)
    // Chance is half.
    const chosen = rollout.data['action'].reduce((sum, action) => sum + action, 0) / rollout.rows
    expect(chosen).toBeGreaterThan(0.9)
    await free(parts)
  })

  it.each([
    ['rewards', Infinity, NaN],
    // Its square is beyond float32, and the policy has taken its step by then.
    ["critic's loss", 1e30, 1e30],
  ])('with numbers that are not finite in the %s keeps weights and optimiser, and hands out the rows', async (what, first, second) => {
    const parts = smallParts(countingVector(2, 5, true), 1, 8)
    const { collector, rollout, learner } = parts
    await collector.collect(rollout)
    learner.update(rollout, 0)
    const [weights, saved] = [weightsOf(parts), learner.save()]
    rollout.rewards.set([first, second])
    let caught: unknown
    try {
      learner.update(rollout, 0)
    } catch (error) {
      caught = error
    }
    expect(codeOf(() => { throw caught })).toBe('agents/not-finite')
    expect(caught).toBeInstanceOf(Bl1Error)
    const { data } = caught as Bl1Error<'agents/not-finite'>
    expect(data).toMatchObject({ what, update: 2 })
    expect(Object.keys(data.batch)).toEqual(expect.arrayContaining(['observation', 'action', 'reward', 'return', 'row']))
    expect(data.batch['observation'].length).toBe(data.batch['reward'].length * 2)
    expect(weightsOf(parts)).toEqual(weights)
    expect(learner.save()).toEqual(saved)
    await free(parts)
  })

  it('treats rows alike however they are dealt: REINFORCE in one piece and in four makes the same policy', async () => {
    const results: Float32Array[][] = []
    for (const minibatches of [1, 4]) {
      const parts = smallParts(countingVector(2, 5, true), 1, 8)
      const learner = reinforce(parts.policy, parts.critic, { minibatches }, Rng.fromSeed(3))
      await parts.collector.collect(parts.rollout)
      learner.update(parts.rollout, 0)
      results.push(parts.policy.groups.flatMap(({ variables }) => variables).map(valuesOf))
      await free(parts)
    }
    // The sums differ in their order alone, but Adam's first step divides each gradient by its own size: those near 0 tell nothing.
    results[0].forEach((values, i) => values.forEach((value, k) => expect(results[1][i][k]).toBeCloseTo(value, 4)))
  })

  it('of a learner refuses the state of another', () => {
    const parts = smallParts(countingVector(1, 5, true), 1, 4)
    const other = reinforce(parts.policy, parts.critic, {}, Rng.fromSeed(1))
    expect(codeOf(() => parts.learner.load(other.save()))).toBe('agents/saved')
    expect(codeOf(() => parts.learner.load({}))).toBe('agents/saved')
  })
})

describe('the parameters', () => {
  it('have the published defaults and refuse what cannot be', () => {
    // CleanRL, ppo.py, class Args.
    expect(ppoParameters.parse({})).toMatchObject({ learningRate: 2.5e-4, gamma: 0.99, lambda: 0.95, minibatches: 4, epochs: 4, clip: 0.2, entropyCoefficient: 0.01 })
    expect(reinforceParameters.parse({}).lambda).toBe(1)
    for (const options of [{ gamma: 1.1 }, { learningRate: -1 }, { minibatches: 0 }, { clip: NaN }, { epochs: 1.5 }]) {
      expect(ppoParameters.safeParse(options).success).toBe(false)
    }
  })
})
