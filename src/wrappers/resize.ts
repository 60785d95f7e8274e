/** Scales images: one pass along the rows, one along the columns, with weights that are found once. */

/** How a pixel of the new image is made of those of the old one. */
export type ResizeMethod = 'area' | 'nearest'

/** For each place along the new axis: the first place of the old one it is made of, and the weights from there on. */
interface Axis {
  readonly from: number
  readonly to: number
  readonly first: Int32Array
  /** Where the weights of a place begin in `weights`; one entry more than places. */
  readonly begin: Int32Array
  readonly weights: Float64Array
  /** What the weights of each place add up to. */
  readonly total: number
}

/** One place along the new axis. */
interface Place {
  readonly first: number
  readonly weights: readonly number[]
}

const axisOf = (from: number, to: number, total: number, places: (place: number) => Place): Axis => {
  const all = Array.from({ length: to }, (_, place) => places(place))
  const begin = new Int32Array(to + 1)
  all.forEach(({ weights }, place) => (begin[place + 1] = begin[place] + weights.length))
  const weights = Float64Array.from(all.flatMap((place) => place.weights))
  return { from, to, first: Int32Array.from(all, ({ first }) => first), begin, weights, total }
}

/** Place i covers [i from / to, (i + 1) from / to] of the old axis; each old pixel weighs as much as the part of that it covers. */
const areaAxis = (from: number, to: number): Axis =>
  axisOf(from, to, from, (place) => {
    // In units of 1 / to of an old pixel all ends are whole numbers: the sums of bytes are exact, and so are means halfway between two bytes.
    const [start, end] = [place * from, (place + 1) * from]
    const first = Math.floor(start / to)
    const last = Math.ceil(end / to)
    const weights = Array.from({ length: last - first }, (_, i) => {
      const pixel = first + i
      return Math.min(end, (pixel + 1) * to) - Math.max(start, pixel * to)
    })
    return { first, weights }
  })

/** Place i shows the old pixel at floor(i from / to), as OpenCV's INTER_NEAREST. */
const nearestAxis = (from: number, to: number): Axis =>
  axisOf(from, to, 1, (place) => ({ first: Math.floor((place * from) / to), weights: [1] }))

/** Weighs along one axis: `outer` times [axis][inner] into `outer` times [new axis][inner]. */
const weigh = (axis: Axis, outer: number, inner: number, image: ArrayLike<number>, out: Float64Array): void => {
  const { from, to, first, begin, weights } = axis
  for (let block = 0; block < outer; block++) {
    for (let place = 0; place < to; place++) {
      for (let i = 0; i < inner; i++) {
        let sum = 0
        let at = (block * from + first[place]) * inner + i
        for (let w = begin[place]; w < begin[place + 1]; w++, at += inner) sum += weights[w] * image[at]
        out[(block * to + place) * inner + i] = sum
      }
    }
  }
}

/** The sizes of the old and the new image. */
export interface ResizeSizes {
  readonly fromHeight: number
  readonly fromWidth: number
  readonly height: number
  readonly width: number
  /** Numbers a pixel. */
  readonly channels: number
}

/**
 * A function that scales images of one size, row by row with the channels of a pixel side by side, to another size.
 *
 * * `area`: every new pixel is the mean of the area it covers, in both directions of scaling. Where the size shrinks this is what OpenCV's
 *   INTER_AREA computes; where it grows, OpenCV blends linearly instead.
 * * `nearest`: every new pixel is the old one at its top left corner.
 *
 * The numbers it returns are not rounded; the array is written again at the next call.
 */
export const resizer = (sizes: ResizeSizes, method: ResizeMethod): ((image: ArrayLike<number>) => Float64Array) => {
  const { fromHeight, fromWidth, height, width, channels } = sizes
  const axis = method === 'area' ? areaAxis : nearestAxis
  const columns = axis(fromWidth, width)
  const rows = axis(fromHeight, height)
  const total = columns.total * rows.total
  const narrowed = new Float64Array(fromHeight * width * channels)
  const out = new Float64Array(height * width * channels)
  return (image) => {
    weigh(columns, fromHeight, channels, image, narrowed)
    weigh(rows, 1, width * channels, narrowed, out)
    for (let i = 0; i < out.length; i++) out[i] /= total
    return out
  }
}
