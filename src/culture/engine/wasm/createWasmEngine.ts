/** Puts a culture into WebAssembly memory of its own, with the threads it is to use. */
import { Bl1Error } from '../../../errors.js'
import type { CultureSnapshot } from '../../snapshot.js'
import { createMemory, KERNEL_BYTES } from './arena.js'
import { Crew } from './crew.js'
import { nodeThreads } from './nodeThreads.js'
import { soloKernel, soloRunner } from './soloRunner.js'
import { bytesOf, sizeOf, WasmEngine } from './wasmEngine.js'

/** Threads for one culture: a number, or as many as pay for its size and as the machine has to spare. */
export type ThreadChoice = number | 'auto'

/** Below this many cells a thread, waiting for each other costs more than it saves. */
const CELLS_A_THREAD = 5000
const MOST_THREADS = 64

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1

/**
 * The most threads that a culture or a batch may have. Where the surroundings have no threads that share memory (browsers, old versions of
 * Node) it is one, whatever was asked for: results do not depend on it.
 * @param spare the most that 'auto' takes
 * @throws Bl1Error `culture/threads`
 */
export const mostThreads = (choice: ThreadChoice, spare: number): number => {
  if (choice !== 'auto' && !(isCount(choice) && choice <= MOST_THREADS)) {
    const expected = `'auto' or a whole number from 1 to ${MOST_THREADS}`
    throw new Bl1Error('culture/threads', { option: 'threads', expected, received: String(choice) })
  }
  if (!isCount(spare)) {
    throw new Bl1Error('culture/threads', { option: 'spareThreads', expected: 'a whole number from 1 on', received: String(spare) })
  }
  if (nodeThreads() === undefined) return 1
  return choice === 'auto' ? Math.min(spare, MOST_THREADS) : choice
}

/** How many threads a culture of this size gets. @throws Bl1Error `culture/threads` */
export const threadsFor = (neurons: number, choice: ThreadChoice, spare: number): number => {
  const most = mostThreads(choice, spare)
  return choice === 'auto' ? Math.max(1, Math.min(most, Math.floor(neurons / CELLS_A_THREAD))) : most
}

/**
 * @param noiseKey key of the fast noise
 * @throws Bl1Error `culture/too-large`
 */
export const createWasmEngine = (snapshot: CultureSnapshot, noiseKey: number, threads: number): WasmEngine => {
  const size = sizeOf(snapshot, threads)
  const memory = createMemory(bytesOf(size), size.neurons, threads > 1)
  const runner = threads > 1 ? new Crew(memory, threads) : soloRunner(soloKernel(memory))
  return new WasmEngine(snapshot, noiseKey, size, memory, KERNEL_BYTES, runner)
}
