/** What reset and step of a vector mean, by the environments in this thread. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CartPoleEnv, PendulumEnv } from '../../../envs/classic-control/index.js'
import { PongEnv } from '../../../envs/pong/index.js'
import { BaseEnv, toAsync, type AsyncEnv, type Env, type Info, type StepResult } from '../../../src/env/index.js'
import { iterate, Box, Dict, Discrete } from '../../../src/spaces/index.js'
import { AsyncVectorEnv, makeVector, splitSeed, SyncVectorEnv } from '../../../src/vector/index.js'

/** Counts its steps; the action says what it does: 0 nothing, 1 ends the episode, 2 throws. */
class Counter extends BaseEnv<Box, Discrete<3>> {
  steps = 0
  closings = 0
  constructor(readonly name = 'Counter') {
    const observationSpace = new Box({ low: 0, high: 100, shape: [1] })
    super({ spec: { id: `${name}-v0`, options: {} }, observationSpace, actionSpace: new Discrete({ n: 3 }) })
  }

  protected onReset() {
    this.steps = 0
    return { observation: Float32Array.of(50), info: {} }
  }

  protected onStep(action: number): StepResult<Float32Array> {
    if (action === 2) throw new RangeError('the counter broke')
    this.steps++
    const isOver = action === 1
    const info = isOver ? ({ endReason: 'goal' } as const) : {}
    return { observation: Float32Array.of(this.steps), reward: 2, terminated: isOver, truncated: false, info }
  }

  protected override onClose(): void {
    this.closings++
  }
}

let counters: Counter[] = []
beforeEach(() => {
  counters = ['A', 'B', 'C'].map((name) => new Counter(name))
})
const counting = (autoreset: 'sameStep' | 'disabled' = 'sameStep') => {
  const vec = new SyncVectorEnv(counters, { autoreset })
  vec.reset({ seed: 1 })
  return vec
}

describe('sameStep', () => {
  it('shows the next episode in observations and infos, and the true end in finals', () => {
    const vec = counting()
    vec.step([0, 0, 0])
    const step = vec.step([0, 1, 0])
    expect(step.observations).toEqual(Float32Array.of(2, 50, 2))
    expect(step.rewards).toEqual(Float64Array.of(2, 2, 2))
    expect(step.terminated).toEqual(Uint8Array.of(0, 1, 0))
    expect(step.truncated).toEqual(Uint8Array.of(0, 0, 0))
    expect(step.infos).toEqual([{}, { seed: expect.any(Number) }, {}])
    expect(step.finals).toEqual([
      undefined,
      { observation: Float32Array.of(2), info: { endReason: 'goal' }, episode: { return: 4, length: 2 } },
      undefined,
    ])
    const next = vec.step([0, 1, 0])
    expect(next.finals[1]).toMatchObject({ observation: Float32Array.of(1), episode: { return: 2, length: 1 } })
    expect(vec.step([0, 0, 0]).finals).toEqual([undefined, undefined, undefined])
  })

  it('plays each environment as it would play alone', () => {
    const vec = new SyncVectorEnv([0, 1, 2].map(() => () => new CartPoleEnv()))
    vec.reset({ seed: 3 })
    const alone = new CartPoleEnv()
    alone.reset({ seed: splitSeed(3, 1) })
    let ends = 0
    for (let t = 0; t < 300; t++) {
      const actions = vec.sampleActions()
      expect(actions[1]).toBe(alone.sampleAction())
      const step = vec.step(actions)
      const single = alone.step(actions[1])
      expect(step.rewards[1]).toBe(single.reward)
      if (single.terminated) {
        ends++
        expect(step.finals[1]?.observation).toEqual(single.observation)
        const { observation, info } = alone.reset()
        expect([step.observations.slice(4, 8), step.infos[1]]).toEqual([observation, info])
      } else expect([step.observations.slice(4, 8), step.finals[1]]).toEqual([single.observation, undefined])
    }
    expect(ends).toBeGreaterThan(5)
  })

  it('keeps the last observation of an environment that writes its observations again', () => {
    const vec = new SyncVectorEnv([() => new CartPoleEnv({ reuseBuffers: true }, { maxEpisodeSteps: 2 })])
    vec.reset({ seed: 3 })
    const before = vec.step([0])
    const copy = structuredClone(before)
    const end = vec.step([0])
    expect(before).toEqual(copy)
    expect(end.truncated).toEqual(Uint8Array.of(1))
    expect(end.finals[0]?.observation).not.toEqual(end.observations)
    const alone = new CartPoleEnv()
    alone.reset({ seed: splitSeed(3, 0) })
    alone.step(0)
    expect(end.finals[0]?.observation).toEqual(alone.step(0).observation)
  })
})

