import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import { Box, Discrete, spaceFromJSON, type Space } from '../../../src/spaces/index.js'

const spaces: Space[] = [
  new Discrete({ n: 4, start: -2 }),
  new Box({ low: 0, high: 255, shape: [4, 4, 3], dtype: 'uint8' }),
  new Box({ low: [-Infinity, 0.1, -1], high: [Infinity, Infinity, 1] }),
  new Box({ low: -1, high: 1, dtype: 'float64' }),
]

describe('spaceFromJSON', () => {
  it.each(spaces)('rebuilds an equal space that samples the same: %j', (space) => {
    const rebuilt = spaceFromJSON(JSON.parse(JSON.stringify(space)))
    expect(rebuilt.equals(space)).toBe(true)
    expect(rebuilt.sample(Rng.fromSeed(5))).toEqual(space.sample(Rng.fromSeed(5)))
  })

  it('takes two kinds of space for different', () => {
    for (const a of spaces) for (const b of spaces) expect(a.equals(b)).toBe(a === b)
  })

  it.each([
    null,
    'Box',
    {},
    { kind: 'Bix' },
    { kind: 'Discrete', n: '3', start: 0 },
    { kind: 'Discrete', n: 3, start: 0, shape: [] },
    { kind: 'Box', dtype: 'float16', shape: [1], low: 0, high: 1 },
    { kind: 'Box', dtype: 'float32', shape: [1], low: 'minus one', high: 1 },
  ])('refuses %j', (json) => {
    expect(() => spaceFromJSON(json)).toThrow(expect.objectContaining({ code: 'space/json' }))
  })

  it('suggests the kind that was meant', () => {
    expect(() => spaceFromJSON({ kind: 'Bix' })).toThrow(/did you mean 'Box'/)
  })
})
