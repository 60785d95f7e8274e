/** What every command shares: where it writes, what it was interrupted by, and which exit code an error has. */
import { Bl1Error, type ErrorCode } from '../errors.js'

/** 0 done, 1 failed, 2 wrong use, 130 interrupted. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const

/** Errors in what the user wrote or asked for, by the room of their code. */
const WRONG_USE_ROOMS = ['parameter', 'config', 'rng', 'time', 'mea', 'cli', 'compare', 'pong', 'ablate', 'trained', 'explore', 'confirm']
const WRONG_USE: readonly ErrorCode[] = [
  'run/folder-not-empty',
  'run/folder-unusable',
  'results/other-run',
  'results/missing',
  'loop/channels',
  'loop/minutes',
  'feedback/no-counterpart',
  'culture/too-large',
  'env/id',
  'env/unknown',
  'env/namespace',
  'env/version',
  'env/spec',
  'env/render-mode',
  'env/wrapper-unknown',
  'env/wrapper-space',
  'env/wrapper-render',
  'wrapper/function',
  'recording/format',
  'doom/config',
  'doom/file',
  'doom/name',
  'doom/map',
  'doom/option',
  'train/folder',
  'checkpoint/missing',
  'checkpoint/not-one',
  'checkpoint/version',
  'checkpoint/content',
  'agents/backend',
  'agents/action-space',
  'agents/calibration',
  'agents/channels',
  'agents/encoder',
  'agents/encoder-limits',
]

/** The exit code of an error. */
export const exitCodeOf = (error: unknown): number => {
  if (!(error instanceof Bl1Error)) return EXIT.failed
  // What a task failed with in a worker thread counts as if it had happened here.
  const code = 'code' in error.data && error.data.code !== undefined ? error.data.code : error.code
  if (code === 'run/interrupted') return EXIT.interrupted
  const isWrongUse = WRONG_USE.some((one) => one === code) || WRONG_USE_ROOMS.includes(code.split('/')[0] ?? '')
  return isWrongUse ? EXIT.wrongUse : EXIT.failed
}

/** Runs `work` with a signal that fires on Ctrl-C; a second Ctrl-C ends the process at once, as usual. */
export const withInterrupt = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    return await work(controller.signal)
  } finally {
    process.removeListener('SIGINT', interrupt)
    process.removeListener('SIGTERM', interrupt)
  }
}

/** Stops work that looks at the signal between its steps. @throws Bl1Error `run/interrupted` */
export const throwIfInterrupted = (signal: AbortSignal, doing: string): void => {
  if (signal.aborted) throw new Bl1Error('run/interrupted', { doing })
}
