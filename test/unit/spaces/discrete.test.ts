import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import { Discrete, type Choice } from '../../../src/spaces/index.js'

const counts = (space: Discrete, how: Choice | undefined, n: number): Record<number, number> => {
  const rng = Rng.fromSeed(3)
  const seen: Record<number, number> = {}
  for (let i = 0; i < n; i++) {
    const choice = space.sample(rng, how)
    seen[choice] = (seen[choice] ?? 0) + 1
  }
  return seen
}

describe('Discrete', () => {
  it('contains the whole numbers from start on, and nothing else', () => {
    const space = new Discrete({ n: 3, start: -1 })
    expect([-2, -1, 0, 1, 2].map((x) => space.contains(x))).toEqual([false, true, true, true, false])
    for (const x of [0.5, NaN, Infinity, '0', null, undefined, [0]]) expect(space.contains(x)).toBe(false)
  })

  it.each([0, -1, 1.5, NaN, Infinity, 2 ** 33])('refuses n = %d', (n) => {
    expect(() => new Discrete({ n })).toThrow(expect.objectContaining({ code: 'space/discrete' }))
  })

  it.each([0.5, NaN, 2 ** 53])('refuses start = %d', (start) => {
    expect(() => new Discrete({ n: 2, start })).toThrow(expect.objectContaining({ code: 'space/discrete' }))
  })

  it('reaches to the ends of the whole numbers', () => {
    const top = new Discrete({ n: 2, start: Number.MAX_SAFE_INTEGER - 2 })
    const bottom = new Discrete({ n: 2, start: Number.MIN_SAFE_INTEGER })
    const { MAX_SAFE_INTEGER: most, MIN_SAFE_INTEGER: least } = Number
    expect(Object.keys(counts(top, undefined, 50))).toEqual([`${most - 2}`, `${most - 1}`])
    expect(new Set(Object.keys(counts(bottom, undefined, 50)))).toEqual(new Set([`${least}`, `${least + 1}`]))
    expect([least - 2, least, most - 1, most].map((x) => top.contains(x) || bottom.contains(x))).toEqual([false, true, true, false])
  })

  it('draws from all 2^32 choices', () => {
    const all = new Discrete({ n: 2 ** 32 })
    const rng = Rng.fromSeed(4)
    const drawn = Array.from({ length: 1000 }, () => all.sample(rng))
    expect(drawn.every((x) => all.contains(x))).toBe(true)
    // Each misses with a chance of 0.99^1000 = 4e-5.
    expect(Math.max(...drawn)).toBeGreaterThan(0.99 * 2 ** 32)
    expect(Math.min(...drawn)).toBeLessThan(0.01 * 2 ** 32)
  })

  // 3,000 draws over 3: standard deviation sqrt(3000 * 1/3 * 2/3) = 26; the tolerance is 5 of it.
  it('samples every choice equally often', () => {
    const seen = counts(new Discrete({ n: 3, start: 5 }), undefined, 3000)
    expect(Object.keys(seen)).toEqual(['5', '6', '7'])
    for (const count of Object.values(seen)) expect(Math.abs(count - 1000)).toBeLessThan(130)
  })

  it('samples only what a mask allows, equally often, and start where nothing is', () => {
    const seen = counts(new Discrete({ n: 4, start: 1 }), { mask: Uint8Array.of(0, 1, 0, 1) }, 2000)
    expect(Object.keys(seen)).toEqual(['2', '4'])
    // sqrt(2000 / 4) = 22
    expect(Math.abs(seen[2] - 1000)).toBeLessThan(110)
    expect(counts(new Discrete({ n: 2, start: 7 }), { mask: [0, 0] }, 10)).toEqual({ 7: 10 })
  })

  it('samples by probabilities, never what has none', () => {
    const seen = counts(new Discrete({ n: 4 }), { probability: [0, 0.25, 0.75, 0] }, 4000)
    expect(Object.keys(seen)).toEqual(['1', '2'])
    // sqrt(4000 * 0.25 * 0.75) = 27
    expect(Math.abs(seen[1] - 1000)).toBeLessThan(135)
  })

  it.each([
    { mask: [1, 0] },
    { mask: [1, 0, 2] },
    { probability: [1] },
    { probability: [0.5, 0.5, 0.5] },
    { probability: [-1, 1, 1] },
    { probability: [NaN, 0, 1] },
  ])('refuses %j for three choices', (how) => {
    expect(() => new Discrete({ n: 3 }).sample(Rng.fromSeed(0), how)).toThrow(expect.objectContaining({ code: 'space/choice' }))
  })

  it('equals a Discrete of the same choices only', () => {
    const space = new Discrete<number>({ n: 3 })
    expect(space.equals(new Discrete({ n: 3, start: 0 }))).toBe(true)
    expect(space.equals(new Discrete({ n: 4 }))).toBe(false)
    expect(space.equals(new Discrete({ n: 3, start: 1 }))).toBe(false)
  })
})
