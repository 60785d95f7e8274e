/**
 * How the values of spaces travel: numbers in one array an element type, everything else in one list, both in the order of the space.
 * The other end is python/bl1_bridge/gymnasium_values.py.
 */
import type { BridgeArray, BridgeArrays } from '../../src/bridge/index.js'
import { Bl1Error } from '../../src/errors.js'
import { describe } from '../../src/describe.js'
import type { JsonObject } from '../../src/json.js'
import { dtypeNames, dtypes, type DType, type DTypes } from '../../src/spaces/dtypes.js'

/** A value being written. */
export class Outgoing {
  /** What is not in arrays. */
  readonly plain: (number | string)[] = []
  readonly #parts = new Map<DType, DTypes[DType][]>()

  /** Appends the numbers of an array to those of its type. */
  add(dtype: DType, data: DTypes[DType]): void {
    const parts = this.#parts.get(dtype)
    if (parts === undefined) this.#parts.set(dtype, [data])
    else parts.push(data)
  }

  /** What goes over. */
  message(): { readonly body: JsonObject; readonly arrays: BridgeArrays } {
    const arrays: Record<string, BridgeArray> = {}
    for (const [dtype, parts] of this.#parts) {
      const data = dtypes[dtype].create(parts.reduce((length, part) => length + part.length, 0))
      let offset = 0
      for (const part of parts) {
        data.set(part, offset)
        offset += part.length
      }
      arrays[dtype] = { shape: [data.length], data }
    }
    return { body: { plain: this.plain }, arrays }
  }
}

/** A value being read. `what` in its methods names the part that is read, for errors. */
export class Incoming {
  readonly #id: string
  readonly #plain: readonly unknown[]
  readonly #arrays: BridgeArrays
  readonly #offsets = new Map<DType, number>()
  #next = 0

  /** @param id of the environment, for errors */
  constructor(id: string, plain: readonly unknown[], arrays: BridgeArrays) {
    this.#id = id
    this.#plain = plain
    this.#arrays = arrays
  }

  /** The next entry of the list, a number. @throws Bl1Error `pythonEnv/value` */
  number(what: string): number {
    const value = this.#plain[this.#next++]
    return typeof value === 'number' ? value : this.#refuse(what, 'a number', value)
  }

  /** The next entry of the list, a text. @throws Bl1Error `pythonEnv/value` */
  text(what: string): string {
    const value = this.#plain[this.#next++]
    return typeof value === 'string' ? value : this.#refuse(what, 'a text', value)
  }

  /** The next numbers of a type, in an array of their own. @throws Bl1Error `pythonEnv/value` */
  take<D extends DType>(dtype: D, length: number, what: string): DTypes[D] {
    const data: unknown = this.#arrays[dtype]?.data
    const begin = this.#offsets.get(dtype) ?? 0
    const type = dtypes[dtype]
    if (!type.is(data) || begin + length > data.length) return this.#refuse(what, `${length} numbers of type ${dtype}`, data)
    this.#offsets.set(dtype, begin + length)
    // The bridge gives each message arrays of its own.
    if (length === data.length) return data
    const part: DTypes[D] = type.create(length)
    part.set(data.subarray(begin, begin + length))
    return part
  }

  /** @throws Bl1Error `pythonEnv/value` where something is left over: the two ends differ */
  requireEnd(what: string): void {
    const left = dtypeNames.find((dtype) => (this.#offsets.get(dtype) ?? 0) < (this.#arrays[dtype]?.data.length ?? 0))
    if (left !== undefined || this.#next < this.#plain.length) this.#refuse(what, 'nothing more', left ?? this.#plain[this.#next])
  }

  #refuse(path: string, expected: string, received: unknown): never {
    throw new Bl1Error('pythonEnv/value', { id: this.#id, path, expected, received: describe(received) })
  }
}
