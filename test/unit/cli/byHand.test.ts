/** A person at the keyboard: which key does what, and how episodes go on from there. */
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { PongEnv } from '../../../envs/pong/index.js'
import { screenOf } from '../../../src/cli/play/byHand/command.js'
import { playByHand, type GameView, type PlayedEpisode, type Player, type Wish } from '../../../src/cli/play/byHand/game.js'
import { HeldKeys, listen } from '../../../src/cli/play/byHand/keyboard.js'
import { fitTo } from '../../../src/cli/play/liveScreen.js'
import { keyHelp, keyMapOf } from '../../../src/cli/play/byHand/keyMap.js'
import { BaseEnv, toAsync, type KeyMap } from '../../../src/env/index.js'
import { Box, Discrete, type Space } from '../../../src/spaces/index.js'

class Mute extends BaseEnv<Box, Space> {
  constructor(actionSpace: Space, keys?: KeyMap) {
    const metadata = { renderModes: [], ...(keys === undefined ? {} : { keys }) }
    super({ spec: { id: 'Mute-v0', options: {} }, observationSpace: new Box({ low: 0, high: 1 }), actionSpace, metadata })
  }

  protected onReset() {
    return { observation: Float32Array.of(0), info: {} }
  }

  protected onStep() {
    return { observation: Float32Array.of(0), reward: 0, terminated: false, truncated: false, info: {} }
  }
}

describe('the screen', () => {
  it('says what to do above the picture, so that a small window shows it', () => {
    const view = { picture: 'picture', episode: 1, steps: 0, return: 0, reward: 0, state: 'ready?', last: undefined } as const
    const small = fitTo(screenOf('CartPole-v1', view, 'left 0 · right 1'), 40, 5)
    expect(small.slice(1)).toEqual(['left 0 · right 1', 'press a key to start', '', 'picture'])
  })
})

describe('the keys of an environment', () => {
  it('are its own where it names them', () => {
    const keys = { actions: { left: 0, right: 1 } }
    expect(keyMapOf(new Mute(new Discrete({ n: 2 }), keys))).toBe(keys)
  })

  it('are digits for a few choices, from the first on', () => {
    expect(keyMapOf(new Mute(new Discrete({ n: 3, start: 5 })))).toEqual({ actions: { 0: 5, 1: 6, 2: 7 } })
  })

  it('are digits too where its own would hide quit, pause or restart', () => {
    expect(keyMapOf(new Mute(new Discrete({ n: 2 }), { actions: { q: 0, w: 1 } }))).toEqual({ actions: { 0: 0, 1: 1 } })
  })

  it.each([new Discrete({ n: 11 }), new Box({ low: -1, high: 1, shape: [1] })])('cannot be guessed for other actions', (space) => {
    expect(() => keyMapOf(new Mute(space))).toThrow(expect.objectContaining({ code: 'cli/no-keys' }))
  })

  it('stand on one line with those that every game has', () => {
    expect(keyHelp({ actions: { left: 0, up: Float32Array.of(0.5) }, idle: 2 })).toBe('left 0 · up [0.5] · no key 2 · p pause · r new episode · q quit')
  })
})

describe('held keys', () => {
  const map = { actions: { left: 0, right: 1 }, idle: 2 }

  it('count as held until their repeats stop, then nothing is', () => {
    let now = 0
    const keys = new HeldKeys(map, () => now)
    expect(keys.action()).toBe(2)
    keys.press({ name: 'right' })
    now = 100
    expect(keys.action()).toBe(1)
    keys.press({ name: 'right' })
    now = 200
    expect(keys.action()).toBe(1)
    now = 300
    expect(keys.action()).toBe(2)
  })

  it('go on where an environment has no idle action', () => {
    let now = 0
    const keys = new HeldKeys({ actions: { left: 0, right: 1 } }, () => now)
    keys.press({ name: 'right' })
    now = 10_000
    expect(keys.action()).toBe(1)
  })

  it('are read one by one, and Ctrl-C interrupts, until the terminal is given back', async () => {
    const modes: boolean[] = []
    const input = Object.assign(new PassThrough(), { setRawMode: (isRaw: boolean) => modes.push(isRaw) })
    const keys = new HeldKeys(map)
    let interrupts = 0
    const giveBack = listen(input, keys, () => interrupts++)
    input.write('q\u0003')
    await setImmediate()
    expect([keys.takeWish(), keys.takeWish(), interrupts]).toEqual(['quit', undefined, 1])
    giveBack()
    expect([modes, input.isPaused()]).toEqual([[true, false], true])
  })

  it.each<[object, Wish]>([
    [{ name: 'q' }, 'quit'],
    [{ name: 'escape' }, 'quit'],
    [{ name: 'r' }, 'reset'],
    [{ name: 'p' }, 'pause'],
  ])('say what else is wanted: %j', (key, wish) => {
    const keys = new HeldKeys(map)
    keys.press(key)
    expect([keys.takeWish(), keys.takeWish()]).toEqual([wish, undefined])
  })

  it('make the player ready for an episode with the first action, not with other keys', () => {
    const keys = new HeldKeys(map)
    keys.press({ name: 'p' })
    keys.press({ sequence: '?' })
    expect(keys.isReady).toBe(false)
    keys.press({ name: 'left' })
    expect(keys.isReady).toBe(true)
    keys.look()
    expect(keys.isReady).toBe(false)
  })
})

