import { MessageChannel } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Bl1Error } from '../../../src/errors.js'
import { serveWorker } from '../../../src/io/serveWorker.js'
import { WorkerPool } from '../../../src/io/workerPool.js'
import type { WorkerPoolOptions } from '../../../src/io/workerPool.js'
import { caught, folderWith, rejected, temporaryFolder } from './support.js'

type Task = { readonly deed: string; readonly [detail: string]: unknown }

const fixture = new URL('../../fixtures/poolWorker.mjs', import.meta.url)
const pools: WorkerPool<Task, unknown, number>[] = []
const open = (options: Partial<WorkerPoolOptions> = {}, file: URL | string = fixture) => {
  const pool = new WorkerPool<Task, unknown, number>(file, { size: 2, ...options })
  pools.push(pool)
  return pool
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

/** A task that never ends; `begun` resolves when a worker is at it. */
const neverEnding = (pool: WorkerPool<Task, unknown, number>) => {
  let pending: Promise<Bl1Error> | undefined
  const begun = new Promise<void>((resolve) => {
    pending = rejected(pool.run({ deed: 'forever', steps: 1 }, { onProgress: () => resolve() }))
  })
  return { pending, begun }
}

describe('WorkerPool', () => {
  it('answers every task, more of them than workers, in the order asked', async () => {
    const pool = open()
    const tasks = Array.from({ length: 20 }, (_, value) => pool.run({ deed: 'double', value }))
    expect(await Promise.all(tasks)).toEqual(Array.from({ length: 20 }, (_, value) => value * 2))
  })

  it('keeps exactly as many threads at work as its size, one task each', async () => {
    for (const size of [1, 3]) {
      const pool = open({ size })
      const counters = new Int32Array(new SharedArrayBuffer(8))
      const atWork = await Promise.all(Array.from({ length: 9 }, () => pool.run({ deed: 'meet', counters, needed: size })))
      expect(Math.max(...atWork.map(Number))).toBe(size)
    }
  })

  it('hands over progress to the task it belongs to, before its result', async () => {
    const pool = open()
    const seen: [string, number][] = []
    const task = (name: string, steps: number) =>
      pool.run({ deed: 'double', value: 1, steps }, { onProgress: (step) => seen.push([name, step]) }).then(() => seen.push([name, Infinity]))
    await Promise.all([task('a', 3), task('b', 2), task('c', 1)])
    const of = (wanted: string) => seen.filter(([name]) => name === wanted).map(([, step]) => step)
    expect(of('a')).toEqual([1, 2, 3, Infinity])
    expect(of('b')).toEqual([1, 2, Infinity])
    expect(of('c')).toEqual([1, Infinity])
  })

  it('moves buffers when asked, both ways, and passes workerData', async () => {
    const pool = open({ workerData: { from: 'here' } })
    const bytes = Uint8Array.of(1, 2, 3)
    expect(await pool.run({ deed: 'buffer', bytes }, { transfer: [bytes.buffer] })).toEqual(Uint8Array.of(2, 3, 4))
    expect(bytes.byteLength).toBe(0)
    expect(await pool.run({ deed: 'data' })).toEqual({ from: 'here' })
  })

  it('rejects a task that throws with its message, code and the stack in the worker, and goes on', async () => {
    const pool = open({ size: 1 })
    const error = await rejected(pool.run({ deed: 'fail' }))
    expect(error.code).toBe('run/worker-failed')
    expect(error.message).toContain('the culture is too large')
    expect(error.data).toMatchObject({ name: 'RangeError', code: 'culture/too-large', stack: expect.stringContaining('poolWorker.mjs') })
    expect(error.cause).toMatchObject({ stack: expect.stringContaining('poolWorker.mjs') })
    expect(await pool.run({ deed: 'double', value: 4 })).toBe(8)
  })

  it.each([
    ['exits', { deed: 'exit', code: 7 }, 'exit code 7'],
    ['exits as if all were well', { deed: 'exit', code: 0 }, 'exit code 0'],
    ['crashes outside its task', { deed: 'crash' }, 'out of the blue'],
  ])('stops everything when a worker %s', async (_, task, reason) => {
    const pool = open()
    const all = [{ deed: 'forever' }, task, { deed: 'double', value: 1 }].map((one) => rejected(pool.run(one)))
    const errors = await Promise.all(all)
    expect(errors.map(({ code }) => code)).toEqual(['run/worker-died', 'run/worker-died', 'run/worker-died'])
    expect(errors[0]?.message).toContain(reason)
    expect((await rejected(pool.run({ deed: 'double', value: 1 }))).code).toBe('run/worker-died')
  })

  it('says that a worker ran out of memory', async () => {
    const pool = open({ size: 1, resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 } })
    const error = await rejected(pool.run({ deed: 'exhaust' }))
    expect(error.code).toBe('run/worker-died')
    expect(error.message).toMatch(/memory/i)
  })

  it('stops a busy worker at once when the signal fires', async () => {
    const controller = new AbortController()
    const pool = open({ size: 1, signal: controller.signal })
    const { pending, begun } = neverEnding(pool)
    const waiting = rejected(pool.run({ deed: 'double', value: 1 }))
    await begun
    controller.abort()
    expect([await pending, await waiting]).toMatchObject([{ code: 'run/interrupted' }, { code: 'run/interrupted' }])
    expect((await rejected(pool.run({ deed: 'who' }))).code).toBe('run/interrupted')
  })

  it('starts nothing when the signal has fired before', async () => {
    const error = await rejected(open({ signal: AbortSignal.abort() }).run({ deed: 'who' }))
    expect(error.code).toBe('run/interrupted')
  })

  it('closes once, however often it is asked, and rejects what is pending', async () => {
    const pool = open()
    const { pending, begun } = neverEnding(pool)
    await begun
    expect(pool.close()).toBe(pool.close())
    await pool.close()
    expect(await pending).toMatchObject({ code: 'run/pool-closed' })
    expect((await rejected(pool.run({ deed: 'who' }))).code).toBe('run/pool-closed')
  })

  it('refuses a task that cannot be cloned, and goes on', async () => {
    const pool = open({ size: 1 })
    expect((await rejected(pool.run({ deed: 'double', value: () => 1 }))).code).toBe('run/not-transferable')
    expect(await pool.run({ deed: 'double', value: 2 })).toBe(4)
  })

  it('does not wait for ever for a file that is missing, ends, or never serves', async () => {
    const at = folderWith({ 'ends.mjs': '', 'mute.mjs': 'setInterval(() => 0, 1000)', 'broken.mjs': 'const = 1' })
    expect((await rejected(open({}, at('none.mjs')).run({ deed: 'who' }))).code).toBe('run/worker-died')
    expect((await rejected(open({}, at('ends.mjs')).run({ deed: 'who' }))).code).toBe('run/worker-died')
    expect((await rejected(open({}, at('broken.mjs')).run({ deed: 'who' }))).code).toBe('run/worker-died')
    expect((await rejected(open({ startLimitMs: 50 }, at('mute.mjs')).run({ deed: 'who' }))).code).toBe('run/worker-silent')
  })

  it.each([[0], [-1], [1.5], [Number.NaN]])('refuses a size of %s', (size) => {
    expect(caught(() => open({ size })).code).toBe('run/workers')
  })
})

