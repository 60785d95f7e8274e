/** Where a wrapper writes its observations: into a new array each time, or always into the same one. */
import { dtypes, type DType, type DTypes } from '../spaces/dtypes.js'

/**
 * A function that gives the array for the next observation.
 * @param reuses true gives one array for all: for an environment that reuses its buffers, so that a step allocates nothing
 */
export const outputArray = <D extends DType>(dtype: D, size: number, reuses: boolean): (() => DTypes[D]) => {
  const { create } = dtypes[dtype]
  if (!reuses) return () => create(size)
  const buffer: DTypes[D] = create(size)
  return () => buffer
}
