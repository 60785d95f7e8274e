/** Chooses what computes a culture: the engine its parameters name, on as many threads as pay. */
import { Rng } from '../../rng.js'
import type { CultureSnapshot } from '../snapshot.js'
import { copyState } from '../state.js'
import type { Engine } from './engine.js'
import { ReferenceEngine } from './reference.js'
import { createWasmEngine, threadsFor, type ThreadChoice } from './wasm/createWasmEngine.js'
import { machineThreads } from './wasm/nodeThreads.js'

/** How a culture is computed; its results do not depend on it. */
export interface ThreadOptions {
  /**
   * Threads for one culture: 1 to 64, or 'auto': one for every 5,000 neurons, as far as there are spare ones. Only Node has threads that
   * share memory; elsewhere, and with the reference engine, a culture is computed on one.
   */
  readonly threads?: ThreadChoice
  /** Threads that 'auto' may take: by default those of the machine, and one inside a worker thread. */
  readonly spareThreads?: number
}

/** Key of the fast noise: from the seed alone, never from what was drawn. */
export const noiseKeyOf = (seed: number): number => Rng.fromSeed(seed).split('culture').split('fast noise').key32

/**
 * An engine that goes on from a snapshot, which it copies.
 * @throws Bl1Error `culture/threads`, `culture/too-large`
 */
export const createEngine = (snapshot: CultureSnapshot, { threads = 'auto', spareThreads = machineThreads() }: ThreadOptions): Engine => {
  const { parameters, population, seed, state } = snapshot
  const count = threadsFor(population.neurons, threads, spareThreads)
  if (parameters.engine === 'wasm') return createWasmEngine(snapshot, noiseKeyOf(seed), count)
  return new ReferenceEngine({ ...snapshot, state: copyState(state) }, noiseKeyOf(seed))
}