describe('disabled', () => {
  it('keeps the last observation, refuses to step on, and goes on after a reset of those that ended', () => {
    const vec = counting('disabled')
    const step = vec.step([1, 0, 1])
    expect(step.observations).toEqual(Float32Array.of(1, 1, 1))
    expect(step.infos).toEqual([{ endReason: 'goal' }, {}, { endReason: 'goal' }])
    expect(step.finals).toEqual([undefined, undefined, undefined])
    expect(() => vec.step([0, 0, 0])).toThrow(expect.objectContaining({ code: 'vector/over', data: { indices: [0, 2] } }))
    expect(counters.map(({ steps }) => steps)).toEqual([1, 1, 1])

    const seed = splitSeed(8, 2)
    const reset = vec.reset({ mask: Uint8Array.of(1, 0, 1), seeds: [undefined, undefined, seed] })
    expect(reset.observations).toEqual(Float32Array.of(50, 1, 50))
    expect(reset.infos).toEqual([{ seed: expect.any(Number) }, {}, { seed }])
    expect(vec.step([0, 0, 0]).observations).toEqual(Float32Array.of(1, 2, 1))
  })
})

describe('seeds', () => {
  it('are of a stream of their own for each environment, not neighbouring ones', () => {
    const seeds = [0, 1, 2, 3].flatMap((seed) => [0, 1, 2, 3].map((i) => splitSeed(seed, i)))
    expect(new Set(seeds).size).toBe(16)
    expect(splitSeed(1, 1)).not.toBe(splitSeed(2, 0))
    expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true)
    expect(Math.max(...seeds)).toBeGreaterThan(2 ** 50)
  })

  it('reach the environments: the same whatever their number', () => {
    const infos = (count: number) => new SyncVectorEnv(Array.from({ length: count }, () => () => new Counter())).reset({ seed: 5 }).infos
    expect(infos(2)).toEqual([{ seed: splitSeed(5, 0) }, { seed: splitSeed(5, 1) }])
    expect(infos(4).slice(0, 2)).toEqual(infos(2))
  })

  it('may be given one by one; without any, the sequences go on', () => {
    const vec = counting()
    expect(vec.reset({ seeds: [7, 8, 9] }).infos).toEqual([{ seed: 7 }, { seed: 8 }, { seed: 9 }])
    const next = vec.reset().infos
    vec.reset({ seeds: [7, 8, 9] })
    expect(vec.reset().infos).toEqual(next)
  })

  it.each([
    [{ seed: -1 }, 'rng/seed'],
    [{ seed: NaN }, 'rng/seed'],
    [{ seeds: [1, 0.5, 2] }, 'rng/seed'],
    [{ seeds: [1, 2] }, 'vector/reset'],
    [{ seed: 1, seeds: [1, 2, 3] }, 'vector/reset'],
    [{ mask: [1, 0] }, 'vector/reset'],
    [{ mask: [1, 0, 2] }, 'vector/reset'],
    [{ mask: [1, 0, NaN] }, 'vector/reset'],
  ])('and masks are checked before anything is reset: %o', (options, code) => {
    const vec = counting()
    vec.step([0, 0, 0])
    expect(() => vec.reset(options)).toThrow(expect.objectContaining({ code }))
    expect(counters.map(({ steps }) => steps)).toEqual([1, 1, 1])
    expect(vec.step([0, 0, 0]).observations).toEqual(Float32Array.of(2, 2, 2))
  })
})

