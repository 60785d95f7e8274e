/** Pictures and texts in a saved state: plain JSON, the pixels as base64. */
import { z } from 'zod'
import type { Frame } from '../env/index.js'

const shownJSON = z.union([z.string(), z.strictObject({ width: z.int().min(0), height: z.int().min(0), pixels: z.base64() })])

/** What {@link saveFrames} gives. */
export const framesJSON = z.array(shownJSON)

/** Bytes at a time: a call takes only so many arguments. */
const CHUNK = 0x8000

const toBase64 = (bytes: Uint8ClampedArray): string => {
  let binary = ''
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK))
  return btoa(binary)
}

const fromBase64 = (text: string): Uint8ClampedArray => Uint8ClampedArray.from(atob(text), (character) => character.charCodeAt(0))

/** Frames as JSON. */
export const saveFrames = (frames: readonly (Frame | string)[]): z.output<typeof framesJSON> =>
  frames.map((shown) => (typeof shown === 'string' ? shown : { width: shown.width, height: shown.height, pixels: toBase64(shown.data) }))

/** The frames that {@link saveFrames} wrote. */
export const loadFrames = (saved: z.output<typeof framesJSON>): (Frame | string)[] =>
  saved.map((shown) => (typeof shown === 'string' ? shown : { width: shown.width, height: shown.height, data: fromBase64(shown.pixels) }))
