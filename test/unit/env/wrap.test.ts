/** What `wrap` itself does, for both kinds of environments. */
import { describe, expect, it } from 'vitest'
import { BaseEnv, defineWrapper, find, isOver, isSaveable, lifecycleJSON, make, register } from '../../../src/env/index.js'
import { specOf, toAsync, unwrapped, wrap, type AnyEnv, type AnyHooks, type Env, type EnvSettings } from '../../../src/env/index.js'
import type { EnvShape, FrameMoment, Hooks, Info, JsonObject, RenderMode, Saveable, StepResult } from '../../../src/env/index.js'
import { Discrete, type Space } from '../../../src/spaces/index.js'
import { orderEnforcing, passiveEnvChecker, recordEpisodeStatistics, repeatAction, timeLimit } from '../../../src/wrappers/index.js'

declare module '../../../src/env/index.js' {
  interface EnvRegistry {
    'Counter-v0': { env: Counter; options: object }
  }
}

/** Observes how many steps were taken; each pays the action. Over after five. */
class Counter extends BaseEnv<Discrete, Discrete> implements Saveable {
  steps = 0
  closes = 0
  renders = 0
  breaks = false

  constructor(settings: EnvSettings = {}, renderMode?: RenderMode) {
    super({
      spec: specOf('Counter-v0', {}, settings),
      observationSpace: new Discrete<number>({ n: 6 }),
      actionSpace: new Discrete<number>({ n: 3 }),
      metadata: { renderModes: ['ansi'], renderFps: 1 },
      renderMode,
    })
  }

  protected onReset(): { observation: number; info: Info } {
    this.steps = 0
    return { observation: 0, info: {} }
  }

  protected onStep(action: number): StepResult<number> {
    if (this.breaks) throw new RangeError('broken')
    this.steps++
    const terminated = this.steps === 5
    return { observation: this.steps, reward: action, terminated, truncated: false, info: terminated ? { endReason: 'goal' } : {} }
  }

  protected override onRender(): string {
    this.renders++
    return `after ${this.steps}`
  }

  protected override onClose(): void {
    this.closes++
  }

  save(): JsonObject {
    return { steps: this.steps, lifecycle: { ...this.saveLifecycle() } }
  }

  load(state: unknown): void {
    const { steps, lifecycle } = state as { steps: number; lifecycle: unknown }
    this.steps = steps
    this.loadLifecycle(lifecycleJSON.parse(lifecycle))
  }
}

register({ id: 'Counter-v0', load: async () => (_options, settings) => new Counter(settings) })

/** Writes down in what order it is called. */
const spy = (name: string, log: string[], hooks: Partial<AnyHooks> = {}) =>
  (_env: EnvShape): AnyHooks => ({
    wrapper: { name, options: {} },
    onReset: () => void log.push(`${name} reset`),
    onAction: (action) => {
      log.push(`${name} action`)
      return action
    },
    onObservation: (observation) => {
      log.push(`${name} observation`)
      return observation
    },
    onStep: () => void log.push(`${name} step`),
    onError: () => void log.push(`${name} error`),
    onClose: () => void log.push(`${name} close`),
    ...hooks,
  })

const code = (expected: string) => expect.objectContaining({ code: expected })

/** The same environment as it is, and with promises. */
const kinds: readonly [string, (env: Counter, ...wrappers: ReturnType<typeof spy>[]) => AnyEnv][] = [
  ['Env', (env, ...wrappers) => wrappers.reduce<Env & Saveable>((inner, wrapper) => wrap(inner, wrapper), env)],
  ['AsyncEnv', (env, ...wrappers) => wrappers.reduce((inner, wrapper) => wrap(inner, wrapper), toAsync<Space, Space, Info>(env))],
]

