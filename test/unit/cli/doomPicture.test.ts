/** The picture of the film: where everything stands, and that what is drawn there is what happened. */
import { describe, expect, it } from 'vitest'
import { drawDoomScene } from '../../../src/cli/play/doom/picture/compose.js'
import { drawInto, fitInto, type Box } from '../../../src/cli/play/doom/picture/drawing.js'
import { filmLayout, ROW_HEIGHT } from '../../../src/cli/play/doom/picture/layout.js'
import { Lettering } from '../../../src/cli/play/doom/picture/lettering.js'
import type { DoomScene } from '../../../src/cli/play/doom/picture/scene.js'
import { THEME } from '../../../src/cli/play/doom/picture/theme.js'
import type { Frame } from '../../../src/env/index.js'
import { plain, quietScene } from './doomScene.js'

const lettering = new Lettering()
const draw = (change: Partial<DoomScene> = {}): Frame => drawDoomScene({ ...quietScene, ...change }, lettering)
const during = (change: Partial<DoomScene['recent']>): Frame => draw({ recent: { ...quietScene.recent, ...change } })
const layout = filmLayout(quietScene.groups, quietScene.heads.length)
const quiet = draw()

const pixel = ({ width, data }: Frame, x: number, y: number): number[] => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)]
const middle = ({ x, y, width, height }: Box): [number, number] => [x + Math.floor(width / 2), y + Math.floor(height / 2)]
/** Box of what differs from the quiet picture. */
const changedBox = ({ width, data }: Frame): Box | undefined => {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1]
  for (let i = 0; i < data.length; i++) {
    if (data[i] === quiet.data[i]) continue
    const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)]
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}
const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Column of a time in the strips. */
const columnOf = (timeMs: number): number => layout.axis.x + Math.floor(((timeMs - 1000) / 5000) * layout.axis.width)
const groupNamed = (label: string): number => quietScene.groups.findIndex((group) => group.label === label)

describe('the layout', () => {
  it('has room for everything: nothing overlaps, nothing leaves the frame, sides are even for every video format', () => {
    for (const heads of [1, 2, 3, 4]) {
      const { width, height, header, tiles, heads: lanes, groups, ...boxes } = filmLayout(quietScene.groups, heads)
      const all = [header, boxes.screen, boxes.automap, boxes.rates, boxes.events, boxes.answers, boxes.axis, ...tiles, ...lanes, ...groups]
      expect(all.filter((box) => !isInside(box, { x: 0, y: 0, width, height }))).toEqual([])
      expect(all.filter((box, i) => all.some((other, k) => k > i && overlap(box, other)))).toEqual([])
      expect([width, height % 2, lanes.length]).toEqual([960, 0, heads])
    }
  })

  it('has one row for every usable electrode', () => {
    const channels = quietScene.groups.flatMap((group) => group.channels)
    expect(channels).toHaveLength(59)
    expect(new Set(channels).size).toBe(59)
    expect(layout.groups.map(({ height }) => height / ROW_HEIGHT)).toEqual(quietScene.groups.map((group) => group.channels.length))
  })
})

