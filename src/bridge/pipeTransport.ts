/** Two pipes that only the process inherits: no port, no stranger, and less to do for each message. */
import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import type { JsonObject } from '../json.js'
import { PartReader } from './partReader.js'
import type { Transport, TransportListener } from './transport.js'

/** Of the process: what it reads, and what it writes. */
const TO_CHILD = 3
const FROM_CHILD = 4

/** Messages over descriptors 3 and 4 of the process, framed as {@link PartReader} reads them. */
export class PipeTransport implements Transport {
  readonly descriptors = 2
  readonly ownsParts = true
  readonly refused = 0
  readonly instructions: JsonObject = { transport: 'pipe' }
  #streams: Socket[] = []

  open(child: ChildProcess, listener: TransportListener): void {
    this.#streams = [child.stdio[TO_CHILD], child.stdio[FROM_CHILD]].filter((stream) => stream instanceof Socket)
    // A write to a process that has just died fails; its death is reported with its last words.
    for (const stream of this.#streams) stream.on('error', () => undefined)
    const reader = new PartReader((parts) => listener.message(parts))
    const from = this.#streams.at(-1)
    from?.on('data', (chunk: Buffer) => {
      const reason = reader.take(chunk)
      if (reason === undefined) return
      from.destroy()
      listener.failed(reason)
    })
  }

  send(parts: readonly Uint8Array[]): void {
    const [to] = this.#streams
    const prefix = new DataView(new ArrayBuffer(4 + 4 * parts.length))
    prefix.setUint32(0, parts.length, true)
    for (const [k, part] of parts.entries()) prefix.setUint32(4 + 4 * k, part.length, true)
    to.cork()
    to.write(new Uint8Array(prefix.buffer))
    for (const part of parts) if (part.length > 0) to.write(part)
    to.uncork()
  }

  close(): void {
    for (const stream of this.#streams) stream.destroy()
  }
}
