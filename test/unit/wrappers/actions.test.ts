/** What the action wrappers do to an action. */
import { describe, expect, it } from 'vitest'
import { BaseEnv, make, wrap, type AnyEnv, type EnvSpec, type Info, type StepResult } from '../../../src/env/index.js'
import { Box, Discrete, MultiDiscrete, Text, type DType, type DTypes, type Member, type Space } from '../../../src/spaces/index.js'
import { clipAction, discretizeAction, named, repeatAction, rescaleAction } from '../../../src/wrappers/index.js'
import { stickyAction, transformAction } from '../../../src/wrappers/index.js'
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { CountingEnv } from './countingEnv.js'
import { errorCode } from './errorCode.js'

/** Keeps the actions that reach it. */
class Ear<AS extends Space> extends BaseEnv<Discrete, AS> {
  readonly heard: unknown[] = []

  constructor(actionSpace: AS) {
    super({ spec: { id: 'Ear-v0', options: {} }, observationSpace: new Discrete<number>({ n: 1 }), actionSpace })
  }

  protected onReset(): { observation: number; info: Info } {
    return { observation: 0, info: {} }
  }

  protected onStep(action: Member<AS>): StepResult<number> {
    this.heard.push(structuredClone(action))
    return { observation: 0, reward: 1, terminated: false, truncated: false, info: {} }
  }
}

const box = <D extends DType = 'float32'>(low: number[], high: number[], dtype?: D): Box<D> =>
  new Box({ low, high, ...(dtype === undefined ? {} : { dtype }) })

describe('transformAction', () => {
  it('gives the environment what the function makes of an action of the new space', async () => {
    const ear = new Ear(new Discrete({ n: 3 }))
    const env = wrap(ear, transformAction({ transform: (word) => word.length, actionSpace: new Text({ maxLength: 4, minLength: 0 }) }))
    env.reset({ seed: 1 })
    env.step('ab')
    env.step('')
    expect(ear.heard).toEqual([2, 0])
    // the function made an action that there is not: the wrapper is to blame
    expect(await errorCode(() => env.step('abc'))).toBe('env/wrapper-action')
    expect(await errorCode(() => env.step('abcde'))).toBe('env/action')
  })

  it('cannot be rebuilt with a function that has no name', async () => {
    const { spec } = wrap(new CartPoleEnv(), transformAction({ transform: (action: number) => action }))
    await expect(make(spec)).rejects.toMatchObject({ code: 'wrapper/function' })
    const spoken: EnvSpec = wrap(new CartPoleEnv(), transformAction({ transform: named('test/same', (action: number) => action) })).spec
    expect((await make(spoken)).spec).toEqual(spoken)
  })
})

describe('clipAction', () => {
  it('takes any number and holds it within the bounds', async () => {
    const ear = new Ear(box([-1, 0], [1, 5]))
    const env = wrap(ear, clipAction())
    env.reset({ seed: 1 })
    env.step(Float32Array.of(-7, Infinity))
    env.step(Float32Array.of(0.25, 3))
    expect(ear.heard).toEqual([Float32Array.of(-1, 5), Float32Array.of(0.25, 3)])
    expect(env.actionSpace.equals(new Box({ low: -Infinity, high: Infinity, shape: [2] }))).toBe(true)
    expect(await errorCode(() => env.step(Float32Array.of(NaN, 0)))).toBe('env/action')
  })

  it('takes every whole number of the type where actions are whole', () => {
    const ear = new Ear(box([-1], [1], 'int8'))
    const env = wrap(ear, clipAction())
    env.reset({ seed: 1 })
    env.step(Int8Array.of(-128))
    env.step(Int8Array.of(127))
    expect(ear.heard).toEqual([Int8Array.of(-1), Int8Array.of(1)])
  })
})

describe('rescaleAction', () => {
  it('maps the new bounds onto the old ones', () => {
    const ear = new Ear(box([-1, 0], [1, 9]))
    const env = wrap(ear, rescaleAction({ min: 0, max: [10, 20] }))
    env.reset({ seed: 1 })
    for (const action of [[0, 0], [10, 20], [2.5, 15]]) env.step(Float32Array.from(action))
    // By hand: -1 + 2.5 * 2 / 10, 15 * 9 / 20.
    expect(ear.heard).toEqual([Float32Array.of(-1, 0), Float32Array.of(1, 9), Float32Array.of(-0.5, 6.75)])
  })

  it('never leaves the bounds by rounding', () => {
    const ear = new Ear(box([-0.1], [0.3]))
    const env = wrap(ear, rescaleAction({ min: -1 / 3, max: 0.7 }))
    env.reset({ seed: 1 })
    for (const bound of [env.actionSpace.low, env.actionSpace.high]) env.step(bound)
    for (let i = 0; i < 100; i++) env.step(env.sampleAction())
    expect(ear.heard.slice(0, 2)).toEqual([Float32Array.of(-0.1), Float32Array.of(0.3)])
  })
})

