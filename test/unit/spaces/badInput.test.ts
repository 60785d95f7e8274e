/** What programs without types, and files from elsewhere, hand to spaces: refused with a code, never taken for something else. */
import { describe, expect, it } from 'vitest'
import { describe as textOf } from '../../../src/describe.js'
import { Rng } from '../../../src/rng.js'
import { Box, Dict, Discrete, Graph, MultiBinary, MultiDiscrete, OneOf, Text, Tuple, type Space } from '../../../src/spaces/index.js'
import { flatten, iterate, readSlot, spaceFromJSON, valueFromJSON, writeSlot } from '../../../src/spaces/index.js'

const refused = (code: string) => expect.objectContaining({ code })
const rng = Rng.fromSeed(0)
/** The compiler would refuse most of these calls. */
const loosely = (call: (...input: never[]) => unknown, ...input: readonly unknown[]): unknown => Reflect.apply(call, undefined, input)

describe('a Box', () => {
  it.each([
    ['words', { low: ['a'], high: [1] }],
    ['digits in quotes', { low: '0', high: '1' }],
    ['a hole', { low: new Array(2), high: 1 }],
    ['a list in a list', { low: [[0]], high: 1 }],
    ['a dtype there is not', { low: 0, high: 1, dtype: 'float16' }],
    ['the name of something every object has', { low: 0, high: 1, dtype: 'toString' }],
  ])('is not built of %s', (_, options) => {
    expect(() => Reflect.construct(Box, [options])).toThrow(refused('space/box'))
  })

  it('says of a proxy of an array that it is no member', () => {
    expect(new Box({ low: 0, high: 1, shape: [2] }).contains(new Proxy(new Float32Array(2), {}))).toBe(false)
  })
})

describe('sample', () => {
  const spaces: readonly Space[] = [
    new Discrete({ n: 2 }),
    new MultiDiscrete({ nvec: [2, 2] }),
    new MultiBinary({ shape: 2 }),
    new Text({ maxLength: 2, charset: 'ab' }),
  ]
  it.each(spaces.map((space) => [space.kind, space] as const))('of a %s takes a mask or probabilities, and not both', (_, space) => {
    const both = { mask: [1, 1], probability: [0.5, 0.5] }
    expect(() => space.sample(rng, both)).toThrow(refused('space/choice'))
    expect(() => space.sample(rng, { mask: 5 })).toThrow(refused('space/choice'))
  })

  it.each(spaces.slice(0, 3).map((space) => [space.kind, space] as const))('of a %s takes no bare list', (_, space) => {
    for (const how of [[1, 1], 5, 'ab', {}]) expect(() => space.sample(rng, how)).toThrow(refused('space/choice'))
  })
})

describe('JSON', () => {
  it('of a Dict with a part named __proto__ is refused, not read without it', () => {
    const child = '{"kind":"Discrete","n":2,"start":0}'
    const json: unknown = JSON.parse(`{"kind":"Dict","spaces":{"a":${child},"__proto__":${child}}}`)
    expect(() => spaceFromJSON(json)).toThrow(refused('space/invalid'))
  })

  it.each([
    ['half an edge', { nodes: [0, 1], edges: [0], edgeLinks: [0, 1, 0] }],
    ['more values than edges', { nodes: [0, 1], edges: [0, 1], edgeLinks: [0, 1] }],
    ['values that are no list', { nodes: [0, 1], edges: { 0: 1 }, edgeLinks: [0, 1] }],
  ])('of a graph with %s is refused', (_, json) => {
    const two = new Discrete({ n: 2 })
    expect(() => valueFromJSON(new Graph({ nodeSpace: two, edgeSpace: two }), json)).toThrow(refused('space/value'))
  })

  it('of a member of a OneOf has no more than its index and value', () => {
    const either = new OneOf([new Discrete({ n: 2 })])
    expect(() => valueFromJSON(either, { index: 0, value: 1, weight: 2 })).toThrow(refused('space/value'))
  })
})

describe('flatten', () => {
  const pair = new Box({ low: 0, high: 1, shape: [2] })
  const three = new Discrete({ n: 3 })
  it.each<[string, Space, unknown]>([
    ['a choice below the first', new Tuple([pair, three]), [new Float32Array(2), -1]],
    ['a choice above the last', new Tuple([pair, three]), [new Float32Array(2), 3]],
    ['half a choice', three, 0.5],
    ['a longer array', new Dict({ a: pair, b: three }), { a: new Float32Array(3), b: 0 }],
    ['a shorter array', pair, new Float32Array(1)],
    ['a missing part', new Dict({ a: pair, b: three }), { a: new Float32Array(2) }],
    ['nothing', pair, undefined],
    ['a text that is too long', new Text({ maxLength: 2 }), 'abc'],
    ['a character of another charset', new Text({ maxLength: 2 }), '-'],
    ['an index that is not there', new OneOf([three, pair]), { index: 2, value: 0 }],
  ])('refuses %s instead of writing it elsewhere', (_, space, value) => {
    expect(() => flatten(space, value)).toThrow(refused('space/flatten'))
  })
})

describe('a batch', () => {
  it('that ends within a value is none', () => {
    const pair = new Box({ low: 0, high: 1, shape: [2] })
    const broken = new Float32Array(5)
    expect(() => writeSlot(pair, broken, 2, new Float32Array(2))).toThrow(refused('space/batch'))
    expect(() => readSlot(pair, broken, 2)).toThrow(refused('space/batch'))
    expect(() => iterate(pair, broken)).toThrow(refused('space/batch'))
  })
})

describe('a short text', () => {
  it('shows the numbers of a short array, and the length of a long one', () => {
    expect(textOf(Float32Array.of(3, NaN))).toBe('Float32Array [3, NaN]')
    expect(textOf(new Uint8Array(9))).toBe('Uint8Array of 9 elements')
    expect(textOf(new DataView(new ArrayBuffer(3)))).toBe('DataView of 3 bytes')
  })

  it('is there for anything', () => {
    const odd = [Object.setPrototypeOf(new Float32Array(1), null), Symbol('x'), 1n, Object.create(null), new Proxy({}, {}), () => 1]
    for (const x of odd) expect(typeof loosely(textOf, x)).toBe('string')
  })
})
