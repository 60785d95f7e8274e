/** Videos of episodes: which are recorded, what their files are called, and that each is finished. One for each stream of pictures. Node only. */
import { join } from 'node:path'
import type { Frame } from '../env/types.js'
import { scheduleOf, type Schedule } from './schedule.js'
import { openVideo, videoExtension, type VideoFile, type VideoFormat } from './videoFile.js'

/** What names the videos and chooses the episodes. */
export interface EpisodeVideoOptions {
  readonly folder: string
  readonly namePrefix: string
  readonly schedule: Schedule
  readonly format: VideoFormat
  readonly fps: number
  /** A video ends with this frame, however long the episode is. */
  readonly maxFrames: number | undefined
}

/** Begins a video with each episode that the schedule names. Episodes count from 0. */
export class EpisodeVideo {
  /** The number of the present episode; -1 before the first. */
  episode = -1
  readonly #options: EpisodeVideoOptions
  readonly #isRecorded: (episode: number) => boolean
  #video: VideoFile | undefined
  /** Why the last video could not be finished, where another error was on its way. */
  #failure: { readonly error: unknown } | undefined

  constructor(options: EpisodeVideoOptions) {
    this.#options = options
    this.#isRecorded = scheduleOf(options.schedule)
  }

  /** Whether the present episode is being recorded. */
  get isRecording(): boolean {
    return this.#video !== undefined
  }

  /** A new episode. One that was not over ends here. @throws what `openVideo` and `finish` throw */
  begin(): void {
    this.finish()
    this.episode++
    if (!this.#isRecorded(this.episode)) return
    const { folder, namePrefix, format, fps } = this.#options
    this.#video = openVideo(join(folder, `${namePrefix}-${this.episode}${videoExtension[format]}`), { format, fps })
  }

  /** The next frame of the episode; the video is finished with the last one. @throws Bl1Error `recording/frame`, `recording/frame-size` */
  add(frame: Frame, isLast: boolean): void {
    const video = this.#video
    if (video === undefined) return
    video.add(frame)
    if (isLast || video.frameCount === this.#options.maxFrames) this.finish()
  }

  /** Writes what there is of the present video. @throws Bl1Error `run/write-failed`, `recording/ffmpeg`: of this video or one that `rescue` lost */
  finish(): void {
    const video = this.#video
    const failure = this.#failure
    this.#video = undefined
    this.#failure = undefined
    video?.finish()
    if (failure !== undefined) throw failure.error
  }

  /** As `finish`, while another error is on its way that must not be hidden: what goes wrong is thrown by the next call. */
  rescue(): void {
    try {
      this.finish()
    } catch (error) {
      this.#failure = { error }
    }
  }
}
