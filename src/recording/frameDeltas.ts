/**
 * Turns frames at a steady rate into what an animation stores: the part that changed, and how long the picture then stands.
 *
 * Identical frames lengthen the delay of the first. Delays are whole ticks of the format's clock; each is the difference of two rounded
 * times since the start, so rounding never adds up and the video lasts as long as its frames, to one tick.
 */
import type { Frame } from '../env/types.js'
import { changedRectangle, type Rectangle } from './changedRectangle.js'
import { requireFps } from './fps.js'
import { layOnWhite, requireFrame, type FrameSize } from './frame.js'

/** A picture that differs from the one before it in `area` only, and stands for `ticks`. */
export interface Delta extends FrameSize {
  readonly area: Rectangle
  /** The whole new picture, RGBA. Valid during the call only. */
  readonly rgba: Uint8Array
  readonly ticks: number
}

/** How a format counts time. */
export interface DeltaOptions {
  /** Frames a second. */
  readonly fps: number
  readonly ticksPerSecond: number
  /** Viewers slow down what stands shorter than this: such a frame gives way to the one after it. */
  readonly minTicks: number
  /** Lays transparent pixels onto white. */
  readonly opaque: boolean
}

/** A delay is stored in 16 bits. */
const MAX_TICKS = 65_535

class Picture {
  readonly rgba: Uint8Array
  readonly words: Uint32Array

  constructor(pixels: number) {
    this.words = new Uint32Array(pixels)
    this.rgba = new Uint8Array(this.words.buffer)
  }
}

interface Pictures extends FrameSize {
  /** What the viewer has before `standing` is stored. */
  shown: Picture
  /** The last new picture, not stored yet: how long it stands is not known. */
  standing: Picture
  /** The frame just added. */
  incoming: Picture
}

/** @see Delta */
export class FrameDeltas {
  /** Frames added so far. */
  frameCount = 0
  readonly #options: DeltaOptions
  readonly #store: (delta: Delta) => void
  #pictures: Pictures | undefined
  #isFirst = true
  #standingSince = 0

  /**
   * @param store takes each delta as soon as its delay is known
   * @throws Bl1Error `parameter/invalid` for an fps out of range
   */
  constructor(options: DeltaOptions, store: (delta: Delta) => void) {
    requireFps(options.fps)
    this.#options = options
    this.#store = store
  }

  /** @throws Bl1Error `recording/frame`, `recording/frame-size` */
  add(frame: Frame): void {
    requireFrame(frame, this.#pictures)
    const pictures = (this.#pictures ??= allocate(frame))
    const { incoming, standing } = pictures
    incoming.rgba.set(frame.data)
    if (this.#options.opaque) layOnWhite(incoming.rgba)
    const now = this.#tickOf(this.frameCount++)
    if (this.frameCount > 1 && now - this.#standingSince >= this.#options.minTicks) {
      const canStand = this.#tickOf(this.frameCount) - this.#standingSince <= MAX_TICKS
      if (canStand && changedRectangle(standing.words, incoming.words, frame.width) === undefined) return
      this.#storeStanding(pictures, now - this.#standingSince)
      this.#standingSince = now
    }
    pictures.incoming = pictures.standing
    pictures.standing = incoming
  }

  /** Stores the last picture. */
  finish(): void {
    if (this.#pictures === undefined) return
    const ticks = this.#tickOf(this.frameCount) - this.#standingSince
    this.#storeStanding(this.#pictures, Math.max(ticks, this.#options.minTicks))
  }

  #tickOf(frame: number): number {
    return Math.round((frame * this.#options.ticksPerSecond) / this.#options.fps)
  }

  /** The standing picture becomes the one that the viewer has. */
  #storeStanding(pictures: Pictures, ticks: number): void {
    const { shown, standing, width, height } = pictures
    const whole = { x: 0, y: 0, width, height }
    // A picture without any change still needs an entry for its time: one pixel is the least.
    const area = this.#isFirst ? whole : (changedRectangle(shown.words, standing.words, width) ?? { ...whole, width: 1, height: 1 })
    this.#isFirst = false
    this.#store({ area, rgba: standing.rgba, width, height, ticks })
    shown.words.set(standing.words)
  }
}

const allocate = ({ width, height }: FrameSize): Pictures => {
  const picture = () => new Picture(width * height)
  return { width, height, shown: picture(), standing: picture(), incoming: picture() }
}
