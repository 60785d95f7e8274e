import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyPongState, emptyPongState, startPong, stepPong, type PongAction, type PongState } from '../../../envs/pong/index.js'
import { heightOf, heightOf32 } from '../../../envs/pong/state.js'
import { Rng } from '../../../src/rng.js'
import { constantsOf, mirrored, stateOf } from './games.js'

const constants = constantsOf({})
const bouncing = constantsOf({ afterMiss: 'bounce' })
const rng = Rng.fromSeed(1)
const play = (from: PongState, ticks: number, rules = bouncing): PongState => {
  const state = stateOf({})
  copyPongState(from, state)
  for (let i = 0; i < ticks; i++) stepPong(rules, state, 0, rng, state)
  return state
}

describe('serve', () => {
  it('starts at the back wall with the horizontal speed of a 2.5 s crossing', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const state = startPong(constants, Rng.fromSeed(seed), emptyPongState(8))
        const slope = Math.abs(state.ballVy / state.ballVx)
        expect(state.ballX).toBe(0)
        expect(state.ballVx).toBe(10 / 2500)
        expect(Math.abs(state.ballOffset)).toBeLessThanOrEqual(0.5)
        expect(slope).toBeGreaterThanOrEqual(0.5)
        expect(slope).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('is uniform in height, in slope and in direction', () => {
    const n = 4000
    const heights = new Array<number>(4).fill(0)
    const slopes = new Array<number>(3).fill(0)
    let up = 0
    const stream = Rng.fromSeed(2)
    const state = emptyPongState(8)
    for (let i = 0; i < n; i++) {
      startPong(constants, stream, state)
      heights[Math.floor((state.ballOffset + 0.5) * 4)]++
      slopes[Math.floor(Math.abs(state.ballVy / state.ballVx) / 0.5 - 1)]++
      if (state.ballVy > 0) up++
    }
    // Binomial standard deviations are 27, 30 and 32; the tolerance is 5 of them.
    for (const count of heights) expect(Math.abs(count - n / 4)).toBeLessThan(137)
    for (const count of slopes) expect(Math.abs(count - n / 3)).toBeLessThan(150)
    expect(Math.abs(up - n / 2)).toBeLessThan(160)
  })
})

describe('flight', () => {
  it('crosses the field in 2.5 s whatever the slope, and is back after 5 s', () => {
    for (const ballVy of [0.002, -0.0055, 0.008]) {
      const served = stateOf({ ballVx: 0.004, ballVy })
      let ticks = 0
      let state = served
      while (state.event === null) state = play(served, ++ticks)
      expect(Math.abs(ticks - 250)).toBeLessThanOrEqual(1)
      expect(play(served, 500).ballX).toBeCloseTo(0, 9)
    }
  })

  it('mirrors exactly at floor and ceiling', () => {
    const high = play(stateOf({ ballX: 0.1, ballOffset: 0.49, ballVx: 0.004, ballVy: 0.03 }), 1)
    expect(high.ballOffset).toBeCloseTo(0.48, 12)
    expect(high.ballVy).toBe(-0.03)
    const low = play(stateOf({ ballX: 0.1, ballOffset: -0.49, ballVx: 0.004, ballVy: -0.03 }), 1)
    expect(low.ballOffset).toBe(-high.ballOffset)
    expect(low.ballVy).toBe(0.03)
  })

  it('mirrors at the back wall', () => {
    const state = play(stateOf({ ballX: 0.001, ballVx: -0.004 }), 1)
    expect(state.ballX).toBeCloseTo(0.003, 12)
    expect(state.ballVx).toBe(0.004)
    expect(state.event).toBeNull()
  })

  it('keeps its speeds for ever, inside the field', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 3000 }), (seed, ticks) => {
        const served = startPong(bouncing, Rng.fromSeed(seed), stateOf({}))
        const state = play(served, ticks)
        expect(Math.abs(state.ballVx)).toBe(served.ballVx)
        expect(Math.abs(state.ballVy)).toBe(Math.abs(served.ballVy))
        expect(state.ballX).toBeGreaterThanOrEqual(0)
        expect(state.ballX).toBeLessThanOrEqual(1)
        expect(Math.abs(state.ballOffset)).toBeLessThanOrEqual(0.5)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the paddle line', () => {
  // The ball is at x = 1 after a quarter of the tick: y = 0.1 + 0.25 * 0.04 = 0.11.
  const arriving = stateOf({ ballX: 0.999, ballOffset: 0.1, ballVx: 0.004, ballVy: 0.04 })

  it('is judged at the exact crossing, between two ticks', () => {
    expect(play(arriving, 1).crossingOffset).toBeCloseTo(0.11, 12)
  })

  it('judges a path that bounces off the ceiling before it arrives where it really arrives', () => {
    // Half-way through the tick: 0.49 + 0.5 * 0.04 = 0.51, mirrored at the ceiling 0.49.
    const state = play(stateOf({ ballX: 0.998, ballOffset: 0.49, ballVx: 0.004, ballVy: 0.04 }), 1)
    expect(state.crossingOffset).toBeCloseTo(0.49, 12)
  })

  it('counts the edge of the paddle as paddle, and not a hair more', () => {
    const reach = constants.reach
    const at = (ballOffset: number) => play(stateOf({ ballX: 0.998, ballOffset, ballVx: 0.004 }), 1).event
    expect(at(reach)).toBe('hit')
    expect(at(reach + 1e-9)).toBe('miss')
    expect(at(-reach)).toBe('hit')
    expect(at(-reach - 1e-9)).toBe('miss')
  })

  it('sends a hit ball back on its mirrored path, and the rally goes on', () => {
    const state = play(arriving, 1, constants)
    expect(state).toMatchObject({ event: 'hit', hits: 1, rally: 1, ballVx: -0.004, ballVy: 0.04 })
    expect(state.ballX).toBeCloseTo(0.997, 12)
    expect(state.ballOffset).toBeCloseTo(0.14, 12)
  })

  it('is judged once an arrival: one event in each 5 s of play', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const state = startPong(bouncing, Rng.fromSeed(seed), stateOf({}))
        const arrivals: number[] = []
        for (let tick = 1; tick <= 2250; tick++) if (stepPong(bouncing, state, 0, rng, state).event !== null) arrivals.push(tick)
        expect(arrivals).toHaveLength(5)
        arrivals.forEach((tick, i) => expect(Math.abs(tick - (250 + 500 * i))).toBeLessThanOrEqual(1))
      }),
      { numRuns: 30 },
    )
  })

  const missed = stateOf({ ballX: 0.999, ballOffset: 0.4, ballVx: 0.004, ballVy: 0.004, paddleOffset: -0.3, rally: 3, hits: 3 })

  it('leaves a missed ball where it crossed the line when a miss ends the episode', () => {
    expect(play(missed, 1, constants)).toMatchObject({ event: 'miss', misses: 1, rally: 0, ballX: 1, ballOffset: 0.401 })
  })

  it("bounces a missed ball with afterMiss 'bounce'", () => {
    expect(play(missed, 1)).toMatchObject({ event: 'miss', misses: 1, hits: 3, rally: 0, ballVx: -0.004 })
    expect(play(missed, 1).history[0]).toBe(3)
    expect(play(missed, 2).event).toBeNull()
  })
})

