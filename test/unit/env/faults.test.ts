/** What happens when something goes wrong half-way: a hook throws, calls overlap, a close comes in between, a state does not fit. */
import { describe, expect, it } from 'vitest'
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { BaseAsyncEnv, make, Picture, rngJSON, toAsync, wrap, type AnyHooks, type EnvShape } from '../../../src/env/index.js'
import { applyWrappers } from '../../../src/env/wrapperRegistry.js'
import { Discrete } from '../../../src/spaces/index.js'
import { clipReward, repeatAction, timeLimit } from '../../../src/wrappers/index.js'

const code = (expected: string) => expect.objectContaining({ code: expected })

/** Throws out of one hook, when it is told to. */
const trap = (hook: 'onReset' | 'onObservation' | 'onStep' | 'load') => {
  const armed = { now: false }
  const spring = (): void => {
    if (armed.now) throw new RangeError('the hook threw')
  }
  const hooks: AnyHooks = { wrapper: { name: 'Trap', options: {} }, save: () => 1, load: () => undefined }
  return {
    armed,
    wrapper: (_env: EnvShape): AnyHooks => ({
      ...hooks,
      [hook]: (given: unknown) => {
        spring()
        return given
      },
    }),
  }
}

describe('a wrapper that throws', () => {
  it.each(['onReset', 'onObservation'] as const)('in %s of a reset leaves no episode to step by mistake', (hook) => {
    const { armed, wrapper } = trap(hook)
    const env = wrap(wrap(new CartPoleEnv(), timeLimit({ maxEpisodeSteps: 3 })), wrapper)
    env.reset({ seed: 1 })
    env.step(0)
    armed.now = true
    expect(() => env.reset({ seed: 2 })).toThrow('the hook threw')
    armed.now = false
    expect(() => env.step(0)).toThrow(code('env/over'))
    env.reset({ seed: 2 })
    expect([env.step(0).truncated, env.step(0).truncated, env.step(0).truncated]).toEqual([false, false, true])
  })

  it.each(['onObservation', 'onStep'] as const)('in %s of a step ends the episode, as its result is lost', async (hook) => {
    const { armed, wrapper } = trap(hook)
    for (const env of [wrap(new CartPoleEnv(), wrapper), wrap(toAsync(new CartPoleEnv()), wrapper)]) {
      await env.reset({ seed: 1 })
      armed.now = true
      await expect((async () => env.step(0))()).rejects.toThrow('the hook threw')
      armed.now = false
      await expect((async () => env.step(0))()).rejects.toThrow(code('env/over'))
      await env.reset({ seed: 1 })
      expect((await env.step(0)).reward).toBe(1)
    }
  })

  it('leaves an episode alone whose next reset is refused', () => {
    const env = wrap(new CartPoleEnv(), timeLimit({ maxEpisodeSteps: 3 }))
    env.reset({ seed: 1 })
    expect(() => env.reset({ seed: -1 })).toThrow(code('rng/seed'))
    expect(env.step(0).reward).toBe(1)
  })
})

/** Answers when it is told to. */
class Slow extends BaseAsyncEnv<Discrete, Discrete> {
  closes = 0
  answer: () => void = () => undefined
  fail: (reason: Error) => void = () => undefined

  constructor() {
    const two = new Discrete<number>({ n: 2 })
    super({ spec: { id: 'Slow-v0', options: {} }, observationSpace: two, actionSpace: two })
  }

  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.answer = resolve
      this.fail = reject
    })
  }

  protected async onReset() {
    await this.#wait()
    return { observation: 0, info: {} }
  }

  protected async onStep() {
    await this.#wait()
    return { observation: 0, reward: 1, terminated: true, truncated: false, info: { endReason: 'goal' } } as const
  }

  protected override async onClose() {
    this.closes++
  }
}

describe('an environment closed while a call is under way', () => {
  it('stays closed when a reset then fails', async () => {
    const env = new Slow()
    const reset = env.reset()
    await env.close()
    env.fail(new Error('gone'))
    await expect(reset).rejects.toThrow('gone')
    await expect(env.reset()).rejects.toThrow(code('env/closed'))
    await env.close()
    expect(env.closes).toBe(1)
  })

  it('stays closed when a step then ends the episode', async () => {
    const env = new Slow()
    const reset = env.reset()
    env.answer()
    await reset
    const step = env.step(0)
    await env.close()
    env.answer()
    await step
    await expect(env.reset()).rejects.toThrow(code('env/closed'))
  })
})

