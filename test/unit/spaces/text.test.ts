import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import { Text, type TextHow, type TextOptions } from '../../../src/spaces/index.js'
import { countDraws, tolerance } from './draws.js'

const N = 4000
const refused = (code: string) => expect.objectContaining({ code })

describe('Text', () => {
  const text = new Text({ maxLength: 3, charset: 'ab😀' })

  it('has digits and letters unless told otherwise', () => {
    const plain = new Text({ maxLength: 62 })
    expect(plain.charset).toHaveLength(62)
    expect(plain.contains('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')).toBe(true)
  })

  it('draws every length and every character equally often', () => {
    const lengths = countDraws(N, (rng) => Array.from(text.sample(rng)).length)
    expect(new Set(lengths.keys())).toEqual(new Set(['1', '2', '3']))
    for (const count of lengths.values()) expect(Math.abs(count - N / 3)).toBeLessThan(tolerance(N, 1 / 3))
    const characters = countDraws(N, (rng) => text.sample(rng, { length: 1 }))
    expect(new Set(characters.keys())).toEqual(new Set(['a', 'b', '😀']))
    for (const count of characters.values()) expect(Math.abs(count - N / 3)).toBeLessThan(tolerance(N, 1 / 3))
  })

  it('draws only characters that a mask allows, and by probabilities', () => {
    expect(text.sample(Rng.fromSeed(1), { length: 3, mask: [0, 0, 1] })).toBe('😀😀😀')
    const seen = countDraws(N, (rng) => text.sample(rng, { length: 1, probability: [0.1, 0.9, 0] }))
    expect(new Set(seen.keys())).toEqual(new Set(['a', 'b']))
    expect(Math.abs((seen.get('a') ?? 0) - 0.1 * N)).toBeLessThan(tolerance(N, 0.1))
  })

  it('draws the empty text where a mask allows nothing and that is a member', () => {
    const all: TextHow = { mask: [0, 0] }
    expect(new Text({ maxLength: 2, minLength: 0, charset: 'ab' }).sample(Rng.fromSeed(0), all)).toBe('')
    expect(() => new Text({ maxLength: 2, charset: 'ab' }).sample(Rng.fromSeed(0), all)).toThrow(refused('space/choice'))
  })

  it.each([
    { length: 0 },
    { length: 4 },
    { length: 1.5 },
    { length: NaN },
    { mask: [1, 1] },
    { mask: [1, 1, 2] },
    { probability: [1, 1, 1] },
  ] satisfies TextHow[])('refuses to draw with %j', (how) => {
    expect(() => text.sample(Rng.fromSeed(0), how)).toThrow(refused('space/choice'))
  })

  it.each([
    { maxLength: 0 },
    { maxLength: 1.5 },
    { maxLength: NaN },
    { maxLength: 2 ** 31 },
    { maxLength: 2, minLength: 3 },
    { maxLength: 2, minLength: -1 },
    { maxLength: 2, charset: '' },
    { maxLength: 2, charset: 'aba' },
    { maxLength: 2, charset: ['a', 'bc'] },
    { maxLength: 2, charset: ['a', ''] },
    { maxLength: 2, charset: ['\uD83D', '\uDE00'] },
  ] satisfies TextOptions[])('refuses %j', (options) => {
    expect(() => new Text(options)).toThrow(refused('space/invalid'))
  })
})
