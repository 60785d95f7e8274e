/** Whole agents: trained by PPO around small cultures that play Pong, saved, and used in a loop of one's own. */
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  cultureActor,
  CulturePolicy,
  loadAgent,
  saveAgent,
  type CultureAgent,
  type CultureAgentOptions,
  type CulturePolicyOptions,
} from '../../../../agents/culture/index.js'
import {
  Collector,
  mlpCritic,
  ppo,
  Rollout,
  startBackend,
  train,
  type Learner,
  type PpoOptions,
  type TrainingReport,
} from '../../../../agents/index.js'
import { PONG_ID, PongEnv } from '../../../../envs/pong/index.js'
import { isOver } from '../../../../src/env/index.js'
import { Box, Discrete, MultiDiscrete } from '../../../../src/spaces/index.js'
import { makeVector } from '../../../../src/vector/index.js'
import { codeOf } from '../gradientCheck.js'
import { countsOf, rngOf, smallAgent, smallDishes, smallParameters } from './support.js'

const ENVS = 2
/** Steps of each between two updates. */
const STEPS = 16

interface Trained {
  readonly agent: CultureAgent
  /** Mean of the features at each step, and at each update before it. */
  readonly means: { readonly steps: string[]; readonly updates: string[] }
  readonly reports: readonly TrainingReport[]
  readonly first: unknown
  readonly last: unknown
}

const trained = async (parameters: CultureAgentOptions, updates: number, options: PpoOptions = {}): Promise<Trained> => {
  const agent = smallAgent({ decoder: { warmUpSteps: 3, ...parameters.decoder }, encoder: { ...parameters.encoder } })
  const critic = mlpCritic(5, { hidden: [8] }, rngOf('critic'))
  const dishes = smallDishes(Array.from({ length: ENVS }, (_, dish) => dish))
  const vec = await makeVector(PONG_ID, { count: ENVS, envOptions: { tickMs: 100 } })
  const means: Trained['means'] = { steps: [], updates: [] }
  const present = (): string => agent.moments.means.join()
  const actor = cultureActor({
    agent,
    dishes,
    rng: rngOf('actor'),
    answer: () => {
      means.steps.push(present())
      return undefined
    },
  })
  const collector = new Collector({ vec, actor, codec: agent.codec, seed: 5 })
  const rollout = new Rollout({ steps: STEPS, envs: ENVS, columns: agent.columns })
  const algorithm = ppo(agent, critic, { learningRate: 1e-2, minibatches: 2, ...options }, rngOf('learner'))
  const learner: Learner = {
    name: algorithm.name,
    save: () => algorithm.save(),
    load: (saved) => algorithm.load(saved),
    update: (...update) => {
      means.updates.push(present())
      return algorithm.update(...update)
    },
  }
  const first = agent.save().weights
  const reports: TrainingReport[] = []
  await train({ collector, learner, rollout, totalSteps: updates * rollout.rows, onUpdate: (report) => void reports.push(report) })
  await collector.close()
  dishes.close()
  return { agent, means, reports, first, last: agent.save().weights }
}

const ofPart = (weights: unknown, part: string): unknown =>
  Array.isArray(weights) ? weights.filter(({ name }: { name: string }) => name.startsWith(part)) : undefined

beforeAll(async () => {
  await startBackend('cpu')
})
afterEach(() => {
  tf.disposeVariables()
})

