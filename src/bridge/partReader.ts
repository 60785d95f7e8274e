/** Puts the chunks of a stream together to messages: the number of parts, the size of each (uint32, little-endian), then their bytes. */
import { MAX_ARRAYS, MAX_MESSAGE_BYTES } from './limits.js'

/** A stream of messages. Every part is read into a buffer of its own. */
export class PartReader {
  readonly #onMessage: (parts: readonly Uint8Array[]) => void
  #parts: Uint8Array[] = []
  /** Parts still to come, the one being read included. 0: the sizes or their number are being read. */
  #sizes: number[] = []
  #what: 'count' | 'sizes' | 'part' = 'count'
  #target = new Uint8Array(4)
  #filled = 0

  constructor(onMessage: (parts: readonly Uint8Array[]) => void) {
    this.#onMessage = onMessage
  }

  /** Takes the next bytes. @returns why the stream is out of step, after which nothing more can be read from it */
  take(chunk: Uint8Array): string | undefined {
    let at = 0
    while (at < chunk.length) {
      const size = Math.min(chunk.length - at, this.#target.length - this.#filled)
      this.#target.set(chunk.subarray(at, at + size), this.#filled)
      this.#filled += size
      at += size
      if (this.#filled < this.#target.length) return undefined
      const refusal = this.#next()
      if (refusal !== undefined) return refusal
    }
    return undefined
  }

  /** A piece is complete: go on to the next one that has any bytes. */
  #next(): string | undefined {
    if (this.#what === 'count') {
      const [count] = this.#numbers()
      if (count < 1 || count > MAX_ARRAYS + 1) return `a message of ${count} parts`
      this.#read('sizes', 4 * count)
      return undefined
    }
    if (this.#what === 'sizes') {
      this.#sizes = this.#numbers()
      const total = this.#sizes.reduce((sum, size) => sum + size, 0)
      if (total > MAX_MESSAGE_BYTES) return `a message of ${total} bytes`
    } else this.#parts.push(this.#target)
    while (this.#parts.length < this.#sizes.length) {
      const size = this.#sizes[this.#parts.length]
      this.#read('part', size)
      if (size > 0) return undefined
      this.#parts.push(this.#target)
    }
    const parts = this.#parts
    this.#parts = []
    this.#read('count', 4)
    this.#onMessage(parts)
    return undefined
  }

  #read(what: 'count' | 'sizes' | 'part', size: number): void {
    this.#what = what
    this.#target = new Uint8Array(size)
    this.#filled = 0
  }

  #numbers(): number[] {
    const view = new DataView(this.#target.buffer)
    return Array.from({ length: this.#target.length / 4 }, (_, k) => view.getUint32(4 * k, true))
  }
}
