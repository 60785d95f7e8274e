/** How much the heap grows a step, for tests of code that is to allocate nothing. */

const STEPS = 50_000

/** On a busy machine the compiler's own thread may need this many rounds before the steps run as machine code. */
const MAX_ROUNDS = 400

/**
 * Bytes a step by which the heap grows in the quietest of many rounds; rounds in which a collection ran are left out. The first round
 * that allocates nothing answers.
 * The smallest object or boxed number takes 16 bytes.
 */
export const bytesPerStep = (step: (index: number) => void): number => {
  let least = Infinity
  for (let round = 0; round < MAX_ROUNDS && least >= 1; round++) {
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < STEPS; i++) step(i)
    const grown = process.memoryUsage().heapUsed - before
    if (grown >= 0) least = Math.min(least, grown / STEPS)
  }
  return least
}