describe('discretizeAction', () => {
  const middles = [[-0.5, 1.5], [-0.5, 4.5], [-0.5, 7.5], [0.5, 1.5], [0.5, 4.5], [0.5, 7.5]]

  it('numbers the middles of the bins, the last element fastest, as Gymnasium does', () => {
    // Gymnasium 1.4: DiscretizeAction over Box([-1, 0], [1, 9]) with bins (2, 3), action(0) to action(5).
    const ear = new Ear(box([-1, 0], [1, 9]))
    const env = wrap(ear, discretizeAction({ bins: [2, 3] }))
    expect(env.actionSpace.equals(new Discrete({ n: 6 }))).toBe(true)
    env.reset({ seed: 1 })
    for (let choice = 0; choice < 6; choice++) env.step(choice)
    expect(ear.heard).toEqual(middles.map((action) => Float32Array.from(action)))
  })

  it('takes one choice an element where asked to', () => {
    const ear = new Ear(box([-1, 0], [1, 9]))
    const env = wrap(ear, discretizeAction({ bins: [2, 3], multidiscrete: true }))
    expect(env.actionSpace.equals(new MultiDiscrete({ nvec: [2, 3] }))).toBe(true)
    env.reset({ seed: 1 })
    for (let choice = 0; choice < 6; choice++) env.step(Int32Array.of(Math.floor(choice / 3), choice % 3))
    expect(ear.heard).toEqual(middles.map((action) => Float32Array.from(action)))
  })
})

describe('wrappers of continuous actions', () => {
  const wrapLoosely = (env: AnyEnv, wrapper: unknown): AnyEnv => wrap(env as never, wrapper as never)

  it('refuse other actions when they are put on', async () => {
    for (const wrapper of [clipAction(), rescaleAction({ min: -1, max: 1 }), discretizeAction({ bins: 2 })]) {
      expect(await errorCode(() => wrapLoosely(new CountingEnv(), wrapper))).toBe('env/wrapper-space')
    }
    for (const wrapper of [rescaleAction({ min: -1, max: 1 }), discretizeAction({ bins: 2 })]) {
      expect(await errorCode(() => wrapLoosely(new Ear(box([0], [Infinity])), wrapper))).toBe('env/wrapper-space')
      expect(await errorCode(() => wrapLoosely(new Ear(box([0], [9], 'uint8')), wrapper))).toBe('env/wrapper-space')
    }
  })
})

describe('stickyAction', () => {
  const actions = Array.from({ length: 400 }, (_, i) => i)
  const hear = (options: Parameters<typeof stickyAction>[0], seed: number): number[] => {
    const ear = new Ear(new Discrete<number>({ n: actions.length }))
    const env = wrap(ear, stickyAction(options))
    env.reset({ seed })
    for (const action of actions) env.step(action)
    return ear.heard.map(Number)
  }
  /** Lengths of the series in which the action before was repeated. */
  const series = (heard: readonly number[]): number[] => {
    const lengths: number[] = []
    heard.forEach((action, i) => {
      if (action === actions[i]) return
      if (heard[i - 1] === actions[i - 1]) lengths.push(0)
      lengths[lengths.length - 1]++
    })
    return lengths
  }

  it('repeats the action before as often as it says, and the same ones for the same seed', () => {
    const shares = [1, 2, 3, 4, 5].map((seed) => hear({ repeatProbability: 0.25 }, seed).filter((action, i) => action !== i).length / 400)
    // 5 * 399 draws: a standard deviation of 0.0097 around 0.25; five of them.
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) / 5 - 0.25)).toBeLessThan(0.05)
    expect(hear({ repeatProbability: 0.25 }, 3)).toEqual(hear({ repeatProbability: 0.25 }, 3))
    expect(hear({ repeatProbability: 0.25 }, 3)).not.toEqual(hear({ repeatProbability: 0.25 }, 4))
    expect(hear({ repeatProbability: 0 }, 3)).toEqual(actions)
    expect(hear({ repeatProbability: 1 }, 3)).toEqual(actions.map(() => 0))
  })

  it('repeats for as many steps as it says', () => {
    // Two series may follow each other directly, so lengths are multiples.
    expect(series(hear({ repeatProbability: 0.1, repeatDuration: 3 }, 1)).filter((length) => length % 3 !== 0).slice(0, -1)).toEqual([])
    const drawn = [1, 2, 3, 4, 5].flatMap((seed) => series(hear({ repeatProbability: 0.02, repeatDuration: [2, 4] }, seed)).slice(0, -1))
    expect(drawn).not.toContain(1)
    expect(drawn).toEqual(expect.arrayContaining([2, 3, 4]))
  })

  it('remembers the action, not the array it came in, and begins each episode anew', () => {
    const ear = new Ear(box([0], [100]))
    const env = wrap(ear, stickyAction({ repeatProbability: 1 }))
    const action: DTypes['float32'] = new Float32Array(1)
    for (const first of [5, 7]) {
      env.reset({ seed: 1 })
      for (const value of [first, 9]) {
        action[0] = value
        env.step(action)
      }
    }
    expect(ear.heard).toEqual([5, 5, 7, 7].map((value) => Float32Array.of(value)))
  })
})

describe('repeatAction', () => {
  it('adds up the rewards of as many steps, and ends with the episode', () => {
    const env = wrap(new CountingEnv(7), repeatAction({ times: 3 }))
    env.reset({ seed: 1 })
    const steps = [env.step(0), env.step(0), env.step(0)]
    const shown = steps.map(({ observation, reward, terminated }) => [observation[0], reward, terminated])
    expect(shown).toEqual([[3, 3, false], [6, 3, false], [7, 1, true]])
    env.reset()
    expect(env.step(0).reward).toBe(3)
  })
})
