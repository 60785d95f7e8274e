/** A step of Pong allocates nothing. In a file of its own, as other tests' uses of the same functions would shape their machine code. */
import { describe, expect, it } from 'vitest'
import { emptyPongState, PongEnv, pongConstants, startPong, stepPong } from '../../../envs/pong/index.js'
import { Rng } from '../../../src/rng.js'
import { bytesPerStep } from '../bytesPerStep.js'

const ACTIONS = [0, 1, 2] as const

// The smallest object or boxed number takes 16 bytes. Arrivals, one in some 500 steps, may make an event.
describe('heap', () => {
  it.each(['paper', 'serve'] as const)('does not grow with the steps of the pure rules: %s', (rules) => {
    const constants = pongConstants(new PongEnv({ rules, afterMiss: 'bounce' }).parameters)
    const rng = Rng.fromSeed(1)
    const state = startPong(constants, rng, emptyPongState(8))
    expect(bytesPerStep((i) => void stepPong(constants, state, ACTIONS[i % 3], rng, state))).toBeLessThan(8)
  })

  it('does not grow with the steps of an environment that reuses its buffers', () => {
    const env = new PongEnv({ afterMiss: 'bounce', reuseBuffers: true })
    env.reset({ seed: 5 })
    expect(bytesPerStep((i) => void env.step(i % 3))).toBeLessThan(8)
  })
})
