/** Every registered environment keeps the contract, plain and in the wrappers that are used most. */
import { describe, expect, it } from 'vitest'
import { registeredIds, registeredSpec } from '../../src/cli/environments.js'
import { checkEnv, make, type EnvSpec } from '../../src/env/index.js'

const wrappers = [
  { name: 'TimeLimit', options: { maxEpisodeSteps: 30 } },
  { name: 'RecordEpisodeStatistics', options: { history: 10 } },
]

/** Environments with processes of their own, of which a check makes some twenty each: one check, fewer steps, and options where they need some. */
const outside: Readonly<Record<string, EnvSpec['options']>> = {
  'Doom-v0': { resolution: 'RES_160X120' },
  'Python-v0': { id: 'CartPole-v1' },
}
const LIMIT_MS = 120_000

describe.each(registeredIds())('%s', (id) => {
  const options = outside[id]
  it.each(options === undefined ? [[], wrappers] : [wrappers])('breaks no rule', { timeout: LIMIT_MS }, async (...around) => {
    const spec = { ...registeredSpec(id), ...(options === undefined ? {} : { options }), wrappers: around }
    const findings = await checkEnv(() => make(spec), { steps: options === undefined ? 1000 : 150 })
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
  })
})