describe('serveWorker', () => {
  const folder = temporaryFolder()
  beforeAll(async () => {
    const entry = fileURLToPath(new URL('../../fixtures/servedWorker.ts', import.meta.url))
    await build({
      configFile: false, logLevel: 'silent',
      build: { ssr: entry, outDir: folder, emptyOutDir: false, rolldownOptions: { output: { entryFileNames: 'served.mjs' } } },
    })
  })
  const served = () => open({ size: 1 }, `${folder}/served.mjs`)

  it('answers in a real thread, with progress and moved buffers', async () => {
    const steps: number[] = []
    const task = { deed: 'sum', values: Float64Array.of(1, 2) }
    expect(await served().run(task, { onProgress: (step) => steps.push(step) })).toEqual(Float64Array.of(2, 3))
    expect(steps).toEqual([0, 1])
  })

  it('reports what the handler throws, and a result that cannot be sent', async () => {
    const pool = served()
    const failed = await rejected(pool.run({ deed: 'fail' }))
    expect(failed).toMatchObject({ code: 'run/worker-failed', data: { name: 'RangeError', stack: expect.stringContaining('served.mjs') } })
    const unsendable = await rejected(pool.run({ deed: 'unsendable', values: new Float64Array(1) }))
    expect(unsendable).toMatchObject({ code: 'run/worker-failed', data: { name: 'DataCloneError' } })
  })

  it('passes on the code of a Bl1Error', async () => {
    const { port1, port2 } = new MessageChannel()
    const answers: unknown[] = []
    const done = new Promise<void>((resolve) => port1.on('message', (message: { type: string }) => {
      answers.push(message)
      if (message.type === 'error') resolve()
    }))
    serveWorker(() => {
      throw new Bl1Error('rng/seed', { received: 'NaN' })
    }, port2)
    port1.postMessage({ type: 'task', id: 3, task: null })
    await done
    port1.close()
    expect(answers).toMatchObject([{ type: 'ready' }, { type: 'error', id: 3, error: { code: 'rng/seed' } }])
  })

  it('refuses to serve outside a worker', () => {
    expect(caught(() => serveWorker(() => 1, null)).code).toBe('run/not-a-worker')
  })
})
