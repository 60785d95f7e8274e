/** Every registered environment keeps the contract, plain and in the wrappers that are used most. */
import { describe, expect, it } from 'vitest'
import { registeredIds, registeredSpec } from '../../src/cli/environments.js'
import { checkEnv, make, type EnvSpec } from '../../src/env/index.js'

const wrappers = [
  { name: 'TimeLimit', options: { maxEpisodeSteps: 30 } },
  { name: 'RecordEpisodeStatistics', options: { history: 10 } },
]

/** Slow to make (processes of their own, cultures), and a check makes some twenty each: one check, fewer steps, and options where they need some. */
const slow: Readonly<Record<string, EnvSpec['options']>> = {
  'CultureControl-v0': { culture: { neurons: 50 }, dish: { settleSeconds: 0.1 } },
  'CultureGame-v0': { culture: { neurons: 50 }, dish: { settleSeconds: 0.1 }, restSeconds: 1 },
  'Doom-v0': { resolution: 'RES_160X120' },
  'Python-v0': { id: 'CartPole-v1' },
}
const LIMIT_MS = 120_000

describe.each(registeredIds())('%s', (id) => {
  const options = slow[id]
  it.each(options === undefined ? [[], wrappers] : [wrappers])('breaks no rule', { timeout: LIMIT_MS }, async (...around) => {
    const spec = { ...registeredSpec(id), ...(options === undefined ? {} : { options }), wrappers: around }
    const findings = await checkEnv(() => make(spec), { steps: options === undefined ? 500 : 150 })
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
  })
})
