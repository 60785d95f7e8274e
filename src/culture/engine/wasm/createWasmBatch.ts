/** Puts many cultures into one shared memory, so that a crew of threads can advance them side by side. */
import { Bl1Error } from '../../../errors.js'
import type { CultureSnapshot } from '../../snapshot.js'
import { createMemory, KERNEL_BYTES, LARGEST_BYTES } from './arena.js'
import { LINE_BYTES } from './assembly/fields.js'
import { Crew } from './crew.js'
import { bytesOf, sizeOf, WasmEngine, type Runner } from './wasmEngine.js'

/** The engines of a batch, and the call that advances all whose next chunk is open. */
export interface WasmBatch {
  readonly engines: readonly WasmEngine[]
  /** @param steps of the longest chunk */
  readonly runOpenChunks: (steps: number) => void
}

/**
 * @param noiseKeys key of the fast noise of each
 * @param threads 2 or more
 * @throws Bl1Error `culture/batch` where they do not fit into one memory, `culture/too-large`
 */
export const createWasmBatch = (snapshots: readonly CultureSnapshot[], noiseKeys: readonly number[], threads: number): WasmBatch => {
  const sizes = snapshots.map((snapshot) => sizeOf(snapshot, 1))
  const listBytes = Math.ceil((snapshots.length * Uint32Array.BYTES_PER_ELEMENT) / LINE_BYTES) * LINE_BYTES
  const bytes = sizes.map(bytesOf)
  const neurons = sizes.reduce((sum, size) => sum + size.neurons, 0)
  const total = listBytes + bytes.reduce((sum, one) => sum + one, 0)
  if (KERNEL_BYTES + total > LARGEST_BYTES) {
    const [neededMiB, mostMiB] = [total, LARGEST_BYTES].map((size) => Math.ceil(size / 2 ** 20))
    const need = `its ${snapshots.length} cultures need ${neededMiB} MiB, but its threads share one memory of at most ${mostMiB} MiB`
    throw new Bl1Error('culture/batch', { reason: `${need}; make several batches, or one of threads: 1` })
  }
  const memory = createMemory(total, neurons, true)
  const records = new Uint32Array(memory.buffer, KERNEL_BYTES, snapshots.length)
  let next = KERNEL_BYTES + listBytes
  for (const [k, one] of bytes.entries()) {
    records[k] = next
    next += one
  }
  const crew = new Crew(memory, threads)
  const runOpenChunks = (steps: number): void => crew.runBatch(KERNEL_BYTES, records.length, steps)
  // A culture of the batch that is advanced alone is one of the many of which no other has steps to do: helpers never see another kind of call.
  const runner: Runner = {
    threads: 1,
    run: (_culture, first, end) => runOpenChunks(end - first),
    notFinite: (culture) => crew.notFinite(culture),
    close: () => crew.close(),
    assertWhole: () => crew.assertWhole(),
  }
  const engines = snapshots.map((snapshot, k) => new WasmEngine(snapshot, noiseKeys[k], sizes[k], memory, records[k], runner))
  return { engines, runOpenChunks }
}
