/** The helper threads of the built package, seen from outside. Helpers are files of their own, which only the built package has. */
import type { Worker, WorkerOptions } from 'node:worker_threads'
import { onTestFinished, vi } from 'vitest'
import { CONTROL, type HelperTask } from '../../../../dist/src/culture/engine/wasm/crew.js'
import { Field, LINE_BYTES } from '../../../../dist/src/culture/engine/wasm/assembly/fields.js'

export interface StartedHelper {
  readonly worker: Worker
  readonly task: HelperTask
}

type BuiltinModules = typeof process.getBuiltinModule

/** The list of all helpers that are started from now on until the test ends. */
export const watchHelpers = (): StartedHelper[] => {
  const started: StartedHelper[] = []
  const real = process.getBuiltinModule('node:worker_threads')
  class WatchedWorker extends real.Worker {
    constructor(file: string | URL, options: WorkerOptions) {
      super(file, options)
      started.push({ worker: this, task: options.workerData as HelperTask })
    }
  }
  const lend = process.getBuiltinModule.bind(process) as (name: string) => unknown
  const spy = vi.spyOn(process, 'getBuiltinModule')
  spy.mockImplementation(((name: string) => (name === 'node:worker_threads' ? { ...real, Worker: WatchedWorker } : lend(name))) as BuiltinModules)
  onTestFinished(() => spy.mockRestore())
  return started
}

/** Calls the helpers of a culture as its owner does, who then does nothing himself. */
export const callHelpers = ({ control }: HelperTask, record: number): void => {
  Atomics.store(control, CONTROL.isBatch, 0)
  Atomics.store(control, CONTROL.address, record)
  Atomics.add(control, CONTROL.call, 1)
  Atomics.notify(control, CONTROL.call)
}

/** Steps that a partition of the culture at `record` has done. */
export const stepsDone = ({ memory }: HelperTask, record: number, partition: number): number => {
  const words = new Int32Array(memory.buffer)
  const done = words[record / 4 + Field.done] / 4
  return Atomics.load(words, done + (partition * LINE_BYTES) / 4)
}
