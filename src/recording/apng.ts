/**
 * Animated PNG: lossless, any number of colours, shown by every browser, and a plain PNG of the first frame to everything else.
 * Format: PNG specification, third edition (W3C 2025), sections 11.3.6 (animation chunks) and 13.
 */
import { unzlibSync, zlibSync } from 'fflate'
import type { Frame } from '../env/types.js'
import { Bl1Error } from '../errors.js'
import type { Rectangle } from './changedRectangle.js'
import type { AnimationEncoder } from './encoder.js'
import { FrameDeltas, type Delta } from './frameDeltas.js'
import type { FrameSize } from './frame.js'
import { concatenate, PNG_SIGNATURE, pngChunk, uint16, uint32 } from './pngChunks.js'
import { filterRows, withOpaqueAlpha, type Channels } from './pngFilter.js'

/** What an APNG can be told. */
export interface ApngOptions {
  /** Frames a second, 0.01 to 500. */
  readonly fps: number
  /**
   * Keeps frames that stand for 10 ms or less. Browsers show those for 100 ms, so by default a video above 99 frames a second leaves
   * out as many as needed to play at its true speed.
   * @default false
   */
  readonly everyFrame?: boolean
  /**
   * Lays transparent pixels onto white.
   * @default false
   */
  readonly opaque?: boolean
}

interface Stored {
  readonly area: Rectangle
  readonly ticks: number
  /** Filtered rows, zlib. */
  readonly compressed: Uint8Array
}

/** Browsers take a delay up to this for 100 ms. */
const TOO_SHORT_S = 0.01
/** The clock of a rate that is not a whole number. */
const FINE_TICKS_PER_SECOND = 600

/** Whether a part of a picture has a pixel that is not opaque. */
const hasTransparency = ({ rgba, width, area }: Delta): boolean => {
  for (let y = area.y; y < area.y + area.height; y++) {
    const start = (y * width + area.x) * 4
    for (let i = start + 3; i < start + area.width * 4; i += 4) if (rgba[i] !== 255) return true
  }
  return false
}

/**
 * Writes an animated PNG, looping for ever: each frame cropped to what changed, RGB unless a pixel is transparent.
 *
 * @example
 * ```ts
 * const encoder = new ApngEncoder({ fps: 50 })
 * for (const frame of frames) encoder.add(frame)
 * const url = URL.createObjectURL(new Blob([encoder.finish()], { type: 'image/png' }))
 * ```
 */
export class ApngEncoder implements AnimationEncoder {
  readonly #ticksPerSecond: number
  readonly #deltas: FrameDeltas
  #size: FrameSize | undefined
  #channels: Channels = 3
  #stored: Stored[] = []

  /** @throws Bl1Error `parameter/invalid` for an fps out of range */
  constructor({ fps, everyFrame = false, opaque = false }: ApngOptions) {
    this.#ticksPerSecond = Number.isInteger(fps) ? fps : FINE_TICKS_PER_SECOND
    const minTicks = everyFrame ? 1 : Math.floor(TOO_SHORT_S * this.#ticksPerSecond) + 1
    const clock = { fps, ticksPerSecond: this.#ticksPerSecond, minTicks, opaque }
    this.#deltas = new FrameDeltas(clock, (delta) => this.#store(delta))
  }

  add(frame: Frame): void {
    this.#deltas.add(frame)
  }

  finish(): Uint8Array {
    this.#deltas.finish()
    const size = this.#size
    if (size === undefined) throw new Bl1Error('recording/empty', { format: 'APNG' })
    const pieces = [PNG_SIGNATURE, this.#header(size), pngChunk('acTL', uint32(this.#stored.length, 0))]
    // Control and data chunks of all frames share one row of numbers. The first picture is also the still image, in IDAT.
    let sequence = 0
    this.#stored.forEach(({ area, ticks, compressed }, i) => {
      const place = uint32(sequence++, area.width, area.height, area.x, area.y)
      // Neither disposal nor blending: the area is written over what stands there.
      pieces.push(pngChunk('fcTL', place, uint16(ticks, this.#ticksPerSecond), Uint8Array.of(0, 0)))
      pieces.push(i === 0 ? pngChunk('IDAT', compressed) : pngChunk('fdAT', uint32(sequence++), compressed))
    })
    return concatenate([...pieces, pngChunk('IEND')])
  }

  #header({ width, height }: FrameSize): Uint8Array {
    const colourType = this.#channels === 3 ? 2 : 6
    return pngChunk('IHDR', uint32(width, height), Uint8Array.of(8, colourType, 0, 0, 0))
  }

  #store(delta: Delta): void {
    this.#size ??= { width: delta.width, height: delta.height }
    if (this.#channels === 3 && hasTransparency(delta)) this.#addAlpha()
    const { area, ticks } = delta
    this.#stored.push({ area, ticks, compressed: zlibSync(filterRows(delta.rgba, delta.width, area, this.#channels)) })
  }

  /** One file has one colour type: what was stored without alpha is stored again with it. */
  #addAlpha(): void {
    this.#channels = 4
    this.#stored = this.#stored.map(({ area, ticks, compressed }) => {
      return { area, ticks, compressed: zlibSync(withOpaqueAlpha(unzlibSync(compressed), area)) }
    })
  }
}
