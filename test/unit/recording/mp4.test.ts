import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '../../../src/env/types.js'
import { Mp4Encoder, recordFrames } from '../../../src/recording/index.js'
import { caught, temporaryFolder } from '../io/support.js'
import { cartFrames, filled, withBox } from './frames.js'

const hasFfmpeg = spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout?.includes('libx264') ?? false

const save = (frames: readonly Frame[], fps: number): string => {
  const path = join(temporaryFolder(), 'video.mp4')
  const encoder = new Mp4Encoder({ fps })
  for (const frame of frames) encoder.add(frame)
  encoder.save(path)
  return path
}

/** Every frame as ffmpeg shows it, RGB. */
const decode = (path: string): Buffer => {
  const { stdout } = spawnSync('ffmpeg', ['-loglevel', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], { maxBuffer: 2 ** 28 })
  return stdout
}

const probe = (path: string, entry: string): string => {
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', `stream=${entry}`, '-of', 'csv=p=0', path])
  return stdout.toString().trim()
}

/** A program called ffmpeg, alone on PATH; how the real one fails cannot be had from it on demand. */
const fakeFfmpeg = (script: string): void => {
  const folder = temporaryFolder()
  const file = join(folder, 'ffmpeg')
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`)
}

/** Answers the question for its encoders; does the rest otherwise. */
const whenAsked = (otherwise: string) => `case "$*" in *-encoders*) echo " V....D libx264";; *) ${otherwise};; esac`

afterEach(() => vi.unstubAllEnvs())

describe.skipIf(!hasFfmpeg)('an MP4 by ffmpeg', () => {
  it('holds every frame, identical ones too, at its rate', () => {
    const still = filled(60, 40)
    const frames = [...cartFrames(70), still, still, still]
    for (const fps of [30, 60, 29.97, 100, 12.5]) {
      const path = save(frames, fps)
      expect(decode(path).length).toBe(frames.length * 60 * 40 * 3)
      expect(Number(probe(path, 'duration'))).toBeCloseTo(frames.length / fps, 2)
    }
  })

  it.each(['-y', '10:30'])('goes into a folder called %s, which ffmpeg would take for an option or a protocol', (name) => {
    const home = process.cwd()
    process.chdir(temporaryFolder())
    try {
      recordFrames(`${name}/still.mp4`, [filled(4, 4)])
      expect(decode(resolve(name, 'still.mp4')).length).toBe(4 * 4 * 3)
    } finally {
      process.chdir(home)
    }
  })

  it('shows the colours of the frames', () => {
    const colours = [[255, 0, 0, 255], [0, 255, 0, 255], [30, 60, 200, 255], [128, 128, 128, 255]] as const
    const shown = decode(save(colours.map((colour) => filled(32, 32, colour)), 10))
    colours.forEach((colour, i) => {
      const middle = i * 32 * 32 * 3 + (16 * 32 + 16) * 3
      // Rounding to 219 levels of luma and 224 of colour, and crf 18, leave a few levels of 255.
      colour.slice(0, 3).forEach((value, c) => expect(Math.abs((shown[middle + c] ?? -99) - value)).toBeLessThanOrEqual(6))
    })
  })

  it('pads odd sides, which yuv420p cannot have, and lays transparent pixels on white', () => {
    const path = save([withBox(filled(31, 17, [0, 0, 0, 0]), 0, 0, 8, 8, [0, 0, 0, 255])], 10)
    expect(probe(path, 'width,height,pix_fmt')).toBe('32,18,yuv420p')
    expect(decode(path)[(10 * 32 + 20) * 3]).toBeGreaterThan(250)
  })

  it('leaves nothing but the video in its folder', () => {
    expect(readdirSync(join(save(cartFrames(3), 30), '..'))).toEqual(['video.mp4'])
  })

  it('says so where the folder is missing', () => {
    const encoder = new Mp4Encoder({ fps: 30 })
    encoder.add(filled(4, 4))
    expect(caught(() => encoder.save(join(temporaryFolder(), 'missing', 'video.mp4'))).code).toBe('run/write-failed')
  })
})

describe('an MP4 without a working ffmpeg', () => {
  it('names the formats that need nothing', () => {
    vi.stubEnv('PATH', temporaryFolder())
    const error = caught(() => new Mp4Encoder({ fps: 30 }))
    expect(error.code).toBe('recording/ffmpeg')
    expect(error.message).toMatch(/none on PATH.*'apng' or 'gif'/)
  })

  it('asks for libx264 before the first frame', () => {
    fakeFfmpeg('echo " V....D mpeg4"')
    expect(caught(() => new Mp4Encoder({ fps: 30 })).message).toContain('no libx264')
  })

  const failing = (script: string, timeLimitMs?: number) => {
    fakeFfmpeg(whenAsked(script))
    const path = join(temporaryFolder(), 'video.mp4')
    const encoder = new Mp4Encoder({ fps: 30, ...(timeLimitMs === undefined ? {} : { timeLimitMs }) })
    encoder.add(filled(4, 4))
    const error = caught(() => encoder.save(path))
    expect(error.code).toBe('recording/ffmpeg')
    expect(readdirSync(join(path, '..'))).toEqual([])
    return error.message
  }

  it('passes on the last words and leaves nothing behind', () => {
    expect(failing('echo first >&2; echo "Disk is on fire" >&2; exit 3')).toContain('ended with code 3 (first; Disk is on fire)')
  })

  it('does not wait for ever', () => {
    expect(failing('exec sleep 600', 200)).toContain('did not finish within 200 ms')
  })

  it('says what killed it', () => {
    expect(failing('kill -9 $$')).toContain('was killed by SIGKILL')
  })

  it('keeps an older video where the new one fails', () => {
    fakeFfmpeg(whenAsked('exit 1'))
    const path = join(temporaryFolder(), 'video.mp4')
    writeFileSync(path, 'older')
    const encoder = new Mp4Encoder({ fps: 30 })
    encoder.add(filled(4, 4))
    caught(() => encoder.save(path))
    expect(existsSync(path) && readFileSync(path, 'utf8')).toBe('older')
  })
})
