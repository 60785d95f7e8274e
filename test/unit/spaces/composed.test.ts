/** Dict, Tuple, OneOf, Sequence and Graph: what is theirs alone. */
import { mean } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import { Box, Dict, Discrete, Graph, OneOf, Sequence, Tuple, type Space } from '../../../src/spaces/index.js'
import { countDraws, tolerance } from './draws.js'

const N = 4000
const rng = Rng.fromSeed(0)
const refused = (code: string) => expect.objectContaining({ code })
/** A draw with anything for its second argument. */
const sampleAny = (space: Space, how: unknown): unknown => space.sample(rng, how)

const die = new Discrete({ n: 6, start: 1 })
const unit = new Box({ low: 0, high: 1 })

describe('Dict', () => {
  const dict = new Dict({ b: die, a: new Dict({ c: die }) })

  it('keeps its names in the order they were given', () => {
    expect(Object.keys(dict.sample(rng))).toEqual(['b', 'a'])
    expect(dict.equals(new Dict({ a: new Dict({ c: die }), b: die }))).toBe(false)
  })

  it('draws each part as is said under its name, the others freely', () => {
    const seen = countDraws(N, (stream) => {
      const { a, b } = dict.sample(stream, { a: { c: { mask: [0, 0, 0, 0, 0, 1] } } })
      return `${a.c} ${b}`
    })
    expect(seen.size).toBe(6)
    for (const [text, count] of seen) {
      expect(text).toMatch(/^6 /)
      expect(Math.abs(count - N / 6)).toBeLessThan(tolerance(N, 1 / 6))
    }
  })

  it('refuses no spaces, what is no space, and a mask under an unknown name', () => {
    expect(() => new Dict({ ['__proto__']: die })).toThrow(refused('space/invalid'))
    expect(() => new Dict({})).toThrow(refused('space/invalid'))
    expect(() => Reflect.construct(Dict, [{ a: 3 }])).toThrow(refused('space/invalid'))
    expect(() => sampleAny(dict, { c: { mask: [] } })).toThrow(refused('space/choice'))
    expect(() => dict.sample(rng, { b: { mask: [1] } })).toThrow(refused('space/choice'))
  })
})

describe('Tuple', () => {
  const tuple = new Tuple([die, unit, die])

  it('draws each part as is said at its position', () => {
    const [first, , last] = tuple.sample(rng, [{ mask: [0, 1, 0, 0, 0, 0] }, undefined, { probability: [0, 0, 1, 0, 0, 0] }])
    expect([first, last]).toEqual([2, 3])
  })

  it('refuses no spaces and a list of another length', () => {
    expect(() => new Tuple([])).toThrow(refused('space/invalid'))
    expect(() => sampleAny(tuple, [undefined])).toThrow(refused('space/choice'))
  })
})

describe('OneOf', () => {
  const either = new OneOf([die, unit])

  it('draws each space equally often, and its member as is said at its position', () => {
    const seen = countDraws(N, (stream) => {
      const { index, value } = either.sample(stream, [{ mask: [0, 0, 0, 1, 0, 0] }, undefined])
      return index === 0 ? value : 'a number'
    })
    expect(new Set(seen.keys())).toEqual(new Set(['4', 'a number']))
    expect(Math.abs((seen.get('4') ?? 0) - N / 2)).toBeLessThan(tolerance(N, 1 / 2))
  })

  it('tells equal values of two spaces apart', () => {
    const twins = new OneOf([die, new Discrete({ n: 9 })])
    expect(twins.contains({ index: 0, value: 0 })).toBe(false)
    expect(twins.contains({ index: 1, value: 0 })).toBe(true)
  })

  it('refuses no spaces and a list of another length', () => {
    expect(() => new OneOf([])).toThrow(refused('space/invalid'))
    expect(() => sampleAny(either, [])).toThrow(refused('space/choice'))
  })
})

