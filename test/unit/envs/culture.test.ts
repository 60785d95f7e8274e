/** What CultureControl-v0 and CultureGame-v0 promise: how stimulation acts, what is observed and rewarded, how episodes repeat. */
import { describe, expect, it } from 'vitest'
import {
  CultureControlEnv,
  cultureControlVector,
  CultureGameEnv,
  cultureGameVector,
  type CultureControlOptions,
  type CultureGameOptions,
} from '../../../envs/culture/index.js'
import { makeGame } from '../../../envs/culture/game/inner.js'
import { cultureGameParameters } from '../../../envs/culture/game/parameters.js'
import { gamePlayer } from '../../../envs/culture/game/player.js'
import { make, register, toAsync } from '../../../src/env/index.js'
import { Box, Dict, Discrete, MultiBinary, MultiDiscrete, type Space } from '../../../src/spaces/index.js'
import { isOver, type Env, type StepResult } from '../../../src/env/index.js'
import { PongEnv } from '../../../envs/pong/index.js'

/** Fifty cells lie under the four electrodes in the middle: 27, 28, 35 and 36. */
const tiny = { culture: { neurons: 50 }, dish: { settleSeconds: 1 } } as const
const oneElectrode = { ...tiny, stimulation: { channels: [27] }, readout: [28, 35, 36] } as const

/** Every channel at one rate and current. */
const pulses = (env: { readonly actionSpace: Box }, hz: number, ua: number): Float32Array => {
  const channels = env.actionSpace.shape[1]
  return new Float32Array(2 * channels).fill(hz, 0, channels).fill(ua, channels)
}

/** The results of an episode's first steps. */
const play = <OS extends Space, I extends object>(env: Env<OS, Box, I>, seed: number | undefined, action: Float32Array, steps: number) => {
  const start = env.reset(seed === undefined ? {} : { seed })
  const results: StepResult<unknown>[] = []
  for (let t = 0; t < steps; t++) {
    results.push(env.step(action))
    if (isOver(results[t])) break
  }
  return { start, results }
}

const meanReward = (results: readonly StepResult<unknown>[]): number => results.reduce((sum, { reward }) => sum + reward, 0) / results.length

describe('stimulation as an action', () => {
  it('has a row of rates in Hz and a row of currents in uA, a column for each electrode', () => {
    const stimulation = { channels: [27, 30], lowestRateHz: 4, highestRateHz: 20, lowestCurrentUa: 1, highestCurrentUa: 2.5 }
    const { actionSpace } = new CultureControlEnv({ ...tiny, stimulation })
    expect(actionSpace.shape).toEqual([2, 2])
    expect([...actionSpace.low]).toEqual([4, 4, 1, 1])
    expect([...actionSpace.high]).toEqual([20, 20, 2.5, 2.5])
  })

  it('leaves out the row of what does not vary', () => {
    const currents = new CultureControlEnv({ ...tiny, stimulation: { channels: [27, 30], lowestRateHz: 10, highestRateHz: 10 } })
    expect([currents.actionSpace.shape, [...currents.actionSpace.high]]).toEqual([[1, 2], [3, 3]])
    expect(play(currents, 1, Float32Array.of(3, 3), 10).results.map(({ info }) => info)).toMatchObject(Array.from({ length: 10 }, () => ({ culture: { pulses: 2 } })))
    const rates = new CultureControlEnv({ ...tiny, stimulation: { channels: [27, 30], lowestCurrentUa: 2, highestCurrentUa: 2 } })
    expect([rates.actionSpace.shape, [...rates.actionSpace.high]]).toEqual([[1, 2], [40, 40]])
    expect(play(rates, 1, Float32Array.of(40, 0), 1).results[0].info).toMatchObject({ culture: { pulses: 4 } })
  })

  it('gives as many pulses as the rate says, and none at 0 Hz or 0 uA', () => {
    const env = new CultureControlEnv(oneElectrode)
    const sent = (hz: number, ua: number): number =>
      play(env, 1, pulses(env, hz, ua), 20).results.reduce((sum, { info }) => sum + (info as { culture: { pulses: number } }).culture.pulses, 0)
    // 2 s
    expect([sent(10, 3), sent(25, 3), sent(40, 3), sent(0, 3), sent(40, 0)]).toEqual([20, 50, 80, 0, 0])
  })

  it.each([
    [{ stimulation: { channels: [27], lowestRateHz: 30, highestRateHz: 20 } }, 'parameter/invalid'],
    [{ stimulation: { channels: [27], lowestCurrentUa: 3, highestCurrentUa: 2 } }, 'parameter/invalid'],
    [{ stimulation: { lowestRateHz: 10, highestRateHz: 10, lowestCurrentUa: 3 } }, 'parameter/invalid'],
    [{ stimulation: { highestRateHz: 100 } }, 'parameter/invalid'],
    [{ stimulation: { highestRateHz: Number.NaN } }, 'parameter/invalid'],
    [{ stimulation: { highestCurrentUa: 5 } }, 'mea/current-limit'],
    [{ stimulation: { phaseWidthUs: 2000 } }, 'mea/charge-limit'],
    [{ stimulation: { channels: [27, 27] } }, 'loop/channels'],
    [{ stimulation: { channels: [0] } }, 'mea/channel-forbidden'],
    [{ stimulation: { channels: [64] } }, 'mea/channel-unknown'],
    [{ stimulation: { channels: [] } }, 'parameter/invalid'],
    [{ stimulation: { channels: [27] }, readout: [27, 28] }, 'loop/channels'],
    [{ task: 'raiseGroup', raiseGroup: { raised: [27] } }, 'loop/channels'],
    [{ task: 'raiseGroup', raiseGroup: { raised: [28], against: [28] } }, 'loop/channels'],
    [{ task: 'raiseGroup', readout: [28], raiseGroup: { raised: [28] } }, 'loop/channels'],
    [{ task: 'suppressBursts', suppressBursts: { pieceMs: 30 } }, 'time/not-a-multiple'],
    [{ stepMs: 100.3 }, 'time/not-a-multiple'],
    [{ stepMs: -1 }, 'parameter/invalid'],
    [{ targetRate: { lowestHz: 3, highestHz: 2 } }, 'parameter/invalid'],
    [{ tsak: 'targetRate' }, 'parameter/unknown'],
  ])('refuses %j', (options, code) => {
    // As it may come from a file.
    const make1 = () => new CultureControlEnv({ ...tiny, ...(options as CultureControlOptions) })
    expect(make1).toThrow(expect.objectContaining({ code }))
  })
})

