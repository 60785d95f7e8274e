/**
 * A small raster canvas for `render`: filled shapes with smooth edges, in memory, without a library or a browser.
 *
 * Edges are smoothed by coverage: each row of pixels is cut at four heights, along which the part of every pixel inside the shape is
 * exact. Colours are opaque. Coordinates are pixels from the top left corner; whole numbers lie between pixels.
 */
import type { Frame } from './types.js'

/** Red, green and blue, 0 to 255 each. */
export type Color = readonly [red: number, green: number, blue: number]

/** Heights within a row of pixels at which a shape is cut. */
const CUTS = 4
/** A circle's polygon leaves the circle by this part of a pixel at most. */
const ROUNDNESS = 0.05
/** Enough for a circle 10^5 pixels wide; without it, an endless radius would never end. */
const MAX_SIDES = 2000

/**
 * @example
 * ```ts
 * const picture = new Picture(160, 120, [255, 255, 255])
 * picture.fillCircle(80, 60, 20, [200, 40, 40])
 * const frame = picture.frame()
 * ```
 */
export class Picture {
  readonly width: number
  readonly height: number
  readonly #data: Uint8ClampedArray
  /** The part of each pixel of one row that lies inside the shape, 0 to 1. */
  readonly #coverage: Float32Array

  /** A picture of one colour; width and height in whole pixels. */
  constructor(width: number, height: number, background: Color) {
    this.width = width
    this.height = height
    this.#data = new Uint8ClampedArray(width * height * 4)
    this.#coverage = new Float32Array(width)
    this.#data.set([...background, 255])
    for (let filled = 4; filled < this.#data.length; filled *= 2) this.#data.copyWithin(filled, 0, filled)
  }

  /** The pixels, shared with this picture. */
  frame(): Frame {
    return { width: this.width, height: this.height, data: this.#data }
  }

  /** A rectangle from its top left corner (x, y). */
  fillRectangle(x: number, y: number, width: number, height: number, color: Color): void {
    this.fillPolygon([x, y, x + width, y, x + width, y + height, x, y + height], color)
  }

  /** A disc around (x, y). */
  fillCircle(x: number, y: number, radius: number, color: Color): void {
    // The middle of a side lies r (1 - cos(pi / n)), nearly r pi^2 / (2 n^2), inside the circle.
    const sides = Math.min(MAX_SIDES, Math.max(8, Math.ceil(Math.PI * Math.sqrt(radius / (2 * ROUNDNESS)))))
    const points: number[] = []
    for (let i = 0; i < sides; i++) {
      const angle = (2 * Math.PI * i) / sides
      points.push(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
    }
    this.fillPolygon(points, color)
  }

  /**
   * A line of the given thickness through points, with round ends and corners.
   * @param points x and y in turn
   */
  drawPath(points: readonly number[], thickness: number, color: Color): void {
    const reach = thickness / 2
    for (let i = 0; i < points.length; i += 2) {
      this.fillCircle(points[i], points[i + 1], reach, color)
      if (i + 2 < points.length) this.#fillSegment(points[i], points[i + 1], points[i + 2], points[i + 3], reach, color)
    }
  }

  /**
   * Fills a polygon; where it crosses itself, what lies inside an even number of times stays empty.
   * @param points x and y of its corners in turn
   */
  fillPolygon(points: readonly number[], color: Color): void {
    const xs = points.filter((_, i) => i % 2 === 0)
    const ys = points.filter((_, i) => i % 2 === 1)
    const left = Math.max(0, Math.floor(Math.min(...xs)))
    const right = Math.min(this.width, Math.ceil(Math.max(...xs)))
    const bottom = Math.min(this.height, Math.ceil(Math.max(...ys)))
    for (let row = Math.max(0, Math.floor(Math.min(...ys))); row < bottom; row++) {
      this.#coverage.fill(0)
      for (let cut = 0; cut < CUTS; cut++) this.#cover(points, row + (cut + 0.5) / CUTS)
      this.#blendRow(row, left, right, color)
    }
  }

  #fillSegment(fromX: number, fromY: number, toX: number, toY: number, reach: number, color: Color): void {
    const length = Math.hypot(toX - fromX, toY - fromY)
    if (length === 0) return
    const acrossX = (-(toY - fromY) / length) * reach
    const acrossY = ((toX - fromX) / length) * reach
    const near = [fromX + acrossX, fromY + acrossY, fromX - acrossX, fromY - acrossY]
    this.fillPolygon([...near, toX - acrossX, toY - acrossY, toX + acrossX, toY + acrossY], color)
  }

  /** Adds one cut through the polygon at height `y`: from every odd crossing of its outline to the next. */
  #cover(points: readonly number[], y: number): void {
    const crossings: number[] = []
    for (let i = 0; i < points.length; i += 2) {
      const next = (i + 2) % points.length
      const [x0, y0, x1, y1] = [points[i], points[i + 1], points[next], points[next + 1]]
      if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0))
    }
    crossings.sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) this.#coverSpan(crossings[i], crossings[i + 1])
  }

  #coverSpan(from: number, to: number): void {
    const left = Math.max(0, from)
    const right = Math.min(this.width, to)
    for (let column = Math.floor(left); column < right; column++) {
      this.#coverage[column] += (Math.min(column + 1, right) - Math.max(column, left)) / CUTS
    }
  }

  #blendRow(row: number, left: number, right: number, color: Color): void {
    for (let column = left; column < right; column++) {
      const part = this.#coverage[column]
      if (part === 0) continue
      const at = (row * this.width + column) * 4
      for (let channel = 0; channel < 3; channel++) {
        const below = this.#data[at + channel]
        this.#data[at + channel] = below + (color[channel] - below) * Math.min(1, part)
      }
    }
  }
}
