/**
 * The structure of a checkpoint: any nesting of plain objects, lists and single values, with typed arrays anywhere in it.
 *
 * It becomes JSON text, which cannot run code, and the bytes of the arrays behind it. What JSON cannot hold stands in it as an object with the one
 * key `$`: `{"$":["float32",offset,length]}` for an array, `{"$":"NaN"}` for a number. An own key that begins with `$` gets one more.
 */
import { Bl1Error } from '../errors.js'

/** The arrays that a checkpoint may hold. */
const KINDS = {
  int8: Int8Array,
  uint8: Uint8Array,
  uint8clamped: Uint8ClampedArray,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const
type Kind = keyof typeof KINDS
type AnyArray = InstanceType<(typeof KINDS)[Kind]>

const isKind = (name: unknown): name is Kind => typeof name === 'string' && Object.hasOwn(KINDS, name)

/** Every array starts at a multiple of this, so that it can be looked at where it lies. */
const ALIGNMENT = 8
/** Deeper nesting than this is damage, not data. */
const MOST_LEVELS = 200
const ODD_NUMBERS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 }

/** The two parts of a checkpoint. */
export interface Packed {
  readonly text: string
  readonly arrays: readonly Uint8Array[]
}

const alignedLength = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT

const kindOf = (value: object): Kind | undefined => Object.keys(KINDS).filter(isKind).find((kind) => value instanceof KINDS[kind])

const isArrayOf = (value: object): value is AnyArray => kindOf(value) !== undefined

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Takes a value apart. Keys with the value `undefined` are dropped, as JSON does.
 * @throws Bl1Error `run/not-json` naming the path of what is neither plain nor a typed array
 */
export const packTree = (value: unknown): Packed => {
  const arrays: Uint8Array[] = []
  let offset = 0
  const packArray = (array: AnyArray): unknown => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    const [kind, at] = [kindOf(array), offset]
    arrays.push(bytes)
    const padding = alignedLength(bytes.length) - bytes.length
    if (padding > 0) arrays.push(new Uint8Array(padding))
    offset += bytes.length + padding
    return { $: [kind, at, array.length] }
  }
  const pack = (node: unknown, path: string, level: number): unknown => {
    const refuse = (received: string): never => {
      throw new Bl1Error('run/not-json', { path, received })
    }
    if (level > MOST_LEVELS) return refuse(`nested more than ${MOST_LEVELS} levels deep`)
    if (node === null || typeof node === 'boolean' || typeof node === 'string') return node
    if (typeof node === 'number') return Number.isFinite(node) && !Object.is(node, -0) ? node : { $: Object.is(node, -0) ? '-0' : String(node) }
    if (typeof node !== 'object') return refuse(`of type ${typeof node}`)
    if (isArrayOf(node)) return packArray(node)
    if (Array.isArray(node)) return node.map((item, k) => pack(item, `${path}[${k}]`, level + 1))
    if (!isPlain(node)) return refuse(`a ${node.constructor?.name ?? 'class instance'}`)
    const kept = Object.entries(node).filter(([, part]) => part !== undefined)
    return Object.fromEntries(kept.map(([key, part]) => [key.startsWith('$') ? `$${key}` : key, pack(part, `${path}.${key}`, level + 1)]))
  }
  return { text: JSON.stringify(pack(value, 'checkpoint', 0)), arrays }
}

const damaged = (reason: string): never => {
  throw new SyntaxError(reason)
}

/**
 * Puts a value together again. The arrays are copies, each in a buffer of its own.
 * @throws SyntaxError where text and arrays do not make a checkpoint
 */
export const unpackTree = (text: string, arrays: Uint8Array): unknown => {
  const unpackArray = ([kind, at, length]: readonly unknown[]): AnyArray => {
    if (!isKind(kind)) return damaged('it holds an array of an unknown kind')
    const Kind = KINDS[kind]
    const isInside =
      typeof at === 'number' && typeof length === 'number' && Number.isSafeInteger(at) && Number.isSafeInteger(length) && at >= 0 && length >= 0 &&
      at + length * Kind.BYTES_PER_ELEMENT <= arrays.length
    if (!isInside) return damaged('an array lies outside it')
    const bytes = Uint8Array.from(arrays.subarray(at, at + length * Kind.BYTES_PER_ELEMENT))
    return new Kind(bytes.buffer)
  }
  const unpack = (node: unknown, level: number): unknown => {
    if (level > MOST_LEVELS) return damaged('it is nested too deep')
    if (typeof node !== 'object' || node === null) return node
    if (Array.isArray(node)) return node.map((item) => unpack(item, level + 1))
    if (!('$' in node)) return Object.fromEntries(Object.entries(node).map(([key, part]) => [key.startsWith('$$') ? key.slice(1) : key, unpack(part, level + 1)]))
    const { $: special } = node
    if (Array.isArray(special)) return unpackArray(special)
    return typeof special === 'string' && Object.hasOwn(ODD_NUMBERS, special) ? ODD_NUMBERS[special] : damaged('it holds an unknown kind of value')
  }
  return unpack(JSON.parse(text), 0)
}
