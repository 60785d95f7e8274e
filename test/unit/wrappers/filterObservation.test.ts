import { describe, expect, expectTypeOf, it } from 'vitest'
import { wrap } from '../../../src/env/index.js'
import { Box, Dict, Discrete, Tuple } from '../../../src/spaces/index.js'
import { filterObservation } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

const position = new Box({ low: 0, high: 1, shape: [2] })
const lives = new Discrete({ n: 4 })
const seen = Float32Array.of(0.25, 0.5)
const game = () => showing(new Dict({ position, lives, level: new Discrete({ n: 9 }) }), { position: seen, lives: 3, level: 7 })
const pair = () => showing(new Tuple([position, lives, new Discrete({ n: 9 })]), [seen, 3, 7])

describe('filterObservation', () => {
  it('keeps parts of a Dict in the order of the keys', () => {
    const env = wrap(game(), filterObservation({ keys: ['lives', 'position'] }))
    expectTypeOf(first(env).lives).toEqualTypeOf<number>()
    expectTypeOf(first(env).position).toEqualTypeOf<Float32Array>()
    expect(env.observationSpace.equals(new Dict({ lives, position }))).toBe(true)
    expect(first(env)).toEqual({ lives: 3, position: seen })
    expect(Object.keys(first(env))).toEqual(['lives', 'position'])
  })

  it('keeps parts of a Tuple by position', () => {
    const env = wrap(pair(), filterObservation({ keys: [2, 0] }))
    expectTypeOf(first(env)).toEqualTypeOf<readonly [number, Float32Array]>()
    expect(env.observationSpace.equals(new Tuple([new Discrete({ n: 9 }), position]))).toBe(true)
    expect(first(env)).toEqual([7, seen])
  })

  it('does not compile with a key that the space has not, and refuses it', async () => {
    // @ts-expect-error no such name
    expect(await errorCode(() => wrap(game(), filterObservation({ keys: ['lifes'] })))).toBe('env/wrapper-space')
    // @ts-expect-error no such position
    expect(await errorCode(() => wrap(pair(), filterObservation({ keys: [3] })))).toBe('env/wrapper-space')
    // @ts-expect-error a position in a Dict
    expect(await errorCode(() => wrap(game(), filterObservation({ keys: [0] })))).toBe('env/wrapper-space')
    // @ts-expect-error a property of every array is no part
    expect(await errorCode(() => wrap(pair(), filterObservation({ keys: ['length'] })))).toBe('env/wrapper-space')
  })
})
