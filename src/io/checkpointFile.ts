/**
 * Checkpoints: one file with everything a run needs to go on, whole or not there, and checked before it is believed.
 *
 * | bytes | what |
 * |---|---|
 * | 0 to 15 | `bl1-checkpoint`, filled up with zeros |
 * | 16 to 19 | version of the format, u32 (little-endian, as all numbers here) |
 * | 20 to 23 | length of the structure, u32 |
 * | 24 to 31 | length of the arrays, u64 |
 * | 32 to 63 | SHA-256 of the bytes 16 to 31 and of everything from 64 on |
 * | 64 on | the structure (JSON, filled up with spaces to a multiple of 8), then the arrays |
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { Bl1Error } from '../errors.js'
import { packTree, unpackTree } from './checkpointTree.js'
import { errorCode, reasonOf } from './reasonOf.js'
import { writeAtomically } from './writeAtomically.js'

const MAGIC = Buffer.from('bl1-checkpoint\0\0', 'latin1')
const VERSION = 1
const HEADER_BYTES = 64
const LENGTHS_AT = 16
const DIGEST_AT = 32
/** Larger files are refused before anything of them is read. */
const MOST_BYTES = 2 ** 31 - 1
const HASH_DIGITS = 12

const digestOf = (lengths: Uint8Array, body: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256').update(lengths)
  for (const part of body) hash.update(part)
  return hash.digest()
}

/**
 * Writes a checkpoint to a temporary name and renames it: a killed process leaves the old one or the new one.
 * @param value plain objects, lists and single values with typed arrays anywhere; keys with the value `undefined` are dropped
 * @throws Bl1Error `run/not-json` naming the path of what cannot be kept, `checkpoint/too-large`, `run/write-failed`
 */
export const writeCheckpoint = (file: string, value: unknown): void => {
  const { text, arrays } = packTree(value)
  const plain = Buffer.from(text)
  const structure = Buffer.concat([plain, Buffer.alloc((8 - (plain.length % 8)) % 8, ' ')])
  const arrayBytes = arrays.reduce((sum, { length }) => sum + length, 0)
  const bytes = HEADER_BYTES + structure.length + arrayBytes
  if (bytes > MOST_BYTES) throw new Bl1Error('checkpoint/too-large', { file, bytes, limit: MOST_BYTES })
  const header = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(header)
  header.writeUInt32LE(VERSION, LENGTHS_AT)
  header.writeUInt32LE(structure.length, LENGTHS_AT + 4)
  header.writeBigUInt64LE(BigInt(arrayBytes), LENGTHS_AT + 8)
  digestOf(header.subarray(LENGTHS_AT, DIGEST_AT), [structure, ...arrays]).copy(header, DIGEST_AT)
  writeAtomically(file, Buffer.concat([header, structure, ...arrays]))
}

interface Header {
  readonly structureBytes: number
  readonly arrayBytes: number
  readonly lengths: Buffer
  readonly digest: Buffer
}

/** What stands at the front of a file of this size. */
const readHeader = (file: string, front: Buffer, size: number): Header => {
  const known = Math.min(front.length, MAGIC.length)
  if (!front.subarray(0, known).equals(MAGIC.subarray(0, known))) throw new Bl1Error('checkpoint/not-one', { file })
  if (front.length < HEADER_BYTES) throw new Bl1Error('checkpoint/truncated', { file, expected: HEADER_BYTES, received: size })
  const version = front.readUInt32LE(LENGTHS_AT)
  if (version !== VERSION) throw new Bl1Error('checkpoint/version', { file, version: String(version), expected: VERSION })
  const structureBytes = front.readUInt32LE(LENGTHS_AT + 4)
  const arrayBytes = Number(front.readBigUInt64LE(LENGTHS_AT + 8))
  const expected = HEADER_BYTES + structureBytes + arrayBytes
  if (size < expected && expected <= MOST_BYTES) throw new Bl1Error('checkpoint/truncated', { file, expected, received: size })
  if (size !== expected) throw new Bl1Error('checkpoint/damaged', { file, reason: `it has ${size} bytes in place of ${expected}` })
  return { structureBytes, arrayBytes, lengths: front.subarray(LENGTHS_AT, DIGEST_AT), digest: front.subarray(DIGEST_AT, HEADER_BYTES) }
}

/** Hands on what reading gives; a failure of the file system becomes an error with a code. */
const reading = <T>(file: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Bl1Error) throw error
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new Bl1Error('checkpoint/missing', { file, reason: 'there is no such file' }, { cause: error })
    throw new Bl1Error('checkpoint/missing', { file, reason: reasonOf(error) }, { cause: error })
  }
}

const frontOf = (file: string): { readonly header: Header; readonly size: number } =>
  reading(file, () => {
    const stat = statSync(file)
    if (!stat.isFile()) throw new Bl1Error('checkpoint/missing', { file, reason: stat.isDirectory() ? 'it is a folder' : 'it is not a regular file' })
    if (stat.size > MOST_BYTES) throw new Bl1Error('checkpoint/too-large', { file, bytes: stat.size, limit: MOST_BYTES })
    const descriptor = openSync(file, 'r')
    try {
      const front = Buffer.alloc(HEADER_BYTES)
      const length = readSync(descriptor, front, 0, HEADER_BYTES, 0)
      return { header: readHeader(file, front.subarray(0, length), stat.size), size: stat.size }
    } finally {
      closeSync(descriptor)
    }
  })

/**
 * Reads a checkpoint. Sizes are checked before anything is read, the checksum before anything is interpreted, and nothing in it is ever run.
 * @returns what was written, typed arrays in buffers of their own; its meaning is for the caller to check
 * @throws Bl1Error `checkpoint/missing`, `checkpoint/not-one`, `checkpoint/version`, `checkpoint/truncated`, `checkpoint/damaged`,
 * `checkpoint/too-large`
 */
export const readCheckpoint = (file: string): unknown => {
  const { header } = frontOf(file)
  const body = reading(file, () => readFileSync(file)).subarray(HEADER_BYTES)
  const refuse = (reason: string, cause?: unknown): never => {
    throw new Bl1Error('checkpoint/damaged', { file, reason }, { cause })
  }
  if (body.length !== header.structureBytes + header.arrayBytes) return refuse('it changed while it was read')
  if (!digestOf(header.lengths, [body]).equals(header.digest)) return refuse('its checksum does not match')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(0, header.structureBytes))
    return unpackTree(text, body.subarray(header.structureBytes))
  } catch (error) {
    return refuse(reasonOf(error), error)
  }
}

/**
 * A short name for the content of a checkpoint: the first 12 hexadecimal digits of its checksum, read from the front of the file alone.
 * @throws Bl1Error those of {@link readCheckpoint} that need only the front
 */
export const checkpointHash = (file: string): string => frontOf(file).header.digest.toString('hex').slice(0, HASH_DIGITS)
