/** Messages to bytes and back: a msgpack header, then the raw bytes of each array. */
import { Packr } from 'msgpackr'
import { Bl1Error } from '../errors.js'
import type { JsonObject, JsonValue } from '../json.js'
import { MAX_ARRAYS, MAX_DIMENSIONS, MAX_HEADER_BYTES, MAX_MESSAGE_BYTES } from './limits.js'
import { whyNotPlain } from './plainMsgpack.js'
import type { BridgeArray, BridgeArrays, BridgeData, BridgeDType, BridgeReply } from './types.js'

/** The defaults of msgpackr corrupt typed arrays and write records that nothing else reads. */
const packr = new Packr({ useRecords: false, variableMapSize: true, encodeUndefinedAsNil: true, moreTypes: false, int64AsType: 'number' })

const CLASSES: Readonly<Record<BridgeDType, new (buffer: ArrayBuffer) => BridgeData>> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
}
const ITEM_BYTES: Readonly<Record<BridgeDType, number>> = { uint8: 1, int8: 1, uint16: 2, int16: 2, uint32: 4, int32: 4, float32: 4, float64: 8 }

const isDType = (name: unknown): name is BridgeDType => typeof name === 'string' && Object.hasOwn(CLASSES, name)

/** The dtype of a typed array. @throws Bl1Error `bridge/protocol` for another kind */
export const dtypeOf = (data: BridgeData): BridgeDType => {
  for (const dtype of Object.keys(CLASSES)) if (isDType(dtype) && data instanceof CLASSES[dtype]) return dtype
  throw refused(`an array holds ${Object.prototype.toString.call(data)}, which cannot be sent`)
}

/** A message that breaks the protocol. `seq`: the call it answers, where that could be read. */
export const refused = (reason: string, seq?: number): Bl1Error<'bridge/protocol'> => new Bl1Error('bridge/protocol', { reason, seq })

/** The number of values of a shape, or -1 where it is no shape. */
const sizeOf = (shape: unknown): number => {
  if (!Array.isArray(shape) || shape.length > MAX_DIMENSIONS) return -1
  let size = 1
  for (const side of shape) {
    if (typeof side !== 'number' || !Number.isInteger(side) || side < 0 || side > MAX_MESSAGE_BYTES) return -1
    size *= side
  }
  return size
}

/**
 * The parts of a message. Arrays are copied: the caller may change them as soon as this returns.
 * @throws Bl1Error `bridge/protocol` for what the other side would refuse
 */
export const encode = (header: JsonObject, arrays: BridgeArrays): Uint8Array[] => {
  const entries = Object.entries(arrays)
  if (entries.length > MAX_ARRAYS) throw refused(`a message has at most ${MAX_ARRAYS} arrays, not ${entries.length}`)
  const described = entries.map(([name, { shape, data }]) => {
    const dtype = dtypeOf(data)
    if (name === '') throw refused('an array has no name')
    if (sizeOf(shape) !== data.length) throw refused(`array '${name}' has ${data.length} values, which is not shape [${shape.join(', ')}]`)
    return { name, dtype, shape }
  })
  const packed = pack({ ...header, arrays: described })
  const total = entries.reduce((sum, [, { data }]) => sum + data.byteLength, packed.length)
  if (packed.length > MAX_HEADER_BYTES || total > MAX_MESSAGE_BYTES)
    throw refused(`a header has at most ${MAX_HEADER_BYTES} bytes and a message ${MAX_MESSAGE_BYTES}, not ${packed.length} and ${total}`)
  return [packed, ...entries.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice())]
}

