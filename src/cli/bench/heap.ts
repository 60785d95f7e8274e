/** How many bytes of heap a step takes. */
import type { Program } from '../../bench/index.js'

const STEPS = 10_000
const ROUNDS = 30

/**
 * Growth of the heap a step, resets included, in the quietest of many rounds; rounds in which a collection ran are left out.
 * Null where one ran in every round.
 */
export const bytesPerStep = async (program: Program): Promise<number | null> => {
  let least = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.memoryUsage().heapUsed
    await program(STEPS)
    const grown = process.memoryUsage().heapUsed - before
    if (grown >= 0) least = Math.min(least, grown / STEPS)
  }
  return Number.isFinite(least) ? Math.round(least) : null
}