describe('Sequence', () => {
  const rolls = new Sequence({ space: die })
  const lengths = (space: Sequence<typeof die>): number[] => {
    const stream = Rng.fromSeed(2)
    return Array.from({ length: N }, () => space.sample(stream).length)
  }

  it('draws geometric lengths from 1 on', () => {
    const drawn = lengths(rolls)
    expect(Math.min(...drawn)).toBe(1)
    // Geometric with p = 0.25: mean 1 / p = 4, standard deviation sqrt(1 - p) / p = 3.46, of the mean 3.46 / sqrt(4000) = 0.055; 5 of them.
    expect(Math.abs(mean(drawn) - 4)).toBeLessThan(0.28)
    expect(Math.abs(drawn.filter((length) => length === 1).length - N / 4)).toBeLessThan(tolerance(N, 1 / 4))
  })

  it('cuts lengths at its longest', () => {
    expect(Math.max(...lengths(new Sequence({ space: die, maxLength: 3 })))).toBe(3)
  })

  it('draws the length that was asked for, or one of several, and items as was said', () => {
    expect(rolls.sample(rng, { length: 0 })).toEqual([])
    expect(rolls.sample(rng, { length: 3, item: { mask: [0, 1, 0, 0, 0, 0] } })).toEqual([2, 2, 2])
    const seen = countDraws(N, (stream) => rolls.sample(stream, { length: [0, 5] }).length)
    expect(new Set(seen.keys())).toEqual(new Set(['0', '5']))
    expect(Math.abs((seen.get('0') ?? 0) - N / 2)).toBeLessThan(tolerance(N, 1 / 2))
  })

  it.each([-1, 0.5, NaN, 4, [], [1, 4]])('refuses the length %j', (length) => {
    expect(() => new Sequence({ space: die, maxLength: 3 }).sample(rng, { length })).toThrow(refused('space/choice'))
  })

  it.each([0, -1, 1.5, NaN])('refuses at most %d items', (maxLength) => {
    expect(() => new Sequence({ space: die, maxLength })).toThrow(refused('space/invalid'))
  })

  it('refuses what is no space', () => {
    expect(() => Reflect.construct(Sequence, [{ space: 'Box' }])).toThrow(refused('space/invalid'))
  })
})

describe('Graph', () => {
  const graph = new Graph({ nodeSpace: die, edgeSpace: unit })

  it('draws as many nodes and edges as asked for, and values as was said', () => {
    const { nodes, edges, edgeLinks } = graph.sample(rng, { nodeCount: 3, edgeCount: 5, node: { mask: [0, 0, 0, 0, 0, 1] } })
    expect(nodes).toEqual([6, 6, 6])
    expect(edges).toHaveLength(5)
    expect(edgeLinks).toHaveLength(10)
    expect(edgeLinks.every((node) => node >= 0 && node < 3)).toBe(true)
  })

  it('draws 10 nodes and fewer edges than there are pairs of them', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { nodes, edges } = graph.sample(Rng.fromSeed(seed))
      expect(nodes).toHaveLength(10)
      expect(edges.length).toBeLessThan(90)
    }
  })

  it('draws no edges for a single node unless asked for', () => {
    expect(graph.sample(rng, { nodeCount: 1 }).edges).toEqual([])
    expect([...graph.sample(rng, { nodeCount: 1, edgeCount: 1 }).edgeLinks]).toEqual([0, 0])
  })

  it('links nodes without edge values where it has no edgeSpace', () => {
    const links = new Graph({ nodeSpace: die })
    const drawn = links.sample(rng, { nodeCount: 2, edgeCount: 3 })
    expect(Object.keys(drawn)).toEqual(['nodes', 'edgeLinks'])
    expect(drawn.edgeLinks).toHaveLength(6)
  })

  it.each([{ nodeCount: 0 }, { nodeCount: 1.5 }, { edgeCount: -1 }, { nodeCount: NaN }])('refuses to draw with %j', (how) => {
    expect(() => graph.sample(rng, how)).toThrow(refused('space/choice'))
  })

  it('refuses what is no space', () => {
    expect(() => Reflect.construct(Graph, [{ nodeSpace: null }])).toThrow(refused('space/invalid'))
    expect(() => Reflect.construct(Graph, [{ nodeSpace: die, edgeSpace: 3 }])).toThrow(refused('space/invalid'))
  })
})
