/** What tests of Doom share. */
import { readdirSync, readFileSync } from 'node:fs'
import type { DoomEnv, DoomLabel } from '../../../envs/doom/index.js'
import { Bl1Error } from '../../../src/errors.js'
import type { MultiBinary } from '../../../src/spaces/index.js'

/** The environments of most tests. */
export type Binary = DoomEnv<MultiBinary>

/** The action that holds down these buttons. */
export const press = (env: Binary, ...names: readonly string[]): Uint8Array => Uint8Array.from(env.buttons, ({ name }) => Number(names.includes(name)))

/** Steps until the episode ends, or `until` is satisfied; returns every step. */
export const play = async (
  env: Binary,
  policy: (i: number) => Uint8Array | Promise<Uint8Array>,
  until: (step: Awaited<ReturnType<Binary['step']>>) => boolean = () => false,
  limit = 2000,
) => {
  const steps: Awaited<ReturnType<Binary['step']>>[] = []
  for (let i = 0; i < limit; i++) {
    const step = await env.step(await policy(i))
    steps.push(step)
    if (step.terminated || step.truncated || until(step)) return steps
  }
  throw new Error(`nothing came of ${limit} steps`)
}

/** How far the middle of a thing on the screen is right of the middle of the picture, as a part of its width. */
export const offsetOf = ({ box: [left, , width] }: DoomLabel, pictureWidth: number): number => (left + width / 2) / pictureWidth - 0.5

/** The error that something rejects with. */
export const errorOf = async (promise: Promise<unknown>): Promise<Bl1Error> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof Bl1Error) return error
    throw error
  }
  throw new Error('it did not throw')
}

/** A process of the system (Linux). */
export interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

const readProcess = (pid: number): Process | undefined => {
  try {
    // pid (name) state ppid ...: the name may hold anything, so what follows is read from its last bracket on.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z') return undefined
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }
  } catch {
    // It ended meanwhile.
    return undefined
  }
}

/** All processes that this one started, and those that they started. */
export const descendants = (): Process[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== undefined)
  const family = new Set([process.pid])
  for (let grown = 0; grown < family.size; ) {
    grown = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid }) => pid !== process.pid && family.has(pid))
}

/** The Python process and the engine of the only game there is. */
export const gameProcesses = (): { readonly python: number; readonly engine: number } => {
  const engine = descendants().find(({ command }) => /vizdoom\S*\/vizdoom /.test(command))
  if (engine === undefined) throw new Error(`there is no engine among ${JSON.stringify(descendants())}`)
  return { engine: engine.pid, python: engine.parent }
}

/** Whether a process is there. */
export const isAlive = (pid: number): boolean => readProcess(pid) !== undefined

/** Waits until a process is gone: its end is reported by the system, not by us. */
export const gone = async (pid: number, limitMs = 5000): Promise<boolean> => {
  const end = Date.now() + limitMs
  while (isAlive(pid) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10))
  return !isAlive(pid)
}

/** Memory of a process in KiB that is not shared with a file: what it would leak. */
export const residentKib = (pid: number): number => {
  const found = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  if (found === null) throw new Error(`process ${pid} tells no memory`)
  return Number(found[1])
}
