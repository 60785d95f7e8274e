/** Wrappers of what is rendered. */
import { describe, expect, it } from 'vitest'
import { PongEnv } from '../../../envs/pong/index.js'
import { BaseEnv, find, isSaveable, wrap, type Env, type Frame, type Info, type StepResult } from '../../../src/env/index.js'
import { Discrete } from '../../../src/spaces/index.js'
import { addWhiteNoise, obstructView, renderCollection, repeatAction } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'

const screen = (): PongEnv => new PongEnv({ renderMode: 'rgb_array' })

/** Shows the number of steps as a grey level, always in the same bytes. */
class Lamp extends BaseEnv<Discrete, Discrete> {
  readonly bytes = new Uint8ClampedArray(40 * 40 * 4)

  constructor() {
    const one = new Discrete<number>({ n: 1 })
    const metadata = { renderModes: ['rgb_array'], renderFps: 1 } as const
    super({ spec: { id: 'Lamp-v0', options: {} }, observationSpace: one, actionSpace: one, metadata, renderMode: 'rgb_array' })
  }

  protected onReset(): { observation: number; info: Info } {
    this.bytes.fill(0)
    return { observation: 0, info: {} }
  }

  protected onStep(): StepResult<number> {
    this.bytes.fill(this.bytes[0] + 1)
    return { observation: 0, reward: 0, terminated: false, truncated: false, info: {} }
  }

  protected override onRender(): Frame {
    return { width: 40, height: 40, data: this.bytes }
  }
}

const frameOf = (shown: Frame | string | undefined): Frame => {
  if (typeof shown !== 'object') throw new Error('not a picture')
  return shown
}

/** Which pixels of two pictures differ. */
const changed = (a: Frame, b: Frame): boolean[] =>
  Array.from({ length: a.width * a.height }, (_, pixel) => [0, 1, 2].some((i) => a.data[4 * pixel + i] !== b.data[4 * pixel + i]))

const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length

/** The picture after a reset and two steps, and that of the same moment without wrappers. */
const shownBy = (env: Env, seed = 1): [seen: Frame, plain: Frame] => {
  const plain = screen()
  for (const each of [env, plain]) {
    each.reset({ seed })
    each.step(1)
    each.step(1)
  }
  return [frameOf(env.render()), frameOf(plain.render())]
}

describe('renderCollection', () => {
  it('keeps a picture a reset and a step, as they were', () => {
    const env = wrap(screen(), renderCollection())
    const plain = screen()
    const expected: unknown[] = []
    for (const each of [env, plain]) each.reset({ seed: 1 })
    expected.push(structuredClone(plain.render()))
    for (let i = 0; i < 3; i++) {
      for (const each of [env, plain]) each.step(1)
      expected.push(structuredClone(plain.render()))
    }
    expect(find(env, renderCollection)?.frames).toEqual(expected)
    expect(find(env, renderCollection)?.take()).toEqual(expected)
    expect(find(env, renderCollection)?.frames).toEqual([])
  })

  it('keeps what was taken and what was before a reset, if asked to', () => {
    const env = wrap(new PongEnv({ renderMode: 'ansi' }), renderCollection({ popFrames: false, resetClean: false }))
    for (let episode = 0; episode < 2; episode++) {
      env.reset({ seed: 1 })
      env.step(0)
    }
    const taken = find(env, renderCollection)?.take()
    expect(taken).toHaveLength(4)
    env.step(0)
    // What was taken does not grow.
    expect([taken?.length, find(env, renderCollection)?.frames.length]).toEqual([4, 5])
    expect(typeof taken?.[0]).toBe('string')
    const clean = wrap(screen(), renderCollection())
    clean.reset({ seed: 1 })
    clean.reset()
    expect(find(clean, renderCollection)?.frames).toHaveLength(1)
  })

  it('sees every step inside a repetition, and the last one outside', () => {
    const inside = wrap(wrap(screen(), renderCollection()), repeatAction({ times: 3 }))
    const outside = wrap(wrap(screen(), repeatAction({ times: 3 })), renderCollection())
    for (const env of [inside, outside]) {
      env.reset({ seed: 1 })
      env.step(0)
    }
    expect([inside, outside].map((env) => find(env, renderCollection)?.frames.length)).toEqual([4, 2])
  })

  it('brings its pictures back with the state', () => {
    const env = wrap(screen(), renderCollection())
    const other = wrap(screen(), renderCollection())
    env.reset({ seed: 1 })
    env.step(1)
    other.load(JSON.parse(JSON.stringify(env.save())))
    expect(find(other, renderCollection)?.frames).toEqual(find(env, renderCollection)?.frames)
  })

  it('keeps copies of pictures that the environment writes again', () => {
    const env = wrap(new Lamp(), renderCollection())
    env.reset({ seed: 1 })
    env.step(0)
    env.step(0)
    expect(find(env, renderCollection)?.frames.map((shown) => frameOf(shown).data[0])).toEqual([0, 1, 2])
  })

  it('needs a render mode', async () => {
    expect(await errorCode(() => wrap(new PongEnv(), renderCollection()))).toBe('env/wrapper-render')
  })
})

