/** Drawing outside a browser: real letters, real sizes, and a raster of hundreds of thousands of spikes that stays small. */
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { DotImage } from '../../../src/figures/dotImage.js'
import { arrayActivityFigure, rasterFigure } from '../../../src/figures/index.js'
import { drawPng, drawSvg } from '../../../src/io/drawFigure.js'
import { fontWidths } from '../../../src/io/fontWidths.js'
import { arrayData, rasterData } from '../figures/example.js'

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const widthOf = (png: Uint8Array): number => new DataView(png.buffer, png.byteOffset).getUint32(16)
const svgWidth = (svg: string): number => Number(/<svg [^>]*width="([\d.]+)"/.exec(svg)?.[1])
const text = (words: string) => ({
  spec: { background: 'white', data: { values: [{}] }, mark: { type: 'text' as const, text: words, fontSize: 20 } },
})
const picture = (href: string, width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
  `<image width="${width}" height="${height}" href="${href}"/></svg>`

const darkPixels = (png: Uint8Array): number => {
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const width = widthOf(png)
  const height = new DataView(png.buffer, png.byteOffset).getUint32(20)
  const { pixels } = new Resvg(picture(href, width, height)).render()
  let dark = 0
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] > 128 && pixels[i] < 128) dark++
  return dark
}

describe('drawPng', () => {
  it('is a PNG of the figure at the asked scale', async () => {
    const figure = arrayActivityFigure(arrayData)
    const width = svgWidth(await drawSvg(figure))
    for (const scale of [1, 2]) {
      const png = await drawPng(figure, { scale })
      expect([...png.subarray(0, 8)]).toEqual(PNG_SIGNATURE)
      expect(Math.abs(widthOf(png) - scale * width)).toBeLessThanOrEqual(1)
    }
    expect(widthOf(await drawPng(figure))).toBe(widthOf(await drawPng(figure, { scale: 2 })))
  })

  it('draws letters from its own font', async () => {
    const none = darkPixels(await drawPng(text(' ')))
    const letters = darkPixels(await drawPng(text('WWWW')))
    expect(letters).toBeGreaterThan(none + 200)
  })
})

describe('drawSvg', () => {
  it('draws the same figure to the same text', async () => {
    expect(await drawSvg(rasterFigure(rasterData(500)))).toBe(await drawSvg(rasterFigure(rasterData(500))))
  })

  it('keeps a raster of 300,000 spikes below 2 MB', async () => {
    const figure = rasterFigure(rasterData(300_000, 5000))
    const svg = await drawSvg(figure)
    expect(svg.length).toBeLessThan(2e6)
    expect(svg).toContain('data:image/png;base64,')
  })

  it('shows the same dots as one picture as it does as marks', async () => {
    // 9,000 spikes of few cells in few places: dense form, yet one can count the columns it must colour
    const timesS = Float64Array.from({ length: 9000 }, (_, i) => 1 + (i % 3))
    const dense = rasterFigure({ timesS, sources: new Uint8Array(9000), sourceCount: 1, sourceKind: 'neuron', fromS: 0, toS: 5 })
    const sparse = rasterFigure({ timesS: [1, 2, 3], sources: [0, 0, 0], sourceCount: 1, sourceKind: 'neuron', fromS: 0, toS: 5 })
    const none = rasterFigure({ timesS: [], sources: [], sourceCount: 1, sourceKind: 'neuron', fromS: 0, toS: 5 })
    expect(await drawSvg(dense)).toContain('data:image/png')
    expect(await drawSvg(sparse)).not.toContain('data:image/png')
    expect(darkPixels(await drawPng(dense))).toBeGreaterThan(darkPixels(await drawPng(none)))
  })
})

describe('DotImage', () => {
  it('is a PNG another decoder reads, with every dot where it was put', () => {
    const image = new DotImage(7, 3, ['#ff0000', '#0000ff'])
    image.dot(5, 1, 9, 1, 1) // cut off at the right edge
    image.dot(0, 0, 1, 1, 0)
    const { pixels } = new Resvg(picture(image.toDataUrl(), 7, 3)).render()
    const seen: Record<string, string> = {}
    for (let i = 0; i < 21; i++) {
      if (pixels[4 * i + 3] > 0) seen[`${i % 7},${Math.floor(i / 7)}`] = [...pixels.subarray(4 * i, 4 * i + 4)].join()
    }
    expect(seen).toEqual({ '0,0': '255,0,0,255', '5,1': '0,0,255,255', '6,1': '0,0,255,255' })
  })
})

describe('fontWidths', () => {
  it('reads the advance widths of DejaVu Sans', () => {
    // DejaVu Sans 2.37: 2048 units an em; 'i' 569, 'W' 2025, 'µ' 1303 units wide
    const width = fontWidths('node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
    expect(width('i') * 2048).toBeCloseTo(569, 6)
    expect(width('W') * 2048).toBeCloseTo(2025, 6)
    expect(width('iWµ') * 2048).toBeCloseTo(569 + 2025 + 1303, 6)
  })
})
