/** Runs the built `bl1` command as a user does: a process of its own, with its exit code and what it wrote. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const POLL_MS = 20

/** What a finished command left. */
export interface CommandRun {
  /** null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  /** Where it runs; relative paths in its arguments start here. @default the clone */
  readonly cwd?: string
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Killed after this, which gives code null. @default 60 000 */
  readonly limitMs?: number
  /** Ctrl-C is sent once this is true of what was written so far, and of the disk. */
  readonly interruptWhen?: (stdout: string, stderr: string) => boolean
}

/** `bl1 <args>` */
export const bl1 = (args: readonly string[], { cwd = root, env = {}, limitMs = 60_000, interruptWhen }: CommandOptions = {}): Promise<CommandRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bin', 'bl1.mjs'), ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs)
    const poll = setInterval(() => {
      if (interruptWhen?.(stdout, stderr) !== true) return
      clearInterval(poll)
      child.kill('SIGINT')
    }, POLL_MS)
    const end = (): void => {
      clearTimeout(limit)
      clearInterval(poll)
    }
    child.on('error', (error) => {
      end()
      reject(error)
    })
    child.on('close', (code) => {
      end()
      resolve({ code, stdout, stderr })
    })
  })

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A folder for one test, removed after it. */
export const scratchFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bl1-cli-'))
  folders.push(folder)
  return folder
}
