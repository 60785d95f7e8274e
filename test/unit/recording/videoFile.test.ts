import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openVideo, recordFrames } from '../../../src/recording/index.js'
import { caught, temporaryFolder } from '../io/support.js'
import { expectShows } from './decoded.js'
import { decodeApng } from './decodeApng.js'
import { decodeGif } from './decodeGif.js'
import { cartFrames, filled } from './frames.js'

const listeners = () => ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((event) => process.listenerCount(event))

describe('openVideo', () => {
  it('takes the format from the ending, makes the folder, and writes the frames', () => {
    const folder = join(temporaryFolder(), 'new', 'folder')
    const frames = cartFrames(9)
    for (const name of ['a.png', 'b.apng', 'c.GIF']) recordFrames(join(folder, name), frames, { fps: 25 })
    expectShows(decodeApng(readFileSync(join(folder, 'a.png'))), 25, frames)
    expectShows(decodeApng(readFileSync(join(folder, 'b.apng'))), 25, frames)
    expectShows(decodeGif(readFileSync(join(folder, 'c.GIF'))), 25, frames)
    expect(readdirSync(folder).sort()).toEqual(['a.png', 'b.apng', 'c.GIF'])
  })

  it('lets a given format go before the ending', () => {
    const path = join(temporaryFolder(), 'video.bin')
    recordFrames(path, [filled(3, 3)], { format: 'gif' })
    expectShows(decodeGif(readFileSync(path)), 30, [filled(3, 3)])
  })

  it('has no file before it is finished, and one afterwards', () => {
    const path = join(temporaryFolder(), 'video.png')
    const video = openVideo(path)
    video.add(filled(3, 3))
    expect(existsSync(path)).toBe(false)
    video.finish()
    video.finish()
    expect(existsSync(path)).toBe(true)
    expect(video.frameCount).toBe(1)
    expect(caught(() => video.add(filled(3, 3))).code).toBe('recording/closed')
  })

  it('writes no file without frames, and none when given up', () => {
    const folder = temporaryFolder()
    openVideo(join(folder, 'empty.png')).finish()
    recordFrames(join(folder, 'empty.gif'), [])
    const abandoned = openVideo(join(folder, 'abandoned.png'))
    abandoned.add(filled(3, 3))
    abandoned.abort()
    abandoned.finish()
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps the frames before one of another size', () => {
    const path = join(temporaryFolder(), 'video.png')
    const video = openVideo(path)
    video.add(filled(3, 3))
    expect(caught(() => video.add(filled(4, 3))).code).toBe('recording/frame-size')
    video.finish()
    expectShows(decodeApng(readFileSync(path)), 30, [filled(3, 3)])
  })

  it('listens to the process only while a video is open, however it ends', () => {
    const before = listeners()
    const folder = temporaryFolder()
    const [first, second] = [openVideo(join(folder, 'a.png')), openVideo(join(folder, 'b.png'))]
    expect(listeners()).toEqual(before.map((count) => count + 1))
    first.finish()
    expect(listeners()).toEqual(before.map((count) => count + 1))
    second.abort()
    expect(listeners()).toEqual(before)
    caught(() => recordFrames(join(folder, 'c.png'), [filled(3, 3), filled(4, 4)]))
    const inTheWay = openVideo(join(folder, 'd.png'))
    inTheWay.add(filled(3, 3))
    mkdirSync(join(folder, 'd.png'))
    expect(caught(() => inTheWay.finish()).code).toBe('run/write-failed')
    expect(listeners()).toEqual(before)
    expect(readdirSync(folder)).toEqual(['d.png'])
  })

  it('refuses rates, formats and folders that are none', () => {
    const folder = temporaryFolder()
    for (const fps of [0, -1, Number.NaN, Infinity, 501]) {
      expect(caught(() => openVideo(join(folder, 'a.png'), { fps })).code).toBe('parameter/invalid')
    }
    expect(caught(() => openVideo(join(folder, 'a.avi'))).code).toBe('recording/format')
    expect(caught(() => openVideo(join(folder, 'a'))).code).toBe('recording/format')
    writeFileSync(join(folder, 'file'), '')
    expect(caught(() => openVideo(join(folder, 'file', 'a.png'))).code).toBe('run/folder-unusable')
    expect(readdirSync(folder)).toEqual(['file'])
  })
})