describe('the picture', () => {
  it('is opaque and of the size of the layout', () => {
    expect([quiet.width, quiet.height, quiet.data.length]).toEqual([layout.width, layout.height, layout.width * layout.height * 4])
    expect(quiet.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true)
  })

  it('shows screen and automap where they belong, and says so where there is none', () => {
    expect(pixel(quiet, ...middle(layout.screen))).toEqual([200, 10, 20])
    expect(pixel(quiet, layout.screen.x, layout.screen.y)).toEqual([200, 10, 20])
    expect(pixel(quiet, ...middle(layout.automap))).toEqual([10, 200, 20])
    const without = draw({ screen: undefined })
    expect(pixel(without, layout.screen.x + 5, layout.screen.y + 5)).toEqual(THEME.panel)
  })

  it('writes score and rates', () => {
    const differ = changedBox(draw({ score: quietScene.score.map((value, i) => (i === 2 ? { ...value, value: '−35.0' } : value)) }))
    expect(differ !== undefined && isInside(differ, layout.tiles[2] ?? differ)).toBe(true)
    // 40 Hz is twice the resting rate, half of a bar of four times it
    const { rates } = layout
    const row = Array.from({ length: rates.width }, (_, x) => pixel(quiet, rates.x + x, rates.y + 4).join()).filter((colour) => colour === '255,120,72')
    expect(row.length).toBeGreaterThan(60)
    expect(row.length).toBeLessThan(76)
  })

  it('puts a spike into the row of its electrode at its time, brighter where there are more', () => {
    const spikes = (count: number) => ({ timesMs: Array.from({ length: count }, () => 3500), channels: Array.from({ length: count }, () => 33), from: 0, to: count })
    const [one, four] = [during({ spikes: spikes(1) }), during({ spikes: spikes(4) })]
    const group = layout.groups[groupNamed('attack')]
    // the second of the channels 32, 33, 34
    expect(changedBox(one)).toEqual({ x: columnOf(3500), y: (group?.y ?? 0) + ROW_HEIGHT, width: 1, height: ROW_HEIGHT - 1 })
    const at = [columnOf(3500), (group?.y ?? 0) + ROW_HEIGHT] as const
    expect(pixel(four, ...at)).toEqual(THEME.attack)
    expect(pixel(one, ...at)[0]).toBeLessThan(THEME.attack[0])
  })

  it('leaves out what is not in view, by time or by the bounds of the columns', () => {
    expect(changedBox(during({ spikes: { timesMs: [500, 6500, 3000], channels: [33, 33, 33], from: 0, to: 2 } }))).toBeUndefined()
    expect(changedBox(during({ spikes: { timesMs: [3000], channels: [0], from: 0, to: 1 } }))).toBeUndefined()
  })

  it('marks pulses of the encoder and of the feedback in their own colour', () => {
    for (const [channel, label] of [[8, 'encoding'], [36, 'kill']] as const) {
      const frame = during({ pulses: { timesMs: [2000], channels: [channel], from: 0, to: 1 } })
      const box = changedBox(frame)
      expect(box !== undefined && isInside(box, layout.groups[groupNamed(label)] ?? box)).toBe(true)
      expect(pixel(frame, box?.x ?? 0, box?.y ?? 0)).toEqual(THEME.stimulation)
    }
  })

  it('shows what each head pressed, and nothing where it pressed nothing or paused', () => {
    const step = { startMs: 3000, durationMs: 115 }
    const box = changedBox(during({ steps: [{ ...step, action: [2, 0] }] }))
    expect(box !== undefined && isInside(box, layout.heads[0] ?? box)).toBe(true)
    expect(Math.abs((box?.x ?? 0) - columnOf(3000))).toBeLessThanOrEqual(1)
    expect(changedBox(during({ steps: [{ ...step, action: [0, 0] }, { ...step, action: null }] }))).toBeUndefined()
    const left = during({ steps: [{ ...step, action: [1, 0] }] })
    const right = during({ steps: [{ ...step, action: [2, 0] }] })
    expect(Buffer.from(left.data).equals(Buffer.from(right.data))).toBe(false)
  })

  it('shows regular answers above and others below, cut at the end of the picture', () => {
    const answer = { name: 'kill', startMs: 5000, durationMs: 9000 }
    const [regular, noise] = [during({ answers: [{ ...answer, kind: 'predictable' }] }), during({ answers: [{ ...answer, kind: 'unpredictable' }] })]
    const [above, below] = [changedBox(regular), changedBox(noise)]
    expect(above !== undefined && below !== undefined && isInside(above, layout.answers) && isInside(below, layout.answers)).toBe(true)
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0)
    expect(pixel(noise, below?.x ?? 0, (below?.y ?? 0) + 3)).toEqual(THEME.unpredictable)
  })

  it('keeps the words of events apart and inside, however many there are', () => {
    const events = Array.from({ length: 60 }, (_, k) => ({ text: '−12 health', timeMs: 1000 + k * 80 }))
    const box = changedBox(during({ events }))
    expect(box !== undefined && isInside(box, layout.events)).toBe(true)
    const last = changedBox(during({ events: [{ text: 'death', timeMs: 5990 }] }))
    expect(last !== undefined && isInside(last, layout.events) && last.width > 20).toBe(true)
  })
})

describe('pictures into boxes', () => {
  it('enlarges by whole pixels and reduces by means', () => {
    const source: Frame = { width: 2, height: 1, data: Uint8ClampedArray.from([0, 0, 0, 255, 200, 100, 50, 255]) }
    const large = plain(4, 2, [9, 9, 9])
    drawInto(large, source, { x: 0, y: 0, width: 4, height: 2 })
    expect([0, 1, 2, 3].map((x) => pixel(large, x, 1)[0])).toEqual([0, 0, 200, 200])
    const small = plain(1, 1, [9, 9, 9])
    drawInto(small, source, { x: 0, y: 0, width: 1, height: 1 })
    expect(pixel(small, 0, 0)).toEqual([100, 50, 25])
    expect(fitInto({ width: 320, height: 240 }, { x: 10, y: 10, width: 100, height: 30 })).toEqual({ x: 40, y: 10, width: 40, height: 30 })
  })
})

describe('lettering', () => {
  it('draws within the width it tells, from any end, and a question mark for a letter it has not', () => {
    const ink = (text: string, align: 'left' | 'middle' | 'right') => {
      const frame = plain(120, 30, [0, 0, 0])
      lettering.draw(frame, text, { x: 60, baseline: 20, align }, { size: 12 }, [255, 255, 255])
      const columns = Array.from({ length: 120 }, (_, x) => x).filter((x) => Array.from({ length: 30 }, (__, y) => y).some((y) => (pixel(frame, x, y)[0] ?? 0) > 60))
      return { frame, from: columns[0] ?? -1, to: columns.at(-1) ?? -1 }
    }
    const width = lettering.width('kills 8', { size: 12 })
    expect(ink('kills 8', 'left').from).toBeGreaterThanOrEqual(60)
    expect(ink('kills 8', 'left').to).toBeLessThanOrEqual(60 + width)
    expect(ink('kills 8', 'right').to).toBeLessThanOrEqual(60)
    expect(ink('kills 8', 'middle').from).toBeGreaterThanOrEqual(60 - width / 2)
    expect(ink('漢', 'left').frame.data).toEqual(ink('?', 'left').frame.data)
  })

  it('is cut off at the edges of a frame', () => {
    const frame = plain(10, 10, [0, 0, 0])
    for (const [x, baseline] of [[-5, 5], [8, 3], [2, 15], [-100, -100]] as const) lettering.draw(frame, 'Wg', { x, baseline }, { size: 12, bold: true }, [255, 0, 0])
    expect(frame.data.some((value, i) => i % 4 === 0 && value > 0)).toBe(true)
  })
})
