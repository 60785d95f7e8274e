/**
 * Finishes every open video when the process ends, so that the frames until then are not lost. Node only.
 *
 * At the process's end (its event 'exit', which an uncaught error also leads to) all are finished. A signal that would end the process
 * does not raise that event: where nobody else listens to it, the videos are finished and the signal is sent again, now to act as
 * it always does. Where somebody else listens, what it means is theirs to decide, and the videos go on until the process exits. There are
 * listeners only while a video is open. A process that is killed outright (SIGKILL, power) loses its open videos and leaves no half file.
 */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What can be finished at once. */
export interface Finishable {
  finish(): void
}

const open = new Set<Finishable>()

/** No one is left to catch an error here, so it is said. A second video is finished whatever becomes of the first. */
const finishAll = (): void => {
  for (const video of open) {
    try {
      video.finish()
    } catch (error) {
      process.exitCode = 1
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}

const onSignal = (signal: NodeJS.Signals): void => {
  if (process.listenerCount(signal) > 1) return
  finishAll()
  // With the last video the listener went, so this is the signal's own effect.
  process.kill(process.pid, signal)
}

/** From now on the video is finished when the process ends. */
export const watchVideo = (video: Finishable): void => {
  if (open.size === 0) {
    process.on('exit', finishAll)
    // First in the row: a listener that is there for one time only is gone when those after it are called.
    for (const signal of SIGNALS) process.prependListener(signal, onSignal)
  }
  open.add(video)
}

/** The video is finished or given up. */
export const unwatchVideo = (video: Finishable): void => {
  if (!open.delete(video) || open.size > 0) return
  process.off('exit', finishAll)
  for (const signal of SIGNALS) process.off(signal, onSignal)
}
