/** The canvas: what is filled, how edges are smoothed, and that nothing is drawn outside. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Picture } from '../../../src/env/picture.js'

/** Filled area in pixels of white shapes on black: the mean of the channels is the coverage. */
const areaOf = (picture: Picture): number => picture.frame().data.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value / 765), 0)
const WHITE = [255, 255, 255] as const
const black = (width: number, height: number): Picture => new Picture(width, height, [0, 0, 0])
const pixel = (picture: Picture, x: number, y: number): number[] => {
  const { data } = picture.frame()
  const at = (y * picture.width + x) * 4
  return [...data.subarray(at, at + 4)]
}

describe('Picture', () => {
  it('starts as one opaque colour', () => {
    const { width, height, data } = new Picture(7, 3, [1, 2, 3]).frame()
    expect([width, height, data.length]).toEqual([7, 3, 84])
    for (let i = 0; i < data.length; i += 4) expect([...data.subarray(i, i + 4)]).toEqual([1, 2, 3, 255])
  })

  it('fills exactly the pixels of a rectangle with whole corners', () => {
    const picture = black(10, 10)
    picture.fillRectangle(2, 3, 4, 2, [10, 20, 30])
    for (let y = 0; y < 10; y++) {
      for (let x = 0; x < 10; x++) {
        expect(pixel(picture, x, y)).toEqual(x >= 2 && x < 6 && y >= 3 && y < 5 ? [10, 20, 30, 255] : [0, 0, 0, 255])
      }
    }
  })

  it('mixes colours at an edge by the part of the pixel that is covered', () => {
    const picture = new Picture(4, 4, [100, 100, 100])
    picture.fillRectangle(1.25, 1, 1, 1.5, [200, 200, 200])
    expect(pixel(picture, 1, 1)[0]).toBe(175)
    expect(pixel(picture, 2, 1)[0]).toBe(125)
    expect(pixel(picture, 1, 2)[0]).toBeCloseTo(137.5, -0.5)
  })

  it('fills the area of a circle and of a thick line with round ends', () => {
    const circle = black(64, 64)
    circle.fillCircle(31.3, 32.6, 20, WHITE)
    // Four cuts a row err at the top and the bottom; a part in 200 is far more.
    expect(areaOf(circle) / (Math.PI * 400)).toBeCloseTo(1, 2)
    const line = black(64, 64)
    line.drawPath([15, 20, 45, 40], 8, WHITE)
    expect(areaOf(line) / (8 * Math.hypot(30, 20) + Math.PI * 16)).toBeCloseTo(1, 1)
  })

  it('leaves what lies inside twice empty', () => {
    const picture = black(20, 20)
    picture.fillPolygon([2, 2, 18, 2, 18, 18, 2, 18, 2, 2, 6, 6, 14, 6, 14, 14, 6, 14, 6, 6], WHITE)
    expect(pixel(picture, 10, 10)[0]).toBe(0)
    expect(pixel(picture, 4, 10)[0]).toBe(255)
  })

  it('joins a path without gaps, and draws a single point as a dot', () => {
    const picture = black(30, 30)
    picture.drawPath([5, 15, 15, 15, 25, 15], 4, WHITE)
    for (let x = 4; x < 26; x++) expect(pixel(picture, x, 14)[0]).toBe(255)
    const dot = black(10, 10)
    dot.drawPath([5, 5], 4, WHITE)
    expect(pixel(dot, 5, 5)[0]).toBe(255)
  })

  it('clips what lies outside, wherever it lies', () => {
    const far = fc.double({ min: -1000, max: 1000, noNaN: true })
    fc.assert(
      fc.property(fc.array(far, { minLength: 3, maxLength: 6 }), fc.array(far, { minLength: 6, maxLength: 6 }), (xs, ys) => {
        const picture = black(9, 5)
        picture.fillPolygon(xs.flatMap((x, i) => [x, ys[i]]), WHITE)
        expect(areaOf(picture)).toBeLessThanOrEqual(45.001)
      }),
    )
    const covered = black(9, 5)
    covered.fillRectangle(-100, -100, 300, 300, WHITE)
    expect(areaOf(covered)).toBeCloseTo(45, 6)
    const missed = black(9, 5)
    missed.fillCircle(-50, 2, 10, WHITE)
    missed.fillRectangle(2, 6, 3, 3, WHITE)
    expect(areaOf(missed)).toBe(0)
  })
})
