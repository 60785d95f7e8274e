/** The program ffmpeg: found on PATH, run with a time limit, its last words in the error. Node only. */
import { spawnSync } from 'node:child_process'
import { Bl1Error } from '../errors.js'
import { errorCode } from '../io/reasonOf.js'

const PROBE_LIMIT_MS = 20_000
/** How much of what ffmpeg said goes into an error. */
const LAST_WORDS = 400

const lastWords = (stderr: string): string => stderr.trim().slice(-LAST_WORDS).replaceAll(/\s*\n\s*/g, '; ')

/**
 * Runs ffmpeg to its end; nothing is asked of it at a terminal and no shell is involved.
 * @param limitMs after which it is killed
 * @returns what it wrote to stdout
 * @throws Bl1Error `recording/ffmpeg` if it is missing, fails, is killed or takes too long
 */
export const runFfmpeg = (args: readonly string[], limitMs: number): string => {
  const { status, signal, error, stdout, stderr } = spawnSync('ffmpeg', ['-hide_banner', '-nostdin', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
  if (status === 0 && error === undefined) return stdout
  throw new Bl1Error('recording/ffmpeg', { reason: reasonFor(error, status, signal, stderr ?? '', limitMs) })
}

const reasonFor = (error: Error | undefined, status: number | null, signal: string | null, stderr: string, limitMs: number): string => {
  if (errorCode(error) === 'ENOENT') return 'there is none on PATH'
  if (errorCode(error) === 'ETIMEDOUT') return `it did not finish within ${limitMs} ms and was stopped`
  if (error !== undefined) return `it could not be run (${error.message})`
  const end = status === null ? `was killed by ${signal}` : `ended with code ${status}`
  return `it ${end} (${lastWords(stderr) || 'it said nothing'})`
}

/** @throws Bl1Error `recording/ffmpeg` unless there is an ffmpeg on PATH that can write H.264 */
export const requireFfmpeg = (): void => {
  if (!runFfmpeg(['-encoders'], PROBE_LIMIT_MS).includes('libx264')) {
    throw new Bl1Error('recording/ffmpeg', { reason: 'the one on PATH has no libx264' })
  }
}
