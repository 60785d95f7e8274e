/**
 * One record of a TensorBoard event file: the part of `tensorflow.Event` (event.proto, summary.proto, tensor.proto) that scalars and texts need, in the
 * wire format of protocol buffers, and the frame around it: length (u64), checksum of the length, the event, checksum of the event.
 */
import { Bl1Error } from '../errors.js'
import { maskedCrc32c } from './crc32c.js'

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5
/** DT_STRING of types.proto. */
const STRING_TYPE = 7

const varint = (value: number): Uint8Array => {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Uint8Array.of(...bytes, rest)
}

const tagOf = (field: number, wireType: number): Uint8Array => varint(field * 8 + wireType)
const whole = (field: number, value: number): Uint8Array => Buffer.concat([tagOf(field, VARINT), varint(value)])
const bytes = (field: number, content: Uint8Array): Uint8Array => Buffer.concat([tagOf(field, BYTES), varint(content.length), content])
const text = (field: number, content: string): Uint8Array => bytes(field, Buffer.from(content))
const message = (field: number, ...parts: readonly Uint8Array[]): Uint8Array => bytes(field, Buffer.concat(parts))

const double = (field: number, value: number): Uint8Array => {
  const number = Buffer.alloc(8)
  number.writeDoubleLE(value)
  return Buffer.concat([tagOf(field, FIXED64), number])
}
const float = (field: number, value: number): Uint8Array => {
  const number = Buffer.alloc(4)
  number.writeFloatLE(value)
  return Buffer.concat([tagOf(field, FIXED32), number])
}

/** What happens at a step: `seconds` since 1970, a whole number from 0. */
export interface EventMoment {
  readonly seconds: number
  readonly step: number
}

/** A record with its frame. */
const framed = (event: Uint8Array): Uint8Array => {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(event.length))
  const sums = [length, event].map((part) => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32LE(maskedCrc32c(part))
    return sum
  })
  return Buffer.concat([length, sums[0], event, sums[1]])
}

/** A step of 0 is the default, which the wire format leaves out. */
const stepOf = (step: number): Uint8Array => (step === 0 ? new Uint8Array(0) : whole(2, step))

/** The record with which every file begins. */
export const versionRecord = (seconds: number): Uint8Array => framed(Buffer.concat([double(1, seconds), text(3, 'brain.Event:2')]))

/**
 * Numbers at one step, each under a tag of its own: `return/mean`.
 * @throws Bl1Error `events/value` for what is not finite
 */
export const scalarsRecord = ({ seconds, step }: EventMoment, scalars: Readonly<Record<string, number>>): Uint8Array => {
  const values = Object.entries(scalars).map(([tag, value]) => {
    if (!Number.isFinite(value)) throw new Bl1Error('events/value', { tag, received: String(value) })
    return message(1, text(1, tag), float(2, value))
  })
  return framed(Buffer.concat([double(1, seconds), stepOf(step), message(5, ...values)]))
}

/** A text (Markdown) at one step, for the page of texts. */
export const textRecord = ({ seconds, step }: EventMoment, tag: string, content: string): Uint8Array => {
  const metadata = message(9, message(1, text(1, 'text')))
  const tensor = message(8, whole(1, STRING_TYPE), message(2, message(2, whole(1, 1))), text(8, content))
  return framed(Buffer.concat([double(1, seconds), stepOf(step), message(5, message(1, text(1, tag), tensor, metadata))]))
}
