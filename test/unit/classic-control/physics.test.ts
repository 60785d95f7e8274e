/** Physical facts that hold whatever the actions: independent of any recorded trajectory. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acrobotMotion, stepAcrobot } from '../../../envs/classic-control/acrobot/rules.js'
import { stepCartPole } from '../../../envs/classic-control/cart-pole/rules.js'
import { stepMountainCar } from '../../../envs/classic-control/mountain-car/rules.js'
import { stepContinuousCar } from '../../../envs/classic-control/mountain-car/continuousRules.js'
import { MAX_RATE, REWARD, stepPendulum, wrapAngle } from '../../../envs/classic-control/pendulum/rules.js'
import { RungeKutta4 } from '../../../envs/classic-control/rungeKutta.js'

const angle = fc.double({ min: -3, max: 3, noNaN: true })
const small = fc.double({ min: -0.2, max: 0.2, noNaN: true })

describe('Runge and Kutta', () => {
  it('has a global error of fourth order', () => {
    const solver = new RungeKutta4(1, (state, _input, into) => void (into[0] = state[0]))
    const errorWith = (steps: number): number => {
      const state = Float64Array.of(1)
      for (let i = 0; i < steps; i++) solver.step(state, 0, 1 / steps, state)
      return Math.abs(state[0] - Math.E)
    }
    // Half the step, a sixteenth of the error, to leading order.
    expect(errorWith(20) / errorWith(40)).toBeGreaterThan(14)
    expect(errorWith(20) / errorWith(40)).toBeLessThan(18)
    expect(errorWith(40)).toBeLessThan(1e-8)
  })
})

/** (0 - x, as -x would make a negative zero of 0.) */
const opposite = (state: Float64Array): Float64Array => state.map((x) => 0 - x)

describe('CartPole', () => {
  it('mirrors exactly: opposite state and push give the opposite next state', () => {
    fc.assert(
      fc.property(fc.tuple(small, small, small, small), fc.array(fc.constantFrom(0 as const, 1 as const), { maxLength: 30 }), (start, actions) => {
        const state = Float64Array.from(start)
        const mirrored = opposite(state)
        for (const action of actions) {
          stepCartPole(state, action, state)
          stepCartPole(mirrored, action === 1 ? 0 : 1, mirrored)
        }
        expect(opposite(mirrored)).toEqual(opposite(opposite(state)))
      }),
    )
  })

  it('leaves the state it is given alone when it writes elsewhere', () => {
    const state = Float64Array.of(0.1, 0.2, 0.03, -0.4)
    const into = new Float64Array(4)
    stepCartPole(state, 1, into)
    expect(state).toEqual(Float64Array.of(0.1, 0.2, 0.03, -0.4))
    stepCartPole(state, 1, state)
    expect(state).toEqual(into)
  })
})

describe('MountainCar', () => {
  it('is stopped dead by the left wall', () => {
    const state = Float64Array.of(-1.19, -0.06)
    stepMountainCar(state, 0, state)
    expect(state).toEqual(Float64Array.of(-1.2, 0))
    const single = Float64Array.of(-1.19, -0.06, 1, 0)
    stepContinuousCar(single, Float32Array.of(-1), 0, single)
    expect([...single.subarray(0, 2)]).toEqual([Math.fround(-1.2), 0])
  })

  it('never passes its limits of place and speed', () => {
    fc.assert(
      fc.property(fc.double({ min: -1.2, max: 0.6, noNaN: true }), fc.double({ min: -0.07, max: 0.07, noNaN: true }), (position, velocity) => {
        const state = Float64Array.of(position, velocity)
        for (let i = 0; i < 40; i++) stepMountainCar(state, velocity < 0 ? 0 : 2, state)
        expect(state[0]).toBeGreaterThanOrEqual(-1.2)
        expect(state[0]).toBeLessThanOrEqual(0.6)
        expect(Math.abs(state[1])).toBeLessThanOrEqual(0.07)
      }),
    )
  })
})

