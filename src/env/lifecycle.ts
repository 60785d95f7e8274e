/**
 * The part that every environment shares and no author should write again: seeds, streams, and the order of calls.
 *
 * Seeds: `reset({ seed })` starts a sequence of episodes; `reset()` goes on with it, each episode with a seed of its own drawn from the
 * sequence and reported as `info.seed`. So any single episode can be replayed, and how much randomness one episode used cannot shift
 * the next. Within an episode there are two streams: `env` for the game, `action` for `sampleAction`.
 */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { requireSeed, Rng } from '../rng.js'
import { rngJSON, saveRng } from './savedRng.js'

type Phase = 'new' | 'running' | 'over' | 'closed'

/** Reads a saved lifecycle. */
export const lifecycleJSON = z.strictObject({
  phase: z.enum(['running', 'over']),
  seed: z.int().min(0),
  steps: z.int().min(0),
  episodes: rngJSON,
  env: rngJSON,
  action: rngJSON,
})
/** A saved lifecycle: plain JSON. */
export type LifecycleState = z.output<typeof lifecycleJSON>

/** A seed nobody chose, from the platform's entropy; it is reported like any other. */
const freshSeed = (): number => {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return (high >>> 11) * 2 ** 32 + low
}

const drawSeed = (rng: Rng): number => Math.floor(rng.uniform() * 2 ** 53)

/** Seeds, streams, step count and phase of one environment. */
export class Lifecycle {
  readonly #id: string
  readonly #maxEpisodeSteps: number
  #phase: Phase = 'new'
  /** Seed of the sequence of episodes, and of the present one. */
  #sequenceSeed = 0
  #seed = 0
  #steps = 0
  // Streams are made at their first use: most episodes need one of them, those of wrapped environments none.
  #episodes: Rng | undefined
  #env: Rng | undefined
  #action: Rng | undefined

  constructor(id: string, maxEpisodeSteps = Infinity) {
    this.#id = id
    this.#maxEpisodeSteps = maxEpisodeSteps
  }

  get closed(): boolean {
    return this.#phase === 'closed'
  }

  /** Steps since the last reset. */
  get steps(): number {
    return this.#steps
  }

  /** Starts an episode and returns its seed. @throws Bl1Error `rng/seed`, `env/closed` */
  beginEpisode(seed?: number): number {
    this.requireOpen('reset()')
    if (seed === undefined && this.#phase !== 'new') {
      this.#seed = drawSeed(this.#episodesRng())
    } else {
      this.#sequenceSeed = seed === undefined ? freshSeed() : requireSeed(seed)
      this.#seed = this.#sequenceSeed
      this.#episodes = undefined
    }
    this.#env = undefined
    this.#action = undefined
    this.#steps = 0
    this.#phase = 'running'
    return this.#seed
  }

  /** The game's stream. @throws Bl1Error `env/not-reset` */
  get envRng(): Rng {
    this.#requireReset('drawing a random number')
    this.#env ??= Rng.fromSeed(this.#seed).split('env')
    return this.#env
  }

  /** The stream of random actions. @throws Bl1Error `env/not-reset` */
  get actionRng(): Rng {
    this.#requireReset('sampleAction()')
    this.#action ??= Rng.fromSeed(this.#seed).split('action')
    return this.#action
  }

  /** @throws Bl1Error `env/not-reset`, `env/over`, `env/closed` unless an episode is running */
  requireRunning(): void {
    if (this.#phase === 'running') return
    this.requireOpen('step()')
    this.#requireReset('step()')
    throw new Bl1Error('env/over', { id: this.#id })
  }

  /** @throws Bl1Error `env/not-reset`, `env/closed` unless there is a state to look at */
  requireStarted(doing: string): void {
    this.requireOpen(doing)
    this.#requireReset(doing)
  }

  /** @throws Bl1Error `env/closed` */
  requireOpen(doing: string): void {
    if (this.#phase === 'closed') throw new Bl1Error('env/closed', { id: this.#id, doing })
  }

  /** Counts a step; says whether the time limit cuts the episode off here. */
  countStep(over: boolean): boolean {
    this.#steps++
    const timeIsUp = !over && this.#steps >= this.#maxEpisodeSteps
    if (over || timeIsUp) this.endEpisode()
    return timeIsUp
  }

  /** There is nothing more to step. A call that was under way when the environment was closed does not open it again. */
  endEpisode(): void {
    if (this.#phase === 'running') this.#phase = 'over'
  }

  /** Ends everything: only `closed` may be asked. */
  close(): void {
    this.#phase = 'closed'
  }

  /** @throws Bl1Error `env/not-reset`, `env/closed` */
  save(): LifecycleState {
    this.requireOpen('save()')
    this.#requireReset('save()')
    return {
      phase: this.#phase === 'over' ? 'over' : 'running',
      seed: this.#seed,
      steps: this.#steps,
      episodes: saveRng(this.#episodesRng()),
      env: saveRng(this.envRng),
      action: saveRng(this.actionRng),
    }
  }

  /** @throws Bl1Error `env/closed`, `rng/state` */
  load(saved: LifecycleState): void {
    this.requireOpen('load()')
    const [episodes, env, action] = [Rng.load(saved.episodes), Rng.load(saved.env), Rng.load(saved.action)]
    this.#episodes = episodes
    this.#env = env
    this.#action = action
    this.#phase = saved.phase
    this.#seed = saved.seed
    this.#steps = saved.steps
  }

  #episodesRng(): Rng {
    this.#episodes ??= Rng.fromSeed(this.#sequenceSeed).split('episodes')
    return this.#episodes
  }

  #requireReset(doing: string): void {
    if (this.#phase === 'new') throw new Bl1Error('env/not-reset', { id: this.#id, doing })
  }
}
