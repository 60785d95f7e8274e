import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { Collector, networkActor, Rollout, startBackend, train, type TrainingReport } from '../../../agents/index.js'
import { valuesOf } from '../../../agents/optimiser.js'
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { Rng } from '../../../src/rng.js'
import { SyncVectorEnv } from '../../../src/vector/index.js'
import { countingVector, smallParts, type SmallParts } from './learningSupport.js'

const cartPoles = (count: number): SyncVectorEnv => new SyncVectorEnv(Array.from({ length: count }, () => () => new CartPoleEnv()))

const codeFrom = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

const weightsOf = ({ policy, critic }: SmallParts): Float32Array[] =>
  [...policy.groups.flatMap(({ variables }) => variables), ...critic.variables].map(valuesOf)

const contentOf = ({ data, rewards, terminated, truncated, next, finals, episodes }: Rollout): unknown =>
  structuredClone({ data, rewards, terminated, truncated, next, finals, episodes })

describe('a collector', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('keeps the true last observation of truncated episodes, and begins the next one after it', async () => {
    const { collector, rollout } = smallParts(countingVector(2, 3, false), 1, 4)
    await collector.collect(rollout)
    const steps = Array.from({ length: rollout.rows }, (_, row) => rollout.data['observation'][row * 2])
    expect(steps).toEqual([0, 0, 1, 1, 2, 2, 0, 0])
    expect([...rollout.truncated]).toEqual([0, 0, 0, 0, 1, 1, 0, 0])
    expect([...rollout.terminated]).toEqual(new Array(8).fill(0))
    expect(rollout.finals.map(({ row, observation }) => [row, observation[0]])).toEqual([[4, 3], [5, 3]])
    expect([rollout.next[0], rollout.next[2]]).toEqual([1, 1])
    await collector.close()
  })

  it('gives whole returns of episodes that span rollouts, and why they ended', async () => {
    const { collector, rollout } = smallParts(countingVector(1, 5, true), 1, 3)
    await collector.collect(rollout)
    expect(rollout.episodes).toEqual([])
    const first = rollout.data['action'].reduce((sum, action) => sum + action, 0)
    rollout.clear()
    await collector.collect(rollout)
    const rest = rollout.data['action'].slice(0, 2).reduce((sum, action) => sum + action, 0)
    expect(rollout.episodes).toEqual([{ env: 0, return: first + rest, length: 5, endReason: 'goal' }])
    expect(rollout.finals).toEqual([])
    await collector.close()
  })

  it('tells the actor of resets, and of every outcome with the info of its own episode', async () => {
    const heard: string[] = []
    const { policy, codec, rollout } = smallParts(countingVector(1, 2, true), 1, 3)
    const actor = networkActor(policy, Rng.fromSeed(1))
    const collector = new Collector({
      vec: countingVector(1, 2, true),
      actor: {
        columns: actor.columns,
        seconds: actor.seconds,
        act: (...given) => actor.act(...given),
        outcome: (env, { terminated, info }) => heard.push(`${env} ${terminated ? `over: ${info.endReason}` : 'on'}`),
        reset: (env, seed) => heard.push(`reset ${env} ${seed ?? 'on its stream'}`),
        save: () => actor.save(),
        load: (saved) => actor.load(saved),
      },
      codec,
      seed: 1,
    })
    await collector.collect(rollout)
    const reset = 'reset 0 on its stream'
    expect(heard).toEqual([reset, '0 on', '0 over: goal', reset, '0 on'])
    await collector.close()
  })

  it('scales observations by fixed numbers, those after the last step too', async () => {
    const { policy, codec, rollout } = smallParts(countingVector(1, 2, false), 1, 2)
    const observationScale = [{ offset: 1, scale: 2 }, { offset: 0, scale: 1e6 }]
    const collector = new Collector({ vec: countingVector(1, 2, false), actor: networkActor(policy, Rng.fromSeed(1)), codec, seed: 1, observationScale })
    await collector.collect(rollout)
    expect([rollout.data['observation'][0], rollout.data['observation'][2], rollout.finals[0].observation[0], rollout.next[0]]).toEqual([-0.5, 0, 0.5, -0.5])
    await collector.close()
  })

  it('repeats itself for equal seeds, and plays otherwise for others', async () => {
    const played: unknown[] = []
    for (const seed of [1, 1, 2]) {
      const { collector, rollout } = smallParts(cartPoles(2), seed, 20)
      await collector.collect(rollout)
      played.push(contentOf(rollout))
      await collector.close()
    }
    expect(played[1]).toEqual(played[0])
    expect(played[2]).not.toEqual(played[0])
  })

  it('refuses a rollout of another shape, a vector that does not reset, a scale that does not fit and states of others', async () => {
    const { collector, policy, codec, vec } = smallParts(countingVector(2, 3, true), 1, 4)
    expect(await codeFrom(collector.collect(new Rollout({ steps: 4, envs: 3, columns: policy.columns })))).toBe('agents/rollout')
    expect(await codeFrom(collector.collect(new Rollout({ steps: 4, envs: 2, columns: [{ name: 'observation', width: 2 }] })))).toBe('agents/rollout')
    expect(await codeFrom(collector.load({ observations: [1] }))).toBe('agents/saved')
    const actor = networkActor(policy, Rng.fromSeed(1))
    const waiting = new SyncVectorEnv([() => new CartPoleEnv()], { autoreset: 'disabled' })
    expect(() => new Collector({ vec: waiting, actor, codec, seed: 1 })).toThrow(expect.objectContaining({ code: 'agents/rollout' }))
    for (const observationScale of [[], [{ offset: 0, scale: 0 }, { offset: 0, scale: 1 }], [{ offset: NaN, scale: 1 }, { offset: 0, scale: 1 }]]) {
      expect(() => new Collector({ vec, actor, codec, seed: 1, observationScale })).toThrow(expect.objectContaining({ code: 'agents/rollout' }))
    }
    await collector.close()
  })
})

