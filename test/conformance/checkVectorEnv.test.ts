/** Every rule of the checker of vector environments fires on one that breaks it, on no other, and on no good one. */
import { describe, expect, it } from 'vitest'
import { registeredSpec } from '../../src/cli/environments.js'
import { formatReport, make, toAsync } from '../../src/env/index.js'
import { Box, Dict, Discrete, Text } from '../../src/spaces/index.js'
import { assertVectorEnv, AsyncVectorEnv, checkVectorEnv, makeVector, reportVectorEnv, SyncVectorEnv } from '../../src/vector/index.js'
import { vectorRules, type AnyVectorEnv, type VectorRule } from '../../src/vector/index.js'
import { observe, put } from './broken/patch.js'
import { brokenVector, singleWalk, vectorBreakages, walkVector } from './broken/vector.js'
import { WalkEnv } from './walkEnv.js'

const rules = Object.keys(vectorRules) as VectorRule[]
const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort()
const three = [0, 1, 2]

describe('checkVectorEnv', () => {
  it.each([{}, { autoreset: 'disabled' }, { reuseBuffers: true }, { autoreset: 'disabled', reuseBuffers: true }] as const)(
    'finds nothing in a SyncVectorEnv that keeps the contract: %j',
    async (options) => {
      expect(await checkVectorEnv(() => walkVector(options), { steps: 100, single: singleWalk })).toEqual([])
    },
  )

  it.each(['sameStep', 'disabled'] as const)('finds nothing in an AsyncVectorEnv: %s', async (autoreset) => {
    const factory = () => new AsyncVectorEnv(three.map((i) => toAsync(singleWalk(i))), { autoreset })
    expect(await checkVectorEnv(factory, { steps: 100, single: singleWalk })).toEqual([])
  })

  it('finds nothing in a vector of one', async () => {
    expect(await checkVectorEnv(() => new SyncVectorEnv([new WalkEnv()]), { steps: 50, single: () => new WalkEnv() })).toEqual([])
  })

  it.each(['CartPole-v1', 'Pendulum-v1', 'Pong-v0'] as const)('finds nothing in vectors of %s', async (id) => {
    const spec = { ...registeredSpec(id), maxEpisodeSteps: 30 }
    expect(await checkVectorEnv(() => makeVector(spec, { count: 3 }), { steps: 100, single: () => make(spec) })).toEqual([])
  })

  it('finds nothing where observations are of several parts and differ in size', async () => {
    const single = (): WalkEnv => {
      const env = new WalkEnv()
      const parts = { position: env.observationSpace, word: new Text({ maxLength: 4 }), side: new Discrete({ n: 2 }) }
      put(env, 'observationSpace', new Dict(parts))
      observe(env, (position) => ({ position, word: position[0] > 0.5 ? 'far' : 'near', side: Number(position[0] > 0.5) }))
      return env
    }
    expect(await checkVectorEnv(() => new SyncVectorEnv(three.map(() => single)), { steps: 50, single })).toEqual([])
  })

  it('has an example that breaks it for every rule', () => {
    expect(sorted(Object.keys(vectorBreakages))).toEqual(sorted(rules))
  })

  it.each(rules)('%s fires on a vector environment that breaks it, and nothing else does', async (rule) => {
    const { single } = vectorBreakages[rule]
    const findings = await checkVectorEnv(() => brokenVector(rule), { steps: 60, ...(single === undefined ? {} : { single }) })
    expect(sorted(findings.map((finding) => finding.rule))).toEqual([rule])
    for (const { level, message, path } of findings) {
      expect(level).toBe(vectorRules[rule].level)
      expect(message).not.toBe('')
      expect(path).not.toBe('')
    }
  })

  it('says nothing about seeds where the spec declares the environments nondeterministic', async () => {
    const single = (): WalkEnv => {
      const env = new WalkEnv({}, { nondeterministic: true })
      observe(env, () => new Float32Array([Number(process.hrtime.bigint() % 10n)]))
      return env
    }
    expect(await checkVectorEnv(() => new SyncVectorEnv(three.map(() => single)), { steps: 50 })).toEqual([])
  })

  it('finds a space that the environments do not keep', async () => {
    const single = (): WalkEnv => {
      const env = new WalkEnv()
      put(env, 'observationSpace', new Box({ low: 0, high: 0.01, shape: [1] }))
      return env
    }
    const findings = await checkVectorEnv(() => new SyncVectorEnv(three.map(() => single)), { steps: 50 })
    expect(sorted(findings.map(({ rule }) => rule))).toEqual(['vector/final-observation', 'vector/in-space'])
  })

  it('closes every instance it made', async () => {
    const made: AnyVectorEnv[] = []
    await checkVectorEnv(() => {
      const vec = new SyncVectorEnv([new WalkEnv()])
      made.push(vec)
      return vec
    })
    expect(made.map(({ closed }) => closed)).toEqual(made.map(() => true))
  })
})

describe('reportVectorEnv', () => {
  it('lists the rules it looked at, and formatReport prints them', async () => {
    const { findings, checked } = await reportVectorEnv(() => walkVector(), { steps: 60 })
    expect(rules.filter((rule) => !checked.includes(rule))).toEqual(['vector/disabled', 'vector/single'])
    const text = formatReport(findings, { rules: vectorRules, checked })
    expect(text).toMatch(/\n26 rules checked: 26 ok, 0 errors, 0 warnings, 2 not applicable\.$/)
  })
})

describe('assertVectorEnv', () => {
  it('throws one error that lists what is broken', async () => {
    const broken = assertVectorEnv(() => brokenVector('vector/finals'), { steps: 30 })
    const message: unknown = expect.stringMatching(/\n {2}vector\/finals at step\(\)\.finals: /)
    await expect(broken).rejects.toMatchObject({ code: 'vector/check', message })
  })

  it('passes a good one', async () => {
    await assertVectorEnv(() => walkVector(), { steps: 30 })
  })
})
