/** What the wrappers of continuous actions share. */
import type { EnvShape } from '../env/index.js'
import { dtypes } from '../spaces/dtypes.js'
import { Box, type DType, type DTypes, type Member, type Space } from '../spaces/index.js'
import { refuseSpace } from './refuseSpace.js'

/** The element types of continuous values. */
export type FloatType = 'float32' | 'float64'

const isFinite = (bound: ArrayLike<number>): boolean => Array.from(bound).every(Number.isFinite)

/** The action space of `env`. @throws Bl1Error `env/wrapper-space` unless it is a Box of float32 or float64 with finite bounds */
export const requireFiniteBox = <OS extends Space, D extends FloatType>(env: EnvShape<OS, Box<D>>, wrapper: string): Box<D> => {
  const space = env.actionSpace
  const fits = space instanceof Box && (space.dtype === 'float32' || space.dtype === 'float64') && isFinite(space.low) && isFinite(space.high)
  return fits ? space : refuseSpace(env, wrapper, 'actions of a Box of float32 or float64 with finite bounds', space)
}

/** The action of `box` that `write` puts into a new array. */
export const writtenAction = <D extends DType>({ dtype, size }: Box<D>, write: (action: DTypes[D]) => void): Member<Box<D>> => {
  const action: DTypes[D] = dtypes[dtype].create(size)
  write(action)
  const written: unknown = action
  // The values of a Box<D> are DTypes[D]; the compiler does not look that up for an unknown D.
  return written as Member<Box<D>>
}

/** The action of `box` with these elements, each held within its bounds. */
export const actionOf = <D extends DType>(box: Box<D>, element: (i: number) => number): Member<Box<D>> =>
  writtenAction(box, (action) => {
    for (let i = 0; i < box.size; i++) action[i] = Math.min(box.high[i], Math.max(box.low[i], element(i)))
  })