/** Plays CartPole with a script: what the player wishes before each step. */
const play = async (script: readonly (Wish | undefined)[], { episodes = null as number | null, ready = (): boolean => true, asynchronous = false } = {}) => {
  const views: GameView[] = []
  const seen: PlayedEpisode[] = []
  let turn = 0
  const player: Player = {
    look: () => undefined,
    get isReady() {
      return ready()
    },
    action: () => 0,
    takeWish: () => (turn < script.length ? script[turn++] : 'quit'),
  }
  const env = new CartPoleEnv({ renderMode: 'ansi' })
  const options = { seed: 1, episodes, signal: new AbortController().signal, wait: async () => undefined }
  const played = await playByHand(asynchronous ? toAsync(env) : env, player, {
    ...options,
    show: (view) => views.push(view),
    onEpisode: (episode) => seen.push(episode),
  })
  return { played, seen, views }
}

describe('a game', () => {
  const nothing = new Array<undefined>(500).fill(undefined)

  it.each([false, true])('plays episodes to their end and counts (asynchronous: %s)', async (asynchronous) => {
    const { played, seen, views } = await play(nothing, { episodes: 2, asynchronous })
    expect(played).toHaveLength(2)
    expect(seen).toEqual(played)
    expect(played[0]).toMatchObject({ seed: 1, endReason: 'lost' })
    // pushed to one side only, the pole falls within some ten steps; each is worth 1
    for (const episode of played) expect(episode.return).toBe(episode.steps)
    expect(views.at(-1)).toMatchObject({ episode: 2, last: played[0] })
  })

  it('stands still while paused', async () => {
    const { views } = await play([undefined, 'pause', undefined, undefined, 'pause', undefined, 'quit'])
    expect(views.map(({ steps, state }) => `${steps} ${state}`)).toEqual([
      '0 running', '1 running', '1 paused', '1 paused', '1 paused', '2 running', '3 running',
    ])
  })

  it('waits for a player who is not ready', async () => {
    const { views } = await play([undefined, undefined], { ready: () => false })
    expect(views.map(({ steps, state }) => `${steps} ${state}`)).toEqual(['0 ready?', '0 ready?', '0 ready?'])
  })

  it('leaves an episode for a new one without counting it', async () => {
    const { played, views } = await play([undefined, undefined, 'reset', undefined])
    expect(played).toEqual([])
    expect(views.map(({ steps }) => steps)).toEqual([0, 1, 2, 0, 1])
  })

  it('shows what the environment draws', async () => {
    const { views } = await play([])
    const env = new CartPoleEnv({ renderMode: 'ansi' })
    env.reset({ seed: 1 })
    expect(views[0]?.picture).toBe(env.render())
  })

  it('is over at once when interrupted', async () => {
    const player: Player = { look: () => undefined, isReady: true, action: () => 0, takeWish: () => undefined }
    const controller = new AbortController()
    const wait = async () => controller.abort()
    const options = { seed: 1, episodes: null, signal: controller.signal, wait, show: () => undefined, onEpisode: () => undefined }
    expect(await playByHand(new PongEnv({ renderMode: 'ansi' }), player, options)).toEqual([])
  })
})
