/**
 * Node's worker threads, without importing them: the culture also runs where there are none. Browsers compute on the one thread that owns
 * the culture.
 */

const canAsk = (): boolean => typeof process !== 'undefined' && typeof process.getBuiltinModule === 'function' && typeof SharedArrayBuffer !== 'undefined'

/** The module, or undefined where threads cannot share memory. */
export const nodeThreads = () => (canAsk() ? process.getBuiltinModule('node:worker_threads') : undefined)

/** Threads a program may keep busy. 1 inside a worker thread: whoever started it divides the machine. */
export const machineThreads = (): number => {
  if (nodeThreads()?.isMainThread !== true) return 1
  return process.getBuiltinModule('node:os').availableParallelism()
}
