/** Videos of what environments render. Needs Node; `encoders.ts` is the part that a browser can have. */
export * from './encoders.js'
export { filmVector, type FilmVectorOptions } from './filmVector.js'
export { EpisodeVideo, type EpisodeVideoOptions } from './episodeVideo.js'
export { Mp4Encoder, type Mp4Options } from './mp4.js'
export { recordFrames } from './recordFrames.js'
export { recordVideo, type RecordVideoOptions } from './recordVideo.js'
export { openVideo, VIDEO_FORMATS, VideoFile, type VideoFormat, type VideoOptions, type VideoWriter } from './videoFile.js'