describe.each(kinds)('a wrapped %s', (_kind, build) => {
  it('asks the outer wrapper first for the action and last for the result', async () => {
    const log: string[] = []
    const env = build(new Counter(), spy('inner', log), spy('outer', log))
    await env.reset({ seed: 1 })
    expect(log.splice(0)).toEqual(['inner reset', 'inner observation', 'outer reset', 'outer observation'])
    await env.step(0)
    expect(log.splice(0)).toEqual(['outer action', 'inner action', 'inner observation', 'inner step', 'outer observation', 'outer step'])
    await env.close()
    await env.close()
    expect(log).toEqual(['outer close', 'inner close'])
  })

  it('keeps the order of calls, whatever is inside', async () => {
    const counter = new Counter({}, 'ansi')
    const env = build(counter, orderEnforcing())
    const calls = [async () => env.step(0), async () => env.render(), async () => env.sampleAction()]
    for (const call of calls) await expect(call()).rejects.toThrow(code('env/not-reset'))
    await env.reset({ seed: 1 })
    for (let i = 0; i < 5; i++) await env.step(0)
    await expect((async () => env.step(0))()).rejects.toThrow(code('env/over'))
    await env.close()
    await env.close()
    expect(counter.closes).toBe(1)
    for (const call of [...calls, async () => env.reset()]) await expect(call()).rejects.toThrow(code('env/closed'))
  })

  it('samples actions from the seed of the episode', async () => {
    const actions = async (seed: number): Promise<unknown[]> => {
      const env = build(new Counter(), orderEnforcing())
      await env.reset({ seed })
      return Array.from({ length: 20 }, () => env.sampleAction())
    }
    expect(await actions(1)).toEqual(await actions(1))
    expect(await actions(1)).not.toEqual(await actions(2))
  })

  it('goes on from a saved state, wrappers included', async () => {
    const counted = () => build(new Counter(), timeLimit({ maxEpisodeSteps: 4 }), recordEpisodeStatistics())
    const env = counted()
    const other = counted()
    if (!isSaveable(env) || !isSaveable(other)) throw new Error('it cannot be saved')
    await expect((async () => env.save())()).rejects.toThrow(code('env/not-reset'))
    await env.reset({ seed: 1 })
    for (const action of [1, 2, 1]) await env.step(action)
    const state: unknown = JSON.parse(JSON.stringify(await env.save()))
    await other.load(state)
    const last = await other.step(2)
    expect(last).toEqual(await env.step(2))
    expect(last).toMatchObject({ observation: 4, truncated: true, info: { episode: { return: 6, length: 4 } } })
    expect(await other.reset()).toEqual(await env.reset())
    for (const bad of [null, {}, { ...(state as object), wrappers: [] }, { ...(state as object), more: 1 }]) {
      await expect((async () => other.load(bad))()).rejects.toThrow(code('env/state'))
    }
  })

  it('repeats a step as long as a wrapper asks for, and never past the end', async () => {
    const counter = new Counter()
    const log: string[] = []
    const env = build(counter, spy('inner', log), repeatAction({ times: 3 }), spy('outer', log))
    await env.reset({ seed: 1 })
    expect(await env.step(2)).toMatchObject({ observation: 3, reward: 6 })
    expect(log.filter((entry) => entry === 'inner step')).toHaveLength(3)
    expect(log.filter((entry) => entry === 'outer step')).toHaveLength(1)
    expect(await env.step(1)).toMatchObject({ observation: 5, reward: 2, terminated: true })
  })

  it('tells every wrapper of an error, and lets it through', async () => {
    const log: string[] = []
    const counter = new Counter()
    const env = build(counter, spy('inner', log), repeatAction({ times: 2 }), spy('outer', log))
    await env.reset({ seed: 1 })
    counter.breaks = true
    await expect((async () => env.step(0))()).rejects.toThrow(RangeError)
    expect(log.filter((entry) => entry.endsWith('error'))).toEqual(['inner error', 'outer error'])
  })

  it('closes what is inside though a wrapper cannot be closed', async () => {
    const log: string[] = []
    const counter = new Counter()
    const onClose = (): void => {
      throw new RangeError('stuck')
    }
    const env = build(counter, spy('inner', log), spy('outer', log, { onClose }))
    await expect((async () => env.close())()).rejects.toThrow(RangeError)
    expect(log).toEqual(['inner close'])
    expect(counter.closes).toBe(1)
  })

  it('shows each picture once to those that want it, as the wrappers inside have changed it', async () => {
    const counter = new Counter({}, 'ansi')
    const seen: [unknown, FrameMoment][] = []
    let wants = true
    const watch = { onFrame: (shown: unknown, moment: FrameMoment) => void seen.push([shown, moment]), wantsFrame: () => wants }
    const louder = { onRender: (shown: unknown) => `${String(shown)}!` }
    const env = build(counter, spy('a', [], louder), spy('b', [], watch))
    await env.reset({ seed: 1 })
    await env.step(0)
    wants = false
    await env.step(0)
    expect(counter.renders).toBe(2)
    wants = true
    for (let i = 0; i < 3; i++) await env.step(0)
    expect(seen).toEqual([
      ['after 0!', { isFirst: true, isOver: false }],
      ['after 1!', { isFirst: false, isOver: false }],
      ['after 3!', { isFirst: false, isOver: false }],
      ['after 4!', { isFirst: false, isOver: false }],
      ['after 5!', { isFirst: false, isOver: true }],
    ])
    expect(await env.render()).toBe('after 5!')
    expect(() => build(new Counter(), spy('b', [], watch))).toThrow(code('env/wrapper-render'))
  })

  it('refuses wrong actions in its own name, and blames a wrapper that makes one', async () => {
    const env = build(new Counter(), spy('bad', [], { onAction: (action) => (action === 2 ? 7 : action) }))
    await env.reset({ seed: 1 })
    for (const action of [3, 0.5, NaN, '1', undefined]) await expect((async () => env.step(action))()).rejects.toThrow(code('env/action'))
    await expect((async () => env.step(2))()).rejects.toThrow(code('env/wrapper-action'))
    expect(await env.step(1)).toMatchObject({ observation: 1 })
  })

  it('refuses a wrapper that lies about its observation space', async () => {
    const env = build(new Counter(), spy('liar', [], { observationSpace: new Discrete<number>({ n: 2 }), onObservation: () => 5 }))
    await expect((async () => env.reset({ seed: 1 }))()).rejects.toThrow(code('env/wrapper-observation'))
  })

  it('finds the outermost wrapper of a kind, and what is inside all', () => {
    const counter = new Counter()
    const env = build(counter, timeLimit({ maxEpisodeSteps: 9 }), repeatAction({ times: 2 }), timeLimit({ maxEpisodeSteps: 3 }))
    expect(find(env, timeLimit)?.wrapper.options).toEqual({ maxEpisodeSteps: 3 })
    expect(find(env, repeatAction)?.wrapper.options).toEqual({ times: 2 })
    expect(find(env, recordEpisodeStatistics)).toBeUndefined()
    expect(unwrapped(env)).toBe(counter)
    expect(env.spec.wrappers?.map(({ name }) => name)).toEqual(['TimeLimit', 'RepeatAction', 'TimeLimit'])
  })
})

