/** What holds for every space. */
import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import { sameShapeAndDtype, spaceFromJSON, valueFromJSON, valueToJSON } from '../../../src/spaces/index.js'
import { neverMembers, table } from './table.js'

const throughText = (json: unknown): unknown => JSON.parse(JSON.stringify(json))

describe.each(table)('$name', ({ space, members, nonMembers }) => {
  it('contains its members and nothing else', () => {
    for (const [i, member] of members.entries()) expect(space.contains(member), `member ${i}`).toBe(true)
    for (const [i, other] of nonMembers.entries()) expect(space.contains(other), `non-member ${i}`).toBe(false)
    for (const [i, other] of neverMembers.entries()) expect(space.contains(other), `never ${i}`).toBe(false)
  })

  it('contains its own samples', () => {
    const rng = Rng.fromSeed(1)
    for (let i = 0; i < 1000; i++) expect(space.contains(space.sample(rng))).toBe(true)
  })

  it('samples the same from equal streams, and goes on in each', () => {
    const [a, b] = [Rng.fromSeed(2), Rng.fromSeed(2)]
    const drawn = Array.from({ length: 20 }, () => space.sample(a))
    expect(drawn).toEqual(Array.from({ length: 20 }, () => space.sample(b)))
    expect(new Set(drawn.map((value) => JSON.stringify(valueToJSON(space, value)))).size).toBeGreaterThan(1)
  })

  it('is rebuilt by JSON text', () => {
    const rebuilt = spaceFromJSON(throughText(space))
    expect(rebuilt.equals(space)).toBe(true)
    expect(space.equals(rebuilt)).toBe(true)
    expect(sameShapeAndDtype(space, rebuilt)).toBe(true)
    expect(rebuilt.toJSON()).toEqual(space.toJSON())
    expect(rebuilt.sample(Rng.fromSeed(5))).toEqual(space.sample(Rng.fromSeed(5)))
  })

  it('equals no other row', () => {
    expect(table.filter((other) => space.equals(other.space)).map((other) => other.space)).toEqual([space])
  })

  it('carries its values through JSON text, to the last bit', () => {
    const rng = Rng.fromSeed(3)
    for (const value of [...members, ...Array.from({ length: 20 }, () => space.sample(rng))].filter((member) => !Object.is(member, -0))) {
      expect(valueFromJSON(space, throughText(valueToJSON(space, value)))).toEqual(value)
    }
  })

  it('refuses JSON of another form', () => {
    const graph = { nodes: [], edges: 1, edgeLinks: [0.5] }
    for (const json of [null, undefined, true, 'a b!', {}, [null], [[]], { index: 9, value: 0 }, graph]) {
      expect(() => valueFromJSON(space, json)).toThrow(expect.objectContaining({ code: 'space/value' }))
    }
  })
})
