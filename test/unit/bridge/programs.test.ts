/** Programs with a bridge, ended in every way: nothing they started outlives them. And bridges in worker threads. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TRANSPORTS, isRunning, sharedMemoryName, until, untilGone } from './support.js'

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/bridge/${name}.mjs`, import.meta.url))

interface Program {
  readonly process: ChildProcessByStdio<null, Readable, Readable>
  readonly child: number
  readonly pids: readonly number[]
  readonly files: readonly string[]
  /** The next line it prints. */
  readonly line: () => Promise<unknown>
  /** Its exit code and stderr. */
  readonly ended: Promise<{ code: number | null; stderr: string }>
}

/** Starts a program in a group of its own, and waits until it says what it started. */
const startProgram = async (transport: string, ending: string): Promise<Program> => {
  const path = sharedMemoryName(`${transport}-${ending.replaceAll(' ', '-')}`)
  const program = spawn(process.execPath, [fixture('parent'), transport, ending, path], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void program.kill('SIGKILL'))
  let stderr = ''
  program.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => program.once('close', (code) => resolve({ code, stderr })))
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
  const line = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`the program ended: ${stderr}`)
    return JSON.parse(value)
  }
  const { child, guard, grandchildren, folder } = (await line()) as { child: number; guard: number; grandchildren: number[]; folder: string }
  return { process: program, child, pids: [child, guard, ...grandchildren], files: [path, folder], line, ended }
}

const expectNothingLeft = async ({ pids, files }: Program): Promise<void> => {
  await untilGone(...pids)
  await until('files gone', () => !files.some(existsSync))
}

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('a killed program takes everything with it', async () => {
    const program = await startProgram(transport, 'waits')
    expect(program.pids.every(isRunning)).toBe(true)
    program.process.kill('SIGKILL')
    await expectNothingLeft(program)
  })

  it('a program killed together with its child leaves the rest to the guard', async () => {
    const program = await startProgram(transport, 'waits')
    program.process.kill('SIGKILL')
    process.kill(program.child, 'SIGKILL')
    await expectNothingLeft(program)
  })

  it('a program killed while its child is stopped leaves it to the guard', async () => {
    const program = await startProgram(transport, 'waits')
    process.kill(program.child, 'SIGSTOP')
    program.process.kill('SIGKILL')
    await expectNothingLeft(program)
  })

  it.each([
    ['exits', 0, /^$/],
    ['throws', 1, /a mistake in the program/],
    ['closes', 0, /^$/],
  ])('a program that %s ends by itself and leaves nothing', async (ending, code, stderr) => {
    const program = await startProgram(transport, ending)
    expect(await program.ended).toEqual({ code, stderr: expect.stringMatching(stderr) })
    await expectNothingLeft(program)
  })

  it('a Ctrl-C reaches the program alone, which closes in order', async () => {
    const program = await startProgram(transport, 'closes at SIGINT')
    process.kill(-Number(program.process.pid), 'SIGINT')
    expect(await program.line()).toEqual({ answered: true, failure: null })
    expect((await program.ended).code).toBe(0)
    await expectNothingLeft(program)
  })
})

it.each([
  { transport: 'zeromq', closes: true },
  { transport: 'pipe', closes: true },
  // A terminated thread takes its process with it, and not the program: what 'auto' is for.
  { transport: 'auto', closes: false },
])('works in a worker thread: %o', async ({ transport, closes }) => {
  const worker = new Worker(fixture('worker'), { workerData: { transport, closes } })
  onTestFinished(async () => void (await worker.terminate()))
  const message = await new Promise<{ pids: number[] }>((resolve, reject) => worker.once('message', resolve).once('error', reject))
  expect(message).toMatchObject({ body: { a: 1 }, arrays: { x: { shape: [2], data: Float32Array.of(1, 2) } } })
  if (!closes) await worker.terminate()
  await untilGone(...message.pids)
})