describe('CultureControlEnv', () => {
  it('observes the spikes of the usable electrodes that are not stimulated, and the target', () => {
    const env = new CultureControlEnv({ ...tiny, targetRate: { lowestHz: 0.7, highestHz: 0.7 } })
    expect(env.readout).toHaveLength(59 - 8)
    expect(env.readout).not.toContain(27)
    const { observation } = env.reset({ seed: 1 })
    expect(env.observationSpace.contains(observation)).toBe(true)
    expect('target' in observation && observation.target[0]).toBe(Math.fround(0.7))
    expect(Object.keys(new CultureControlEnv({ ...tiny, task: 'raiseGroup' }).reset().observation)).toEqual(['spikes'])
  })

  it('targetRate: the reward is minus the relative error of the rate, up to the largest; stimulation raises the rate', () => {
    const env = new CultureControlEnv({ ...oneElectrode, targetRate: { lowestHz: 1, highestHz: 1, largestError: 1.5 } })
    const rates = { rest: 0, pulsed: 0 }
    for (const seed of [1, 2, 3]) {
      for (const [name, hz] of [['rest', 0], ['pulsed', 40]] as const) {
        for (const { reward, info } of play(env, seed, pulses(env, hz, 3), 50).results) {
          const { culture: { rateHz }, measure } = info as { culture: { rateHz: number }; measure: number }
          expect(measure).toBe(rateHz)
          expect(reward).toBeCloseTo(-Math.min(1.5, Math.abs(rateHz - 1)), 12)
          rates[name] += rateHz / 150
        }
      }
    }
    // a pulse of 3 uA fires some of the ten cells around it, forty times a second
    expect(rates.pulsed).toBeGreaterThan(rates.rest + 0.3)
  })

  it('targetRate: draws a target for each episode', () => {
    const env = new CultureControlEnv(tiny)
    const targets = Array.from({ length: 20 }, (_, seed) => {
      const { observation } = env.reset({ seed })
      return 'target' in observation ? observation.target[0] : Number.NaN
    })
    expect(new Set(targets).size).toBeGreaterThan(10)
    for (const target of targets) {
      expect(target).toBeGreaterThanOrEqual(0.5)
      expect(target).toBeLessThanOrEqual(1.5)
    }
  })

  it('suppressBursts: the reward is minus the share of pieces at or above the burst rate', () => {
    // two pieces a step; with so low a limit every spike of the fifty cells makes one a burst: 1 / 50 / 0.05 s = 0.4 Hz
    const env = new CultureControlEnv({ ...oneElectrode, task: 'suppressBursts', suppressBursts: { burstRateHz: 0.3 } })
    const { results } = play(env, 4, pulses(env, 5, 3), 50)
    expect(new Set(results.map(({ reward }) => reward))).toEqual(new Set([0, -0.5, -1]))
    for (const { reward, info } of results) {
      const { measure, culture } = info as { measure: number; culture: { rateHz: number } }
      expect(reward + measure).toBe(0)
      expect(measure > 0).toBe(culture.rateHz > 0)
    }
    // rest, and no pulse: nothing here is a burst of 5 Hz but a burst
    const usual = new CultureControlEnv({ ...oneElectrode, task: 'suppressBursts' })
    expect(play(usual, 4, pulses(usual, 0, 0), 20).results.every(({ reward }) => Object.is(reward, 0))).toBe(true)
  })

  it('raiseGroup: pulses beside a group raise its reward above that of pulses beside the other', () => {
    const culture = { culture: { neurons: 500 }, cultureSeed: 2, dish: { settleSeconds: 1 } } as const
    const env = new CultureControlEnv({
      ...culture,
      task: 'raiseGroup',
      stimulation: { channels: [26, 29] },
      readout: [17, 18, 33, 34, 27, 22, 21, 38, 37, 28],
    })
    const total = { left: 0, right: 0 }
    for (const seed of [1, 2]) {
      total.left += meanReward(play(env, seed, Float32Array.of(10, 0, 3, 0), 50).results) / 2
      total.right += meanReward(play(env, seed, Float32Array.of(0, 10, 0, 3), 50).results) / 2
    }
    // over cultures 1, 2 and 3 the difference was 0.26, 0.75 and 0.16
    expect(total.left).toBeGreaterThan(total.right + 0.3)
  })

  it('raiseGroup: the reward is the log ratio of spikes per electrode and second, the floor added to both', () => {
    const env = new CultureControlEnv({ ...oneElectrode, task: 'raiseGroup', raiseGroup: { raised: [28], against: [35, 36], floorHz: 2 } })
    const { results } = play(env, 5, pulses(env, 40, 3), 30)
    for (const { observation, reward } of results) {
      const [a, b, c] = (observation as { spikes: Float32Array }).spikes
      expect(reward).toBeCloseTo(Math.log((a * 10 + 2) / (((b + c) / 2) * 10 + 2)), 12)
    }
    expect(results.some(({ reward }) => reward !== 0)).toBe(true)
  })

  it('repeats an episode for an equal seed, and starts each from the settled culture with noise of its own', () => {
    const env = new CultureControlEnv(oneElectrode)
    const action = pulses(env, 20, 3)
    const first = play(env, 7, action, 15)
    const other = play(env, 8, action, 15)
    expect(play(env, 7, action, 15)).toEqual(first)
    expect(play(new CultureControlEnv(oneElectrode), 7, action, 15)).toEqual(first)
    expect(other.results.map(({ info }) => info)).not.toEqual(first.results.map(({ info }) => info))
    expect(play(new CultureControlEnv({ ...oneElectrode, cultureSeed: 2 }), 7, action, 15)).not.toEqual(first)
  })

  it('continuing: only a seed takes the culture back', () => {
    const env = new CultureControlEnv({ ...oneElectrode, continuing: true })
    expect(env.spec.nondeterministic).toBe(true)
    const ageAt = (seed?: number): unknown => {
      env.reset(seed === undefined ? {} : { seed })
      env.step(pulses(env, 0, 0))
      const { dish } = env.save() as unknown as { dish: { tissue: { state: { step: number } } } }
      return dish.tissue.state.step
    }
    const first = Number(ageAt(3))
    // two steps of 100 ms later, in steps of 0.5 ms
    expect([ageAt(), ageAt(3), ageAt()]).toEqual([first + 400, first, first + 400])
  })

  it('cuts an episode off at maxEpisodeSteps', async () => {
    const env = await make('CultureControl-v0', tiny, { maxEpisodeSteps: 3 })
    const { results } = play(env, 1, pulses(env, 0, 0), 10)
    expect(results.map(({ truncated }) => truncated)).toEqual([false, false, true])
    expect((await make('CultureControl-v0', tiny)).spec.maxEpisodeSteps).toBe(200)
  })

  it('goes on from a saved state in another instance, with pulses on their way', () => {
    const [env, other] = [new CultureControlEnv(oneElectrode), new CultureControlEnv(oneElectrode)]
    const action = pulses(env, 23, 2.5)
    play(env, 9, action, 7)
    const saved: unknown = JSON.parse(JSON.stringify(env.save()))
    const goOn = (played: CultureControlEnv) => [...Array(10)].map(() => played.step(action))
    const expected = goOn(env)
    other.load(saved)
    expect(goOn(other)).toEqual(expected)
  })

  it('refuses what is no saved state of it', () => {
    const env = new CultureControlEnv(oneElectrode)
    env.reset({ seed: 1 })
    const saved = env.save()
    const refused = expect.objectContaining({ code: 'env/state' })
    expect(() => new CultureControlEnv({ ...oneElectrode, cultureSeed: 2 }).load(saved)).toThrow(refused)
    for (const wrong of [null, {}, { ...saved, dish: {} }, { ...saved, dish: { column: 'float32', base64: 'AAA=' } }, { ...saved, trains: [] }, { ...saved, task: 99 }]) {
      expect(() => new CultureControlEnv(oneElectrode).load(wrong)).toThrow(refused)
    }
    env.close()
    expect(() => env.load(saved)).toThrow(expect.objectContaining({ code: 'env/closed' }))
  })
})

