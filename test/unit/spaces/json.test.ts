import { describe, expect, it } from 'vitest'
import { registerSpace, spaceFromJSON } from '../../../src/spaces/index.js'
import { EvenSpace } from './evenSpace.js'

describe('spaceFromJSON', () => {
  it.each([
    null,
    'Box',
    {},
    { kind: 'Bix' },
    { kind: 'Discrete', n: '3', start: 0 },
    { kind: 'Discrete', n: 3, start: 0, shape: [] },
    { kind: 'Box', dtype: 'float16', shape: [1], low: 0, high: 1 },
    { kind: 'Box', dtype: 'float32', shape: [1], low: 'minus one', high: 1 },
    { kind: 'MultiDiscrete', nvec: 3, shape: [], start: [] },
    { kind: 'MultiBinary', shape: '3' },
    { kind: 'Dict', spaces: [] },
    { kind: 'Dict', spaces: { a: { kind: 'Dixt' } } },
    { kind: 'Tuple', spaces: {} },
    { kind: 'Tuple', spaces: [null] },
    { kind: 'Tuple', spaces: [{ kind: 'Dict', spaces: { a: { kind: 'Discrete', n: 3 } } }] },
    { kind: 'Text', maxLength: 3, minLength: 1, charset: 'abc' },
    { kind: 'Sequence', maxLength: 3 },
    { kind: 'OneOf' },
    { kind: 'Graph', nodeSpace: { kind: 'Discrete', n: 3, start: 0 }, edgeSpace: 3 },
  ])('refuses %j', (json) => {
    expect(() => spaceFromJSON(json)).toThrow(expect.objectContaining({ code: 'space/json' }))
  })

  it.each([
    [{ kind: 'Discrete', n: 0, start: 0 }, 'space/discrete'],
    [{ kind: 'Box', dtype: 'uint8', shape: [1], low: 0, high: 256 }, 'space/box'],
    [{ kind: 'MultiDiscrete', nvec: [0], shape: [1], start: [0] }, 'space/invalid'],
    [{ kind: 'Tuple', spaces: [] }, 'space/invalid'],
    [{ kind: 'Dict', spaces: {} }, 'space/invalid'],
  ])('refuses %j with the code of its kind', (json, code) => {
    expect(() => spaceFromJSON(json)).toThrow(expect.objectContaining({ code }))
  })

  it('knows a kind of a user once it is registered, and takes no second of the same name', () => {
    const json = { kind: 'Tuple', spaces: [{ kind: 'Even' }] }
    expect(spaceFromJSON(json).contains([2])).toBe(true)
    expect(() => registerSpace('Even', () => new EvenSpace())).toThrow(expect.objectContaining({ code: 'space/kind' }))
    expect(() => registerSpace('Box', () => new EvenSpace())).toThrow(expect.objectContaining({ code: 'space/kind' }))
  })

  it('suggests the kind that was meant', () => {
    expect(() => spaceFromJSON({ kind: 'Bix' })).toThrow(/did you mean 'Box'/)
  })
})
