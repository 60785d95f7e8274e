/** One at a time: a file that says who is at work. Whoever comes second waits, and finds the work done. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { throwIfStopped } from './execute.js'

const POLL_MS = 100
/** How long a lock may stand without its owner's number, which is written together with it. */
const UNSIGNED_MS = 5000
/** Nothing that is done under a lock takes longer: its owner was killed, and another program has its number by now. */
const OLDEST_MS = 60 * 60_000

/** How a lock is waited for. */
export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Told once, when there is somebody to wait for. */
  readonly onWait: (pid: number | undefined) => void
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const ownerOf = (lock: string): number | undefined => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Whether its owner was killed. */
const isStale = (lock: string): boolean => {
  const made = statSync(lock, { throwIfNoEntry: false })
  if (made === undefined) return false
  const [owner, ageMs] = [ownerOf(lock), Date.now() - made.mtimeMs]
  return owner === undefined ? ageMs > UNSIGNED_MS : ageMs > OLDEST_MS || !isAlive(owner)
}

/** Making a file anew either works or fails because it is there: one of many wins. */
const isTaken = (lock: string): boolean => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return false
  } catch (error) {
    // Where nothing can be written, the work itself says so, and better.
    return codeOf(error) === 'EEXIST'
  }
}

/**
 * Does the work while nobody else does any under the same lock.
 * @throws Bl1Error `run/interrupted`, and what the work throws
 */
export const withLock = async <T>(lock: string, { signal, onWait }: LockOptions, work: () => Promise<T>): Promise<T> => {
  for (let waited = false; isTaken(lock); waited = true) {
    if (!waited) onWait(ownerOf(lock))
    if (isStale(lock)) rmSync(lock, { force: true })
    else await wait(POLL_MS)
    throwIfStopped(signal)
  }
  try {
    return await work()
  } finally {
    if (ownerOf(lock) === process.pid) rmSync(lock, { force: true })
  }
}