describe('calls that overlap on a wrapped asynchronous environment', () => {
  it('are refused, and do not disturb the one under way', async () => {
    const env = wrap(toAsync(new CartPoleEnv()), repeatAction({ times: 3 }))
    await env.reset({ seed: 1 })
    const first = env.step(0)
    const others = [env.step(1), env.reset(), env.render(), env.save(), env.load({})]
    for (const other of others) await expect(other).rejects.toThrow(code('env/busy'))
    expect((await first).reward).toBe(3)
    expect((await env.step(0)).reward).toBe(3)
  })
})

describe('a saved state that does not fit', () => {
  const limited = () => wrap(new CartPoleEnv(), timeLimit({ maxEpisodeSteps: 9 }))

  it('of another stack is refused before anything is loaded', () => {
    const env = limited()
    env.reset({ seed: 1 })
    const saved = env.save()
    const other = wrap(limited(), clipReward({ max: 1 }))
    other.reset({ seed: 2 })
    const before = other.save()
    expect(() => other.load(saved)).toThrow(code('env/state'))
    expect(other.save()).toEqual(before)
    expect(other.step(0).reward).toBe(1)
  })

  it('of another wrapper is refused, also by one that keeps none', () => {
    const env = limited()
    env.reset({ seed: 1 })
    const clipped = wrap(new CartPoleEnv(), clipReward({ max: 1 }))
    clipped.reset({ seed: 1 })
    const [ofLimit, ofClip] = [env.save(), clipped.save()]
    expect(() => clipped.load(ofLimit)).toThrow(code('env/state'))
    expect(() => env.load(ofClip)).toThrow(code('env/state'))
    // The game inside has the state already, the wrapper has not.
    expect(() => env.step(0)).toThrow(code('env/over'))
    env.load(ofLimit)
    expect(env.step(0).reward).toBe(1)
  })

  it('is the error of every wrapper, whatever it throws itself', () => {
    const { armed, wrapper } = trap('load')
    const env = wrap(new CartPoleEnv(), wrapper)
    env.reset({ seed: 1 })
    const saved = env.save()
    armed.now = true
    const message = expect.stringContaining('the hook threw')
    expect(() => env.load(saved)).toThrow(expect.objectContaining({ code: 'env/state', message }))
  })

  it.each([-1, 0.5, 2 ** 32])('has no random stream with a word %d', (word) => {
    const words = [1, 2, 3, 4]
    expect(rngJSON.safeParse({ key: words, state: words }).success).toBe(true)
    expect(rngJSON.safeParse({ key: words, state: [word, 2, 3, 4] }).success).toBe(false)
  })
})

describe('make', () => {
  it.each([
    [null],
    [{}],
    [{ id: 'CartPole-v1' }],
    [{ id: 7, options: {} }],
    [{ id: 'CartPole-v1', options: [] }],
    [{ id: 'CartPole-v1', options: {}, wrappers: 'TimeLimit' }],
    [{ id: 'CartPole-v1', options: {}, wrappers: [{ name: 'TimeLimit' }] }],
    [{ id: 'CartPole-v1', options: {}, maxSteps: 3 }],
  ])('refuses the spec %j', async (spec) => {
    const loosely: (given: unknown) => Promise<unknown> = (given) => Reflect.apply(make, undefined, [given])
    await expect(loosely(spec)).rejects.toThrow(code('env/spec'))
  })

  it('closes what it made when a wrapper cannot be put on', async () => {
    let closed = 0
    class Closing extends CartPoleEnv {
      protected override onClose(): void {
        closed++
      }
    }
    await expect(applyWrappers(new Closing(), [{ name: 'Nope', options: {} }])).rejects.toThrow(code('env/wrapper-unknown'))
    const misspelt = { name: 'TimeLimit', options: { maxSteps: 3 } }
    await expect(applyWrappers(new Closing(), [misspelt])).rejects.toThrow(code('parameter/unknown'))
    expect(closed).toBe(2)
  })
})

describe('Picture', () => {
  it('ends with an endless circle too', () => {
    const picture = new Picture(2, 2, [0, 0, 0])
    picture.fillCircle(1, 1, Infinity, [9, 9, 9])
    picture.fillCircle(1, 1, NaN, [9, 9, 9])
    expect(picture.frame().data).toHaveLength(16)
  })
})
