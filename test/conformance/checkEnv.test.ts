/** Every rule of the checker fires on an environment that breaks it, on no other, and on no good one. */
import { describe, expect, it } from 'vitest'
import { assertEnv, checkEnv, checkRules, reportEnv, toAsync, wrap, type CheckRule } from '../../src/env/index.js'
import { Box, Dict, Discrete, Tuple } from '../../src/spaces/index.js'
import { recordEpisodeStatistics, timeLimit } from '../../src/wrappers/index.js'
import { breakages, brokenEnv } from './broken/index.js'
import { change, observe, put } from './broken/patch.js'
import { liars } from './broken/wrappers.js'
import { WalkEnv } from './walkEnv.js'

/** In the order of the table. */
const rules = Object.keys(checkRules) as CheckRule[]
const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort()

describe('checkEnv', () => {
  it('finds nothing in an environment that keeps the contract: synchronous or not, limited, wrapped', async () => {
    expect(await checkEnv(() => new WalkEnv())).toEqual([])
    expect(await checkEnv(() => toAsync(new WalkEnv({ renderMode: 'ansi' }, { maxEpisodeSteps: 3 })))).toEqual([])
    expect(await checkEnv(() => new WalkEnv({}, { maxEpisodeSteps: 1 }))).toEqual([])
    expect(await checkEnv(() => wrap(wrap(new WalkEnv(), timeLimit({ maxEpisodeSteps: 4 })), recordEpisodeStatistics()))).toEqual([])
  })

  it('has an example that breaks it for every rule', () => {
    expect(sorted(Object.keys(breakages))).toEqual(sorted(rules))
  })

  it.each(rules)('%s fires on an environment that breaks it, and nothing else does', async (rule) => {
    const findings = await checkEnv(() => brokenEnv(rule), { steps: 100 })
    expect(sorted(findings.map((finding) => finding.rule))).toEqual(sorted([rule, ...(breakages[rule].also ?? [])]))
    for (const { rule: broken, level, message, path } of findings) {
      expect(level).toBe(checkRules[broken].level)
      expect(message).not.toBe('')
      expect(path).not.toBe('')
    }
  })

  it.each(Object.entries(liars))('a wrapper that lies about %s is found out', async (_, { around, rule }) => {
    const findings = await checkEnv(() => around(new WalkEnv()))
    expect(findings.map((finding) => finding.rule)).toContain(rule)
  })

  it('finds an info that can be neither written as JSON nor copied', async () => {
    const found = await checkEnv(() => {
      const env = new WalkEnv()
      change(env, 'step', (result) => ({ ...result, info: { ...result.info, show: () => 'a function' } }))
      return env
    })
    expect(found).toContainEqual(expect.objectContaining({ rule: 'info/json', path: 'step().info' }))
  })

  it('names the space inside a space that is wrong', async () => {
    const findings = await checkEnv(() => {
      const env = new WalkEnv()
      const camera = new Box({ low: 0, high: 1, shape: [64, 64, 3] })
      const joints = new Tuple([new Discrete({ n: 2 }), new Box({ low: 0, high: Infinity })])
      put(env, 'observationSpace', new Dict({ camera, joints }))
      observe(env, () => ({ camera: new Float32Array(64 * 64 * 3), joints: [0, new Float32Array(1)] }))
      return env
    }, { steps: 20 })
    const places = findings.filter(({ rule }) => rule.startsWith('space/')).map(({ rule, path }) => `${rule} ${path}`)
    expect(places).toEqual(['space/image observationSpace.camera', 'space/unbounded observationSpace.joints[1]'])
  })

  it('finds a Discrete without choices inside a Dict', async () => {
    const findings = await checkEnv(() => {
      const env = new WalkEnv()
      const buttons = new Discrete({ n: 2 })
      put(buttons, 'n', 0)
      put(env, 'actionSpace', new Dict({ buttons }))
      return env
    })
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'space/empty', path: 'actionSpace.buttons' }))
  })

  it('says nothing about seeds where the spec declares the environment nondeterministic', async () => {
    const { findings, checked } = await reportEnv(() => {
      const env = new WalkEnv({}, { nondeterministic: true })
      breakages['seed/step-repeat'].breaks?.(env)
      return env
    })
    expect(findings).toEqual([])
    expect(checked.filter((rule) => rule.startsWith('seed/'))).toEqual([])
  })

  it('closes every instance it made', async () => {
    const made: WalkEnv[] = []
    await checkEnv(() => {
      const env = new WalkEnv()
      made.push(env)
      return env
    })
    for (const env of made) expect(() => env.reset()).toThrow(expect.objectContaining({ code: 'env/closed' }))
  })
})

describe('reportEnv', () => {
  it('lists the rules it looked at: all that apply to the environment', async () => {
    const { id, checked } = await reportEnv(() => new WalkEnv())
    expect(id).toBe('Walk-v0')
    const others = rules.filter((rule) => !checked.includes(rule))
    const continuous: CheckRule[] = ['space/image', 'space/action-scale', 'space/action-dtype']
    expect(others).toEqual([...continuous, 'action/keys', 'async/promise', 'spec/wrappers', 'spec/wrappers-registered', 'spec/time-limit'])
  })
})

describe('assertEnv', () => {
  it('throws one error that lists what is broken', async () => {
    await expect(assertEnv(() => brokenEnv('step/reward-finite'))).rejects.toMatchObject({
      code: 'env/check',
      message: expect.stringMatching(/Broken-v0[\s\S]*step\/reward-finite/),
    })
  })

  it('lets warnings pass', async () => {
    await assertEnv(() => brokenEnv('spec/registered'))
  })
})
