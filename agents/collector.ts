/** Plays: fills rollouts with the steps of an actor in a vector of environments. */
import { z } from 'zod'
import { Bl1Error } from '../src/errors.js'
import { Rng } from '../src/rng.js'
import type { AnyVectorEnv, Final, VectorStep } from '../src/vector/index.js'
import type { Actor, ActorSeconds } from './actor.js'
import { breather } from './breathe.js'
import type { ActionCodec } from './distributions/index.js'
import { ObservationRows, type ObservationScale } from './observationRows.js'
import type { Rollout } from './rollout.js'
import { loadVector, saveVector } from './vectorState.js'

/** What a collector is made of. */
export interface CollectorParts {
  /** With autoreset 'sameStep'. The collector is the only one to step it. */
  readonly vec: AnyVectorEnv
  readonly actor: Actor
  readonly codec: ActionCodec
  /** Of all episodes together: environment i begins with `splitSeed(seed, i)`. */
  readonly seed: number
  /** @default null */
  readonly observationScale?: ObservationScale
}

/** Seconds spent since the collector was made. */
export interface CollectorSeconds extends ActorSeconds {
  /** In the environments. */
  readonly env: number
}

const savedCollector = z.strictObject({
  observations: z.instanceof(Float32Array),
  returns: z.instanceof(Float64Array),
  lengths: z.instanceof(Float64Array),
  episodes: z.int().min(0),
  states: z.array(z.unknown()).readonly().nullable(),
  actor: z.unknown(),
})
/** A saved collector: plain JSON and typed arrays. */
export type SavedCollector = z.output<typeof savedCollector>

/**
 * Goes on from rollout to rollout: an episode that is not over at the end of one continues in the next.
 *
 * @example
 * ```ts
 * const vec = await makeVector(CART_POLE_ID, { count: 8 })
 * const collector = new Collector({ vec, actor: networkActor(policy, rng.split('actor')), codec, seed: 7 })
 * const rollout = new Rollout({ steps: 128, envs: 8, columns: policy.columns })
 * await collector.collect(rollout)
 * ```
 */
export class Collector {
  /** Numbers of a flat observation. */
  readonly observationWidth: number
  readonly #parts: CollectorParts
  readonly #rows: ObservationRows
  /** The present observations, a row an environment. */
  readonly #observations: Float32Array
  /** Of the present episodes so far. */
  readonly #returns: Float64Array
  readonly #lengths: Float64Array
  /** One for all rollouts: short ones must be heard between too. */
  readonly #breathe = breather()
  #episodes = 0
  #envSeconds = 0
  #started = false

  /** @throws Bl1Error `agents/rollout` for a vector that does not reset by itself or a scale that does not fit, `space/flatten` */
  constructor(parts: CollectorParts) {
    const { vec, observationScale = null } = parts
    if (vec.autoreset !== 'sameStep') {
      throw new Bl1Error('agents/rollout', { expected: "a vector with autoreset 'sameStep' for a Collector", received: `'${vec.autoreset}'` })
    }
    this.#parts = parts
    this.#rows = new ObservationRows(vec.singleObservationSpace, observationScale)
    this.observationWidth = this.#rows.width
    this.#observations = new Float32Array(vec.count * this.#rows.width)
    this.#returns = new Float64Array(vec.count)
    this.#lengths = new Float64Array(vec.count)
  }

