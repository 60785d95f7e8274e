/** Every registered environment keeps the contract, plain and in the wrappers that are used most. */
import { describe, expect, it } from 'vitest'
import { registeredIds, registeredSpec } from '../../src/cli/environments.js'
import { checkEnv, make } from '../../src/env/index.js'

const wrappers = [
  { name: 'TimeLimit', options: { maxEpisodeSteps: 30 } },
  { name: 'RecordEpisodeStatistics', options: { history: 10 } },
]

describe.each(registeredIds())('%s', (id) => {
  it.each([[], wrappers])('breaks no rule', async (...around) => {
    const findings = await checkEnv(() => make({ ...registeredSpec(id), wrappers: around }), { steps: 1000 })
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
  })
})
