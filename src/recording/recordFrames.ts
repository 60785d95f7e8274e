/** Frames that exist already, as a video. Gymnasium's `save_video`. Node only. */
import type { Frame } from '../env/types.js'
import { openVideo, type VideoOptions } from './videoFile.js'

/**
 * Writes frames to a video file, whole or not at all; no frames, no file.
 *
 * @example
 * ```ts
 * recordFrames('runs/first.gif', frames, { fps: 25 })
 * ```
 * @throws what {@link openVideo} and its video throw
 */
export const recordFrames = (path: string, frames: Iterable<Frame>, options: VideoOptions = {}): void => {
  const video = openVideo(path, options)
  try {
    for (const frame of frames) video.add(frame)
    video.finish()
  } finally {
    video.abort()
  }
}
