import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isOver, isRegisteredWrapper, make, register, toAsync, wrap, type Env, type EnvSpec, type Frame } from '../../../src/env/index.js'
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { recordVideo } from '../../../src/recording/index.js'
import { timeLimit } from '../../../src/wrappers/index.js'
import { caught, rejected, temporaryFolder } from '../io/support.js'
import { ClockEnv, clockFrame, clockFrames, clockOptions, type ClockOptions } from './clockEnv.js'
import { expectShows } from './decoded.js'
import { decodeApng } from './decodeApng.js'
import { decodeGif } from './decodeGif.js'

declare module '../../../src/env/registry.js' {
  interface EnvRegistry {
    'test/Clock-v0': { env: ClockEnv; options: ClockOptions }
  }
}

const playOn = (env: Env, steps: number): void => {
  for (let i = 0; i < steps; i++) env.step(0)
}

const play = (env: Env, episodes: number): void => {
  for (let episode = 0; episode < episodes; episode++) {
    env.reset({ seed: episode })
    while (!isOver(env.step(0)));
  }
}

const shown = (...path: string[]) => decodeApng(readFileSync(join(...path)))

afterEach(() => vi.unstubAllEnvs())

describe('recordVideo', () => {
  it('runs its example', () => {
    const folder = join(temporaryFolder(), 'videos')
    using env = wrap(new CartPoleEnv({ renderMode: 'rgb_array' }), recordVideo({ folder, schedule: { every: 10 } }))
    for (let episode = 0; episode < 20; episode++) {
      env.reset({ seed: episode })
      while (!isOver(env.step(env.sampleAction())));
    }
    expect(readdirSync(folder).sort()).toEqual(['episode-0.png', 'episode-10.png'])
  })

  it('records the reset and every step of an episode, at the speed of the environment, and has the file at its end', () => {
    const folder = temporaryFolder()
    play(wrap(new ClockEnv(), recordVideo({ folder })), 1)
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(5))
  })

  it('names, chooses, limits and encodes as told', () => {
    const folder = temporaryFolder()
    const options = { folder, namePrefix: 'clock', schedule: { every: 2 }, format: 'gif', fps: 10, maxFrames: 3 } as const
    play(wrap(new ClockEnv(), recordVideo(options)), 4)
    expect(readdirSync(folder).sort()).toEqual(['clock-0.gif', 'clock-2.gif'])
    expectShows(decodeGif(readFileSync(join(folder, 'clock-2.gif'))), 10, clockFrames(2))
  })

  it('records cubes by default, and draws no pictures of other episodes', () => {
    const folder = temporaryFolder()
    const clock = new ClockEnv()
    play(wrap(clock, recordVideo({ folder })), 9)
    expect(readdirSync(folder).sort()).toEqual(['episode-0.png', 'episode-1.png', 'episode-8.png'])
    expect(clock.pictures).toBe(3 * 6)
  })

  it('ends with an episode that another wrapper cuts off', () => {
    const folder = temporaryFolder()
    const env = wrap(wrap(new ClockEnv(), recordVideo({ folder })), timeLimit({ maxEpisodeSteps: 2 }))
    play(env, 1)
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(2))
  })

  it('is finished when the next episode begins early, and on close', () => {
    const folder = temporaryFolder()
    const env = wrap(new ClockEnv(), recordVideo({ folder, schedule: 'everyEpisode' }))
    env.reset({ seed: 1 })
    playOn(env, 2)
    env.reset()
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(2))
    playOn(env, 3)
    env.close()
    expectShows(shown(folder, 'episode-1.png'), 20, clockFrames(3))
  })

  it('is finished when a step throws, which is thrown on', () => {
    const folder = temporaryFolder()
    const env = wrap(new ClockEnv({ renderMode: 'rgb_array', failsAt: 3 }), recordVideo({ folder }))
    env.reset({ seed: 1 })
    playOn(env, 2)
    expect(() => env.step(0)).toThrow('the clock broke')
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(2))
  })

  it('keeps the frames before one of another size', () => {
    const folder = temporaryFolder()
    const env = wrap(new ClockEnv({ renderMode: 'rgb_array', growsAt: 3 }), recordVideo({ folder }))
    env.reset({ seed: 1 })
    playOn(env, 2)
    expect(caught(() => env.step(0)).code).toBe('recording/frame-size')
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(2))
  })

  it('goes on after an action that the environment refused', () => {
    const folder = temporaryFolder()
    const env = wrap(new ClockEnv(), recordVideo({ folder }))
    env.reset({ seed: 1 })
    playOn(env, 2)
    expect(caught(() => env.step(7)).code).toBe('env/action')
    playOn(env, 3)
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(5))
  })

  it('does not hide what a step threw behind a video that cannot be written, nor lose that', () => {
    const folder = temporaryFolder()
    const env = wrap(new ClockEnv({ renderMode: 'rgb_array', failsAt: 1 }), recordVideo({ folder }))
    env.reset({ seed: 1 })
    mkdirSync(join(folder, 'episode-0.png'))
    expect(() => env.step(0)).toThrow('the clock broke')
    expect(caught(() => env.close()).code).toBe('run/write-failed')
  })

  it('records asynchronous environments alike', async () => {
    const folder = temporaryFolder()
    const env = wrap(toAsync(new ClockEnv({ renderMode: 'rgb_array', failsAt: 3 })), recordVideo({ folder }))
    await env.reset({ seed: 1 })
    await env.step(0)
    await env.step(0)
    await expect(env.step(0)).rejects.toThrow('the clock broke')
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(2))
    await env.close()
  })

  it('is rebuilt by its spec, which is plain JSON', async () => {
    const folder = temporaryFolder()
    expect(isRegisteredWrapper('RecordVideo')).toBe(true)
    register({ id: 'test/Clock-v0', load: async () => (options) => new ClockEnv(clockOptions.parse(options)) })
    const options = { folder, namePrefix: 'again', schedule: { every: 3 }, format: 'apng', maxFrames: 4 } as const
    const env = wrap(new ClockEnv(), recordVideo(options))
    expect(env.spec.wrappers).toEqual([{ name: 'RecordVideo', options }])
    const spec: EnvSpec = JSON.parse(JSON.stringify(env.spec))
    const rebuilt = await make(spec)
    expect(rebuilt.spec.wrappers).toEqual(env.spec.wrappers)
    await rebuilt.reset({ seed: 1 })
    await rebuilt.step(0)
    await rebuilt.close()
    expectShows(shown(folder, 'again-0.png'), 20, clockFrames(1))
  })

  it('goes on counting where a saved state left off', () => {
    const folder = temporaryFolder()
    const env = wrap(new ClockEnv(), recordVideo({ folder, schedule: 'everyEpisode' }))
    play(env, 2)
    env.reset({ seed: 7 })
    playOn(env, 2)
    const state = JSON.parse(JSON.stringify(env.save()))
    env.close()
    rmSync(folder, { recursive: true })

    const resumed = wrap(new ClockEnv(), recordVideo({ folder, schedule: 'everyEpisode' }))
    resumed.load(state)
    playOn(resumed, 3)
    expect(existsSync(folder)).toBe(false)
    play(resumed, 1)
    expect(readdirSync(folder)).toEqual(['episode-3.png'])
    expect(caught(() => resumed.load({ ...state, wrappers: [{ episode: 'two' }] })).code).toBe('env/state')
  })

  it('ends a video where another state is put in its place: one video is one episode', () => {
    const folder = temporaryFolder()
    const env = wrap(new ClockEnv(), recordVideo({ folder }))
    env.reset({ seed: 1 })
    playOn(env, 1)
    const state = env.save()
    playOn(env, 2)
    env.load(state)
    playOn(env, 2)
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(3))
  })

  it('needs pictures when it is put on, not in the middle of a run', async () => {
    const folder = temporaryFolder()
    for (const options of [{}, { renderMode: 'ansi' }] as const) {
      const error = caught(() => wrap(new ClockEnv(options), recordVideo({ folder })))
      expect(error.code).toBe('recording/render-mode')
      expect(error.message).toContain("{ renderMode: 'rgb_array' }")
    }
    vi.stubEnv('PATH', folder)
    expect(caught(() => wrap(new ClockEnv(), recordVideo({ folder, format: 'mp4' }))).code).toBe('recording/ffmpeg')
    const broken = wrap(toAsync(new ClockEnv()), recordVideo({ folder: join(folder, 'a', '\0') }))
    expect((await rejected(broken.reset())).code).toBe('run/folder-unusable')
  })

  it('refuses options that are none', () => {
    const folder = temporaryFolder()
    const wrong: readonly object[] = [
      {}, { folder: '' }, { folder: 3 }, { folder, fps: 0 }, { folder, fps: Number.NaN }, { folder, fps: '30' }, { folder, maxFrames: 0 },
      { folder, maxFrames: 1.5 }, { folder, format: 'avi' }, { folder, schedule: 'never' }, { folder, schedule: { every: 0 } },
      { folder, namePrefix: '' }, { folder, namePrefix: '../up' },
    ]
    for (const options of wrong) expect(caught(() => recordVideo(options as never)).code).toBe('parameter/invalid')
    expect(caught(() => recordVideo({ folder, prefix: 'a' } as never)).code).toBe('parameter/unknown')
  })

  it('shows what the wrappers inside make of the picture', () => {
    const folder = temporaryFolder()
    const next = (frame: Frame | string) => (typeof frame === 'string' ? frame : clockFrame((frame.data[0] ?? 0) / 10 + 1))
    const ahead = wrap(new ClockEnv(), () => ({ wrapper: { name: 'Ahead', options: {} }, onRender: next }))
    play(wrap(ahead, recordVideo({ folder })), 1)
    expectShows(shown(folder, 'episode-0.png'), 20, clockFrames(6).slice(1))
  })
})
