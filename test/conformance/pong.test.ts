/** Pong keeps the contract of environments under every set of rules. */
import { describe, expect, it } from 'vitest'
import { PongEnv, type PongOptions } from '../../envs/pong/index.js'
import { assertEnv, checkEnv, make, toAsync } from '../../src/env/index.js'

const variants: PongOptions[] = (['paper', 'serve'] as const).flatMap((rules) =>
  (['end', 'bounce'] as const).flatMap((afterMiss) => [
    { rules, afterMiss },
    { rules, afterMiss, renderMode: 'ansi' as const, reuseBuffers: true },
  ]),
)

describe('Pong', () => {
  it.each(variants)('keeps every rule of the checker: %j', async (options) => {
    expect(await checkEnv(() => new PongEnv(options))).toEqual([])
  })

  it('keeps them with a time limit, behind make, and as an asynchronous environment', async () => {
    await assertEnv(() => make('Pong-v0', {}, { maxEpisodeSteps: 30 }))
    await assertEnv(() => make('Pong-v0', { renderMode: 'rgb_array' }))
    await assertEnv(() => toAsync(new PongEnv({ rules: 'serve' })))
  })
})
