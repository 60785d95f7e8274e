/** What the writers of picture formats have in common. Runs in a browser too. */
import type { Frame } from '../env/types.js'

/** Turns frames of one size into the bytes of an animation. Frames are compressed as they come: what it holds is the file so far. */
export interface AnimationEncoder {
  /**
   * Adds the next frame; its pixels are copied or compressed at once.
   * @throws Bl1Error `recording/frame`, `recording/frame-size`
   */
  add(frame: Frame): void
  /**
   * The whole file. Call it once, after the last frame.
   * @throws Bl1Error `recording/empty` without a frame
   */
  finish(): Uint8Array
}
