/** Many cultures that are advanced in one call: for vectors of environments, comparisons and training. */
import { Bl1Error } from '../errors.js'
import { Culture } from './culture.js'
import { createEngine, noiseKeyOf, type ThreadOptions } from './engine/createEngine.js'
import type { Depolarisations, Engine, SpikeColumns } from './engine/engine.js'
import { mostThreads } from './engine/wasm/createWasmEngine.js'
import { createWasmBatch, type WasmBatch } from './engine/wasm/createWasmBatch.js'
import { machineThreads } from './engine/wasm/nodeThreads.js'
import { growSnapshot } from './grow.js'
import { checkStimulation, stepsOf } from './input.js'
import type { CultureOptions } from './parameters.js'
import { readSnapshot, type CultureSnapshot } from './snapshot.js'

/** Does it for each, then throws what the first failure threw: a culture that breaks off leaves the others at the end of the stretch. */
const doForEach = <T, R>(items: readonly T[], act: (item: T, k: number) => R): R[] => {
  const failures: unknown[] = []
  const results: R[] = []
  for (const [k, item] of items.entries()) {
    try {
      results.push(act(item, k))
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return results
}

/**
 * Cultures side by side, each on one thread at a time. What each does is bit for bit what it would do alone.
 *
 * @example
 * ```ts
 * const batch = CultureBatch.grow({ neurons: 500 }, [1, 2, 3, 4])
 * const spikes = batch.advance(100)
 * console.log(spikes.map(({ count }) => count))
 * batch.close()
 * ```
 */
export class CultureBatch {
  readonly #askedThreads: number
  #wasm: WasmBatch | undefined
  #cultures: Culture[]
  readonly #spikes: SpikeColumns[]

  private constructor(snapshots: readonly CultureSnapshot[], threads: number) {
    this.#askedThreads = threads
    this.#wasm = this.#shared(snapshots)
    this.#cultures = this.#culturesOf(snapshots)
    this.#spikes = snapshots.map(() => ({ count: 0, steps: new Int32Array(1024), neurons: new Int32Array(1024) }))
  }

  /** The cultures: read them, copy them, switch their plasticity, or advance one alone. */
  get cultures(): readonly Culture[] {
    return this.#cultures
  }

  get threads(): number {
    return this.#wasm === undefined ? 1 : this.#askedThreads
  }

  /**
   * Grows one culture a seed.
   * @param seeds one or more; each gives the culture that Culture.grow gives
   * @throws Bl1Error `culture/batch` and those of Culture.grow
   */
  static grow(options: CultureOptions, seeds: readonly number[], threading: ThreadOptions = {}): CultureBatch {
    return CultureBatch.#of(seeds.map((seed) => growSnapshot(options, seed)), threading)
  }

  /** Continues from snapshots exactly. @throws Bl1Error `culture/batch` and those of Culture.restore */
  static restore(snapshots: readonly CultureSnapshot[], threading: ThreadOptions = {}): CultureBatch {
    return CultureBatch.#of(snapshots.map(readSnapshot), threading)
  }

  static #of(snapshots: readonly CultureSnapshot[], { threads = 'auto', spareThreads = machineThreads() }: ThreadOptions): CultureBatch {
    if (snapshots.length === 0) throw new Bl1Error('culture/batch', { reason: 'it has no culture; name at least one seed' })
    return new CultureBatch(snapshots, Math.min(mostThreads(threads, spareThreads), snapshots.length))
  }

  /**
   * Lets time pass in all cultures.
   * @param durationMs positive multiple of 0.5 ms
   * @param stimulation of each culture, undefined for none; on the culture's own clock
   * @returns the spikes of each culture in this stretch; the columns are reused by the next call
   * @throws Bl1Error `culture/batch` and those of Culture.advance
   */
  advance(durationMs: number, stimulation: readonly (Depolarisations | undefined)[] = []): readonly Readonly<SpikeColumns>[] {
    if (stimulation.length > this.cultures.length) {
      throw new Bl1Error('culture/batch', { reason: `${stimulation.length} stimulations came for ${this.cultures.length} cultures` })
    }
    // all input is checked before any culture moves
    const steps = this.cultures.map((culture, k) => {
      const count = stepsOf(durationMs, culture.step)
      const pulses = stimulation[k]
      if (pulses !== undefined) checkStimulation(pulses, culture.population.neurons, culture.step, culture.step + count)
      return count
    })
    if (this.#wasm === undefined) return doForEach(this.cultures, (culture, k) => culture.advance(durationMs, stimulation[k]))
    const { engines, runOpenChunks } = this.#wasm
    for (const [k, engine] of engines.entries()) {
      this.#spikes[k].count = 0
      engine.begin(steps[k], stimulation[k])
    }
    for (;;) {
      let longest = 0
      for (const engine of engines) if (engine.openChunk()) longest = Math.max(longest, engine.chunkLength)
      if (longest === 0) break
      runOpenChunks(longest)
      for (const [k, engine] of engines.entries()) if (engine.chunkLength > 0) engine.closeChunk(this.#spikes[k])
    }
    doForEach(engines, (engine) => engine.finish())
    return this.#spikes
  }

  /**
   * Puts the culture of a snapshot in the place of one. The others go on as they are; what `cultures` holds of them may be new objects.
   * @throws Bl1Error `culture/batch` and those of Culture.restore; then nothing has changed
   */
  replace(index: number, snapshot: CultureSnapshot): void {
    if (this.#cultures[index] === undefined) throw new Bl1Error('culture/batch', { reason: `it has no culture ${index} to replace` })
    const read = readSnapshot(snapshot)
    if (this.#wasm === undefined) {
      this.#cultures[index] = new Culture(read, createEngine(read, { threads: 1 }))
      return
    }
    // helpers may still be looking through the memory they know, so all move to another
    const snapshots = this.#cultures.map((culture, k) => (k === index ? read : culture.snapshot()))
    const wasm = this.#shared(snapshots)
    this.close()
    this.#wasm = wasm
    this.#cultures = this.#culturesOf(snapshots)
  }

  /** Ends the threads. */
  close(): void {
    for (const culture of this.cultures) culture.close()
  }

  /** The memory that threads share; undefined where one thread does it all. */
  #shared(snapshots: readonly CultureSnapshot[]): WasmBatch | undefined {
    if (this.#askedThreads === 1 || !snapshots.every(({ parameters }) => parameters.engine === 'wasm')) return undefined
    return createWasmBatch(snapshots, snapshots.map(({ seed }) => noiseKeyOf(seed)), this.#askedThreads)
  }

  #culturesOf(snapshots: readonly CultureSnapshot[]): Culture[] {
    const engines: readonly Engine[] = this.#wasm?.engines ?? snapshots.map((snapshot) => createEngine(snapshot, { threads: 1 }))
    return snapshots.map((snapshot, k) => new Culture(snapshot, engines[k]))
  }
}
