/** MultiDiscrete and MultiBinary: what is theirs alone. */
import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import { MultiBinary, MultiDiscrete, type MultiBinaryChoice, type MultiDiscreteChoice } from '../../../src/spaces/index.js'
import { countDraws, tolerance } from './draws.js'

const N = 4000
const refused = (code: string) => expect.objectContaining({ code })

describe('MultiDiscrete', () => {
  const pad = new MultiDiscrete({ nvec: [3, 2], start: [0, 7] })

  it('draws every combination equally often', () => {
    const seen = countDraws(N, (rng) => pad.sample(rng))
    expect(new Set(seen.keys())).toEqual(new Set(['0,7', '0,8', '1,7', '1,8', '2,7', '2,8']))
    for (const count of seen.values()) expect(Math.abs(count - N / 6)).toBeLessThan(tolerance(N, 1 / 6))
  })

  it('draws each element as its own mask says, its start where none is allowed', () => {
    const seen = countDraws(N, (rng) => pad.sample(rng, { mask: [[1, 0, 1], Uint8Array.of(0, 0)] }))
    expect(new Set(seen.keys())).toEqual(new Set(['0,7', '2,7']))
    expect(Math.abs((seen.get('0,7') ?? 0) - N / 2)).toBeLessThan(tolerance(N, 1 / 2))
  })

  it('draws each element by its own probabilities', () => {
    const seen = countDraws(N, (rng) => pad.sample(rng, { probability: [[0, 1, 0], [0.2, 0.8]] }))
    expect(new Set(seen.keys())).toEqual(new Set(['1,7', '1,8']))
    expect(Math.abs((seen.get('1,7') ?? 0) - 0.2 * N)).toBeLessThan(tolerance(N, 0.2))
  })

  it('draws from all 32-bit whole numbers', () => {
    const all = new MultiDiscrete({ nvec: [2 ** 32], start: -(2 ** 31) })
    const rng = Rng.fromSeed(1)
    const drawn = Array.from({ length: 1000 }, () => all.sample(rng)[0])
    // Each misses with a chance of 0.99^1000 = 4e-5.
    expect(Math.max(...drawn)).toBeGreaterThan(0.98 * 2 ** 31)
    expect(Math.min(...drawn)).toBeLessThan(-0.98 * 2 ** 31)
  })

  it.each([
    { mask: [[1, 1, 1]] },
    { mask: [[1, 1, 1], [1]] },
    { mask: [[1, 1, 1], [1, 2]] },
    { probability: [[1, 0, 0]] },
    { probability: [[0.5, 0, 0], [0.5, 0.5]] },
  ] satisfies MultiDiscreteChoice[])('refuses to draw with %j', (how) => {
    expect(() => pad.sample(Rng.fromSeed(0), how)).toThrow(refused('space/choice'))
  })

  it.each([
    ['no elements', { nvec: [] }],
    ['no options', { nvec: [3, 0] }],
    ['part of an option', { nvec: [1.5] }],
    ['NaN options', { nvec: [NaN] }],
    ['another shape', { nvec: [2, 2, 2], shape: [2, 2] }],
    ['an empty axis', { nvec: [2], shape: [1, 0] }],
    ['too few starts', { nvec: [2, 2], start: [0] }],
    ['part of a start', { nvec: [2], start: 0.5 }],
    ['options beyond 32 bits', { nvec: [2], start: 2 ** 31 - 1 }],
    ['starts beyond 32 bits', { nvec: [2], start: -(2 ** 31) - 1 }],
  ])('refuses %s', (_, options) => {
    expect(() => new MultiDiscrete(options)).toThrow(refused('space/invalid'))
  })
})

describe('MultiBinary', () => {
  const switches = new MultiBinary({ shape: 3 })

  it('draws 0 and 1 equally often', () => {
    const seen = countDraws(N, (rng) => switches.sample(rng))
    expect(seen.size).toBe(8)
    for (const count of seen.values()) expect(Math.abs(count - N / 8)).toBeLessThan(tolerance(N, 1 / 8))
  })

  it('keeps what a mask fixes and draws what it leaves free', () => {
    const seen = countDraws(N, (rng) => switches.sample(rng, { mask: [0, 1, 2] }))
    expect(new Set(seen.keys())).toEqual(new Set(['0,1,0', '0,1,1']))
    expect(Math.abs((seen.get('0,1,0') ?? 0) - N / 2)).toBeLessThan(tolerance(N, 1 / 2))
  })

  it('draws each element by its own chance of 1', () => {
    const seen = countDraws(N, (rng) => switches.sample(rng, { probability: [0, 0.1, 1] }))
    expect(new Set(seen.keys())).toEqual(new Set(['0,0,1', '0,1,1']))
    expect(Math.abs((seen.get('0,1,1') ?? 0) - 0.1 * N)).toBeLessThan(tolerance(N, 0.1))
  })

  it.each([
    { mask: [0, 1] },
    { mask: [0, 1, 3] },
    { mask: [0, 1, NaN] },
    { probability: [1] },
    { probability: [0, 0, 1.1] },
    { probability: [0, -1, NaN] },
  ] satisfies MultiBinaryChoice[])('refuses to draw with %j', (how) => {
    expect(() => switches.sample(Rng.fromSeed(0), how)).toThrow(refused('space/choice'))
  })

  it.each([0, -1, 1.5, NaN, Infinity, [2, 0]])('refuses the shape %j', (shape) => {
    expect(() => new MultiBinary({ shape })).toThrow(refused('space/invalid'))
  })

  it('takes a number for a shape of one axis', () => {
    expect(switches.shape).toEqual([3])
    expect(switches.equals(new MultiBinary({ shape: [3] }))).toBe(true)
  })
})