describe('training around cultures', () => {
  it('plays, learns, and does the same again from the same seeds', async () => {
    const once = await trained({}, 2)
    expect(once.reports).toHaveLength(2)
    expect(once.reports[1].counters.steps).toBe(2 * STEPS * ENVS)
    for (const { update, seconds } of once.reports) {
      expect(Object.values(update).every(Number.isFinite)).toBe(true)
      expect(seconds.culture).toBeGreaterThan(0)
    }
    expect(ofPart(once.last, 'encoder')).not.toEqual(ofPart(once.first, 'encoder'))
    expect(ofPart(once.last, 'decoder')).not.toEqual(ofPart(once.first, 'decoder'))
    const again = await trained({}, 2)
    expect(again.last).toEqual(once.last)
    expect(again.agent.moments.save()).toEqual(once.agent.moments.save())
  })

  it.each(['encoder', 'decoder'] as const)('a frozen %s does not move, and the other part learns', async (frozen) => {
    const { first, last } = await trained({ [frozen]: { trainable: false } }, 1)
    const other = frozen === 'encoder' ? 'decoder' : 'encoder'
    expect(ofPart(last, frozen)).toEqual(ofPart(first, frozen))
    expect(ofPart(last, other)).not.toEqual(ofPart(first, other))
  })

  it('the policy that an update begins with is the one that acted', async () => {
    // one gradient step an update: the ratio that it sees is that of before the first
    const { means, reports } = await trained({}, 2, { epochs: 1, minibatches: 1 })
    for (const { update } of reports) {
      expect(update.gradientSteps).toBe(1)
      expect(update.approxKl).toBeCloseTo(0, 6)
      expect(update.clipFraction).toBe(0)
    }
    // the features are centred alike from the first step of a rollout to its update, and anew after it
    const [first, second] = means.updates
    expect(first).not.toBe(second)
    expect(means.steps).toEqual([...Array.from({ length: STEPS * ENVS }, () => first), ...Array.from({ length: STEPS * ENVS }, () => second)])
  })
})

const choicesOf = (agent: CultureAgent): unknown => {
  const stimulation = new Float32Array(agent.stimulation.width)
  const action = new Float32Array(2)
  agent.stimulate(Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5), { streams: [rngOf('u')], greedy: false }, stimulation, 0)
  agent.decide(Float32Array.of(3, 5), { streams: [rngOf('a')], greedy: false }, action, 0)
  return { stimulation, action }
}


describe('a saved agent', () => {
  it.each([new MultiDiscrete({ nvec: [4, 3] }), new Box({ low: -2, high: 2, shape: [2] })])('comes back bit for bit: %j', (actionSpace) => {
    const parameters = { stepMs: 57.5, encoder: { highestCurrentUa: 2.7, trainable: false } }
    const agent = smallAgent(parameters, { actionSpace, mea: { depolarisationPerUa: 25 } })
    agent.moments.add(countsOf(5))
    const saved = structuredClone(saveAgent(agent))
    const loaded = loadAgent(saved)
    expect(choicesOf(loaded)).toEqual(choicesOf(agent))
    expect(saveAgent(loaded)).toEqual(saved)
    expect(loaded.parameters.stepMs).toBe(57.5)
    expect(loaded.mea.depolarisationPerUa).toBe(25)
    expect(loaded.groups.map(({ name }) => name)).toEqual(['decoder'])
    // nothing but the typed arrays is more than JSON
    expect(JSON.parse(JSON.stringify(saved.spec))).toEqual(saved.spec)
  })

  it('with an encoder that is a function needs the function again', () => {
    const fixed = (_: Float32Array, frequencyHz: Float64Array): void => void frequencyHz.fill(5)
    const saved = saveAgent(smallAgent({ encoder: { kind: 'fixed' } }, { fixed }))
    expect(codeOf(() => loadAgent(saved))).toBe('agents/encoder')
    expect(saveAgent(loadAgent(saved, { fixed }))).toEqual(saved)
  })

  it('is refused where it is of another version, damaged, or not what its spec says, and leaves nothing behind', () => {
    const agent = smallAgent()
    const saved = saveAgent(agent)
    const before = tf.memory().numTensors
    const [first, ...others] = saved.policy.weights
    const values = first.values.slice()
    values[3] = Infinity
    const withWeights = (weights: unknown) => ({ ...saved, policy: { ...saved.policy, weights } })
    for (const other of [null, 7, {}, { ...saved, format: 'other' }, { ...saved, version: 2 }]) {
      expect(codeOf(() => loadAgent(other))).toBe('agents/version')
    }
    expect(codeOf(() => loadAgent({ ...saved, spec: { ...saved.spec, observationWidth: 'wide' } }))).toBe('agents/saved')
    expect(codeOf(() => loadAgent({ ...saved, extra: 1 }))).toBe('agents/saved')
    expect(codeOf(() => loadAgent({ ...saved, spec: { ...saved.spec, observationWidth: 6 } }))).toBe('agents/architecture')
    expect(codeOf(() => loadAgent(withWeights(others)))).toBe('agents/architecture')
    expect(codeOf(() => loadAgent(withWeights([{ ...first, values }, ...others])))).toBe('agents/weights')
    expect(tf.memory().numTensors).toBe(before)
  })
})

