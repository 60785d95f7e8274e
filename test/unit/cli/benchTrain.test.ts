/** `bl1 bench train`: what is planned, what the other side is given, and how it reads. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ppo, startBackend } from '../../../agents/index.js'
import { makeUp } from '../../../src/cli/bench/train/madeUp.js'
import type { RunResult } from '../../../src/cli/bench/train/measure.js'
import { gradientSteps, trainPlan, withoutChance } from '../../../src/cli/bench/train/plan.js'
import { trainSetupSchema, updateNumbersSchema, type UpdateSetup } from '../../../src/cli/bench/train/setup.js'
import { overheadOf, overheadSentence, trainTables } from '../../../src/cli/bench/train/tables.js'
import { writeTensors } from '../../../src/cli/bench/train/tensorFile.js'
import { Rng } from '../../../src/rng.js'
import { scratchFolder } from '../../cli/run.js'

/** A setup of the plan, with few rows. */
const small = (policy: 'network' | 'culture'): UpdateSetup => {
  const found = trainPlan(false).updates.find(({ setup }) => setup.policy === policy)
  const setup = trainSetupSchema.parse({ ...found?.setup, envs: 2, steps: 8, hidden: [4], learner: { minibatches: 2, epochs: 1 } })
  if (setup.kind !== 'update') throw new Error('the plan has no such update')
  return setup
}
const ROWS = 16

beforeAll(async () => void (await startBackend('cpu')))

describe('the plan', () => {
  it('has updates of both kinds of policy, and one minibatch where chance is to decide nothing', () => {
    const { updates, runs } = trainPlan(false)
    expect(new Set(updates.map(({ setup }) => setup.policy))).toEqual(new Set(['network', 'culture']))
    expect(updates.map(({ setup }) => gradientSteps(setup))).toEqual([320, 32, 32])
    for (const { setup } of updates) {
      const { minibatches, ...same } = withoutChance(setup).learner ?? {}
      expect(minibatches).toBe(1)
      expect(setup.learner).toMatchObject(same)
    }
    expect(runs.map(({ setup }) => setup.neurons)).toEqual([null, 1000, 10_000])
    expect(trainPlan(true).runs).toHaveLength(1)
  })
})

describe('the file for the other side', () => {
  it.each(['network', 'culture'] as const)('holds weights and rollout of a %s, each where it is said to be', (policy) => {
    const made = makeUp(small(policy))
    const file = join(scratchFolder(), 'tensors.f32')
    const placed = writeTensors(file, made)
    const bytes = readFileSync(file)
    const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    const valuesOf = (name: string): number[] => {
      expect(placed.map((one) => one.name)).toContain(name)
      const { first = 0, shape = [] } = placed.find((one) => one.name === name) ?? {}
      return Array.from(numbers.subarray(first, first + shape.reduce((product, size) => product * size, 1)))
    }
    expect(numbers).toHaveLength(placed.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0))
    for (const { name } of made.policy.columns) expect(valuesOf(name)).toEqual(Array.from(made.rollout.data[name]))
    expect(valuesOf('rewards')).toEqual(Array.from(made.rollout.rewards))
    expect(valuesOf('terminated')).toEqual(Array.from(made.rollout.terminated))
    const named = policy === 'network' ? ['policy/0/weights', 'policy/1/biases'] : ['encoder/0/weights', 'encoder/1/biases', 'decoder/0/weights', 'stimulationHigh']
    for (const name of [...named, 'critic/0/weights', 'critic/1/biases', 'next']) expect(valuesOf(name).every(Number.isFinite)).toBe(true)
    made.policy.dispose()
    made.critic.dispose()
  })
})

describe('our side', () => {
  it.each(['network', 'culture'] as const)('updates a made-up %s and reports every number that is compared', (policy) => {
    const setup = small(policy)
    const made = makeUp(setup)
    expect(made.rollout.rows).toBe(ROWS)
    const report = ppo(made.policy, made.critic, setup.learner, Rng.fromSeed(1)).update(made.rollout, 0)
    expect(Object.values(updateNumbersSchema.parse(report)).every(Number.isFinite)).toBe(true)
    expect(report.gradientSteps).toBe(2)
    made.policy.dispose()
    made.critic.dispose()
  })
})

describe('where the time goes', () => {
  const run = (culture: number, update: number): RunResult => ({
    title: 'Pong', stepsPerSecond: 700, rounds: [700], spread: 0, updateSeconds: 0.5,
    shares: { culture, env: 0.02, policy: 0.05, update, other: 1 - culture - update - 0.07 },
  })

  it('is counted as outside of culture and game, and said', () => {
    expect(overheadOf(run(0.7, 0.2))).toBeCloseTo(0.28, 10)
    const sentence = (one: RunResult): string | undefined => overheadSentence({ updates: [], same: [], runs: [one] })
    expect(sentence(run(0.7, 0.2))).toBe("None spends more than 30 % of a training's time outside culture and game.")
    expect(sentence(run(0.5, 0.4))).toMatch(/^More than 30 % .* Pong \(48 %\)\.$/)
    // A network without a culture has nothing to hide behind.
    expect(sentence(run(0, 0.9))).toBeUndefined()
    const [table] = trainTables({ updates: [], same: [], runs: [run(0.7, 0.2)] })
    expect(table.rows[0]).toEqual(['Pong', '700', '70 %', '2 %', '5 %', '20 %', '3 %', '28 %', '500', '0 %'])
  })
})
