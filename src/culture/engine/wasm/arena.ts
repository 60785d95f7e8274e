/** WebAssembly memory and how columns are laid out in it. */
import { Bl1Error } from '../../../errors.js'
import { LINE_BYTES, type Field } from './assembly/fields.js'
import { wasm, type WasmMemory } from './webAssembly.js'

/** Bytes at the start of a memory that belong to the kernel itself: its tables. Records begin behind them. */
export const KERNEL_BYTES = 65_536
const PAGE_BYTES = 65_536
/** All that the 32-bit addresses of WebAssembly reach. */
export const LARGEST_BYTES = 2 ** 32
const MIB = 2 ** 20
/** Different distances between columns. */
const STAGGERS = 7

/**
 * A memory that never grows, so that views of it stay valid.
 * @param shared whether several threads work on it
 * @throws Bl1Error `culture/too-large` with the numbers
 */
export const createMemory = (bytes: number, neurons: number, shared: boolean): WasmMemory => {
  const pages = Math.ceil((KERNEL_BYTES + bytes) / PAGE_BYTES)
  const neededMiB = Math.ceil((pages * PAGE_BYTES) / MIB)
  if (pages * PAGE_BYTES > LARGEST_BYTES) throw new Bl1Error('culture/too-large', { neurons, neededMiB, availableMiB: LARGEST_BYTES / MIB })
  try {
    return new wasm.Memory({ initial: pages, maximum: pages, shared })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Bl1Error('culture/too-large', { neurons, neededMiB, availableMiB: 0 }, { cause: error })
  }
}

/**
 * Hands out columns one behind the other and writes their addresses into a record. Without a memory it only counts: running the same
 * layout over a counting arena first tells how much memory to create.
 */
export class Arena {
  readonly #buffer: ArrayBufferLike | undefined
  readonly #record: Uint32Array
  readonly #base: number
  #next: number
  #taken = 0

  /** @param base address of the first byte handed out: a whole cache line */
  constructor(buffer: ArrayBufferLike | undefined, base: number, recordBytes: number) {
    this.#buffer = buffer
    this.#base = base
    this.#record = buffer === undefined ? new Uint32Array(recordBytes / 4) : new Uint32Array(buffer, base, recordBytes / 4)
    this.#next = base + recordBytes
  }

  /** Bytes handed out, the record included. */
  get bytes(): number {
    return this.#next - this.#base
  }

  singles(field: Field, length: number): Float32Array {
    const address = this.#take(field, length * Float32Array.BYTES_PER_ELEMENT)
    return this.#buffer === undefined ? new Float32Array(0) : new Float32Array(this.#buffer, address, length)
  }

  doubles(field: Field, length: number): Float64Array {
    const address = this.#take(field, length * Float64Array.BYTES_PER_ELEMENT)
    return this.#buffer === undefined ? new Float64Array(0) : new Float64Array(this.#buffer, address, length)
  }

  integers(field: Field, length: number): Int32Array {
    const address = this.#take(field, length * Int32Array.BYTES_PER_ELEMENT)
    return this.#buffer === undefined ? new Int32Array(0) : new Int32Array(this.#buffer, address, length)
  }

  words(field: Field, length: number): Uint32Array {
    const address = this.#take(field, length * Uint32Array.BYTES_PER_ELEMENT)
    return this.#buffer === undefined ? new Uint32Array(0) : new Uint32Array(this.#buffer, address, length)
  }

  bytesColumn(field: Field, length: number): Uint8Array {
    const address = this.#take(field, length)
    return this.#buffer === undefined ? new Uint8Array(0) : new Uint8Array(this.#buffer, address, length)
  }

  /**
   * Whole cache lines, and a few more: vectors may read past the last entry, and columns a power of two apart would all fall into the same
   * few lines of the processor's cache (at 1,000 cells a step then takes three times as long).
   */
  #take(field: Field, bytes: number): number {
    const address = this.#next
    this.#record[field] = address
    this.#next += (Math.ceil(bytes / LINE_BYTES) + 1 + 2 * (this.#taken++ % STAGGERS)) * LINE_BYTES
    return address
  }
}
