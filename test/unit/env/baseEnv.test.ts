import { describe, expect, it } from 'vitest'
import { BaseEnv, isOver, specOf, toAsync, type EnvSettings, type RenderMode } from '../../../src/env/index.js'
import { Discrete } from '../../../src/spaces/index.js'

/** Draws a number a step; guessing 9 ends the episode. */
class Dice extends BaseEnv<Discrete, Discrete> {
  closes = 0

  constructor(settings: EnvSettings = {}, renderMode?: RenderMode) {
    super({
      spec: specOf('Dice-v0', {}, settings),
      observationSpace: new Discrete<number>({ n: 1_000_000 }),
      actionSpace: new Discrete<number>({ n: 10 }),
      metadata: { renderModes: ['ansi'], renderFps: 1 },
      renderMode,
    })
  }

  protected onReset(options: Readonly<Record<string, unknown>>) {
    const fixed = options['first']
    return { observation: typeof fixed === 'number' ? fixed : this.rng.integer(1_000_000), info: {} }
  }

  protected onStep(action: number) {
    const terminated = action === 9
    const info = terminated ? ({ endReason: 'goal' } as const) : {}
    return { observation: this.rng.integer(1_000_000), reward: 0, terminated, truncated: false, info }
  }

  protected override onRender(): string {
    return 'dice'
  }

  protected override onClose(): void {
    this.closes++
  }
}

const rolls = (env: Dice, seed?: number): number[] => {
  const first = env.reset(seed === undefined ? {} : { seed }).observation
  return [first, ...Array.from({ length: 5 }, () => env.step(0).observation)]
}

describe('order of calls', () => {
  it('refuses to step, render or sample before the first reset', () => {
    const notReset = expect.objectContaining({ code: 'env/not-reset' })
    expect(() => new Dice().step(0)).toThrow(notReset)
    expect(() => new Dice({}, 'ansi').render()).toThrow(notReset)
    expect(() => new Dice().sampleAction()).toThrow(notReset)
  })

  it('refuses to step a finished episode, and starts the next one', () => {
    const env = new Dice()
    env.reset({ seed: 1 })
    expect(isOver(env.step(9))).toBe(true)
    expect(() => env.step(0)).toThrow(expect.objectContaining({ code: 'env/over' }))
    env.reset()
    expect(isOver(env.step(0))).toBe(false)
  })

  it('refuses everything after close, and closes once', () => {
    const env = new Dice({}, 'ansi')
    env.reset({ seed: 1 })
    env.close()
    env.close()
    expect(env.closes).toBe(1)
    for (const call of [() => env.reset(), () => env.step(0), () => env.render(), () => env.sampleAction()]) {
      expect(call).toThrow(expect.objectContaining({ code: 'env/closed' }))
    }
  })

  it('closes at the end of a using block', () => {
    let env: Dice
    {
      using used = new Dice()
      env = used
    }
    expect(env.closes).toBe(1)
  })

  it.each([-1, 10, 0.5, NaN])('refuses action %d and leaves the episode as it was', (action) => {
    const env = new Dice()
    const expected = rolls(new Dice(), 4)
    const first = env.reset({ seed: 4 }).observation
    expect(() => env.step(action)).toThrow(expect.objectContaining({ code: 'env/action' }))
    expect([first, env.step(0).observation]).toEqual(expected.slice(0, 2))
  })
})

