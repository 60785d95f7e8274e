/** The original's rules. PNG-xx are the acceptance cases of the reference system's specification. */
import { describe, expect, it } from 'vitest'
import { emptyPongState, PongEnv, startPong, stepPong } from '../../../envs/pong/index.js'
import { Rng } from '../../../src/rng.js'
import { constantsOf, stateOf } from './games.js'

const constants = constantsOf({ rules: 'serve', afterMiss: 'bounce' })
const rng = Rng.fromSeed(1)

describe("rules: 'serve'", () => {
  it('PNG-01: starts with ball x 0 and paddle 0.5; after an idle step ball x has grown', () => {
    const env = new PongEnv({ rules: 'serve' })
    const { observation } = env.reset({ seed: 1 })
    expect([observation[0], observation[1], observation[4]]).toEqual([0, 0.5, 0.5])
    expect(env.step(0).observation[0]).toBeGreaterThan(0)
  })

  it('PNG-02: action 1 raises the paddle by 0.03, action 2 lowers it', () => {
    const served = startPong(constants, rng, emptyPongState(8))
    expect(stepPong(constants, served, 1, rng, stateOf({})).paddleOffset).toBe(0.03)
    expect(stepPong(constants, served, 2, rng, stateOf({})).paddleOffset).toBe(-0.03)
    expect(stepPong(constants, served, 0, rng, stateOf({})).paddleOffset).toBe(0)
  })

  it('PNG-03: a paddle that tracks the ball gets a hit within 200 steps', () => {
    for (let seed = 0; seed < 20; seed++) {
      const state = startPong(constants, Rng.fromSeed(seed), emptyPongState(8))
      for (let i = 0; i < 200 && state.hits === 0; i++) {
        const distance = state.ballOffset - state.paddleOffset
        stepPong(constants, state, Math.abs(distance) < 0.015 ? 0 : distance > 0 ? 1 : 2, rng, state)
      }
      expect(state).toMatchObject({ hits: 1, misses: 0 })
    }
  })

  it('PNG-06: a ball at y 0.61 misses a paddle at 0.5, and is hit if action 1 comes in that step', () => {
    const arriving = stateOf({ ballX: 0.995, ballVx: 0.01, ballOffset: 0.61 - 0.5 })
    expect(stepPong(constants, arriving, 0, rng, stateOf({})).event).toBe('miss')
    expect(stepPong(constants, arriving, 1, rng, stateOf({})).event).toBe('hit')
  })

  it('PNG-07: a miss with rally 4 and two earlier misses: misses 3, rally 0, history index 2 is 4', () => {
    const state = stateOf({ ballX: 0.995, ballVx: 0.01, ballOffset: 0.4, rally: 4, misses: 2 })
    stepPong(constants, state, 0, rng, state)
    expect(state).toMatchObject({ event: 'miss', misses: 3, rally: 0 })
    expect(state.history[2]).toBe(4)
  })

  it('writes the history as a ring', () => {
    const state = stateOf({ ballX: 0.995, ballVx: 0.01, ballOffset: 0.4, rally: 5, misses: 9 })
    stepPong(constants, state, 0, rng, state)
    expect(state.history[1]).toBe(5)
  })

  it('launches from (0, 0.5) at 0.01 a tick and at most 45 degrees: 100 to 142 steps a launch', () => {
    for (let seed = 0; seed < 50; seed++) {
      const state = startPong(constants, Rng.fromSeed(seed), emptyPongState(8))
      expect(Math.hypot(state.ballVx, state.ballVy)).toBeCloseTo(0.01, 12)
      expect(Math.abs(Math.atan2(state.ballVy, state.ballVx))).toBeLessThanOrEqual(Math.PI / 4)
      let steps = 0
      while (state.event === null) steps += stepPong(constants, state, 0, rng, state) === state ? 1 : 0
      expect(steps).toBeGreaterThanOrEqual(100)
      expect(steps).toBeLessThanOrEqual(142)
      expect(state).toMatchObject({ ballX: 0, ballOffset: 0 })
    }
  })

  it('launches again after a hit, the paddle staying where it is', () => {
    const state = stateOf({ ballX: 0.995, ballVx: 0.01, ballOffset: 0.2, paddleOffset: 0.2 })
    stepPong(constants, state, 0, rng, state)
    expect(state).toMatchObject({ event: 'hit', ballX: 0, ballOffset: 0, paddleOffset: 0.2 })
    expect(state.ballVx).toBeGreaterThan(0)
  })

  it('clips the ball at floor and ceiling and turns it', () => {
    const state = stateOf({ ballX: 0.3, ballVx: 0.008, ballOffset: 0.499, ballVy: 0.006 })
    stepPong(constants, state, 0, rng, state)
    expect(state).toMatchObject({ ballOffset: 0.5, ballVy: -0.006 })
  })

  it('lets the centre of the paddle go to the edge of the field, and no further', () => {
    const state = stateOf({ ballVx: 0.001 })
    for (let i = 0; i < 20; i++) stepPong(constants, state, 1, rng, state)
    expect(state.paddleOffset).toBe(0.5)
    for (let i = 0; i < 40; i++) stepPong(constants, state, 2, rng, state)
    expect(state.paddleOffset).toBe(-0.5)
  })
})
