/** A helper's thread: waits for calls, works, and ends when the crew is closed. */
import { CONTROL, shareKernel, type HelperTask } from './crew.js'
import { nodeThreads } from './nodeThreads.js'

/** Looks for a call before going to sleep: about as long as a game needs between two calls. */
const LOOKS = 20_000
/** A sleeping helper looks up this often, so that it ends with its process. */
const SLEEP_MS = 1000
/** A helper that waits this long for the others returns and waits for the next call. */
const PATIENCE_MS = 1000

const help = ({ module, memory, control, index, threads }: HelperTask): void => {
  const kernel = shareKernel(module, memory)
  let seen = 0
  for (;;) {
    let call = Atomics.load(control, CONTROL.call)
    for (let looks = 0; looks < LOOKS && call === seen; looks++) call = Atomics.load(control, CONTROL.call)
    if (call === seen) {
      Atomics.wait(control, CONTROL.call, seen, SLEEP_MS)
      continue
    }
    seen = call
    if (Atomics.load(control, CONTROL.isClosed) === 1) return
    const address = Atomics.load(control, CONTROL.address)
    const count = Atomics.load(control, CONTROL.count)
    if (Atomics.load(control, CONTROL.isBatch) === 0) kernel.work(address, index, PATIENCE_MS)
    else kernel.workBatch(address, count, Math.floor((index * count) / threads))
  }
}

// The shape of a task is settled by crew.ts: this is where its type enters.
help(nodeThreads()?.workerData as HelperTask)