describe('actions', () => {
  it.each([
    [[0, 0], 'vector/actions', /3 environments, but 2 came/],
    [[0, 0, 0, 0], 'vector/actions', /but 4 came/],
    [[0, 0, 3], 'vector/action', /environment 2 .* but 3 came/],
    [[0, NaN, 0], 'vector/action', /environment 1 .* but NaN came/],
    [Float64Array.of(0, 0.5, 0), 'vector/action', /environment 1 .* but 0.5 came/],
  ])('are all checked before the first environment is stepped: %o', (actions, code, message) => {
    const vec = counting()
    expect(() => vec.step(actions)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
    expect(counters.map(({ steps }) => steps)).toEqual([0, 0, 0])
    expect(vec.step([0, 0, 0]).observations).toEqual(Float32Array.of(1, 1, 1))
  })

  it('come as numbers, as an Int32Array, as typed arrays, or out of a batch', () => {
    const vec = counting()
    expect(vec.step(Int32Array.of(0, 1, 0)).terminated).toEqual(Uint8Array.of(0, 1, 0))
    const pendulums = new SyncVectorEnv([0, 1].map(() => () => new PendulumEnv()))
    const batch = iterate(pendulums.singleActionSpace, Float32Array.of(1, -1))
    const results = [[Float32Array.of(1), Float32Array.of(-1)], batch].map((actions) => {
      pendulums.reset({ seed: 1 })
      return pendulums.step(actions)
    })
    expect(results[0]).toEqual(results[1])
  })

  it('are drawn from the stream of each episode, as the environment itself draws them', () => {
    const vec = counting()
    const first = Array.from({ length: 30 }, () => vec.sampleActions())
    expect(new Set(first.flat())).toEqual(new Set([0, 1, 2]))
    vec.reset({ seed: 1 })
    expect(Array.from({ length: 30 }, () => vec.sampleActions())).toEqual(first)
    vec.step([0, 0, 0])
    vec.reset({ seed: 2, mask: [0, 0, 1] })
    const mixed = Array.from({ length: 30 }, () => vec.sampleActions())
    expect(mixed.map(([a, b]) => [a, b])).not.toEqual(first.map(([a, b]) => [a, b]))
    const alone = new Counter()
    alone.reset({ seed: splitSeed(2, 2) })
    expect(mixed.map((actions) => actions[2])).toEqual(mixed.map(() => alone.sampleAction()))
  })
})

describe('the order of calls', () => {
  it('needs a reset of all before a step, a masked reset and random actions', () => {
    const vec = new SyncVectorEnv(counters)
    const notReset = expect.objectContaining({ code: 'vector/not-reset', data: expect.objectContaining({ indices: [0, 1, 2] }) })
    expect(() => vec.step([0, 0, 0])).toThrow(notReset)
    expect(() => vec.sampleActions()).toThrow(notReset)
    const lastNotReset = expect.objectContaining({ code: 'vector/not-reset', data: expect.objectContaining({ indices: [2] }) })
    expect(() => vec.reset({ mask: [1, 1, 0] })).toThrow(lastNotReset)
  })

  it('ends with close, which closes every environment once', () => {
    {
      using vec = counting()
      vec.close()
      expect(() => vec.step([0, 0, 0])).toThrow(expect.objectContaining({ code: 'vector/closed' }))
      expect(() => vec.reset()).toThrow(expect.objectContaining({ code: 'vector/closed' }))
    }
    expect(counters.map(({ closings }) => closings)).toEqual([1, 1, 1])
  })
})

describe('an environment that throws', () => {
  it('is named, its error is the cause, and all are closed', () => {
    const vec = counting()
    expect(() => vec.step([0, 2, 0])).toThrow(
      expect.objectContaining({
        code: 'vector/env-failed',
        message: expect.stringContaining('Environment 1 of 3 failed in step(): the counter broke.'),
        cause: expect.any(RangeError),
      }),
    )
    expect(counters.map(({ closings }) => closings)).toEqual([1, 1, 1])
    expect(() => vec.step([0, 0, 0])).toThrow(/closed: environment 1 failed: the counter broke/)
  })

  it('does not keep the others of an AsyncVectorEnv from answering first', async () => {
    const answers: string[] = []
    let release = (): void => undefined
    const slow = toAsync<Box, Discrete<3>, object>(counters[2])
    const held: AsyncEnv<Box, Discrete<3>> = Object.assign(Object.create(slow), {
      step: async (action: number) => {
        await new Promise<void>((resolve) => (release = resolve))
        answers.push('slow')
        return slow.step(action)
      },
    })
    const vec = new AsyncVectorEnv([toAsync<Box, Discrete<3>, object>(counters[0]), toAsync<Box, Discrete<3>, object>(counters[1]), held])
    await vec.reset({ seed: 1 })
    const failing = vec.step([0, 2, 0]).catch((error: unknown) => {
      answers.push('failed')
      return error
    })
    await Promise.resolve()
    release()
    expect(await failing).toMatchObject({ code: 'vector/env-failed', data: { index: 1 } })
    expect(answers).toEqual(['slow', 'failed'])
    expect(counters.map(({ closings }) => closings)).toEqual([1, 1, 1])
    await expect(vec.step([0, 0, 0])).rejects.toMatchObject({ code: 'vector/closed' })
  })

  it('does not keep a pending step of an AsyncVectorEnv from ending when it is closed', async () => {
    const silent: AsyncEnv<Box, Discrete<3>> = Object.assign(Object.create(toAsync<Box, Discrete<3>, object>(counters[0])), {
      step: () => new Promise(() => undefined),
    })
    const vec = new AsyncVectorEnv([silent])
    await vec.reset({ seed: 1 })
    const pending = vec.step([0])
    await expect(vec.step([0])).rejects.toMatchObject({ code: 'vector/busy' })
    const closing = vec.close()
    await expect(pending).rejects.toMatchObject({ code: 'vector/closed' })
    await closing
    await vec.close()
    expect(counters[0].closings).toBe(1)
  })
})

describe('the environments of a vector', () => {
  const mixed: (Env<Box, Discrete<3>> | (() => Env<Box, Discrete<3>>))[] = []
  afterEach(() => void mixed.splice(0))

  it('must have equal spaces; those made here are closed where they have not', () => {
    const made = new Counter()
    mixed.push(() => made, new PongEnv())
    const unequal = expect.objectContaining({ code: 'vector/envs', message: expect.stringContaining('at 1') })
    expect(() => new SyncVectorEnv(mixed)).toThrow(unequal)
    expect(made.closings).toBe(1)
  })

  it('must be there, each once, and of one kind', () => {
    const invalid = expect.objectContaining({ code: 'vector/envs' })
    expect(() => new SyncVectorEnv([])).toThrow(invalid)
    expect(() => new SyncVectorEnv([counters[0], counters[0]])).toThrow(invalid)
    // @ts-expect-error one kind for another
    expect(() => new SyncVectorEnv([toAsync(counters[0])])).toThrow(invalid)
    // @ts-expect-error a promise of one
    expect(() => new SyncVectorEnv([async () => counters[0]])).toThrow(invalid)
  })

  it('show their spec where it is the same for all', () => {
    expect(new SyncVectorEnv([new PongEnv(), new PongEnv()]).spec).toEqual(new PongEnv().spec)
    expect(new SyncVectorEnv(counters).spec).toBeUndefined()
  })

  it('show their spaces alone and batched', () => {
    const vec = new SyncVectorEnv(counters)
    expect(vec.singleObservationSpace.equals(counters[0].observationSpace)).toBe(true)
    expect(vec.observationSpace.shape).toEqual([3, 1])
    expect(vec.actionSpace.contains(Int32Array.of(0, 1, 2))).toBe(true)
    expect(vec.observationSpace.contains(vec.reset().observations)).toBe(true)
  })

  it('may observe Dicts', () => {
    class Seen extends BaseEnv<Dict<{ place: Box; lives: Discrete }>, Discrete> {
      constructor() {
        const observationSpace = new Dict({ place: new Box({ low: 0, high: 9, shape: [2] }), lives: new Discrete<number>({ n: 4 }) })
        super({ spec: { id: 'Seen-v0', options: {} }, observationSpace, actionSpace: new Discrete<number>({ n: 2 }) })
      }

      protected onReset() {
        return { observation: { place: Float32Array.of(1, 2), lives: 3 }, info: {} }
      }

      protected onStep(action: number) {
        return { observation: { place: Float32Array.of(3, 4), lives: action }, reward: 0, terminated: false, truncated: false, info: {} }
      }
    }
    const vec = new SyncVectorEnv([() => new Seen(), () => new Seen()])
    const { observations } = vec.reset({ seed: 1 })
    expect(observations).toEqual({ place: Float32Array.of(1, 2, 1, 2), lives: Int32Array.of(3, 3) })
    expect(vec.step([0, 1]).observations).toEqual({ place: Float32Array.of(3, 4, 3, 4), lives: Int32Array.of(0, 1) })
    expect(observations.lives).toEqual(Int32Array.of(3, 3))
  })
})

describe('reuseBuffers', () => {
  /** Writes every observation, info and result into the same objects. */
  class Reusing extends BaseEnv<Box, Discrete<3>, Info & { readonly steps: number }> {
    readonly #info = { steps: 0 }
    readonly #step = { observation: new Float32Array(1), reward: 0, terminated: false, truncated: false, info: this.#info }
    constructor() {
      const { observationSpace, actionSpace } = counters[0]
      super({ spec: { id: 'Reusing-v0', options: {} }, observationSpace, actionSpace, reusesBuffers: true })
    }

    protected onReset() {
      this.#info.steps = 0
      this.#step.observation[0] = 50
      return { observation: this.#step.observation, info: this.#info }
    }

    protected onStep(action: number) {
      this.#info.steps++
      this.#step.observation[0] = this.#info.steps
      this.#step.reward = this.#info.steps
      this.#step.terminated = action === 1
      return this.#step
    }
  }

  it('hands out the same arrays each time, with the same values as fresh ones', () => {
    const fresh = new SyncVectorEnv([0, 1].map(() => () => new CartPoleEnv()))
    const reusing = new SyncVectorEnv([0, 1].map(() => () => new CartPoleEnv()), { reuseBuffers: true })
    expect([fresh.reusesBuffers, reusing.reusesBuffers]).toEqual([false, true])
    expect(reusing.reset({ seed: 1 })).toEqual(fresh.reset({ seed: 1 }))
    let last = reusing.step([0, 1])
    expect(fresh.step([0, 1])).toEqual(last)
    for (let t = 0; t < 60; t++) {
      const actions = fresh.sampleActions()
      const next = reusing.step(actions)
      expect(next.observations).toBe(last.observations)
      expect(next.rewards).toBe(last.rewards)
      expect(fresh.step(actions)).toEqual(next)
      last = next
    }
  })

  it('otherwise leaves every result as it was, whatever the environments do with their own', () => {
    const vec = new SyncVectorEnv([0, 1, 2].map(() => () => new Reusing()))
    const results = [vec.reset({ seed: 1 }), vec.step([0, 0, 0]), vec.step([1, 0, 0]), vec.step([0, 0, 0])]
    const copies = structuredClone(results)
    expect(results[2]).toMatchObject({
      observations: Float32Array.of(50, 2, 2),
      rewards: Float64Array.of(2, 2, 2),
      infos: [{ steps: 0 }, { steps: 2 }, { steps: 2 }],
      finals: [{ observation: Float32Array.of(2), info: { steps: 2 } }, undefined, undefined],
    })
    vec.step([1, 1, 1])
    vec.reset({ mask: [0, 0, 1] })
    expect(results).toEqual(copies)
  })

  it('shows the end of an episode as it was, also where the environment writes the next into the same objects', () => {
    const vec = new SyncVectorEnv([new Reusing()], { reuseBuffers: true })
    vec.reset({ seed: 1 })
    vec.step([0])
    expect(vec.step([1]).finals[0]).toMatchObject({ observation: Float32Array.of(2), info: { steps: 2 } })
  })
})

describe('makeVector', () => {
  it('makes as many as asked, in the vector of their kind', async () => {
    const vec = await makeVector('Pong-v0', { count: 3, envOptions: { rules: 'serve' }, autoreset: 'disabled' })
    expect(vec).toBeInstanceOf(SyncVectorEnv)
    expect([vec.count, vec.autoreset]).toEqual([3, 'disabled'])
    expect(vec.spec?.options['rules']).toBe('serve')
    const { spec } = new PongEnv({}, { maxEpisodeSteps: 9 })
    expect((await makeVector(spec, { count: 1 })).spec).toEqual(spec)
  })

  it('keeps the limit of the registry', async () => {
    expect((await makeVector('CartPole-v1', { count: 2 })).spec?.maxEpisodeSteps).toBe(500)
  })

  it.each([0, NaN, 2.5, -1])('refuses a count of %d', async (count) => {
    await expect(makeVector('Pong-v0', { count })).rejects.toMatchObject({ code: 'vector/envs' })
  })

  it('refuses unknown ids and options', async () => {
    await expect(makeVector({ id: 'Pung-v0', options: {} }, { count: 1 })).rejects.toMatchObject({ code: 'env/unknown' })
    const misspelt = { count: 1, autoReset: 'disabled' }
    await expect(makeVector('Pong-v0', misspelt)).rejects.toMatchObject({ code: 'parameter/unknown', data: { suggestion: 'autoreset' } })
  })
})