describe('a training', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  const OPTIONS = { learningRate: 0.01, epochs: 1, minibatches: 2 }

  it('that is saved and resumed ends with the same weights as one that is not, to the bit', async () => {
    const through = smallParts(cartPoles(2), 5, 16, OPTIONS)
    await train({ ...through, totalSteps: 128 })

    const halted = smallParts(cartPoles(2), 5, 16, OPTIONS)
    const saved: unknown[] = []
    const counters = await train({
      ...halted,
      totalSteps: 128,
      onUpdate: async ({ counters: now }) => {
        if (now.steps !== 64) return
        saved.push(structuredClone([now, halted.policy.save(), halted.critic.save(), halted.learner.save(), await halted.collector.save()]))
      },
    })
    expect(counters).toMatchObject({ steps: 128, updates: 4, interrupted: false })
    const [now, policy, critic, learner, collector] = saved[0] as [{ steps: number; updates: number; episodes: number }, unknown, unknown, unknown, unknown]

    // Another seed: everything must come from what was saved.
    const resumed = smallParts(cartPoles(2), 6, 16, OPTIONS)
    resumed.policy.load(policy)
    resumed.critic.load(critic)
    resumed.learner.load(learner)
    expect(await resumed.collector.load(collector)).toEqual({ exact: true })
    await train({ ...resumed, totalSteps: 128, counters: now })
    expect(weightsOf(resumed)).toEqual(weightsOf(through))
    expect(contentOf(resumed.rollout)).toEqual(contentOf(through.rollout))
  })

  it('goes on with new episodes, and says so, where environments cannot be saved', async () => {
    const [first, second] = [smallParts(countingVector(1, 50, true), 1, 4), smallParts(countingVector(1, 50, true), 1, 4)]
    await first.collector.collect(first.rollout)
    expect(await second.collector.load(await first.collector.save())).toEqual({ exact: false })
    await second.collector.collect(second.rollout)
    expect(second.rollout.data['observation'][0]).toBe(0)
    // Not the episode of the beginning again: its number is another draw below 1,000.
    expect(second.rollout.data['observation'][1]).not.toBe(first.rollout.data['observation'][1])
  })

  it('reports what happened, lets the learning rate fall, and leaves no tensors', async () => {
    const parts = smallParts(countingVector(2, 5, true), 1, 10, { ...OPTIONS, schedule: 'linear' })
    const reports: TrainingReport[] = []
    const before = tf.memory().numTensors
    await train({ ...parts, totalSteps: 50, onUpdate: (report) => void reports.push(report) })
    expect(tf.memory().numTensors).toBe(before)
    expect(reports.map(({ counters }) => counters.steps)).toEqual([20, 40, 60])
    expect(reports.map(({ episodes }) => episodes.length)).toEqual([4, 4, 4])
    reports.forEach(({ update }, i) => expect(update.learningRate).toBeCloseTo(0.01 * (1 - (i * 20) / 50), 10))
    expect(reports[0].stepsPerSecond).toBeGreaterThan(0)
  })

  it('stops at the next step when aborted, even where environments step at once', async () => {
    const parts = smallParts(countingVector(1, 5, true), 1, 1_000_000)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 1)
    expect(await train({ ...parts, totalSteps: 10, signal: stop.signal })).toEqual({ steps: 0, updates: 0, episodes: 0, interrupted: true })
  })

  it('refuses a total that is no number of steps', async () => {
    const parts = smallParts(countingVector(1, 5, true), 1, 2)
    for (const totalSteps of [0, -5, 2.5, NaN]) expect(await codeFrom(train({ ...parts, totalSteps }))).toBe('agents/rollout')
  })
})