describe('addWhiteNoise', () => {
  it('changes each pixel with its probability, and only in what is shown', () => {
    const env = wrap(screen(), addWhiteNoise({ probability: 0.3 }))
    const flags = changed(...shownBy(env))
    // A noisy pixel keeps its colour once in 2^24. Five standard deviations of a share of n pixels.
    expect(Math.abs(share(flags) - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / flags.length))
    expect(share(changed(...shownBy(wrap(screen(), addWhiteNoise({ probability: 0 })))))).toBe(0)
  })

  it('is grey where asked to', () => {
    const [{ data }] = shownBy(wrap(screen(), addWhiteNoise({ probability: 1, grayscale: true })))
    expect(data.every((value, i) => (i % 4 === 3 ? value === 255 : value === data[i - (i % 4)]))).toBe(true)
    expect(new Set(data).size).toBe(256)
  })

  it('shows the same at the same moment of an episode, however often it is looked at', () => {
    const make = () => wrap(screen(), addWhiteNoise({ probability: 0.5 }))
    const watched = wrap(make(), renderCollection())
    const [seen] = shownBy(watched)
    expect(watched.render()).toEqual(seen)
    expect(find(watched, renderCollection)?.frames.at(-1)).toEqual(seen)
    expect(shownBy(make())[0]).toEqual(seen)
    expect(shownBy(make(), 2)[0]).not.toEqual(seen)
    const other = make()
    if (isSaveable(watched)) other.load({ ...watched.save(), wrappers: [JSON.parse(JSON.stringify(watched.save()))['wrappers'][0]] })
    expect(other.render()).toEqual(seen)
  })

  it('is new in every step, and leaves the picture of the environment alone', () => {
    const lamp = new Lamp()
    const env = wrap(lamp, addWhiteNoise({ probability: 0.5 }))
    env.reset({ seed: 1 })
    const noises = Array.from({ length: 3 }, () => {
      env.step(0)
      const { data } = frameOf(env.render())
      expect(new Set(lamp.bytes).size).toBe(1)
      // The lamp's own levels are below 5: what is left is the noise.
      return [...data].map((value) => (value < 5 ? 0 : value)).join()
    })
    expect(new Set(noises).size).toBe(3)
  })

  it('needs pictures', async () => {
    for (const wrapper of [addWhiteNoise({ probability: 0.1 }), obstructView({ ratio: 0.1, width: 3 })]) {
      expect(await errorCode(() => wrap(new PongEnv({ renderMode: 'ansi' }), wrapper))).toBe('env/wrapper-render')
      expect(await errorCode(() => wrap(new PongEnv(), wrapper))).toBe('env/wrapper-render')
    }
  })
})

describe('obstructView', () => {
  it('covers squares, as many as the ratio says', () => {
    const width = 6
    const [seen, plain] = shownBy(wrap(screen(), obstructView({ ratio: 0.2, width })))
    const flags = changed(seen, plain)
    const pixels = flags.length
    const patches = Math.floor((0.2 * pixels) / width ** 2)
    const covered = share(flags) * pixels
    expect(covered).toBeLessThanOrEqual(patches * width ** 2)
    // Patches overlap: 1 - exp(-0.2) = 0.18 of the picture, less at its edges.
    expect(share(flags)).toBeGreaterThan(0.12)
    // Every covered pixel has one above or below, and one beside it: patches are wider than one pixel even at the edge.
    const at = (x: number, y: number): boolean => x >= 0 && x < seen.width && y >= 0 && y < seen.height && flags[y * seen.width + x]
    const alone = flags.filter((flag, pixel) => {
      const [x, y] = [pixel % seen.width, Math.floor(pixel / seen.width)]
      return flag && !((at(x - 1, y) || at(x + 1, y)) && (at(x, y - 1) || at(x, y + 1)))
    })
    expect(alone).toEqual([])
  })

  it('covers nothing where the ratio is less than one patch', () => {
    expect(share(changed(...shownBy(wrap(screen(), obstructView({ ratio: 1e-6, width: 10 })))))).toBe(0)
  })
})
