/** Vectors of culture environments: all dishes lie in one batch and live through a step in one call. */
import type { ThreadChoice } from '../../src/culture/index.js'
import { Bl1Error } from '../../src/errors.js'
import type { Dishes } from '../../src/loop/index.js'
import { readParameters } from '../../src/parameters.js'
import type { Box, Space } from '../../src/spaces/index.js'
import { SyncVectorEnv, type VectorOptions, type VectorStep } from '../../src/vector/index.js'
import { CultureControlEnv, type CultureControlInfo, type CultureControlSpace } from './control/env.js'
import { CULTURE_CONTROL_ID, CULTURE_CONTROL_STEPS, cultureControlParameters, type CultureControlOptions } from './control/parameters.js'
import type { CultureEnv, CultureInfo } from './cultureEnv.js'
import type { Company, Home, Start } from './dish/home.js'
import { growDishes, settledHome, type GrowParameters } from './dish/start.js'
import { CultureGameEnv, type CultureGameInfo, type CultureGameSpace } from './game/env.js'
import { CULTURE_GAME_ID, CULTURE_GAME_STEPS, cultureGameParameters, type CultureGameOptions } from './game/parameters.js'

/** What a vector of cultures is made from; `O` are the options of each environment. */
export interface CultureVectorOptions<O> extends VectorOptions {
  /** How many environments: 1 or more. */
  readonly count: number
  readonly envOptions?: O
  /** The culture of each environment. @default that of envOptions.cultureSeed in all: copies of one culture, each with noise of its own */
  readonly cultureSeeds?: readonly number[]
  /** Steps after which an episode is cut off. @default as registered */
  readonly maxEpisodeSteps?: number
  /** Threads that share the dishes; results do not depend on their number. With more than one a reset takes longer. @default 1 */
  readonly threads?: ThreadChoice
}

/** The environments of one batch: the first that is stepped lets all dishes live. */
class BatchCompany implements Company {
  readonly #dishes: Dishes
  #envs: readonly CultureEnv<Space, CultureInfo>[] = []
  #actions: ArrayLike<Float32Array> | undefined
  #hasLived = false
  #closed = 0

  constructor(dishes: Dishes) {
    this.#dishes = dishes
  }

  /** Names the environments, in the order of their dishes. */
  gather(envs: readonly CultureEnv<Space, CultureInfo>[]): void {
    this.#envs = envs
  }

  /** Steps all environments, as `step` does one after the other, with these actions. */
  together<T>(actions: ArrayLike<Float32Array>, step: () => T): T {
    this.#actions = actions
    this.#hasLived = false
    try {
      return step()
    } finally {
      this.#actions = undefined
    }
  }