const tinyGame: CultureGameOptions = { ...tiny, restSeconds: 1 }

describe('CultureGameEnv', () => {
  it('plays Pong one tick a step, shows the game beside the spikes, and ends as the game does', async () => {
    const env = await CultureGameEnv.create(tinyGame)
    const { start, results } = play(env, 3, pulses(env, 10, 3), 200)
    const last = results[results.length - 1]
    expect(results.length).toBeGreaterThanOrEqual(24)
    expect(last).toMatchObject({ reward: -1, terminated: true, truncated: false, info: { endReason: 'lost', event: { name: 'miss' } } })
    expect(env.observationSpace.spaces.game.equals(new PongEnv({ tickMs: 100 }).observationSpace)).toBe(true)
    for (const { observation } of [start, ...results]) expect(env.observationSpace.contains(observation)).toBe(true)
    // the ball crosses the field in 2.5 s
    const ball = results.map(({ observation }) => (observation as { game: Float32Array }).game[0])
    expect(ball[9]).toBeCloseTo(1 / 25 * 10, 5)
  })

  it('repeats an episode for an equal seed', async () => {
    const env = await CultureGameEnv.create(tinyGame)
    const action = pulses(env, 20, 3)
    const first = play(env, 5, action, 40)
    play(env, undefined, action, 40)
    expect(play(env, 5, action, 40)).toEqual(first)
  })

  it.each([
    ['CartPole-v1', 'Discrete(2)'],
    ['Acrobot-v1', 'Discrete(3)'],
  ])('plays %s', async (game) => {
    await import('../../../envs/classic-control/register.js')
    const env = await CultureGameEnv.create({ ...tinyGame, game })
    const { results } = play(env, 1, pulses(env, 40, 3), 5)
    expect(results).toHaveLength(5)
    expect(results[0].info).toHaveProperty('culture.rateHz')
  })

  it('shows what the game shows', async () => {
    const env = await CultureGameEnv.create({ ...tinyGame, renderMode: 'ansi' })
    env.reset({ seed: 1 })
    expect(env.metadata).toEqual({ renderModes: ['ansi', 'rgb_array'], renderFps: 10 })
    expect(env.render()).toContain('\n')
  })

  it('refuses games that it cannot play, and says why', async () => {
    await import('../../../envs/classic-control/register.js')
    const create = (options: CultureGameOptions) => CultureGameEnv.create({ ...tinyGame, ...options })
    await expect(create({ game: 'Pendulum-v1' })).rejects.toMatchObject({ code: 'culture-env/game' })
    await expect(create({ game: 'Pnog-v0' })).rejects.toMatchObject({ code: 'env/unknown' })
    await expect(create({ gameOptions: { tikMs: 3 } })).rejects.toMatchObject({ code: 'parameter/unknown' })
    await expect(create({ motorGroups: [[[28]]] })).rejects.toMatchObject({ code: 'culture-env/motor-groups', data: { expected: [2], received: [1] } })
    await expect(create({ motorGroups: [[[28], [27]]] })).rejects.toMatchObject({ code: 'loop/channels' })
    await expect(create({ restSeconds: 0 })).rejects.toMatchObject({ code: 'parameter/invalid' })
  })

  it('refuses a game that answers later', async () => {
    register({ id: 'LaterPong-v0' as 'Pong-v0', load: async () => () => toAsync(new PongEnv()) as unknown as PongEnv })
    const parameters = cultureGameParameters.parse({ game: 'LaterPong-v0' })
    await expect(makeGame(parameters)).rejects.toMatchObject({ code: 'culture-env/game', message: expect.stringMatching(/steps at once/) as unknown })
  })
})

