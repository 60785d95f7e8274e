/**
 * Waiting for an answer without falling asleep. A sleeping event loop is woken by the operating system, which on a virtual machine takes
 * 50 us and more, as long as a small step of a game; one that looks again and again sees an answer at once. It does so only for a moment, only while
 * a single call of the thread is in flight (several games share the cores, and one answers while another waits), and never on a
 * machine of one core, where it would take the time from the process that it waits for.
 */
import { availableParallelism } from 'node:os'

const hasCoreToSpare = availableParallelism() > 1
let inFlight = 0
let untilMs = 0
let isLooking = false

/** Each turn of the event loop looks for input before it calls this again. */
const look = (): void => {
  isLooking = inFlight === 1 && performance.now() < untilMs
  if (isLooking) setImmediate(look)
}

/** A call was sent. @param limitMs for how long to stay awake, at most */
export const callSent = (limitMs: number): void => {
  inFlight++
  untilMs = performance.now() + limitMs
  if (hasCoreToSpare && !isLooking) look()
}

/** A call was answered, or given up. */
export const callEnded = (): void => {
  inFlight--
}
