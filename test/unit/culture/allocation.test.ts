/** A step of a culture allocates nothing. In a file of its own, as other tests' uses of the same functions would shape their machine code. */
import { describe, expect, it } from 'vitest'
import { Culture } from '../../../src/culture/index.js'
import { bytesPerStepOf } from '../bytesPerStep.js'

const STEPS = 4000

describe('heap', () => {
  // The smallest object or boxed number takes 16 bytes. One call to advance may make a few objects, whatever its length.
  it('does not grow with the steps of a culture, all plasticity on', () => {
    const culture = Culture.grow({ neurons: 100 }, 1)
    expect(bytesPerStepOf(STEPS, () => void culture.advance(STEPS / 2))).toBeLessThan(8)
  })
})