describe('the paddle', () => {
  it('moves 5 of 480 field heights every 10 ms and stays wholly inside the field', () => {
    const state = stateOf({ ballVx: 0.004 })
    stepPong(constants, state, 1, rng, state)
    expect(state.paddleOffset).toBeCloseTo(5 / 480, 15)
    for (let i = 0; i < 100; i++) stepPong(constants, state, 1, rng, state)
    expect(state.paddleOffset + constants.reach).toBe(0.5)
    for (let i = 0; i < 100; i++) stepPong(constants, state, 2, rng, state)
    expect(state.paddleOffset - constants.reach).toBe(-0.5)
  })

  it('keeps its speed in real time when the tick changes', () => {
    expect(constantsOf({ tickMs: 20 }).paddleStep).toBeCloseTo(2 * constants.paddleStep, 15)
    expect(constantsOf({ tickMs: 20 }).ballStep).toBeCloseTo(2 * constants.ballStep, 15)
  })

  it('moves before the ball arrives', () => {
    const arriving = stateOf({ ballX: 0.998, ballVx: 0.004, ballOffset: constants.reach + constants.paddleStep / 2 })
    expect(stepPong(bouncing, arriving, 0, rng, stateOf({})).event).toBe('miss')
    expect(stepPong(bouncing, arriving, 1, rng, stateOf({})).event).toBe('hit')
  })
})

describe('up and down exchanged', () => {
  it.each(['paper', 'serve'] as const)('gives the mirrored game to the last bit: %s', (rules) => {
    const EXCHANGED = [0, 2, 1] as const
    const anyAction = fc.constantFrom<PongAction>(0, 1, 2)
    const both = constantsOf({ rules, afterMiss: 'bounce' })
    fc.assert(
      // A launch of the serve rules draws an angle, which has no mirror image in the stream: one flight of it.
      fc.property(fc.nat(), fc.array(anyAction, { minLength: 90, maxLength: rules === 'paper' ? 1500 : 90 }), (seed, actions) => {
        const game = startPong(both, Rng.fromSeed(seed), stateOf({}))
        const mirror = mirrored(game)
        for (const action of actions) {
          stepPong(both, game, action, rng, game)
          stepPong(both, mirror, EXCHANGED[action], rng, mirror)
          expect(mirrored(mirror)).toEqual(game)
        }
      }),
      { numRuns: 20 },
    )
  })
})

it('measures mirrored heights so that they add up to exactly 1, in both precisions', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.5, noNaN: true }), (offset) => {
      expect(heightOf(offset) + heightOf(-offset)).toBe(1)
      expect(1 - heightOf(offset)).toBe(heightOf(-offset))
      expect(1 - heightOf32(offset)).toBe(heightOf32(-offset))
      expect(Math.fround(heightOf32(-offset))).toBe(heightOf32(-offset))
    }),
  )
})

it('steps into another state without touching the first', () => {
  const before = startPong(bouncing, Rng.fromSeed(3), stateOf({}))
  const kept = structuredClone(before)
  const into = stepPong(bouncing, before, 1, rng, stateOf({}))
  expect(before).toEqual(kept)
  expect(stepPong(bouncing, before, 1, rng, before)).toEqual(into)
})
