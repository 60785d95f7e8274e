/** checkReset and checkStep judge single results; formatReport shows findings. */
import { describe, expect, it } from 'vitest'
import { checkEnv, checkReset, checkRules, checkStep, formatReport, reportEnv } from '../../src/env/index.js'
import { Box } from '../../src/spaces/index.js'
import { brokenEnv } from './broken/index.js'
import { WalkEnv } from './walkEnv.js'

const env = { observationSpace: new Box({ low: 0, high: 1, shape: [2] }) }
const observation = new Float32Array([0, 1])
const endless: Record<string, unknown> = { seed: 7 }
endless['self'] = endless
const step = { observation, reward: 1, terminated: false, truncated: false, info: {} }
const ruleIds = (findings: readonly { readonly rule: string }[]): string[] => findings.map(({ rule }) => rule)

describe('checkReset', () => {
  it('finds nothing in a good result', () => {
    expect(checkReset(env, { observation, info: { seed: 7 } }, { seed: 7 })).toEqual([])
  })

  it.each([
    ['a list', [observation, { seed: 7 }], ['reset/shape']],
    ['nothing', undefined, ['reset/shape']],
    ['an observation of another type', { observation: [0, 1], info: { seed: 7 } }, ['reset/in-space']],
    ['no seed', { observation, info: {} }, ['reset/seed']],
    ['another seed', { observation, info: { seed: 8 } }, ['reset/seed']],
    ['an info with an array', { observation, info: { seed: 7, spikes: new Int32Array(3) } }, ['info/json']],
    ['an info that JSON cannot write', { observation, info: { seed: 7, spikes: 3n } }, ['info/json']],
    ['an info that never ends', { observation, info: endless }, ['info/json']],
  ])('finds %s', (_, result, rules) => {
    expect(ruleIds(checkReset(env, result, { seed: 7 }))).toEqual(rules)
  })
})

describe('checkStep', () => {
  const lost = { ...step, terminated: true, info: { endReason: 'lost' } }
  const timeUp = { ...step, truncated: true, info: { endReason: 'timeLimit' } }
  it.each([step, lost, timeUp])('finds nothing in a good result', (result) => {
    expect(checkStep(env, result)).toEqual([])
  })

  it.each([
    ['old tuples', [observation, 1, false, {}], ['step/shape']],
    ['NaN in an observation', { ...step, observation: new Float32Array([0, NaN]) }, ['step/in-space']],
    ['a reward that is no number', { ...step, reward: '1' }, ['step/reward-finite']],
    ['an infinite reward', { ...step, reward: Infinity }, ['step/reward-finite']],
    ['numbers for flags', { ...step, terminated: 0 }, ['step/flags']],
    ['both flags', { ...step, terminated: true, truncated: true, info: { endReason: 'goal' } }, ['flags/not-both']],
    ['an end without a reason', { ...step, terminated: true }, ['info/end-reason']],
    ['a reason of the other flag', { ...step, truncated: true, info: { endReason: 'goal' } }, ['info/end-reason']],
    ['an unknown reason', { ...step, terminated: true, info: { endReason: 'bored' } }, ['info/end-reason']],
    ['a reason without an end', { ...step, info: { endReason: 'goal' } }, ['info/end-reason']],
  ])('finds %s', (_, result, rules) => {
    expect(ruleIds(checkStep(env, result))).toEqual(rules)
  })

  it('allows a truncated first step only where the limit is one step', () => {
    const cut = { ...step, truncated: true, info: { endReason: 'timeLimit' } }
    expect(ruleIds(checkStep(env, cut, { isFirst: true, maxEpisodeSteps: 2 }))).toEqual(['step/early-end'])
    expect(checkStep(env, cut, { isFirst: true, maxEpisodeSteps: 1 })).toEqual([])
  })
})

describe('formatReport', () => {
  it('lists what is broken, where and how', async () => {
    const text = formatReport(await checkEnv(() => brokenEnv('step/reward-finite'), { steps: 20 }))
    expect(text).toBe('error    step/reward-finite\n           at step().reward: it is NaN\nRules broken: 1 error, 0 warnings.')
    expect(formatReport([])).toBe('No rule is broken.')
  })

  it('with the rules lists every one and counts them', async () => {
    const { findings, checked } = await reportEnv(() => new WalkEnv())
    const lines = formatReport(findings, { rules: checkRules, checked }).split('\n')
    const ids = Object.keys(checkRules)
    expect(lines.slice(0, ids.length).map((line) => line.slice(9).split(' ')[0])).toEqual(ids)
    expect(lines).toContainEqual(expect.stringMatching(/^ok {7}seed\/replay +a reset with the info\.seed/))
    expect(lines).toContainEqual(expect.stringMatching(/^n\/a {6}async\/promise/))
    const n = checked.length
    expect(lines.at(-1)).toBe(`${n} rules checked: ${n} ok, 0 errors, 0 warnings, ${ids.length - n} not applicable.`)
  })
})
