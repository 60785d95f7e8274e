/** What travels over a bridge: plain JSON and arrays of eight kinds of numbers. */
import type { JsonObject } from '../json.js'

/** The numbers an array may hold, little-endian on the wire. */
export type BridgeDType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'

/** The typed array of each {@link BridgeDType}. */
export type BridgeData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/**
 * An array: its dtype follows from the class of `data`, C order. Received ones are fresh, aligned and the caller's own; those sent are
 * copied before `call` returns.
 */
export interface BridgeArray {
  readonly shape: readonly number[]
  readonly data: BridgeData
}

/** Arrays by name. */
export type BridgeArrays = Readonly<Record<string, BridgeArray>>

/** What a call answers. */
export interface BridgeReply {
  readonly body: JsonObject
  readonly arrays: BridgeArrays
}

/** What the process said of itself when it started. */
export interface BridgeHello {
  /** Version of Python: '3.11.7'. */
  readonly python: string
  /** Versions of what it imported: pyzmq, msgpack, numpy. */
  readonly versions: Readonly<Record<string, string>>
}
