/** The film of a session: frames at the game's own speed, whatever the speed of the session, up to a length that memory can hold. */
import type { Frame } from '../../../env/index.js'
import { openVideo, type VideoFile } from '../../../recording/index.js'
import { MS_PER_MINUTE, MS_PER_SECOND } from '../../../units.js'

/** Frames a second: a step of the game is four of its 35 tics a second. */
export const FILM_FPS = 35 / 4
/** Longest film, minutes: the encoders hold it in memory until it is written, about 80 kB a frame and 40 MB a minute. */
export const FILM_MINUTES = 5

/** What became of a film. Plain JSON. */
export interface FilmRecord {
  readonly path: string
  readonly frames: number
  readonly seconds: number
  /** False where play went on after the film was full. */
  readonly complete: boolean
}

/** A film while it is made. */
export class DoomFilm {
  readonly #video: VideoFile
  readonly #onFull: () => void
  #isFull = false

  /**
   * @param onFull called once, when the first frame finds no room
   * @throws Bl1Error `recording/format`, `recording/ffmpeg`, `run/folder-unusable`
   */
  constructor(path: string, onFull: () => void) {
    this.#video = openVideo(path, { fps: FILM_FPS })
    this.#onFull = onFull
  }

  /**
   * Shows a picture until this time of play. It is drawn as often as the film needs it: nearly always once, and not at all once the film is
   * full.
   */
  show(untilMs: number, draw: () => Frame): void {
    const due = Math.round((untilMs * FILM_FPS) / MS_PER_SECOND)
    const most = Math.floor((FILM_MINUTES * MS_PER_MINUTE * FILM_FPS) / MS_PER_SECOND)
    if (this.#video.frameCount < Math.min(due, most)) {
      const frame = draw()
      while (this.#video.frameCount < Math.min(due, most)) this.#video.add(frame)
    }
    if (due <= most || this.#isFull) return
    this.#isFull = true
    this.#onFull()
  }

  /** Writes the file, whole; without a frame there is none. Twice does nothing. */
  finish(): FilmRecord | null {
    const { path, frameCount } = this.#video
    this.#video.finish()
    return frameCount === 0 ? null : { path, frames: frameCount, seconds: frameCount / FILM_FPS, complete: !this.#isFull }
  }
}
