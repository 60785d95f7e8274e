/** What the five environments share, and what each has of its own. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classicControlIds, CartPoleEnv, MountainCarEnv, PendulumEnv } from '../../../envs/classic-control/index.js'
import { make } from '../../../src/env/index.js'
import { build, type ClassicId } from './anyEnv.js'

const withCode = (code: string) => expect.objectContaining({ code })
const f32 = Math.fround
const ANGLE_LIMIT = (12 * Math.PI) / 180

describe('spaces', () => {
  // The bounds of Gymnasium 1.4.0.
  it.each<[ClassicId, number[], object]>([
    ['CartPole-v1', [4.8, Infinity, 2 * ANGLE_LIMIT, Infinity], { kind: 'Discrete', n: 2 }],
    ['Pendulum-v1', [1, 1, 8], { kind: 'Box', low: -2, high: 2, shape: [1], dtype: 'float32' }],
    ['Acrobot-v1', [1, 1, 1, 1, 4 * Math.PI, 9 * Math.PI], { kind: 'Discrete', n: 3 }],
  ])('%s', (id, highest, action) => {
    const { observationSpace, actionSpace } = build(id)
    expect([...observationSpace.high]).toEqual(highest.map(f32))
    expect([...observationSpace.low]).toEqual(highest.map((bound) => -f32(bound)))
    expect(actionSpace.toJSON()).toMatchObject(action)
  })

  it.each(['MountainCar-v0', 'MountainCarContinuous-v0'] as const)('%s', (id) => {
    const { observationSpace } = build(id)
    expect([...observationSpace.low, ...observationSpace.high]).toEqual([-1.2, -0.07, 0.6, 0.07].map(f32))
  })
})

describe('make', () => {
  // The registrations of Gymnasium 1.4.0.
  it.each<[ClassicId, number, number | undefined]>([
    ['CartPole-v1', 500, 475],
    ['MountainCar-v0', 200, -110],
    ['MountainCarContinuous-v0', 999, 90],
    ['Pendulum-v1', 200, undefined],
    ['Acrobot-v1', 500, -100],
  ])('%s has a time limit of %i steps and a reward threshold of %s', async (id, limit, threshold) => {
    const { spec } = await make(id)
    expect([spec.maxEpisodeSteps, spec.rewardThreshold]).toEqual([limit, threshold])
  })

  it.each(classicControlIds)('%s is cut off at the limit it is given', (id) => {
    const env = build(id, {}, { maxEpisodeSteps: 3 })
    env.reset({ seed: 1 })
    const action = env.actionSpace.contains(1) ? 1 : Float32Array.of(0)
    const steps = [env.step(action), env.step(action), env.step(action)]
    expect(steps.map(({ truncated }) => truncated)).toEqual([false, false, true])
    expect(steps[2]).toMatchObject({ terminated: false, info: { endReason: 'timeLimit' } })
    expect(() => env.step(action)).toThrow(withCode('env/over'))
  })
})

describe('actions', () => {
  it.each<[ClassicId, unknown[]]>([
    ['CartPole-v1', [2, -1, 0.5, NaN, '1', null, Float32Array.of(1)]],
    ['MountainCar-v0', [3, -1, NaN, undefined]],
    ['MountainCarContinuous-v0', [0, [0], Float64Array.of(0), Float32Array.of(1.01), Float32Array.of(NaN), new Float32Array(2)]],
    ['Pendulum-v1', [1, Float32Array.of(2.01), Float32Array.of(-Infinity), Float32Array.of(NaN)]],
    ['Acrobot-v1', [3, 1.5, NaN, true]],
  ])('%s refuses those outside its space and goes on', (id, actions) => {
    const env = build(id)
    env.reset({ seed: 1 })
    const before = env.save()
    for (const action of actions) {
      expect(() => Reflect.apply(env.step.bind(env), undefined, [action])).toThrow(withCode('env/action'))
    }
    expect(env.save()).toEqual(before)
  })
})

describe('options', () => {
  it.each<[ClassicId, object, string]>([
    ['CartPole-v1', { suttonBartoReward: 1 }, 'parameter/invalid'],
    ['CartPole-v1', { sutton_barto_reward: true }, 'parameter/unknown'],
    ['MountainCar-v0', { goalVelocity: -0.01 }, 'parameter/invalid'],
    ['MountainCarContinuous-v0', { goalVelocity: 0.08 }, 'parameter/invalid'],
    ['Pendulum-v1', { g: NaN }, 'parameter/invalid'],
    ['Pendulum-v1', { g: -1 }, 'parameter/invalid'],
    ['Acrobot-v1', { dynamics: 'paper' }, 'parameter/invalid'],
    ['Acrobot-v1', { torqueNoise: -1 }, 'parameter/invalid'],
    ['Acrobot-v1', { renderMode: 'human' }, 'parameter/invalid'],
  ])('%s refuses %j', (id, options, code) => {
    expect(() => build(id, options)).toThrow(withCode(code))
  })

  it('rewards as in 1983 with suttonBartoReward', () => {
    const env = new CartPoleEnv({ suttonBartoReward: true })
    env.reset({ options: { state: [0, 0, 0.19, 0.5] } })
    expect(env.step(0)).toMatchObject({ reward: 0, terminated: false })
    expect(env.step(0)).toMatchObject({ reward: -1, terminated: true, info: { endReason: 'lost' } })
  })

  it('changes the torque of the acrobot by noise from the episode seed', () => {
    const stateAfter = (torqueNoise: number, seed: number) => {
      const env = build('Acrobot-v1', { torqueNoise })
      env.reset({ seed, options: { state: [0, 0, 0, 0] } })
      env.step(1)
      return env.save().state
    }
    expect(stateAfter(0, 1)).toEqual(stateAfter(0, 2))
    expect(stateAfter(0.5, 1)).toEqual(stateAfter(0.5, 1))
    expect(stateAfter(0.5, 1)).not.toEqual(stateAfter(0.5, 2))
    expect(stateAfter(0.5, 1)).not.toEqual(stateAfter(0, 1))
  })
})

describe('starts', () => {
  it.each<[ClassicId, number[], number[]]>([
    ['CartPole-v1', Array<number>(4).fill(-0.05), Array<number>(4).fill(0.05)],
    ['MountainCar-v0', [-0.6, 0], [-0.4, 0]],
    ['MountainCarContinuous-v0', [-0.6, 0, 0, 0], [-0.4, 0, 0, 0]],
    ['Pendulum-v1', [-Math.PI, -1, 0, 0], [Math.PI, 1, 0, 0]],
    ['Acrobot-v1', Array<number>(4).fill(-0.1), Array<number>(4).fill(0.1)],
  ])('%s fills its range', (id, low, high) => {
    const env = build(id)
    const starts = Array.from({ length: 400 }, (_, seed) => {
      env.reset({ seed })
      return env.save().state
    })
    low.forEach((bound, k) => {
      const values = starts.map((state) => state[k])
      const width = high[k] - bound
      // A fifth of the range stays empty in 400 draws with a chance of 0.8^400 = 1e-39.
      expect(Math.min(...values)).toBeGreaterThanOrEqual(bound)
      expect(Math.min(...values)).toBeLessThanOrEqual(bound + width / 5)
      expect(Math.max(...values)).toBeLessThanOrEqual(high[k])
      expect(Math.max(...values)).toBeGreaterThanOrEqual(high[k] - width / 5)
    })
  })

  it('take a range or an exact state from the options of a reset, for that episode only', () => {
    const cart = new CartPoleEnv()
    cart.reset({ seed: 1, options: { low: 0.1, high: 0.2 } })
    expect(cart.save().state.every((x) => x >= 0.1 && x <= 0.2)).toBe(true)
    const { observation } = cart.reset({ options: { state: [1, 2, 0.3, 4] } })
    expect(observation).toEqual(Float32Array.of(1, 2, 0.3, 4))
    cart.reset()
    expect(cart.save().state.every((x) => Math.abs(x) <= 0.05)).toBe(true)

    const car = new MountainCarEnv()
    car.reset({ seed: 1, options: { low: 0.1, high: 0.1 } })
    expect(car.save().state).toEqual([0.1, 0])

    const pendulum = new PendulumEnv()
    pendulum.reset({ seed: 1, options: { xInit: 0, yInit: 0 } })
    expect(pendulum.save().state.map(Math.abs)).toEqual([0, 0, 0, 0])
    // As in Gymnasium one of the two alone keeps the other's default.
    pendulum.reset({ seed: 1, options: { xInit: 0 } })
    expect(pendulum.save().state[1]).not.toBe(0)
  })

  it.each<[ClassicId, Record<string, unknown>, string]>([
    ['CartPole-v1', { low: 0.1, high: -0.1 }, 'parameter/invalid'],
    ['CartPole-v1', { low: 0.06 }, 'parameter/invalid'],
    ['CartPole-v1', { low: NaN }, 'parameter/invalid'],
    ['CartPole-v1', { high: '0.1' }, 'parameter/invalid'],
    ['CartPole-v1', { hihg: 0.1 }, 'parameter/unknown'],
    ['CartPole-v1', { high: 1 }, 'parameter/invalid'],
    ['CartPole-v1', { state: [0, 0, 0] }, 'parameter/invalid'],
    ['CartPole-v1', { state: [0, 0, 0, Infinity] }, 'parameter/invalid'],
    ['CartPole-v1', { state: [5, 0, 0, 0] }, 'parameter/invalid'],
    ['MountainCar-v0', { low: -1.3 }, 'parameter/invalid'],
    ['MountainCar-v0', { state: [0, 0.08] }, 'parameter/invalid'],
    ['MountainCarContinuous-v0', { state: [0, 0, 0] }, 'parameter/invalid'],
    ['Pendulum-v1', { xInit: -1 }, 'parameter/invalid'],
    ['Pendulum-v1', { yInit: 9 }, 'parameter/invalid'],
    ['Pendulum-v1', { low: 0 }, 'parameter/unknown'],
    ['Acrobot-v1', { state: [0, 0, 13, 0] }, 'parameter/invalid'],
  ])('%s refuses %j', (id, options, code) => {
    const env = build(id)
    expect(() => env.reset({ seed: 1, options })).toThrow(withCode(code))
  })
})

describe.each(classicControlIds)('%s', (id) => {
  it('follows exactly from a state that was saved and went through JSON, in another instance', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 60 }), (seed, before) => {
        const settings = { maxEpisodeSteps: 80 }
        const env = build(id, {}, settings)
        env.reset({ seed })
        let over = false
        for (let i = 0; i < before && !over; i++) over = env.step(env.sampleAction()).terminated
        const other = build(id, {}, settings)
        other.load(JSON.parse(JSON.stringify(env.save())))
        const follow = (played: typeof env): unknown[] => {
          const seen: unknown[] = over ? [played.reset()] : []
          for (let i = 0; i < 10; i++) {
            const step = played.step(played.sampleAction())
            seen.push(step)
            if (step.terminated) break
          }
          return [...seen, played.reset(), played.save()]
        }
        expect(follow(other)).toEqual(follow(env))
      }),
      { numRuns: 20 },
    )
  })

  it('refuses a start too large to be observed', () => {
    const start = [0, 1e39, 0, 1e39].slice(0, id === 'CartPole-v1' || id === 'Acrobot-v1' ? 4 : 2)
    expect(() => build(id).reset({ options: { state: start } })).toThrow(withCode('parameter/invalid'))
  })

  it('refuses to load what is no state of its own', () => {
    const env = build(id)
    env.reset({ seed: 1 })
    const saved = env.save()
    const { state } = saved
    const bad = [undefined, null, 'x', {}, { ...saved, state: [] }, { ...saved, state: [...state, 0] }, { ...saved, more: 1 }]
    const outside = { ...saved, state: state.map(() => 1e6) }
    const notFinite = { ...saved, state: state.map(() => NaN) }
    for (const each of [...bad, notFinite, outside]) expect(() => env.load(each)).toThrow(withCode('env/state'))
    expect(env.save()).toEqual(saved)
  })

  it('gives the same steps with reused buffers, in one array and one object', () => {
    const fresh = build(id)
    const reusing = build(id, { reuseBuffers: true })
    const { observation } = reusing.reset({ seed: 5 })
    expect(observation).toEqual(fresh.reset({ seed: 5 }).observation)
    const results = new Set<unknown>()
    for (let i = 0; i < 60; i++) {
      const action = fresh.sampleAction()
      const step = reusing.step(action)
      expect(step).toEqual(fresh.step(action))
      expect(step.observation).toBe(observation)
      if (step.terminated) break
      results.add(step)
    }
    expect(results.size).toBe(1)
  })

  it('tells of nothing in the info of a step within an episode', () => {
    const env = build(id)
    env.reset({ seed: 2 })
    expect(env.step(env.sampleAction()).info).toEqual({})
  })
})