const pack = (header: JsonObject): Uint8Array => {
  try {
    return packr.pack(header)
  } catch (error) {
    throw new Bl1Error('bridge/protocol', { reason: `the body is not plain JSON (${String(error)})`, seq: undefined }, { cause: error })
  }
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The header of a message. @throws Bl1Error `bridge/protocol` */
export const decodeHeader = (parts: readonly Uint8Array[]): JsonObject => {
  if (parts.length < 1 || parts.length > MAX_ARRAYS + 1) throw refused(`a message has 1 to ${MAX_ARRAYS + 1} parts, not ${parts.length}`)
  const total = parts.reduce((sum, part) => sum + part.length, 0)
  if (parts[0].length > MAX_HEADER_BYTES || total > MAX_MESSAGE_BYTES)
    throw refused(`a header has at most ${MAX_HEADER_BYTES} bytes and a message ${MAX_MESSAGE_BYTES}, not ${parts[0].length} and ${total}`)
  const reason = whyNotPlain(parts[0])
  if (reason !== undefined) throw refused(`a header is not plain msgpack: ${reason}`)
  const header: JsonValue = packr.unpack(parts[0])
  if (!isObject(header)) throw refused('a header is not a map')
  return header
}

/** The body of a hello. @throws Bl1Error `bridge/protocol` where it is none */
export const readHello = (header: JsonObject): JsonObject => {
  const { seq, verb, body } = header
  if (seq !== 0 || verb !== 'hello' || !isObject(body)) throw refused('the first message is not a hello')
  return body
}

/** An answer: what a call gets, or the error it is refused with. */
export interface Answer {
  readonly seq: number
  readonly result: BridgeReply | Bl1Error<'bridge/remote'>
}

/**
 * What a message answers. `owned`: the parts belong to nobody else, so arrays may be views of them.
 * @throws Bl1Error `bridge/protocol`
 */
export const readAnswer = (header: JsonObject, parts: readonly Uint8Array[], owned: boolean): Answer => {
  const { seq, ok, body, error } = header
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) throw refused('seq is not a whole number from 0')
  if (ok === false) return { seq, result: readRemote(error, seq) }
  if (ok !== true || !isObject(body)) throw refused("an answer has neither a body nor an error", seq)
  return { seq, result: { body, arrays: readArrays(header['arrays'], parts, owned, seq) } }
}

const readRemote = (error: JsonValue | undefined, seq: number): Bl1Error<'bridge/remote'> => {
  if (!isObject(error)) throw refused('an error is not a map', seq)
  const { code, message, data } = error
  if (typeof code !== 'string' || typeof message !== 'string' || !isObject(data)) throw refused('an error has no code, message or data', seq)
  return new Bl1Error('bridge/remote', { code, message, data })
}

const readArrays = (described: JsonValue | undefined, parts: readonly Uint8Array[], owned: boolean, seq: number): BridgeArrays => {
  if (!Array.isArray(described) || described.length !== parts.length - 1)
    throw refused(`arrays is not a list of ${parts.length - 1}, one for each further part`, seq)
  const arrays = new Map<string, BridgeArray>()
  for (const [k, one] of described.entries()) {
    const { name, dtype, shape } = isObject(one) ? one : {}
    if (typeof name !== 'string' || name === '' || arrays.has(name)) throw refused('an array has no name, or that of another', seq)
    arrays.set(name, readArray(name, dtype, shape, parts[k + 1], owned, seq))
  }
  return Object.fromEntries(arrays)
}

const readArray = (name: string, dtype: JsonValue | undefined, shape: JsonValue | undefined, part: Uint8Array, owned: boolean, seq: number): BridgeArray => {
  if (!isDType(dtype)) throw refused(`array '${name}' has dtype ${JSON.stringify(dtype)}`, seq)
  if (!isShape(shape) || sizeOf(shape) * ITEM_BYTES[dtype] !== part.length)
    throw refused(`array '${name}': ${dtype} of shape ${JSON.stringify(shape)} does not have ${part.length} bytes`, seq)
  return { shape, data: new CLASSES[dtype](ownBytes(part, owned)) }
}

const isShape = (shape: unknown): shape is number[] => sizeOf(shape) >= 0

/** The bytes in a buffer of their own, which is aligned for every dtype. */
const ownBytes = ({ buffer, byteOffset, byteLength }: Uint8Array, owned: boolean): ArrayBuffer => {
  if (!(buffer instanceof ArrayBuffer)) throw refused('a part lies in shared memory')
  return owned && byteOffset === 0 && byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)
}
