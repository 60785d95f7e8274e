/** The value shown where there is no observation yet: the member of a space nearest to zero, as Gymnasium's `create_zero_array`. */
import type { EnvShape } from '../env/index.js'
import { ArraySpace } from '../spaces/arraySpace.js'
import { dtypes, type DType, type DTypes } from '../spaces/dtypes.js'
import { Dict, Discrete, OneOf, Sequence, Text, Tuple, type Member, type Space } from '../spaces/index.js'
import { refuseSpace } from './refuseSpace.js'

const zeroArray = <D extends DType>({ dtype, size, low, high }: ArraySpace<D>): DTypes[D] => {
  const zero: DTypes[D] = dtypes[dtype].create(size)
  for (let i = 0; i < size; i++) zero[i] = Math.min(high[i], Math.max(low[i], 0))
  return zero
}

const zeroOf = (space: Space): unknown => {
  if (space instanceof ArraySpace) return zeroArray(space)
  if (space instanceof Discrete) return space.start
  if (space instanceof Dict) return Object.fromEntries(Object.entries<Space>(space.spaces).map(([key, part]) => [key, zeroOf(part)]))
  if (space instanceof Tuple) return space.spaces.map(zeroOf)
  if (space instanceof Sequence) return []
  if (space instanceof Text) return space.charset[0].repeat(space.minLength)
  if (space instanceof OneOf) return { index: 0, value: zeroOf(space.spaces[0]) }
  return undefined
}

/**
 * A function that makes the zero of the observation space, a new one each time: the number nearest to 0 within the bounds of an array,
 * `start` of a Discrete, the shortest Text and Sequence, the first space of a OneOf.
 * @throws Bl1Error `env/wrapper-space` for kinds without a zero (Graph, kinds of your own)
 */
export const zeroValue = <OS extends Space>(env: Pick<EnvShape<OS>, 'observationSpace' | 'spec'>, wrapper: string): (() => Member<OS>) => {
  const space = env.observationSpace
  const expected = 'observations with a zero: of any kind but Graph and kinds of your own'
  if (!space.contains(zeroOf(space))) refuseSpace(env, wrapper, expected, space)
  // The space has just said that the value is a member.
  return () => zeroOf(space) as Member<OS>
}
