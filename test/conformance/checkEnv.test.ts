/** Every rule of the checker fires on an environment that breaks it, and on no good one. */
import { describe, expect, it } from 'vitest'
import { assertEnv, checkEnv, checkRules, toAsync, type CheckRule } from '../../src/env/index.js'
import { Box } from '../../src/spaces/index.js'
import { WalkEnv } from './walkEnv.js'

/** Replaces a property or method, whatever its type says: broken environments come from plain JavaScript. */
const put = (target: object, name: PropertyKey, value: unknown): void => {
  Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

type AnyMethod = (...args: unknown[]) => unknown
/** Replaces a method by one that gets the original. */
const wrap = (target: object, name: string, change: (original: AnyMethod) => AnyMethod): void => {
  const original: unknown = Reflect.get(target, name)
  if (typeof original !== 'function') throw new TypeError(name)
  put(target, name, change((...args) => Reflect.apply(original, target, args)))
}
/** Changes what every step returns. `n` counts the steps of the episode. */
const changeStep = (env: WalkEnv, change: (result: object, n: number) => unknown): void => {
  let n = 0
  wrap(env, 'reset', (reset) => (...args) => {
    n = 0
    return reset(...args)
  })
  wrap(env, 'step', (step) => (...args) => change(Object(step(...args)), ++n))
}
const changeReset = (env: WalkEnv, change: (result: object) => unknown): void =>
  wrap(env, 'reset', (reset) => (...args) => change(Object(reset(...args))))

let shared = 0

const breaks: Record<CheckRule, (env: WalkEnv) => void> = {
  'env/interface': (env) => put(env, 'sampleAction', undefined),
  'env/throws': (env) => put(env, 'render', () => { throw new Error('no display') }),
  'space/missing': (env) => put(env, 'actionSpace', undefined),
  'space/box-shape': (env) => put(env.observationSpace, 'shape', [2]),
  'space/box-empty': (env) => put(env, 'observationSpace', new Box({ low: [-10, 3], high: [10, 3] })),
  'space/empty': (env) => put(env.actionSpace, 'n', 0),
  'space/unbounded': (env) => put(env, 'observationSpace', new Box({ low: -Infinity, high: Infinity, shape: [1] })),
  'space/action-scale': (env) => put(env, 'actionSpace', new Box({ low: -5, high: 5, shape: [1] })),
  'space/sample-contains': (env) => put(env.observationSpace, 'sample', () => new Float32Array([99])),
  'reset/shape': (env) => changeReset(env, (result) => Reflect.get(result, 'observation')),
  'reset/seed': (env) => changeReset(env, (result) => ({ ...result, info: {} })),
  'reset/in-space': (env) => changeReset(env, (result) => ({ ...result, observation: new Float32Array([NaN]) })),
  'step/shape': (env) => changeStep(env, (result) => Object.values(result)),
  'step/in-space': (env) => changeStep(env, (result) => ({ ...result, observation: new Float32Array([11]) })),
  'step/reward-finite': (env) => changeStep(env, (result) => ({ ...result, reward: NaN })),
  'step/flags': (env) => changeStep(env, (result) => ({ ...result, truncated: undefined })),
  'step/early-end': (env) => changeStep(env, (result) => ({ ...result, truncated: true, info: { endReason: 'timeLimit' } })),
  'step/before-reset': (env) => wrap(env, 'step', (step) => (action) => {
    try {
      return step(action)
    } catch {
      return { observation: new Float32Array(1), reward: 0, terminated: true, truncated: false, info: { endReason: 'goal' } }
    }
  }),
  'step/after-end': (env) => {
    let last: unknown
    wrap(env, 'step', (step) => (action) => {
      try {
        return (last = step(action))
      } catch (error) {
        if (last === undefined) throw error
        return last
      }
    })
  },
  'flags/not-both': (env) => changeStep(env, (result) => ({ ...result, truncated: Reflect.get(result, 'terminated') })),
  'info/json': (env) => changeStep(env, (result) => ({ ...result, info: { spikes: new Float32Array(2) } })),
  'info/end-reason': (env) => changeStep(env, (result) => ({ ...result, info: {} })),
  'alias/observation': (env) => {
    const buffer = new Float32Array(1)
    const reuse = (result: object): object => {
      const observation: unknown = Reflect.get(result, 'observation')
      if (observation instanceof Float32Array) buffer.set(observation)
      return { ...result, observation: buffer }
    }
    changeStep(env, reuse)
    changeReset(env, reuse)
  },
  'seed/reset-repeat': (env) => changeReset(env, (result) => ({ ...result, observation: new Float32Array([(shared += 0.001)]) })),
  'seed/step-repeat': (env) => changeStep(env, (result) => ({ ...result, reward: (shared += 0.001) })),
  'seed/continuation': (env) => wrap(env, 'reset', (reset) => (options) => {
    const result = Object(reset(options))
    const seed: unknown = Reflect.get(Object(options), 'seed')
    return seed === undefined ? { ...result, info: { seed: Math.round((shared += 1)) } } : result
  }),
  'seed/independent': (env) => {
    // One generator behind all instances, seeded by whoever resets.
    changeReset(env, (result) => {
      shared = 0
      return result
    })
    changeStep(env, (result) => ({ ...result, reward: (shared += 1) }))
  },
  'render/metadata': (env) => put(env, 'metadata', { renderModes: ['ansi'], renderFps: 0 }),
  'render/frame': (env) => put(env, 'render', () => ({ width: 2, height: 2, data: new Uint8ClampedArray(3) })),
  'render/each-mode': (env) => put(env, 'metadata', { renderModes: ['ansi', 'rgb_array'], renderFps: 10 }),
  'close/idempotent': (env) => {
    let closes = 0
    wrap(env, 'close', (close) => () => {
      if (++closes === 2) throw new Error('closed already')
      return close()
    })
  },
  'close/after': (env) => put(env, 'close', () => undefined),
  'sync/never-promise': (env) => wrap(env, 'step', (step) => async (action) => step(action)),
  'spec/roundtrip': (env) => put(env, 'spec', { ...env.spec, options: { length: 3 } }),
  'spec/registered': (env) => put(env, 'spec', { ...env.spec, id: 'Nowhere-v0' }),
  'state/save-load': (env) => {
    put(env, 'save', () => ({}))
    put(env, 'load', () => env.reset({ seed: 9 }))
  },
}

describe('checkEnv', () => {
  it('finds nothing in an environment that keeps the contract, synchronous or not', async () => {
    expect(await checkEnv(() => new WalkEnv())).toEqual([])
    expect(await checkEnv(() => toAsync(new WalkEnv({ renderMode: 'ansi' }, { maxEpisodeSteps: 3 })))).toEqual([])
  })

  it.each(Object.entries(breaks))('%s fires on an environment that breaks it', async (rule, breakIt) => {
    shared = 0
    const findings = await checkEnv(() => {
      const env = new WalkEnv()
      breakIt(env)
      return env
    })
    expect(findings.map((finding) => finding.rule)).toContain(rule)
    for (const finding of findings) expect(finding.level).toBe(checkRules[finding.rule].level)
  })

  it('says nothing about seeds where the spec declares the environment nondeterministic', async () => {
    const findings = await checkEnv(() => {
      const env = new WalkEnv({}, { nondeterministic: true })
      breaks['seed/step-repeat'](env)
      return env
    })
    expect(findings).toEqual([])
  })

  it('closes every instance it made', async () => {
    const made: WalkEnv[] = []
    await checkEnv(() => {
      const env = new WalkEnv()
      made.push(env)
      return env
    })
    for (const env of made) expect(() => env.reset()).toThrow(expect.objectContaining({ code: 'env/closed' }))
  })
})

describe('assertEnv', () => {
  it('throws one error that lists what is broken', async () => {
    const broken = assertEnv(() => {
      const env = new WalkEnv()
      breaks['step/reward-finite'](env)
      return env
    })
    await expect(broken).rejects.toMatchObject({ code: 'env/check', message: expect.stringMatching(/Walk-v0[\s\S]*step\/reward-finite/) })
  })

  it('lets warnings pass', async () => {
    await assertEnv(() => {
      const env = new WalkEnv()
      breaks['spec/registered'](env)
      return env
    })
  })
})