describe('gamePlayer', () => {
  const read = (game: string, space: Space, motorGroups: NonNullable<CultureGameOptions>['motorGroups'] = null) =>
    gamePlayer(cultureGameParameters.parse({ game, motorGroups }), space)
  /** Rests at one spike an electrode and step, then reads a step in which these are ten times as active. */
  const act = (player: ReturnType<typeof gamePlayer>, active: readonly number[]): unknown => {
    for (let t = 0; t < 10; t++) player.adapt(new Float64Array(64).fill(1), 100)
    const counts = new Float64Array(64).fill(1)
    for (const channel of active) counts[channel] = 10
    return player.act(counts, 100)
  }

  it('moves the paddle by the strips of the array, without the electrodes that are stimulated', () => {
    const player = read('Pong-v0', new Discrete({ n: 3 }))
    for (const stimulated of [41, 44, 54]) expect(player.channels).not.toContain(stimulated)
    expect([act(player, [34, 35, 42]), act(player, [32, 33, 40]), act(player, [])]).toEqual([1, 2, 0])
  })

  it('chooses the most active group of each choice, in the form of the action space', () => {
    const groups = [[[16], [17]], [[18]]]
    expect(act(read('X-v0', new MultiDiscrete({ nvec: [3, 2] }), groups), [17, 18])).toEqual(Int32Array.of(2, 1))
    expect(act(read('X-v0', new MultiDiscrete({ nvec: [3, 2], start: [1, 5] }), groups), [16])).toEqual(Int32Array.of(2, 5))
    expect(act(read('X-v0', new MultiBinary({ shape: 2 }), [[[16]], [[17]]]), [17])).toEqual(Uint8Array.of(0, 1))
    expect(act(read('X-v0', new Discrete({ n: 3, start: -1 }), [[[16], [17]]]), [16])).toBe(0)
  })

  it('cuts the array into columns where no groups are named', () => {
    const player = read('X-v0', new Discrete({ n: 3 }))
    // columns 0 and 7
    expect([act(player, [8, 16, 24, 32, 40]), act(player, [15, 23, 31, 39, 47])]).toEqual([1, 2])
    expect(player.channels).toHaveLength(59 - 8)
  })

  it('refuses actions that are no buttons', () => {
    for (const space of [new Box({ low: 0, high: 1, shape: [2] }), new Dict({ a: new Discrete({ n: 2 }) })]) {
      expect(() => read('X-v0', space)).toThrow(expect.objectContaining({ code: 'culture-env/game' }))
    }
  })
})