  live(): boolean {
    if (this.#actions === undefined) return false
    if (!this.#hasLived) this.#liveTogether(this.#actions)
    this.#hasLived = true
    return true
  }

  leave(): void {
    this.#closed++
    if (this.#closed === this.#dishes.count) this.#dishes.close()
  }

  #liveTogether(actions: ArrayLike<Float32Array>): void {
    for (const [i, env] of this.#envs.entries()) env.stimulate(actions[i])
    const { pieceMs, count } = this.#envs[0].pieces
    for (let piece = 0; piece < count; piece++) {
      this.#dishes.live(pieceMs)
      for (const env of this.#envs) env.look()
    }
  }
}

/**
 * Environments whose cultures are advanced in one call. Results are those of the single environments with the same seeds.
 *
 * What `makeVector` makes of these ids does the same, with a batch of one for each environment.
 */
export class CultureVectorEnv<OS extends Space, I extends CultureInfo> extends SyncVectorEnv<OS, Box, I> {
  readonly #company: BatchCompany

  /** Made by {@link cultureControlVector} and {@link cultureGameVector}. */
  constructor(envs: readonly CultureEnv<OS, I>[], company: BatchCompany, options: VectorOptions) {
    super(envs, options)
    company.gather(envs)
    this.#company = company
  }

  /** @throws Bl1Error `vector/actions`, `vector/action`, `vector/not-reset`, `vector/over`, `vector/env-failed`, `vector/closed` */
  override step(actions: ArrayLike<Float32Array>): VectorStep<OS, I> {
    return this.#company.together(actions, () => super.step(actions))
  }
}

/** One culture is settled for each seed, one dish is grown for each environment. */
const share = <P extends GrowParameters>(
  parameters: P,
  { count, cultureSeeds, threads = 1 }: Pick<CultureVectorOptions<unknown>, 'count' | 'cultureSeeds' | 'threads'>,
  restSeconds: number,
): { readonly company: BatchCompany; readonly homes: readonly (Home & { readonly parameters: P })[] } => {
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw new Bl1Error('culture-env/count', { expected: 'a whole number of environments, 1 or more', received: String(count) })
  }
  const seeds = cultureSeeds ?? Array.from({ length: count }, () => parameters.cultureSeed)
  if (seeds.length !== count) throw new Bl1Error('culture-env/count', { expected: `one culture seed for each of the ${count} environments`, received: `${seeds.length}` })
  const starts = new Map<number, Start>()
  for (const cultureSeed of new Set(seeds)) {
    const { dishes, start } = settledHome({ ...parameters, cultureSeed }, restSeconds)
    dishes.close()
    starts.set(cultureSeed, start)
  }
  const dishes = growDishes(parameters, seeds, 0, threads)
  const company = new BatchCompany(dishes)
  const homes = seeds.flatMap((cultureSeed, dish) => {
    const start = starts.get(cultureSeed)
    return start === undefined ? [] : [{ dishes, dish, start, company, parameters: { ...parameters, cultureSeed } }]
  })
  return { company, homes }
}

/** The options of the vector itself. */
const vectorOptionsOf = ({ autoreset, reuseBuffers }: VectorOptions): VectorOptions => ({
  ...(autoreset === undefined ? {} : { autoreset }),
  ...(reuseBuffers === undefined ? {} : { reuseBuffers }),
})

/**
 * A vector of `CultureControl-v0`.
 *
 * @example
 * ```ts
 * using vec = cultureControlVector({ count: 4, envOptions: { task: 'suppressBursts' } })
 * vec.reset({ seed: 7 })
 * const { rewards } = vec.step(vec.sampleActions())
 * ```
 * @throws Bl1Error `culture-env/count`, and those of CultureControlEnv
 */
export const cultureControlVector = (options: CultureVectorOptions<CultureControlOptions>): CultureVectorEnv<CultureControlSpace, CultureControlInfo> => {
  const { envOptions = {}, maxEpisodeSteps = CULTURE_CONTROL_STEPS } = options
  const { company, homes } = share(readParameters(cultureControlParameters, envOptions, CULTURE_CONTROL_ID), options, 0)
  const envs = homes.map(({ parameters, ...home }) => new CultureControlEnv(parameters, { maxEpisodeSteps }, home))
  return new CultureVectorEnv(envs, company, vectorOptionsOf(options))
}

/**
 * A vector of `CultureGame-v0`.
 *
 * @example
 * ```ts
 * using vec = await cultureGameVector({ count: 4, envOptions: { game: 'Pong-v0' } })
 * vec.reset({ seed: 7 })
 * const { rewards } = vec.step(vec.sampleActions())
 * ```
 * @throws Bl1Error (as a rejection) `culture-env/count`, and those of CultureGameEnv.create
 */
export const cultureGameVector = async (options: CultureVectorOptions<CultureGameOptions>): Promise<CultureVectorEnv<CultureGameSpace, CultureGameInfo>> => {
  const { envOptions = {}, maxEpisodeSteps = CULTURE_GAME_STEPS } = options
  const read = readParameters(cultureGameParameters, envOptions, CULTURE_GAME_ID)
  const { company, homes } = share(read, options, read.restSeconds)
  const envs = await Promise.all(homes.map(({ parameters, ...home }) => CultureGameEnv.create(parameters, { maxEpisodeSteps }, home)))
  return new CultureVectorEnv(envs, company, vectorOptionsOf(options))
}
