/** Frames a second: what every format of a video can have. Runs in a browser too. */
import { z } from 'zod'
import { readParameters } from '../parameters.js'

/** Frames a second where none are given. */
export const DEFAULT_FPS = 30
/** Slower, a delay does not fit into a file; faster, an animated PNG cannot tell two frames apart. */
export const FPS_RANGE = { min: 0.01, max: 500 }

const schema = z.strictObject({ fps: z.number().min(FPS_RANGE.min).max(FPS_RANGE.max) })

/** @throws Bl1Error `parameter/invalid` for a rate out of range */
export const requireFps = (fps: number): void => void readParameters(schema, { fps }, 'a video')