describe('seeds', () => {
  it('gives equal episodes for equal seeds, and other ones for others', () => {
    expect(rolls(new Dice(), 7)).toEqual(rolls(new Dice(), 7))
    expect(rolls(new Dice(), 7)).not.toEqual(rolls(new Dice(), 8))
  })

  it('goes on with the same sequence of episodes after equal seeds, however much each drew', () => {
    const long = new Dice()
    const short = new Dice()
    rolls(long, 7)
    short.reset({ seed: 7 })
    expect(rolls(long)).toEqual(rolls(short))
    expect(rolls(long)).not.toEqual(rolls(short, 7))
  })

  it('reports a seed that replays any single episode, chosen or not', () => {
    const env = new Dice()
    env.reset()
    env.reset()
    const { observation, info } = env.reset()
    const actions = [env.sampleAction(), env.sampleAction()]
    expect(new Dice().reset({ seed: info.seed }).observation).toBe(observation)
    const replay = new Dice()
    replay.reset({ seed: info.seed })
    expect([replay.sampleAction(), replay.sampleAction()]).toEqual(actions)
    expect(env.reset({ seed: 5 }).info.seed).toBe(5)
  })

  it('starts unseeded environments differently', () => {
    expect(new Dice().reset().info.seed).not.toBe(new Dice().reset().info.seed)
  })

  it('keeps random actions out of the game: sampling them shifts nothing', () => {
    const env = new Dice()
    const observations = [env.reset({ seed: 7 }).observation]
    for (let i = 0; i < 5; i++) {
      env.sampleAction()
      observations.push(env.step(0).observation)
    }
    expect(observations).toEqual(rolls(new Dice(), 7))
  })

  it('draws random actions from another stream than the game', () => {
    const env = new Dice()
    env.reset({ seed: 7 })
    // Dice rolls a 32-bit word modulo 1,000,000 and the action is one modulo 10: equal words would give equal last digits.
    const actions = Array.from({ length: 6 }, () => env.sampleAction())
    expect(actions).not.toEqual(rolls(new Dice(), 7).map((roll) => roll % 10))
  })

  it.each([-1, 0.5, NaN, 2 ** 53])('refuses seed %d', (seed) => {
    expect(() => new Dice().reset({ seed })).toThrow(expect.objectContaining({ code: 'rng/seed' }))
  })

  it('hands the options of a reset to the author', () => {
    expect(new Dice().reset({ options: { first: 3 } }).observation).toBe(3)
  })
})

describe('time limit', () => {
  it('truncates at the limit, counted anew each episode', () => {
    const env = new Dice({ maxEpisodeSteps: 3 })
    for (let episode = 0; episode < 2; episode++) {
      env.reset({ seed: 1 })
      const steps = [env.step(0), env.step(0), env.step(0)]
      expect(steps.map(({ truncated }) => truncated)).toEqual([false, false, true])
      expect(steps[2]).toMatchObject({ terminated: false, info: { endReason: 'timeLimit' } })
    }
  })

  it('lets a termination at the limit win: never both', () => {
    const env = new Dice({ maxEpisodeSteps: 1 })
    env.reset({ seed: 1 })
    expect(env.step(9)).toMatchObject({ terminated: true, truncated: false, info: { endReason: 'goal' } })
  })

  it.each([0, -1, 1.5, NaN, Infinity])('refuses a limit of %d steps', (maxEpisodeSteps) => {
    expect(() => new Dice({ maxEpisodeSteps })).toThrow(expect.objectContaining({ code: 'env/spec' }))
  })
})

describe('rendering', () => {
  it('shows nothing without a mode, and what the mode says with one', () => {
    const plain = new Dice()
    plain.reset({ seed: 1 })
    expect(plain.render()).toBeUndefined()
    const shown = new Dice({}, 'ansi')
    shown.reset({ seed: 1 })
    expect(shown.render()).toBe('dice')
  })

  it('refuses a mode that is not listed', () => {
    expect(() => new Dice({}, 'rgb_array')).toThrow(expect.objectContaining({ code: 'env/render-mode' }))
  })
})

describe('toAsync', () => {
  it('plays the same episode with promises and turns errors into rejections', async () => {
    await using env = toAsync(new Dice())
    await expect(env.step(0)).rejects.toMatchObject({ code: 'env/not-reset' })
    const first = (await env.reset({ seed: 7 })).observation
    expect([first, (await env.step(0)).observation]).toEqual(rolls(new Dice(), 7).slice(0, 2))
  })
})