  get seconds(): CollectorSeconds {
    return { env: this.#envSeconds, ...this.#parts.actor.seconds }
  }

  /**
   * Fills a cleared rollout.
   * @returns false where `signal` was aborted before it was full: it is then not to be learned from
   * @throws Bl1Error `agents/rollout` for a rollout of another shape, and what the environments and the actor throw
   */
  async collect(rollout: Rollout, signal?: AbortSignal): Promise<boolean> {
    const { vec, actor, codec } = this.#parts
    this.#requireShape(rollout)
    if (!this.#started) await this.#start(this.#parts.seed)
    for (let step = 0; step < rollout.steps; step++) {
      // Steps follow each other.
      await this.#breathe()
      if (signal?.aborted === true) return false
      const firstRow = step * vec.count
      rollout.data['observation'].set(this.#observations, firstRow * this.#rows.width)
      actor.act(this.#observations, rollout.data, firstRow, false)
      const actions = Array.from({ length: vec.count }, (_, env) => codec.toAction(rollout.data['action'], firstRow + env))
      const began = performance.now()
      const stepped = await vec.step(actions)
      this.#envSeconds += (performance.now() - began) / 1000
      this.#take(stepped, rollout, firstRow)
    }
    rollout.next.set(this.#observations)
    return true
  }

  /** Where it stands: the environments (where they can be saved), the present observations, the actor without its weights. */
  async save(): Promise<SavedCollector> {
    const { vec, actor, seed } = this.#parts
    if (!this.#started) await this.#start(seed)
    return {
      observations: this.#observations.slice(),
      returns: this.#returns.slice(),
      lengths: this.#lengths.slice(),
      episodes: this.#episodes,
      states: await saveVector(vec),
      actor: actor.save(),
    }
  }

  /**
   * Goes on from where a collector of the same parts was saved.
   * @returns `exact`: the next rollout is the one that the saved collector would have collected, bit for bit. False where environments cannot be
   *   saved: new episodes begin, with seeds that were not used before
   * @throws Bl1Error `agents/saved`, and what environments say about states of others
   */
  async load(saved: unknown): Promise<{ readonly exact: boolean }> {
    const { vec, actor, seed } = this.#parts
    const result = savedCollector.safeParse(saved)
    if (!result.success) throw new Bl1Error('agents/saved', { what: 'collector', reason: result.error.issues[0].message })
    const { observations, returns, lengths, episodes, states, actor: savedActor } = result.data
    if (observations.length !== this.#observations.length || returns.length !== vec.count || lengths.length !== vec.count) {
      throw new Bl1Error('agents/saved', { what: 'collector', reason: 'it is of another number of environments or of other observations' })
    }
    actor.load(savedActor)
    this.#episodes = episodes
    // A vector steps only environments that it has reset itself.
    const unused = Math.floor(Rng.fromSeed(seed).split(`resumed/${episodes}`).uniform() * 2 ** 53)
    const began = await vec.reset({ seed: unused })
    this.#started = true
    if (await loadVector(vec, states)) {
      this.#observations.set(observations)
      this.#returns.set(returns)
      this.#lengths.set(lengths)
      return { exact: true }
    }
    this.#begin(began.observations)
    return { exact: false }
  }

  /** Closes the environments. */
  async close(): Promise<void> {
    await this.#parts.vec.close()
  }

  async #start(seed: number): Promise<void> {
    const { observations } = await this.#parts.vec.reset({ seed })
    this.#started = true
    this.#begin(observations)
  }

  #begin(observations: unknown): void {
    const { vec, actor } = this.#parts
    this.#rows.writeBatch(observations, this.#observations)
    this.#returns.fill(0)
    this.#lengths.fill(0)
    this.#episodes += vec.count
    for (let env = 0; env < vec.count; env++) actor.reset(env)
  }

  #take(step: VectorStep, rollout: Rollout, firstRow: number): void {
    const { vec, actor } = this.#parts
    for (let env = 0; env < vec.count; env++) {
      const row = firstRow + env
      const [reward, terminated, truncated, final] = [step.rewards[env], step.terminated[env], step.truncated[env], step.finals[env]]
      rollout.rewards[row] = reward
      rollout.terminated[row] = terminated
      rollout.truncated[row] = truncated
      this.#returns[env] += reward
      this.#lengths[env]++
      actor.outcome(env, { reward, terminated: terminated === 1, truncated: truncated === 1, info: (final ?? { info: step.infos[env] }).info })
      if (final !== undefined) this.#end(env, final, rollout, row)
    }
    this.#rows.writeBatch(step.observations, this.#observations)
  }

  #end(env: number, final: Final, rollout: Rollout, row: number): void {
    if (rollout.truncated[row] === 1) rollout.finals.push({ row, observation: this.#rows.rowOf(final.observation) })
    rollout.episodes.push({ env, return: this.#returns[env], length: this.#lengths[env], endReason: final.info.endReason })
    this.#returns[env] = 0
    this.#lengths[env] = 0
    this.#episodes++
    this.#parts.actor.reset(env)
  }

  #requireShape(rollout: Rollout): void {
    const { vec, actor } = this.#parts
    const columns = [{ name: 'observation', width: this.#rows.width }, ...actor.columns]
    const missing = columns.find(({ name, width }) => rollout.data[name]?.length !== rollout.rows * width)
    if (rollout.envs === vec.count && missing === undefined) return
    const expected = `a rollout of ${vec.count} environments with the columns ${columns.map(({ name, width }) => `${name} (${width})`).join(', ')}`
    const received = `one of ${rollout.envs} with ${rollout.columns.map(({ name, width }) => `${name} (${width})`).join(', ')}`
    throw new Bl1Error('agents/rollout', { expected, received })
  }
}
