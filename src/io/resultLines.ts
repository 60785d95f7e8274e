/**
 * The text of a results file. Line 1 names the format and the run; every further line is one finished piece of work:
 *
 * ```
 * {"checksum":"<16 hex digits>","body":{"format":"bl1-results","version":1,"fingerprint":{...}}}
 * {"checksum":"<16 hex digits>","body":{"key":"fep/7","value":{...}}}
 * ```
 *
 * The checksum is the start of the SHA-256 of the body's exact bytes, so any damage shows.
 */
import { Bl1Error } from '../errors.js'
import type { JsonValue } from '../json.js'
import { hashOf } from './canonicalJson.js'

const FORMAT = 'bl1-results'
const VERSION = 1
const CHECKSUM_DIGITS = 16

const PREFIX = '{"checksum":"'
const MIDDLE = '","body":'
const SUFFIX = '}'
const BODY_START = PREFIX.length + CHECKSUM_DIGITS + MIDDLE.length

/** A line with its checksum, newline included. */
export const formatLine = (body: JsonValue): string => {
  const text = JSON.stringify(body)
  return `${PREFIX}${hashOf(text, CHECKSUM_DIGITS)}${MIDDLE}${text}${SUFFIX}\n`
}

/** The first line of a file. */
export const formatHeader = (fingerprint: JsonValue): string => formatLine({ format: FORMAT, version: VERSION, fingerprint })

/** The body of a line without its newline, or why it cannot be trusted. */
export type ReadLine = { readonly body: unknown } | { readonly damage: string }

/** Checks a line's frame and checksum. */
export const readLine = (bytes: Uint8Array): ReadLine => {
  // latin1 keeps one character a byte: the frame is ASCII, and the checksum is taken over bytes.
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, BODY_START)).toString('latin1')
  const last = bytes.at(-1)
  const isFramed = frame.startsWith(PREFIX) && frame.endsWith(MIDDLE) && frame.length === BODY_START && last === SUFFIX.charCodeAt(0)
  if (!isFramed) return { damage: 'it does not have the form of a result' }
  const body = bytes.subarray(BODY_START, -1)
  const checksum = frame.slice(PREFIX.length, PREFIX.length + CHECKSUM_DIGITS)
  if (hashOf(body, CHECKSUM_DIGITS) !== checksum) return { damage: 'its checksum does not match' }
  try {
    return { body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) }
  } catch {
    return { damage: 'it is not JSON' }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The run a header names.
 * @throws Bl1Error `results/corrupt`, `results/version`
 */
export const readHeader = (bytes: Uint8Array, file: string): unknown => {
  const line = readLine(bytes)
  if ('damage' in line) throw new Bl1Error('results/corrupt', { file, line: 1, reason: line.damage })
  const { body } = line
  if (!isRecord(body) || body['format'] !== FORMAT) {
    throw new Bl1Error('results/corrupt', { file, line: 1, reason: 'it does not name a run' })
  }
  if (body['version'] !== VERSION) throw new Bl1Error('results/version', { file, version: String(body['version']), expected: VERSION })
  return body['fingerprint']
}

/** A finished piece of work as a line holds it. */
export const readEntry = (bytes: Uint8Array): { readonly key: string; readonly value: unknown } | { readonly damage: string } => {
  const line = readLine(bytes)
  if ('damage' in line) return line
  const { body } = line
  if (!isRecord(body) || typeof body['key'] !== 'string' || !('value' in body)) return { damage: 'it names no piece of work' }
  return { key: body['key'], value: body['value'] }
}
