/**
 * The sheet that the results of all environments are written on, one slot each, and what must be known of every episode.
 *
 * Every kind of vector environment has one. It always holds the present state of all environments, so a reset of some of them need not ask
 * the others. Those in the threads of a worker vector write parts of one shared memory, from which the user's thread fills its own sheet.
 */
import { isOver, type Info, type ResetResult, type StepResult } from '../env/index.js'
import { createEmptyArray, createSharedArray, writeSlot, type Batched, type Member, type Space } from '../spaces/index.js'
import { allocate, type Memory } from '../spaces/dtypes.js'
import { keptValue } from '../wrappers/copyValue.js'
import { copyBatch, viewBatch } from './batchMemory.js'
import type { Autoreset, Final, VectorReset, VectorStep } from './types.js'

/** Where an episode stands. */
export const Phase = { new: 0, running: 1, over: 2 } as const

/** The arrays of a sheet: all that is numbers, and the observations. */
export interface SheetMemory<OS extends Space> {
  readonly observations: Batched<OS>
  readonly rewards: Float64Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
  /** Of each environment one of {@link Phase}. */
  readonly phases: Uint8Array
  /** The seeds of the present episodes. */
  readonly seeds: Float64Array
  /** How many episodes each has begun. */
  readonly episodes: Uint32Array
  /** The rewards of the present episodes so far, added up. */
  readonly returns: Float64Array
  /** Their steps so far. */
  readonly lengths: Uint32Array
}

/** Observations whose size differs lie in lists, which cannot be shared. */
export const createSheetMemory = <OS extends Space>(space: OS, count: number, memory: Memory): SheetMemory<OS> => ({
  observations: memory === 'shared' && space.isFixedSize ? createSharedArray(space, count) : createEmptyArray(space, count),
  rewards: allocate('float64', count, memory),
  terminated: allocate('uint8', count, memory),
  truncated: allocate('uint8', count, memory),
  phases: allocate('uint8', count, memory),
  seeds: allocate('float64', count, memory),
  episodes: allocate('uint32', count, memory),
  returns: allocate('float64', count, memory),
  lengths: allocate('uint32', count, memory),
})

/** The part of shared memory for the environments `from` to `to` (exclusive). */
export const viewSheetMemory = <OS extends Space>(space: OS, memory: SheetMemory<OS>, from: number, to: number): SheetMemory<OS> => {
  const view = viewBatch(memory, from, to, memory.rewards.length)
  return space.isFixedSize ? view : { ...view, observations: createEmptyArray(space, to - from) }
}

/** How a sheet is kept. */
export interface SheetOptions {
  readonly autoreset: Autoreset
  readonly reuseBuffers: boolean
}

/** Results being written, and handed out: as copies, or with `reuseBuffers` as they are. */
export class Sheet<OS extends Space, I extends Info> {
  readonly memory: SheetMemory<OS>
  readonly infos: I[] = []
  readonly finals: (Final<OS, I> | undefined)[]
  readonly #space: OS
  readonly #options: SheetOptions
  readonly #reusedStep: VectorStep<OS, I>

  constructor(space: OS, count: number, options: SheetOptions, memory = createSheetMemory(space, count, 'own')) {
    this.#space = space
    this.#options = options
    this.memory = memory
    this.finals = Array.from({ length: count }, () => undefined)
    const { observations, rewards, terminated, truncated } = memory
    this.#reusedStep = { observations, rewards, terminated, truncated, infos: this.infos, finals: this.finals }
  }

  /** A new episode of environment `i`. */
  writeReset(i: number, { observation, info }: ResetResult<Member<OS>, I>, envReuses: boolean): void {
    const { memory } = this
    writeSlot(this.#space, memory.observations, i, observation)
    this.infos[i] = this.#keptInfo(info, envReuses)
    memory.seeds[i] = info.seed
    memory.episodes[i]++
    memory.returns[i] = 0
    memory.lengths[i] = 0
    memory.phases[i] = Phase.running
  }

  /** A step of environment `i`. Says whether the environment is to be reset now. */
  writeStep(i: number, result: StepResult<Member<OS>, I>, envReuses: boolean): boolean {
    const { memory } = this
    memory.rewards[i] = result.reward
    memory.terminated[i] = result.terminated ? 1 : 0
    memory.truncated[i] = result.truncated ? 1 : 0
    memory.returns[i] += result.reward
    memory.lengths[i]++
    if (isOver(result) && this.#options.autoreset === 'sameStep') {
      const episode = { return: memory.returns[i], length: memory.lengths[i] }
      // The reset that follows within this step may write both again.
      this.finals[i] = { observation: keptValue(result.observation, envReuses), info: envReuses ? { ...result.info } : result.info, episode }
      return true
    }
    this.finals[i] = undefined
    this.infos[i] = this.#keptInfo(result.info, envReuses)
    writeSlot(this.#space, memory.observations, i, result.observation)
    if (isOver(result)) memory.phases[i] = Phase.over
    return false
  }

  /** The present state as a reset returns it. */
  resetResult(): VectorReset<OS, I> {
    const { observations } = this.memory
    if (this.#options.reuseBuffers) return { observations, infos: this.infos }
    return { observations: copyBatch(observations), infos: [...this.infos] }
  }

  /** The present state as a step returns it. */
  stepResult(): VectorStep<OS, I> {
    if (this.#options.reuseBuffers) return this.#reusedStep
    const { observations, rewards, terminated, truncated } = this.memory
    return {
      observations: copyBatch(observations),
      rewards: rewards.slice(),
      terminated: terminated.slice(),
      truncated: truncated.slice(),
      infos: [...this.infos],
      finals: [...this.finals],
    }
  }

  /** An environment that writes its observations again may do so with its infos. */
  #keptInfo(info: I, envReuses: boolean): I {
    return envReuses && !this.#options.reuseBuffers ? { ...info } : info
  }
}