describe('vectors of cultures', () => {
  it('do what single environments do, whatever the number of threads, each with its culture', async () => {
    const envOptions = { ...oneElectrode, task: 'suppressBursts' } as const
    const cultureSeeds = [1, 2, 1]
    const singles = cultureSeeds.map((cultureSeed) => new CultureControlEnv({ ...envOptions, cultureSeed }, { maxEpisodeSteps: 4 }))
    const action = pulses(singles[0], 30, 3)
    const seeds = [11, 12, 13]
    const expected = singles.map((env, i) => {
      const first = play(env, seeds[i], action, 10)
      return [...first.results, ...play(env, undefined, action, 2).results].map(({ reward, info }) => [reward, (info as { culture: unknown }).culture])
    })
    for (const threads of [1, 2]) {
      using vec = cultureControlVector({ count: 3, cultureSeeds, threads, maxEpisodeSteps: 4, envOptions })
      vec.reset({ seeds })
      const played: unknown[][][] = seeds.map(() => [])
      for (let t = 0; t < 6; t++) {
        const { rewards, infos, finals } = vec.step([action, action, action])
        for (const i of seeds.keys()) played[i].push([rewards[i], (finals[i]?.info ?? infos[i]).culture])
      }
      expect(played).toEqual(expected)
    }
  })

  it('play games', async () => {
    using vec = await cultureGameVector({ count: 2, autoreset: 'disabled', envOptions: tinyGame })
    expect(vec.spec?.id).toBe('CultureGame-v0')
    vec.reset({ seed: 1 })
    const { observations } = vec.step(vec.sampleActions())
    expect(observations.game).toHaveLength(2 * 5)
    expect(observations.spikes).toHaveLength(2 * 51)
  })

  it('refuse counts and seeds that do not fit', () => {
    const refused = expect.objectContaining({ code: 'culture-env/count' })
    expect(() => cultureControlVector({ count: 0, envOptions: tiny })).toThrow(refused)
    expect(() => cultureControlVector({ count: 2, cultureSeeds: [1], envOptions: tiny })).toThrow(refused)
  })
})
