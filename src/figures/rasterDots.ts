/** The spikes of a raster as one layer: a mark each while they are few, one picture when they are many. */
import { DotImage } from './dotImage.js'
import { COLOURS, PLOT_WIDTH } from './theme.js'

/** Above this many spikes they are drawn into one picture (8,000 marks are about 1 MB of SVG). */
export const DENSE_SPIKES = 8_000

/** Height of the raster panel in px. */
export const RASTER_HEIGHT = 300

/** Spikes in view: when, on which row (0 at the bottom), of which kind. */
export interface RasterDots {
  readonly timesS: readonly number[]
  readonly rows: readonly number[]
  readonly inhibitory: readonly boolean[]
}

/** The frame the spikes are drawn in. */
export interface RasterFrame {
  readonly fromS: number
  readonly toS: number
  readonly rowCount: number
}

const IMAGE_SCALE = 2

const asPicture = (dots: RasterDots, { fromS, toS, rowCount }: RasterFrame) => {
  const image = new DotImage(PLOT_WIDTH * IMAGE_SCALE, RASTER_HEIGHT * IMAGE_SCALE, [COLOURS.excitatory, COLOURS.inhibitory])
  const pitch = image.height / rowCount
  // Dots of one pixel once larger ones would run together: more than a fifth of the picture covered.
  const crowded = dots.timesS.length * 4 > 0.2 * image.width * image.height
  const dotWidth = crowded ? 1 : IMAGE_SCALE
  const dotHeight = Math.max(dotWidth, Math.floor(pitch * 0.8))
  for (let i = 0; i < dots.timesS.length; i++) {
    const x = Math.floor(((dots.timesS[i] - fromS) / (toS - fromS)) * (image.width - 1))
    const y = Math.round(image.height - (dots.rows[i] + 0.5) * pitch - dotHeight / 2)
    image.dot(x, y, dotWidth, dotHeight, dots.inhibitory[i] ? 1 : 0)
  }
  return {
    data: { values: [{ url: image.toDataUrl() }] },
    mark: {
      type: 'image' as const, width: PLOT_WIDTH, height: RASTER_HEIGHT, align: 'left' as const, baseline: 'top' as const, aspect: false,
    },
    encoding: { url: { field: 'url', type: 'nominal' as const }, x: { value: 0 }, y: { value: 0 } },
  }
}

const asMarks = (dots: RasterDots, { rowCount }: RasterFrame) => ({
  data: { values: dots.timesS.map((time, i) => ({ time, row: dots.rows[i], inhibitory: dots.inhibitory[i] })) },
  mark: {
    type: 'tick' as const, orient: 'vertical' as const, thickness: 1, size: Math.min(9, Math.max(2, (RASTER_HEIGHT / rowCount) * 0.8)),
  },
  encoding: {
    x: { field: 'time', type: 'quantitative' as const },
    y: { field: 'row', type: 'quantitative' as const },
    color: { condition: { test: 'datum.inhibitory', value: COLOURS.inhibitory }, value: COLOURS.excitatory },
  },
})

/** The layer; its axes come from the layers beside it. */
export const dotsLayer = (dots: RasterDots, frame: RasterFrame) =>
  dots.timesS.length > DENSE_SPIKES ? asPicture(dots, frame) : asMarks(dots, frame)
