/** RecordVideo: one video file an episode. Node only. Importing this module lets `make(spec)` rebuild it. */
import { z } from 'zod'
import { defineWrapper, optionsOf, registerWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { choice, readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { readState } from '../wrappers/state.js'
import { EpisodeVideo } from './episodeVideo.js'
import { requireFfmpeg } from './ffmpeg.js'
import { DEFAULT_FPS, FPS_RANGE } from './fps.js'
import { scheduleJSON, type Schedule } from './schedule.js'
import { VIDEO_FORMATS, type VideoFormat } from './videoFile.js'

const NAME = 'RecordVideo'

const schema = z.strictObject({
  folder: z.string().min(1),
  namePrefix: z.string().regex(/^[^/\\\0]+$/, 'a file name without folders').default('episode'),
  schedule: scheduleJSON.default('cappedCubic'),
  format: choice(VIDEO_FORMATS, 'apng', 'format of the files'),
  fps: z.number().min(FPS_RANGE.min).max(FPS_RANGE.max).optional(),
  maxFrames: z.int().min(1).optional(),
})
const saved = z.strictObject({ episode: z.int().min(-1) })

/** Options of {@link recordVideo}. */
export interface RecordVideoOptions {
  /** Where the files go. It is made if need be; a video of the same name is replaced. */
  readonly folder: string
  /** How the files are called: `<namePrefix>-<episode>.png`. @default 'episode' */
  readonly namePrefix?: string
  /** Which episodes are recorded. @default 'cappedCubic' */
  readonly schedule?: Schedule
  /** @default 'apng' */
  readonly format?: VideoFormat
  /** Frames a second, 0.01 to 500. @default what the environment renders in real time, or 30 */
  readonly fps?: number
  /** Frames after which a video ends: 1 or more. @default as many as the episode has */
  readonly maxFrames?: number
}

/**
 * Records what the environment draws after each reset and step, one file an episode. A file is written whole: when its episode ends, when the
 * next one begins, on `close()`, when a call throws, and when the process ends or is interrupted. An action that the environment refuses ends
 * nothing. After `load`, recording goes on with the next episode.
 *
 * @example
 * ```ts
 * using env = wrap(new CartPoleEnv({ renderMode: 'rgb_array' }), recordVideo({ folder: 'runs/videos', schedule: { every: 10 } }))
 * for (let episode = 0; episode < 20; episode++) {
 *   env.reset({ seed: episode })
 *   while (!isOver(env.step(env.sampleAction())));
 * }
 * // runs/videos/episode-0.png and runs/videos/episode-10.png
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; when wrapped, `recording/render-mode`, and `recording/ffmpeg` for 'mp4'
 */
export const recordVideo = defineWrapper(NAME, (options: RecordVideoOptions) => {
  const { folder, namePrefix, schedule, format, fps, maxFrames } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>({ spec, metadata, renderMode }: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => {
    const noPicture = (received: string) => new Bl1Error('recording/render-mode', { id: spec.id, modes: metadata.renderModes, received })
    if (renderMode !== 'rgb_array') throw noPicture(renderMode === undefined ? 'left out' : `'${renderMode}'`)
    if (format === 'mp4') requireFfmpeg()
    const video = new EpisodeVideo({ folder, namePrefix, schedule, format, fps: fps ?? metadata.renderFps ?? DEFAULT_FPS, maxFrames })
    return {
      wrapper: { name: NAME, options: optionsOf({ folder, namePrefix, schedule, format, fps, maxFrames }) },
      onReset: () => video.begin(),
      wantsFrame: () => video.isRecording,
      onFrame: (shown, { isOver }) => {
        if (typeof shown === 'string') throw noPicture('text from a wrapper inside')
        video.add(shown, isOver)
      },
      onError: (error) => {
        // The episode goes on after a refused action.
        if (!(error instanceof Bl1Error && error.code === 'env/action')) video.rescue()
      },
      onClose: () => video.finish(),
      save: () => ({ episode: video.episode }),
      load: (state) => {
        const { episode } = readState(NAME, saved, state)
        video.finish()
        video.episode = episode
      },
    }
  }
})

registerWrapper({ name: NAME, load: async () => recordVideo })
