/**
 * MP4 (H.264, yuv420p) through the program ffmpeg. Node only.
 *
 * Frames are kept as a losslessly compressed animation until the end, so that a long episode needs no gigabytes of raw pixels, a killed
 * process leaves no half file, and finishing is one synchronous call that can run while the process ends.
 */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Frame } from '../env/types.js'
import { Bl1Error } from '../errors.js'
import { reasonOf } from '../io/reasonOf.js'
import { ApngEncoder } from './apng.js'
import { requireFps } from './fps.js'
import { requireFfmpeg, runFfmpeg } from './ffmpeg.js'

/** What an MP4 can be told. */
export interface Mp4Options {
  /** Frames a second, 0.01 to 500. Every frame is kept; identical ones cost next to nothing. */
  readonly fps: number
  /**
   * How long ffmpeg may take, in ms.
   * @default a minute, and 50 ms more for each frame
   */
  readonly timeLimitMs?: number
}

const BASE_LIMIT_MS = 60_000
const LIMIT_PER_FRAME_MS = 50
/** Rate of the file handed to ffmpeg, whose clock for it has 1/100000 s: a frame lasts 1000 of these exactly, whatever the video's rate. */
const HAND_OVER_FPS = 100
/** Close to indistinguishable; 23 is ffmpeg's default. */
const QUALITY = '18'

/**
 * Gives each frame its place in the video's own clock, pads to the even sides that yuv420p needs, and states the colours that are
 * written, which players otherwise guess.
 */
const filterFor = (fps: number): string =>
  [
    `fps=${HAND_OVER_FPS}`,
    `settb=1/${fps}`,
    'setpts=N',
    'pad=ceil(iw/2)*2:ceil(ih/2)*2',
    'scale=out_color_matrix=bt709:out_range=tv',
    'format=yuv420p',
  ].join(',')

const COLOURS = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']

/** Writes an MP4. Transparent pixels lie on white. */
export class Mp4Encoder {
  readonly #fps: number
  readonly #timeLimitMs: number | undefined
  readonly #lossless = new ApngEncoder({ fps: HAND_OVER_FPS, everyFrame: true, opaque: true })
  #frameCount = 0

  /** @throws Bl1Error `parameter/invalid` for an fps out of range, `recording/ffmpeg` if there is no ffmpeg with libx264 on PATH */
  constructor({ fps, timeLimitMs }: Mp4Options) {
    requireFps(fps)
    requireFfmpeg()
    this.#fps = fps
    this.#timeLimitMs = timeLimitMs
  }

  /** @throws Bl1Error `recording/frame`, `recording/frame-size` */
  add(frame: Frame): void {
    this.#lossless.add(frame)
    this.#frameCount++
  }

  /**
   * Writes the file under a temporary name in the same folder and renames it.
   * @throws Bl1Error `recording/ffmpeg`, `recording/empty`, `run/write-failed`; nothing is left behind
   */
  save(path: string): void {
    const bytes = this.#lossless.finish()
    const folder = inFile(path, () => mkdtempSync(join(dirname(path), '.video-')))
    try {
      const source = join(folder, 'frames.png')
      const target = join(folder, 'video.mp4')
      inFile(path, () => writeFileSync(source, bytes))
      const limitMs = this.#timeLimitMs ?? BASE_LIMIT_MS + this.#frameCount * LIMIT_PER_FRAME_MS
      const input = ['-loglevel', 'error', '-f', 'apng', '-i', asFile(source)]
      const output = ['-an', '-c:v', 'libx264', '-crf', QUALITY, ...COLOURS, '-movflags', '+faststart', '-f', 'mp4', asFile(target)]
      runFfmpeg([...input, '-vf', filterFor(this.#fps), '-r', String(this.#fps), ...output], limitMs)
      inFile(path, () => renameSync(target, path))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** A path that ffmpeg takes for nothing else: no option where it begins with a dash, no protocol where it has a colon. */
const asFile = (path: string): string => `file:${path}`

/** @throws Bl1Error `run/write-failed` in the name of `path` */
const inFile = <T>(path: string, action: () => T): T => {
  try {
    return action()
  } catch (error) {
    throw new Bl1Error('run/write-failed', { file: path, reason: reasonOf(error) }, { cause: error })
  }
}