describe('wrap', () => {
  it('keeps the order of calls for an environment that does not', () => {
    const space = new Discrete<number>({ n: 1 })
    const lax: Env<Discrete, Discrete> = {
      sync: true,
      spec: { id: 'Lax-v0', options: {} },
      observationSpace: space,
      actionSpace: space,
      metadata: { renderModes: ['ansi'], renderFps: 1 },
      renderMode: 'ansi',
      reusesBuffers: false,
      sampleAction: () => 0,
      reset: ({ seed = 0 } = {}) => ({ observation: 0, info: { seed } }),
      step: () => ({ observation: 0, reward: 0, terminated: true, truncated: false, info: { endReason: 'goal' } }),
      render: () => 'lax',
      close: () => {},
      [Symbol.dispose]: () => {},
    }
    const env = wrap(lax, orderEnforcing())
    for (const call of [() => env.step(0), () => env.render(), () => env.sampleAction()]) expect(call).toThrow(code('env/not-reset'))
    env.reset({ seed: 1 })
    expect(env.render()).toBe('lax')
    env.step(0)
    expect(() => env.step(0)).toThrow(code('env/over'))
    env.close()
    for (const call of [() => env.step(0), () => env.render(), () => env.reset()]) expect(call).toThrow(code('env/closed'))
  })

  it('gives each wrapper a stream of its own for each seed', () => {
    const draws: number[] = []
    const hooks = <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
      wrapper: { name: 'Drawing', options: {} },
      onReset: ({ info }) => void draws.push(env.stream(info.seed).uniform()),
    })
    const drawing = defineWrapper('Drawing', () => hooks)
    const env = wrap(wrap(new Counter(), drawing()), drawing())
    env.reset({ seed: 1 })
    env.reset({ seed: 1 })
    env.reset({ seed: 2 })
    expect(draws.slice(0, 2)).toEqual(draws.slice(2, 4))
    expect(new Set(draws).size).toBe(4)
  })

  it('gives a new result object each step, so that results can be kept', () => {
    const env = wrap(new Counter(), orderEnforcing())
    env.reset({ seed: 1 })
    const results = [env.step(0), env.step(1)]
    expect(results.map(({ observation }) => observation)).toEqual([1, 2])
  })

  it('closes at the end of a using block', async () => {
    const counter = new Counter()
    {
      using env = wrap(counter, orderEnforcing())
      env.reset({ seed: 1 })
    }
    expect(counter.closes).toBe(1)
    {
      await using env = wrap(toAsync(new Counter()), orderEnforcing())
      await env.reset({ seed: 1 })
    }
  })

  it('keeps an environment that cannot be saved from claiming that it can', () => {
    class Plain extends BaseEnv<Discrete, Discrete> {
      protected onReset(): { observation: number; info: Info } {
        return { observation: 0, info: {} }
      }
      protected onStep(): StepResult<number> {
        return { observation: 0, reward: 0, terminated: false, truncated: false, info: {} }
      }
    }
    const space = new Discrete<number>({ n: 1 })
    const plain = new Plain({ spec: { id: 'Plain-v0', options: {} }, observationSpace: space, actionSpace: space })
    expect(isSaveable(wrap(plain, orderEnforcing()))).toBe(false)
    expect(isSaveable(wrap(new Counter(), orderEnforcing()))).toBe(true)
  })
})

