/** The two ends of the values of spaces must agree to the last number. */
import { describe, expect, it } from 'vitest'
import { portOf, type SpaceDescription } from '../../../envs/python/ports.js'
import { Incoming, Outgoing } from '../../../envs/python/values.js'
import { Bl1Error } from '../../../src/errors.js'

const arraysOf = (arrays: Readonly<Record<string, Float32Array | Int32Array>>) =>
  Object.fromEntries(Object.entries(arrays).map(([name, data]) => [name, { shape: [data.length], data }]))

const codeOf = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error instanceof Bl1Error ? error.code : error
  }
  return undefined
}

describe('values', () => {
  it('of one element type share one array, in the order of the space', () => {
    const out = new Outgoing()
    out.add('float32', Float32Array.of(1, 2))
    out.add('int32', Int32Array.of(9))
    out.add('float32', Float32Array.of(3))
    out.plain.push(5, 'a')
    const { body, arrays } = out.message()
    expect(body).toEqual({ plain: [5, 'a'] })
    expect(arrays).toEqual(arraysOf({ float32: Float32Array.of(1, 2, 3), int32: Int32Array.of(9) }))
    const from = new Incoming('X', [5, 'a'], arrays)
    expect([from.take('float32', 2, 'x'), from.number('x'), from.take('float32', 1, 'x'), from.text('x')]).toEqual([
      Float32Array.of(1, 2),
      5,
      Float32Array.of(3),
      'a',
    ])
    expect(codeOf(() => from.requireEnd('x'))).toBe('pythonEnv/value')
    from.take('int32', 1, 'x')
    from.requireEnd('x')
  })

  it('that are missing, of another type or left over are refused', () => {
    const from = (): Incoming => new Incoming('X', ['a'], arraysOf({ float32: Float32Array.of(1) }))
    expect(codeOf(() => from().number('x'))).toBe('pythonEnv/value')
    expect(codeOf(() => new Incoming('X', [1], {}).text('x'))).toBe('pythonEnv/value')
    expect(codeOf(() => from().take('float32', 2, 'x'))).toBe('pythonEnv/value')
    expect(codeOf(() => from().take('float64', 1, 'x'))).toBe('pythonEnv/value')
    expect(codeOf(() => from().requireEnd('x'))).toBe('pythonEnv/value')
    const wrongClass = { float32: { shape: [1], data: new Int32Array(1) } }
    expect(codeOf(() => new Incoming('X', [], wrongClass).take('float32', 1, 'x'))).toBe('pythonEnv/value')
  })

  it('of a part have memory of their own', () => {
    const from = new Incoming('X', [], arraysOf({ float32: Float32Array.of(1, 2) }))
    expect(from.take('float32', 1, 'x').buffer.byteLength).toBe(4)
  })

  it('of spaces that there are none of here are refused with the path', () => {
    const nothing: SpaceDescription = { kind: 'Dict', entries: [['a', { kind: 'Tuple', spaces: [] }]] }
    let thrown: unknown
    try {
      portOf('X', nothing, new Incoming('X', [], {}), 'action')
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'pythonEnv/space', data: { id: 'X', path: 'action.a', kind: 'Tuple' } })
  })
})
