/** A step of Pong allocates nothing. In a file of its own, as other tests' uses of the same functions would shape their machine code. */
import { describe, expect, it } from 'vitest'
import { emptyPongState, PongEnv, pongConstants, startPong, stepPong, type PongAction } from '../../../envs/pong/index.js'
import { Rng } from '../../../src/rng.js'

const STEPS = 50_000
const ACTIONS = [0, 1, 2] as const

/** Bytes a step by which the heap grows in the quietest of many rounds; rounds in which a collection ran are left out. */
const bytesPerStep = (step: (action: PongAction) => void): number => {
  let least = Infinity
  for (let round = 0; round < 20; round++) {
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < STEPS; i++) step(ACTIONS[i % 3])
    const grown = process.memoryUsage().heapUsed - before
    if (grown >= 0) least = Math.min(least, grown / STEPS)
  }
  return least
}

// The smallest object or boxed number takes 16 bytes. Arrivals, one in some 500 steps, may make an event.
describe('heap', () => {
  it.each(['paper', 'serve'] as const)('does not grow with the steps of the pure rules: %s', (rules) => {
    const constants = pongConstants(new PongEnv({ rules, afterMiss: 'bounce' }).parameters)
    const rng = Rng.fromSeed(1)
    const state = startPong(constants, rng, emptyPongState(8))
    expect(bytesPerStep((action) => void stepPong(constants, state, action, rng, state))).toBeLessThan(8)
  })

  it('does not grow with the steps of an environment that reuses its buffers', () => {
    const env = new PongEnv({ afterMiss: 'bounce', reuseBuffers: true })
    env.reset({ seed: 5 })
    expect(bytesPerStep((action) => void env.step(action))).toBeLessThan(8)
  })
})
