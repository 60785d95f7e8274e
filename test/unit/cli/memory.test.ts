import { describe, expect, it } from 'vitest'
import { requireMemory } from '../../../src/cli/memory.js'
import { completeCultureParameters, estimateBytes } from '../../../src/culture/index.js'
import { caught } from '../io/support.js'

const GIB = 2 ** 30
const small = completeCultureParameters({ neurons: 1000 })
const large = completeCultureParameters({ neurons: 1_000_000 })

describe('requireMemory', () => {
  it('lets a thousand neurons on two threads run on a small machine', () => {
    expect(() => requireMemory(small, 2, 0, 1 * GIB)).not.toThrow()
  })

  it('names the neurons, the need and what there is', () => {
    const error = caught(() => requireMemory(large, 2, 0, 4 * GIB))
    expect(error.code).toBe('culture/too-large')
    expect(error.data).toMatchObject({ neurons: 1_000_000 })
    expect(error.message).toMatch(/needs about \d+ MiB, but only 3776 MiB/)
  })

  it('counts every job and what is recorded beside the culture', () => {
    const one = 2 * estimateBytes(large) + GIB
    expect(() => requireMemory(large, 1, 0, one)).not.toThrow()
    expect(caught(() => requireMemory(large, 2, 0, one)).code).toBe('culture/too-large')
    expect(caught(() => requireMemory(large, 1, 2 * GIB, one)).code).toBe('culture/too-large')
  })
})
