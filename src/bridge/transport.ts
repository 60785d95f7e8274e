/** How messages travel: what a bridge needs of a channel to its process. */
import type { ChildProcess } from 'node:child_process'
import type { JsonObject } from '../json.js'

/** Told what arrives. */
export interface TransportListener {
  /** The parts of a message of the process itself: never a stranger's. */
  message(parts: readonly Uint8Array[]): void
  /** Nothing more can be read, for the stream is out of step. */
  failed(reason: string): void
}

/** A channel to one process. */
export interface Transport {
  /** What the process is told of it. */
  readonly instructions: JsonObject
  /** Descriptors that the process inherits beside the three usual ones. */
  readonly descriptors: number
  /** Whether the parts belong to the listener alone. */
  readonly ownsParts: boolean
  /** Messages of strangers that were dropped. */
  readonly refused: number
  /** Begins to read. Call it at once after the process is spawned. */
  open(child: ChildProcess, listener: TransportListener): void
  /** Sends a message; its parts must not change afterwards. One that cannot be delivered is lost: the time limit of its call tells. */
  send(parts: readonly Uint8Array[]): void
  /** Frees sockets and descriptors, at once. */
  close(): void
}
