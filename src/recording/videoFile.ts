/** A video on disk in any of the formats: frames in, one whole file out. Everything is synchronous, so it can end with the process. Node only. */
import { dirname, extname } from 'node:path'
import { z } from 'zod'
import type { Frame } from '../env/types.js'
import { Bl1Error } from '../errors.js'
import { makeFolder } from '../io/makeFolder.js'
import { writeAtomically } from '../io/writeAtomically.js'
import { quantity, readParameters } from '../parameters.js'
import { ApngEncoder } from './apng.js'
import type { AnimationEncoder } from './encoder.js'
import { DEFAULT_FPS, FPS_RANGE } from './fps.js'
import { GifEncoder } from './gif.js'
import { Mp4Encoder } from './mp4.js'
import { unwatchVideo, watchVideo } from './openVideos.js'

/** The formats of a video; the last needs the program ffmpeg. */
export const VIDEO_FORMATS = ['apng', 'gif', 'mp4'] as const
/** `apng` is lossless, `gif` has 256 colours a picture, `mp4` needs ffmpeg on PATH. */
export type VideoFormat = (typeof VIDEO_FORMATS)[number]

/** How the file of a format ends. */
export const videoExtension = { apng: '.png', gif: '.gif', mp4: '.mp4' } as const satisfies Record<VideoFormat, string>

const optionsJSON = z.strictObject({
  format: z.enum(VIDEO_FORMATS).optional(),
  fps: quantity({ default: DEFAULT_FPS, unit: 'Hz', ...FPS_RANGE, doc: 'frames a second' }),
})

/** What `openVideo` takes. */
export interface VideoOptions {
  /** Frames a second, 0.01 to 500. @default 30 */
  readonly fps?: number
  /** @default by the ending of the path: .png or .apng, .gif, .mp4 */
  readonly format?: VideoFormat
}

const formatOfExtension: Readonly<Record<string, VideoFormat>> = { '.png': 'apng', '.apng': 'apng', '.gif': 'gif', '.mp4': 'mp4' }

const formatOf = (path: string): VideoFormat => {
  const format = formatOfExtension[extname(path).toLowerCase()]
  if (format === undefined) throw new Bl1Error('recording/format', { path, known: Object.keys(formatOfExtension) })
  return format
}

/** A format at work: takes frames, and writes the file at the end. */
export interface VideoWriter {
  /** Takes the next frame. */
  add(frame: Frame): void
  /** Writes the file. */
  save(path: string): void
}

const inMemory = (encoder: AnimationEncoder): VideoWriter => ({
  add: (frame) => encoder.add(frame),
  save: (path) => writeAtomically(path, encoder.finish()),
})

const writers: Readonly<Record<VideoFormat, (fps: number) => VideoWriter>> = {
  apng: (fps) => inMemory(new ApngEncoder({ fps })),
  gif: (fps) => inMemory(new GifEncoder({ fps })),
  mp4: (fps) => new Mp4Encoder({ fps }),
}

/** A video being recorded. It is finished at the latest when the process ends (see `openVideos.ts`). */
export class VideoFile {
  readonly path: string
  readonly #writer: VideoWriter
  #isOpen = true
  #frameCount = 0

  /** See {@link openVideo}, which makes them. */
  constructor(path: string, writer: VideoWriter) {
    this.path = path
    this.#writer = writer
    watchVideo(this)
  }

  /** Frames added so far. */
  get frameCount(): number {
    return this.#frameCount
  }

  /**
   * Adds a frame.
   * @throws Bl1Error `recording/frame`, `recording/frame-size` (the video goes on without it), `recording/closed`
   */
  add(frame: Frame): void {
    if (!this.#isOpen) throw new Bl1Error('recording/closed', { path: this.path, doing: 'add()' })
    this.#writer.add(frame)
    this.#frameCount++
  }

  /**
   * Writes the file, whole or not at all; without a frame there is none. Finishing twice does nothing.
   * @throws Bl1Error `run/write-failed`, `recording/ffmpeg`
   */
  finish(): void {
    if (!this.#isOpen) return
    this.abort()
    if (this.#frameCount > 0) this.#writer.save(this.path)
  }

  /** Gives the video up: no file. After `finish` it does nothing. */
  abort(): void {
    this.#isOpen = false
    unwatchVideo(this)
  }

  /** Finishes: for `using`. */
  [Symbol.dispose](): void {
    this.finish()
  }
}

/**
 * Begins a video. Its folder is made if need be; the file appears when the video is finished, over any of that name.
 *
 * @example
 * ```ts
 * const env = new PongEnv({ renderMode: 'rgb_array' })
 * env.reset({ seed: 7 })
 * using video = openVideo('runs/pong.png', { fps: 50 })
 * for (const action of [0, 1, 1, 2]) {
 *   env.step(action)
 *   const frame = env.render()
 *   if (typeof frame === 'object') video.add(frame)
 * }
 * ```
 * @throws Bl1Error `parameter/invalid` for an fps out of range, `recording/format`, `recording/ffmpeg`, `run/folder-unusable`
 */
export const openVideo = (path: string, options: VideoOptions = {}): VideoFile => {
  const { fps, format = formatOf(path) } = readParameters(optionsJSON, options, 'openVideo')
  const writer = writers[format](fps)
  makeFolder(dirname(path))
  return new VideoFile(path, writer)
}
