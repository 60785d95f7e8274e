/** The element type that holds the numbers of several others exactly. */
import { dtypes, type DType } from './dtypes.js'

/** From small to large: the first that fits is taken. */
const bySize = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const satisfies readonly DType[]

/** Every whole number up to here is a float of the type (IEEE 754: 24 and 53 bits of precision). */
const exactUpTo = (dtype: DType): number => (dtype === 'float32' ? 2 ** 24 : 2 ** 53)

const holds = (wide: DType, narrow: DType): boolean => {
  const [outer, inner] = [dtypes[wide], dtypes[narrow]]
  if (outer.integer) return inner.integer && outer.min <= inner.min && outer.max >= inner.max
  return inner.integer ? Math.max(-inner.min, inner.max) <= exactUpTo(wide) : outer.max >= inner.max
}

/** The smallest type that holds every number of all `types`: float32 for float32 and uint8, float64 for float32 and int32. */
export const commonDType = (types: readonly DType[]): DType =>
  bySize.find((candidate) => types.every((type) => holds(candidate, type))) ?? 'float64'
