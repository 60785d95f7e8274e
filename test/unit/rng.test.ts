/** Random streams: repeatable, independent of each other, and of the distributions they claim. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mix32, Rng } from '../../src/rng.js'
import { callLoosely, codeOf } from './culture/cultures.js'

const N = 100_000
const draws = (rng: Rng, draw: (rng: Rng) => number, n = N): number[] => Array.from({ length: n }, () => draw(rng))
const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length
const words = (rng: Rng, n = 8): number[] => draws(rng, (r) => r.uint32(), n)

describe('a stream', () => {
  it('is the same for the same seed and another for another seed', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (seed) => {
        expect(words(Rng.fromSeed(seed))).toEqual(words(Rng.fromSeed(seed)))
        expect(words(Rng.fromSeed(seed))).not.toEqual(words(Rng.fromSeed(seed === 0 ? 1 : seed - 1)))
      }),
    )
    // also where only the high half of the seed differs
    expect(words(Rng.fromSeed(1))).not.toEqual(words(Rng.fromSeed(1 + 2 ** 32)))
  })

  it('follows xoshiro128**: the first outputs from the state 1, 2, 3, 4', () => {
    // Blackman & Vigna, https://prng.di.unimi.it/xoshiro128starstar.c
    const rng = Rng.load({ key: [0, 0, 0, 0], state: [1, 2, 3, 4] })
    expect(words(rng, 4)).toEqual([11520, 0, 5927040, 70819200])
  })

  it('can be saved as JSON and continued exactly, with the same children', () => {
    const rng = Rng.fromSeed(9)
    words(rng, 13)
    const loaded = Rng.load(JSON.parse(JSON.stringify(rng.save())))
    expect(words(loaded.split('child'))).toEqual(words(rng.split('child')))
    expect(loaded.key32).toBe(rng.key32)
    expect(words(loaded)).toEqual(words(rng))
  })

  it('has children that depend on their names alone, not on what was drawn', () => {
    const rng = Rng.fromSeed(3)
    const before = words(rng.split('a'))
    words(rng, 100)
    expect(words(rng.split('a'))).toEqual(before)
    expect(rng.split('a').split('b').key32).not.toBe(rng.split('b').split('a').key32)
    expect(words(rng)).not.toEqual(before)
  })

  it('has as many different children as names', () => {
    const rng = Rng.fromSeed(3)
    const names = [...Array.from({ length: 2000 }, (_, k) => String(k)), 'a', 'b', 'ab', 'a/b', '', 'noise', 'wiring']
    expect(new Set(names.map((name) => words(rng.split(name), 2).join())).size).toBe(names.length)
  })

  it('is not correlated with its siblings', () => {
    const rng = Rng.fromSeed(5)
    for (const [a, b] of [['0', '1'], ['fast', 'slow']] as const) {
      const [x, y] = [draws(rng.split(a), (r) => r.uniform()), draws(rng.split(b), (r) => r.uniform())]
      // variance of the product of two centred uniforms: 1/144
      expect(Math.abs(mean(x.map((value, k) => (value - 0.5) * ((y[k] ?? NaN) - 0.5))))).toBeLessThan(5 / 12 / Math.sqrt(N))
    }
  })
})

describe('draws', () => {
  it('uniform: 53 bits over [0, 1), mean 1/2, variance 1/12', () => {
    const x = draws(Rng.fromSeed(1), (rng) => rng.uniform())
    expect(x.every((value) => value >= 0 && value < 1)).toBe(true)
    expect(x.some((value) => value * 2 ** 32 !== Math.floor(value * 2 ** 32))).toBe(true)
    expect(Math.abs(mean(x) - 0.5)).toBeLessThan(5 / Math.sqrt(12 * N))
    expect(Math.abs(mean(x.map((value) => (value - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / N))
  })

  it('between: over [low, high)', () => {
    const x = draws(Rng.fromSeed(2), (rng) => rng.between(-3, 5))
    expect(x.every((value) => value >= -3 && value < 5)).toBe(true)
    expect(Math.abs(mean(x) - 1)).toBeLessThan((5 * 8) / Math.sqrt(12 * N))
  })

  it('integer: every number below n equally often', () => {
    const counts = new Float64Array(7)
    for (const k of draws(Rng.fromSeed(3), (rng) => rng.integer(7))) counts[k]++
    for (const count of counts) expect(Math.abs(count - N / 7)).toBeLessThan(5 * Math.sqrt((N / 7) * (6 / 7)))
    expect(Rng.fromSeed(3).integer(1)).toBe(0)
  })

  it('integer: without the bias of a remainder, for n near 2^32', () => {
    const n = 3 * 2 ** 30
    const low = draws(Rng.fromSeed(4), (rng) => rng.integer(n)).filter((k) => k < 2 ** 30).length / N
    expect(Math.abs(low - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / N))
  })

  it('normal: mean 0, variance 1, no skew, kurtosis 3', () => {
    const x = draws(Rng.fromSeed(5), (rng) => rng.normal())
    const moment = (power: number): number => mean(x.map((value) => value ** power))
    expect(x.every(Number.isFinite)).toBe(true)
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(N))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / N))
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / N))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / N))
  })

  it('shuffle: every order equally often, in place', () => {
    const rng = Rng.fromSeed(6)
    const counts = new Map<string, number>()
    for (let k = 0; k < 12_000; k++) {
      const items = ['a', 'b', 'c']
      expect(rng.shuffle(items)).toBe(items)
      counts.set(items.join(''), (counts.get(items.join('')) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(2000 * (5 / 6)))
  })
})

describe('bad input', () => {
  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(codeOf(() => Rng.fromSeed(seed))).toBe('rng/seed')
  })

  it.each([
    null,
    7,
    {},
    { key: [1, 2, 3, 4] },
    { key: [1, 2, 3, 4], state: [1, 2, 3] },
    { key: [1, 2, 3, 4], state: [1, 2, 3, -1] },
    { key: [1, 2, 3, 4.5], state: [1, 2, 3, 4] },
    { key: [1, 2, 3, 4], state: new Array(4) },
  ])('refuses the saved stream %j', (saved) => {
    expect(codeOf(() => callLoosely(Rng, 'load', saved))).toBe('rng/state')
  })

  it.each([0, -1, 2.5, NaN, Infinity, 2 ** 32 + 1])('draws none of %d whole numbers', (n) => {
    expect(codeOf(() => Rng.fromSeed(1).integer(n))).toBe('rng/integer')
  })

  it('is not reached through what was saved or loaded', () => {
    const rng = Rng.fromSeed(1)
    const saved = { key: [...rng.save().key], state: [...rng.save().state] }
    const loaded = callLoosely(Rng, 'load', saved)
    for (const key of [saved.key, rng.save().key]) Reflect.set(key, 0, 5)
    expect(loaded).toBeInstanceOf(Rng)
    if (loaded instanceof Rng) expect(loaded.save()).toEqual(Rng.fromSeed(1).save())
    expect(rng.save()).toEqual(Rng.fromSeed(1).save())
  })

  it('never stays at zero', () => {
    expect(words(Rng.load({ key: [0, 0, 0, 0], state: [0, 0, 0, 0] })).some((word) => word > 0)).toBe(true)
  })
})

describe('mix32', () => {
  it('lets every input bit change about half of the output bits', () => {
    const bits = (word: number): number => (word >>> 0).toString(2).replaceAll('0', '').length
    for (let bit = 0; bit < 32; bit++) {
      const changed = mean(Array.from({ length: 400 }, (_, k) => bits(mix32(k * 7919) ^ mix32((k * 7919) ^ (1 << bit)))))
      expect(Math.abs(changed - 16)).toBeLessThan(2)
    }
  })
})
