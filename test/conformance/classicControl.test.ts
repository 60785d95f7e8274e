/** The classic control environments keep the contract. */
import { describe, expect, it } from 'vitest'
import { classicControlIds } from '../../envs/classic-control/index.js'
import { assertEnv, checkEnv, make, toAsync } from '../../src/env/index.js'
import { build } from '../unit/classic-control/anyEnv.js'

/** What Gymnasium's definitions bring with them: CartPole's speeds have no bound, a pendulum's torque goes to 2. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  'CartPole-v1': ['space/unbounded'],
  'Pendulum-v1': ['space/action-scale'],
}

describe.each(classicControlIds)('%s', (id) => {
  it('keeps every rule of the checker', async () => {
    const findings = await checkEnv(() => make(id))
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
    expect(findings.map(({ rule }) => rule)).toEqual(warnings[id] ?? [])
  })

  it('keeps them with pictures, reused buffers and a short time limit, and as an asynchronous environment', async () => {
    await assertEnv(() => make(id, { renderMode: 'rgb_array', reuseBuffers: true }, { maxEpisodeSteps: 15 }), { steps: 200 })
    await assertEnv(() => make(id, { renderMode: 'ansi' }), { steps: 200 })
    await assertEnv(() => toAsync(build(id)), { steps: 200 })
  })
})
