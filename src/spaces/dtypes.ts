/** The element types an array space can have, each with its typed array and the range of numbers it can hold. */

/** The typed array behind each element type. */
export interface DTypes {
  readonly float32: Float32Array
  readonly float64: Float64Array
  readonly int8: Int8Array
  readonly int16: Int16Array
  readonly int32: Int32Array
  readonly uint8: Uint8Array
  readonly uint16: Uint16Array
  readonly uint32: Uint32Array
}

/** An element type: 'float32', 'uint8' and so on. */
export type DType = keyof DTypes

interface DTypeSpec<A> {
  readonly create: (length: number) => A
  /** All of `buffer` as this type. */
  readonly over: (buffer: ArrayBufferLike) => A
  readonly bytes: number
  readonly is: (x: unknown) => x is A
  /** Whole numbers only. */
  readonly integer: boolean
  /** Smallest and largest finite number. */
  readonly min: number
  readonly max: number
}

/** Largest finite float32: (2 - 2^-23) * 2^127 (IEEE 754). */
const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127

/** What each element type can hold. */
export const dtypes: { readonly [D in DType]: DTypeSpec<DTypes[D]> } = {
  float32: {
    create: (length) => new Float32Array(length),
    over: (buffer) => new Float32Array(buffer),
    bytes: 4,
    is: (x) => x instanceof Float32Array,
    integer: false,
    min: -MAX_FLOAT32,
    max: MAX_FLOAT32,
  },
  float64: {
    create: (length) => new Float64Array(length),
    over: (buffer) => new Float64Array(buffer),
    bytes: 8,
    is: (x) => x instanceof Float64Array,
    integer: false,
    min: -Number.MAX_VALUE,
    max: Number.MAX_VALUE,
  },
  int8: {
    create: (length) => new Int8Array(length),
    over: (buffer) => new Int8Array(buffer),
    bytes: 1,
    is: (x) => x instanceof Int8Array,
    integer: true,
    min: -128,
    max: 127,
  },
  int16: {
    create: (length) => new Int16Array(length),
    over: (buffer) => new Int16Array(buffer),
    bytes: 2,
    is: (x) => x instanceof Int16Array,
    integer: true,
    min: -32768,
    max: 32767,
  },
  int32: {
    create: (length) => new Int32Array(length),
    over: (buffer) => new Int32Array(buffer),
    bytes: 4,
    is: (x) => x instanceof Int32Array,
    integer: true,
    min: -2147483648,
    max: 2147483647,
  },
  uint8: {
    create: (length) => new Uint8Array(length),
    over: (buffer) => new Uint8Array(buffer),
    bytes: 1,
    is: (x) => x instanceof Uint8Array,
    integer: true,
    min: 0,
    max: 255,
  },
  uint16: {
    create: (length) => new Uint16Array(length),
    over: (buffer) => new Uint16Array(buffer),
    bytes: 2,
    is: (x) => x instanceof Uint16Array,
    integer: true,
    min: 0,
    max: 65535,
  },
  uint32: {
    create: (length) => new Uint32Array(length),
    over: (buffer) => new Uint32Array(buffer),
    bytes: 4,
    is: (x) => x instanceof Uint32Array,
    integer: true,
    min: 0,
    max: 4294967295,
  },
}

/** Where a typed array lives: in memory of its own, or in memory that worker threads share. */
export type Memory = 'own' | 'shared'

/** A typed array of zeros. */
export const allocate = <D extends DType>(dtype: D, length: number, memory: Memory): DTypes[D] => {
  const type = dtypes[dtype]
  return memory === 'shared' ? type.over(new SharedArrayBuffer(length * type.bytes)) : type.create(length)
}

/** The names of all element types. */
export const dtypeNames = ['float32', 'float64', 'int8', 'int16', 'int32', 'uint8', 'uint16', 'uint32'] as const satisfies readonly DType[]
