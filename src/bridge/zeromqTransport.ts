/**
 * ZeroMQ: a ROUTER on a fresh port of loopback, one for each process. Any program of the machine may connect to that port, so
 * a peer is nobody until its first message holds the secret; after that only this peer is heard. ROUTER itself names its peers, so no
 * other can take the name.
 */
import type { ChildProcess } from 'node:child_process'
import type { Router } from 'zeromq'
import type { JsonObject } from '../json.js'
import { MAX_HEADER_BYTES, MAX_MESSAGE_BYTES } from './limits.js'
import type { Transport, TransportListener } from './transport.js'

/** A socket on loopback. Make it with {@link ZeroMqTransport.bind}. */
export class ZeroMqTransport implements Transport {
  readonly descriptors = 0
  /** ZeroMQ lends several small messages one buffer. */
  readonly ownsParts = false
  readonly instructions: JsonObject
  readonly #socket: Router
  readonly #secret: string
  readonly #waiting: Uint8Array[][] = []
  #isSending = false
  #refused = 0
  #child: Buffer | undefined

  private constructor(socket: Router, secret: string) {
    this.#socket = socket
    this.#secret = secret
    this.instructions = { transport: 'zeromq', endpoint: socket.lastEndpoint }
  }

  /** Binds a fresh port. */
  static async bind(secret: string): Promise<ZeroMqTransport> {
    const { Router } = await import('zeromq')
    // Without `mandatory` a ROUTER silently drops what its queue cannot hold.
    const socket = new Router({ linger: 0, mandatory: true, maxMessageSize: MAX_MESSAGE_BYTES })
    await socket.bind('tcp://127.0.0.1:*')
    return new ZeroMqTransport(socket, secret)
  }

  get refused(): number {
    return this.#refused
  }

  open(_child: ChildProcess, listener: TransportListener): void {
    void this.#receive(listener)
  }

  send(parts: readonly Uint8Array[]): void {
    if (this.#child === undefined) return
    this.#waiting.push([this.#child, ...parts])
    if (!this.#isSending) void this.#flush()
  }

  close(): void {
    this.#waiting.length = 0
    this.#socket.close()
  }

  async #receive(listener: TransportListener): Promise<void> {
    try {
      for await (const [peer, ...parts] of this.#socket) {
        if (this.#isFromChild(peer, parts)) listener.message(parts)
        else this.#refused++
      }
    } catch (error) {
      if (!this.#socket.closed) listener.failed(String(error))
    }
  }

  #isFromChild(peer: Buffer, parts: readonly Buffer[]): boolean {
    if (this.#child !== undefined) return peer.equals(this.#child)
    // Bytes of a stranger are searched for the secret, never decoded.
    if (parts.length !== 1 || parts[0].length > MAX_HEADER_BYTES || !parts[0].includes(this.#secret)) return false
    this.#child = peer
    return true
  }

  /** A socket takes one message at a time. */
  async #flush(): Promise<void> {
    this.#isSending = true
    for (let parts = this.#waiting.shift(); parts !== undefined; parts = this.#waiting.shift()) {
      try {
        await this.#socket.send(parts)
      } catch {
        // The peer has gone. If the process has, its end is reported with its last words; else the call's time limit tells.
      }
    }
    this.#isSending = false
  }
}
