/** How much the heap grows a step, for tests of code that is to allocate nothing. */
import { setFlagsFromString } from 'node:v8'

// Machine code is made at once, not when a thread of its own gets round to it: on a busy machine that may be too late.
setFlagsFromString('--no-concurrent-recompilation')

const STEPS = 50_000
/** Until the machine code has settled. */
const MAX_ROUNDS = 100

/**
 * Bytes a step by which the heap grows in the quietest of many rounds of `steps` steps each; rounds in which a collection ran are left out.
 * The first round that allocates next to nothing answers. The smallest object or boxed number takes 16 bytes.
 */
export const bytesPerStepOf = (steps: number, round: () => void): number => {
  let least = Infinity
  for (let i = 0; i < MAX_ROUNDS && least >= 1; i++) {
    const before = process.memoryUsage().heapUsed
    round()
    const grown = process.memoryUsage().heapUsed - before
    if (grown >= 0) least = Math.min(least, grown / steps)
  }
  return least
}

/** The same for a step that is called on its own, with its index. */
export const bytesPerStep = (step: (index: number) => void): number =>
  bytesPerStepOf(STEPS, () => {
    for (let i = 0; i < STEPS; i++) step(i)
  })
