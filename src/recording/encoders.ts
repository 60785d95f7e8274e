/** The part of this room that also runs in a browser: picture formats in memory, and schedules. */
export { ApngEncoder, type ApngOptions } from './apng.js'
export type { AnimationEncoder } from './encoder.js'
export { GifEncoder, type GifOptions } from './gif.js'
export { cappedCubic, everyEpisode, everyNth, scheduleJSON, scheduleOf, type Schedule } from './schedule.js'