describe('PassiveEnvChecker', () => {
  const breaking = (result: object): Env => {
    class Broken extends Counter {
      protected override onStep(action: number): StepResult<number> {
        return { ...super.onStep(action), ...result }
      }
    }
    return wrap(new Broken(), passiveEnvChecker())
  }

  it('lets what keeps the contract pass unchanged', () => {
    const [plain, checked] = [new Counter(), wrap(new Counter(), passiveEnvChecker())]
    expect(checked.reset({ seed: 1 })).toEqual(plain.reset({ seed: 1 }))
    let last
    do {
      last = checked.step(1)
      expect(last).toEqual(plain.step(1))
    } while (!isOver(last))
  })

  it.each([
    ['step/in-space', { observation: 6 }],
    ['step/shape', { info: undefined }],
    ['step/reward-finite', { reward: NaN }],
    ['step/flags', { terminated: 1 }],
    ['flags/not-both', { terminated: true, truncated: true, info: { endReason: 'goal' } }],
    ['info/end-reason', { terminated: true }],
    ['info/json', { info: { when: new Date(0) } }],
  ])('names %s', (rule, result) => {
    const env = breaking(result)
    env.reset({ seed: 1 })
    let thrown: unknown
    try {
      env.step(0)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toEqual(code('env/check'))
    expect(String(thrown)).toContain(rule)
  })

  it('names what is wrong with a reset', () => {
    class Broken extends Counter {
      override reset() {
        return { observation: 0 } as never
      }
    }
    expect(() => wrap(new Broken(), passiveEnvChecker()).reset({ seed: 1 })).toThrow(/reset\/shape/)
  })

  it('is put on by make', async () => {
    const env = await make('Counter-v0', {}, { check: true })
    expect(find(env, passiveEnvChecker)).toBeDefined()
    expect((await make(env.spec)).spec).toEqual(env.spec)
  })
})
