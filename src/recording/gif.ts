/**
 * GIF: shown everywhere, 256 colours a picture, opaque (transparent pixels lie on white), and time in hundredths of a second.
 */
import type { Frame } from '../env/types.js'
import { Bl1Error } from '../errors.js'
import type { AnimationEncoder } from './encoder.js'
import { FrameDeltas, type Delta } from './frameDeltas.js'
import { indexColours } from './gifColours.js'
import { gifenc } from './gifencLibrary.js'

/** What a GIF can be told. */
export interface GifOptions {
  /** Frames a second, 0.01 to 500. Each frame starts at the nearest 1/100 s; above 50 a second, frames are left out. */
  readonly fps: number
}

const TICKS_PER_SECOND = 100
/** Viewers take a delay below 2/100 s for 10/100 s. */
const MIN_TICKS = 2
/** Where a frame's x and y stand: after its 8 bytes of control and the separator. */
const POSITION_OFFSET = 9
/** The picture stays, and the next one is drawn over it. */
const KEEP = 1

/**
 * Writes a GIF, looping for ever: each frame cropped to what changed, with colours of its own.
 *
 * @example
 * ```ts
 * const encoder = new GifEncoder({ fps: 30 })
 * for (const frame of frames) encoder.add(frame)
 * const bytes = encoder.finish()
 * ```
 */
export class GifEncoder implements AnimationEncoder {
  readonly #gif = gifenc.GIFEncoder()
  readonly #deltas: FrameDeltas
  #isEmpty = true

  /** @throws Bl1Error `parameter/invalid` for an fps out of range */
  constructor({ fps }: GifOptions) {
    const clock = { fps, ticksPerSecond: TICKS_PER_SECOND, minTicks: MIN_TICKS, opaque: true }
    this.#deltas = new FrameDeltas(clock, (delta) => this.#store(delta))
  }

  add(frame: Frame): void {
    this.#deltas.add(frame)
  }

  finish(): Uint8Array {
    this.#deltas.finish()
    if (this.#isEmpty) throw new Bl1Error('recording/empty', { format: 'GIF' })
    this.#gif.finish()
    return this.#gif.bytes()
  }

  #store(delta: Delta): void {
    const { x, y, width, height } = delta.area
    const { palette, index } = indexColours(crop(delta))
    const start = this.#gif.bytesView().length
    const colorDepth = Math.max(2, Math.ceil(Math.log2(palette.length)))
    this.#gif.writeFrame(index, width, height, { palette, delay: delta.ticks * 10, colorDepth, dispose: KEEP })
    // gifenc writes every picture at 0, 0. The first one, behind the file's header, belongs there.
    if (!this.#isEmpty) this.#gif.bytesView().set([x & 255, x >> 8, y & 255, y >> 8], start + POSITION_OFFSET)
    this.#isEmpty = false
  }
}

const crop = ({ rgba, width, area }: Delta): Uint8Array => {
  const part = new Uint8Array(area.width * area.height * 4)
  for (let y = 0; y < area.height; y++) {
    const start = ((area.y + y) * width + area.x) * 4
    part.set(rgba.subarray(start, start + area.width * 4), y * area.width * 4)
  }
  return part
}
