/** What the tests of the bridge share: bridges that are gone when the test is, and looks at processes and files from outside. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { Bridge, findPython, type BridgeOptions } from '../../../src/bridge/index.js'
import { Bl1Error } from '../../../src/errors.js'

/** Both ways that messages travel: every table of tests runs over both. */
export const TRANSPORTS = ['zeromq', 'pipe'] as const
/** Longer than anything waited for takes on the busiest machine. */
export const LIMIT_MS = 20_000

/** A bridge, closed when the test has finished. */
export const startBridge = async (options: BridgeOptions = {}): Promise<Bridge> => {
  const bridge = await Bridge.start(options)
  onTestFinished(() => bridge.close())
  return bridge
}

/** A bridge with the probe in it, and what the probe said of itself. */
export const startProbe = async (options: BridgeOptions = {}): Promise<{ bridge: Bridge; folder: string; guard: number }> => {
  const bridge = await startBridge(options)
  const { body } = await bridge.call('make', { host: 'probe', options: {} })
  const { folder, guard } = body
  if (typeof folder !== 'string' || typeof guard !== 'number') throw new Error(`the probe said ${JSON.stringify(body)}`)
  return { bridge, folder, guard }
}

/** The error of a promise. */
export const errorOf = async (promise: Promise<unknown>): Promise<Bl1Error> => {
  const result = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (result instanceof Bl1Error) return result
  throw new Error(`no Bl1Error but ${String(result)}`)
}

/** Whether a process runs: a zombie, which nobody has asked for yet, does not. */
export const isRunning = (pid: number): boolean => {
  if (!existsSync('/proc/self/stat')) {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !'ZX'.includes(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3))
  } catch {
    return false
  }
}

/** Waits until something holds, for a limited time. */
export const until = async (what: string, holds: () => boolean): Promise<true> => {
  const due = performance.now() + LIMIT_MS
  while (!holds()) {
    if (performance.now() > due) throw new Error(`${what}: not within ${LIMIT_MS} ms`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return true
}

/** Waits until none of these processes runs. */
export const untilGone = (...pids: number[]): Promise<true> => until(`processes ${pids.join(', ')} gone`, () => !pids.some(isRunning))

/** An empty folder that is gone when the test is. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bl1-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An interpreter that is a script: `{python}` in it stands for the real one. */
export const fakeInterpreter = (script: string): string => {
  const path = join(temporaryFolder(), 'python')
  writeFileSync(path, `#!/bin/sh\n${script.replaceAll('{python}', `'${findPython()}'`)}\n`, { mode: 0o755 })
  return path
}

/** An interpreter that runs `test/fixtures/bridge/raw_child.py` instead of the bridge's own module. */
export const rawChild = (mode: string): string => {
  const file = fileURLToPath(new URL('../../fixtures/bridge/raw_child.py', import.meta.url))
  return fakeInterpreter(`exec {python} '${file}' ${mode}`)
}

/** A name in shared memory that the guard may remove, made now. */
export const sharedMemoryName = (suffix: string): string => {
  const path = `/dev/shm/bl1-test-${process.pid}-${suffix}`
  writeFileSync(path, 'x')
  onTestFinished(() => rmSync(path, { force: true }))
  return path
}

/** Sockets, pipes and other descriptors that this process holds. */
export const openDescriptors = (): number => readdirSync('/proc/self/fd').length