type Options = CulturePolicyOptions<PongEnv['observationSpace'], PongEnv['actionSpace']>

const grow = (env: PongEnv, options: Partial<Options> = {}) =>
  CulturePolicy.grow({ env, culture: { neurons: 50 }, dishes: { settleSeconds: 0 }, parameters: smallParameters(), seed: 7, ...options })

const play = async (options: Partial<Options> = {}): Promise<number[]> => {
  const env = new PongEnv({ tickMs: 100 })
  const policy = await grow(env, options)
  let { observation } = env.reset({ seed: 1 })
  policy.reset()
  const actions: number[] = []
  for (let step = 0; step < 25; step++) {
    const action = policy.act(observation)
    const result = env.step(action)
    actions.push(action)
    policy.outcome(result)
    observation = result.observation
    if (isOver(result)) {
      observation = env.reset().observation
      policy.reset()
    }
  }
  policy.close()
  return actions
}


describe('a culture in your own loop', () => {
  it('plays, the same from the same seed, and another culture otherwise', async () => {
    const before = tf.memory().numTensors
    const first = await play()
    expect(first.every((action) => [0, 1, 2].includes(action))).toBe(true)
    expect(await play()).toEqual(first)
    expect(await play({ seed: 8 })).not.toEqual(first)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('hears of outcomes and lives on between episodes', async () => {
    const env = new PongEnv({ tickMs: 100 })
    const rewards: number[] = []
    const policy = await grow(env, {
      pauseMs: 50,
      answer: (_, { reward }) => {
        rewards.push(reward)
        return undefined
      },
    })
    policy.act(env.reset({ seed: 1 }).observation)
    policy.outcome({ reward: 0.5, terminated: true, truncated: false, info: {} })
    policy.reset()
    expect(rewards).toEqual([0.5])
    expect(policy.dishes.timeMs(0)).toBe(150)
    policy.close()
  })

  it('leaves an agent that was given to its owner, and refuses one that does not fit', async () => {
    const agent = smallAgent()
    await play({ agent })
    expect(agent.save().weights).toHaveLength(5)
    const env = new PongEnv()
    const { observationSpace, actionSpace } = env
    const four = new Discrete({ n: 4 })
    const wide = new Box({ low: 0, high: 1, shape: [6] })
    const other = CulturePolicy.grow({ env: { observationSpace, actionSpace: four }, agent, seed: 1 })
    await expect(other).rejects.toMatchObject({ code: 'agents/action-space' })
    const another = CulturePolicy.grow({ env: { observationSpace: wide, actionSpace }, agent, seed: 1 })
    await expect(another).rejects.toMatchObject({ code: 'agents/observation' })
    await expect(grow(env, { seed: -1 })).rejects.toMatchObject({ code: 'rng/seed' })
    await expect(grow(env, { observationScale: [] })).rejects.toMatchObject({ code: 'agents/rollout' })
    const before = tf.memory().numTensors
    await expect(grow(env, { culture: { neurons: 0 } })).rejects.toMatchObject({ code: 'parameter/invalid' })
    expect(tf.memory().numTensors).toBe(before)
  })
})