describe('Pendulum', () => {
  it('stays where it hangs, and where it stands', () => {
    for (const [place, tolerance] of [
      // sin(pi) is 1.2e-16 in double precision: hanging, the rounding swings; standing, 0 stays 0.
      [Math.PI, 1e-14],
      [0, 0],
    ] as const) {
      const state = Float64Array.of(place, 0, 0, 0)
      for (let i = 0; i < 200; i++) stepPendulum(state, Float32Array.of(0), 10, state)
      expect(Math.abs(state[0] - place)).toBeLessThanOrEqual(tolerance)
    }
  })

  it('holds torque and speed within their limits', () => {
    const strong = Float64Array.of(1, 0, 0, 0)
    const held = Float64Array.of(1, 0, 0, 0)
    stepPendulum(strong, Float32Array.of(50), 10, strong)
    stepPendulum(held, Float32Array.of(2), 10, held)
    expect(strong).toEqual(held)
    for (let i = 0; i < 400; i++) {
      stepPendulum(strong, Float32Array.of(strong[1] >= 0 ? 2 : -2), 10, strong)
      expect(Math.abs(strong[1])).toBeLessThanOrEqual(MAX_RATE)
    }
  })

  it('rewards by the angle within a turn', () => {
    fc.assert(
      fc.property(angle, fc.integer({ min: -50, max: 50 }), (place, turns) => {
        // The turns are subtracted in double precision: 50 turns carry an error of 314 * 2^-52.
        expect(Math.abs(wrapAngle(place + 2 * Math.PI * turns) - place)).toBeLessThan(1e-12)
      }),
    )
    const rewardOf = (place: number, rate: number, torque: number): number => {
      const state = Float64Array.of(place, rate, 0, 0)
      stepPendulum(state, Float32Array.of(torque), 10, state)
      return state[REWARD]
    }
    expect(rewardOf(0, 0, 0)).toBeCloseTo(0, 15)
    // The lowest reward, as Gymnasium's documentation has it: -16.2736044
    expect(rewardOf(Math.PI, 8, 2)).toBeCloseTo(-16.2736044, 6)
  })
})

/** Kinetic and potential energy (J) of the two links of 1 kg and 1 m, with moments of inertia of 1 kg m^2. */
const acrobotEnergy = ([upper, lower, upperRate, lowerRate]: Float64Array): number => {
  const rate = upperRate + lowerRate
  // (m lc^2 + I + m l^2) a'^2 / 2 + (m lc^2 + I) (a' + b')^2 / 2 + m l lc a' (a' + b') cos b
  const kinetic = (2.25 * upperRate ** 2) / 2 + (1.25 * rate ** 2) / 2 + 0.5 * upperRate * rate * Math.cos(lower)
  // -(m lc + m l) g cos a - m lc g cos(a + b)
  return kinetic - 9.8 * (1.5 * Math.cos(upper) + 0.5 * Math.cos(upper + lower))
}

describe('Acrobot', () => {
  const start = fc.tuple(small, small, small, small)

  it("keeps its energy without torque under the book's equations", () => {
    const solver = new RungeKutta4(4, acrobotMotion.book)
    fc.assert(
      fc.property(start, (numbers) => {
        const state = Float64Array.from(numbers)
        const before = acrobotEnergy(state)
        for (let i = 0; i < 100; i++) stepAcrobot(solver, state, 0, state)
        // The swing has w = 3 rad/s at most: Runge and Kutta's energy loss is (w h)^6 / 72 = 0.0006 of itself a step, 6 % in 100.
        const swing = before - acrobotEnergy(new Float64Array(4))
        expect(Math.abs(acrobotEnergy(state) - before)).toBeLessThan(0.06 * swing + 1e-12)
      }),
    )
  })

  it('keeps it to the sixth power of a shorter step, for swings of any size', () => {
    const solver = new RungeKutta4(4, acrobotMotion.book)
    fc.assert(
      fc.property(angle, angle, (upper, lower) => {
        const state = Float64Array.of(upper, lower, 1, -1)
        const before = acrobotEnergy(state)
        for (let i = 0; i < 2000; i++) solver.step(state, 0, 0.001, state)
        expect(Math.abs(acrobotEnergy(state) - before)).toBeLessThan(1e-9)
      }),
      { numRuns: 20 },
    )
  })

  it('gains the work of the torque: torque times the turning of the elbow', () => {
    const solver = new RungeKutta4(4, acrobotMotion.book)
    const state = Float64Array.of(0.3, -0.2, 0.1, 0.4)
    const before = acrobotEnergy(state)
    const [, elbow] = state
    for (let i = 0; i < 1000; i++) solver.step(state, 0.7, 0.001, state)
    expect(acrobotEnergy(state) - before).toBeCloseTo(0.7 * (state[1] - elbow), 9)
  })

  it('hangs still, to rounding', () => {
    const solver = new RungeKutta4(4, acrobotMotion.book)
    const state = new Float64Array(4)
    for (let i = 0; i < 200; i++) stepAcrobot(solver, state, 0, state)
    // cos(pi / 2) is 6e-17 in double precision.
    expect(Math.max(...state.map(Math.abs))).toBeLessThan(1e-14)
  })
})
