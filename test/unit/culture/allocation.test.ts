/** A step of a culture allocates nothing. In a file of its own, as other tests' uses of the same functions would shape their machine code. */
import { describe, expect, it } from 'vitest'
import { Culture } from '../../../src/culture/index.js'

const STEPS = 4000

describe('heap', () => {
  // The smallest object or boxed number takes 16 bytes. One call to advance may make a few objects, whatever its length.
  it('does not grow with the steps of a culture, all plasticity on', () => {
    const culture = Culture.grow({ neurons: 100 }, 1)
    let least = Infinity
    // until the machine code has settled, which takes longer on a busy machine
    for (let round = 0; round < 100 && least >= 8; round++) {
      const before = process.memoryUsage().heapUsed
      culture.advance(STEPS / 2)
      const grown = process.memoryUsage().heapUsed - before
      if (grown >= 0) least = Math.min(least, grown / STEPS)
    }
    expect(least).toBeLessThan(8)
  })
})
