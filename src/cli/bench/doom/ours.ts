/** Our side of the measurement: games, empty calls, or a culture at play, ready for rounds. */
import { availableParallelism } from 'node:os'
import {
  doomCultureEnv, doomFeedback, doomGroupDecoder, doomPlaceRateEncoder,
} from '../../../../envs/doom/culture/index.js'
import { DoomEnv } from '../../../../envs/doom/index.js'
import { Bridge } from '../../../bridge/index.js'
import { Culture } from '../../../culture/index.js'
import { isOver } from '../../../env/index.js'
import { SteppedLoop } from '../../../loop/index.js'
import type { MultiBinary } from '../../../spaces/index.js'
import { MS_PER_MINUTE, MS_PER_SECOND } from '../../../units.js'
import { calibratedOptions } from '../culture/drivenCulture.js'
import { IN_DEGREE } from '../culture/plan.js'
import type { CultureSetup, DoomRound, DoomSetup, GamesSetup, Transport } from './setup.js'

/** What can be measured. */
export interface OurDoom {
  readonly engineSeeds: readonly (readonly number[])[]
  run(steps: number): Promise<DoomRound>
  close(): Promise<void>
}

/** One game, which begins a new episode by itself. */
class Game {
  resets = 0
  reward = 0
  readonly #env: DoomEnv<MultiBinary>
  readonly #actions: readonly Uint8Array[]
  readonly #seeds: readonly number[]
  #episode = 0
  #taken = 0

  constructor(env: DoomEnv<MultiBinary>, actions: readonly number[], seeds: readonly number[]) {
    this.#env = env
    this.#actions = actions.map((mask) => Uint8Array.from(env.buttons, (_, k) => (mask >> k) & 1))
    this.#seeds = seeds
  }

  /** The engine's own seeds of the episodes: each is begun once for it. */
  async engineSeeds(): Promise<number[]> {
    const found: number[] = []
    for (const seed of this.#seeds) found.push((await this.#env.reset({ seed })).info.engineSeed ?? 0)
    await this.reset()
    return found
  }

  async reset(): Promise<void> {
    await this.#env.reset({ seed: this.#seeds[this.#episode++ % this.#seeds.length] })
  }

  async play(steps: number): Promise<void> {
    for (let i = 0; i < steps; i++) {
      const step = await this.#env.step(this.#actions[this.#taken++ % this.#actions.length])
      this.reward += step.reward
      if (!isOver(step)) continue
      this.resets++
      await this.reset()
    }
  }

  close(): Promise<void> {
    return this.#env.close()
  }
}

const startGames = async ({ scenario, resolution, format, tics, transport, actions, seeds }: GamesSetup): Promise<OurDoom> => {
  const games: Game[] = []
  const close = async (): Promise<void> => void (await Promise.all(games.map((game) => game.close())))
  const engineSeeds: number[][] = []
  try {
    for (const own of seeds) {
      const env = await DoomEnv.create({ scenario, resolution, screen: { format }, ticsPerStep: tics, bridge: { transport } })
      const game = new Game(env, actions, own)
      games.push(game)
      engineSeeds.push(await game.engineSeeds())
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    engineSeeds,
    run: async (steps) => {
      const each = Math.ceil(steps / games.length)
      for (const game of games) [game.resets, game.reward] = [0, 0]
      const startedMs = performance.now()
      // Every game goes on as soon as it is answered: none waits for another.
      await Promise.all(games.map((game) => game.play(each)))
      const seconds = (performance.now() - startedMs) / MS_PER_SECOND
      const sum = (of: (game: Game) => number): number => games.reduce((total, game) => total + of(game), 0)
      return { steps: each * games.length, seconds, resets: sum(({ resets }) => resets), reward: sum(({ reward }) => reward) }
    },
    close,
  }
}

const startCalls = async (transport: Transport): Promise<OurDoom> => {
  const bridge = await Bridge.start({ transport })
  return {
    engineSeeds: [],
    run: async (steps) => {
      const startedMs = performance.now()
      for (let i = 0; i < steps; i++) await bridge.call('ping')
      return { steps, seconds: (performance.now() - startedMs) / MS_PER_SECOND, resets: 0, reward: 0 }
    },
    close: () => bridge.close(),
  }
}

/** Length of a step of the loop, ms: four tics of Doom, as in the stepped loop's own clock. */
const LOOP_STEP_MS = 114.5
/** In which the decoder finds its gains, and compiled code settles. */
const REST_MINUTES = 0.1

const startCulture = async ({ scenario, neurons, seed }: CultureSetup): Promise<OurDoom> => {
  const env = await DoomEnv.create(doomCultureEnv(scenario))
  const culture = Culture.grow(calibratedOptions(neurons, IN_DEGREE), seed, { spareThreads: availableParallelism() })
  const close = async (): Promise<void> => {
    culture.close()
    await env.close()
  }
  try {
    const loop = new SteppedLoop({
      env,
      features: ({ features }) => features ?? [],
      culture,
      encoder: doomPlaceRateEncoder({}, env.featureNames),
      decoder: doomGroupDecoder({}, env.heads),
      feedback: doomFeedback('fep'),
      seed,
      // A pause is no step: what is measured is play.
      timing: { stepMs: LOOP_STEP_MS, pauseMs: 0 },
    })
    loop.rest(REST_MINUTES)
    return {
      engineSeeds: [],
      run: async (steps) => {
        const startedMs = performance.now()
        // Half a step more than is played: a rounded number of minutes must hold them all.
        const session = await loop.play({ minutes: ((steps + 0.5) * LOOP_STEP_MS) / MS_PER_MINUTE })
        const seconds = (performance.now() - startedMs) / MS_PER_SECOND
        return { steps: session.steps, seconds, resets: session.episodes.length, reward: 0 }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Starts what a setup describes. @throws Bl1Error what the environment, the bridge and the culture throw */
export const startOurDoom = (setup: DoomSetup): Promise<OurDoom> => {
  if (setup.kind === 'games') return startGames(setup)
  return setup.kind === 'calls' ? startCalls(setup.transport) : startCulture(setup)
}
