/** What happens to threads that fail: a typed error, no thread left, nothing that hangs. */
import { describe, expect, it } from 'vitest'
import type { EnvSpec } from 'bl1/env'
import { WorkerVectorEnv, type WorkerVectorOptions } from 'bl1/vector/worker'

const strange = new URL('./strangeEnv.mjs', import.meta.url).href
const broken = new URL('./brokenModule.mjs', import.meta.url)
const spec = { id: 'Strange-v0', options: {} }

type Options = Partial<WorkerVectorOptions> & { readonly spec?: EnvSpec; readonly thread?: number }

const start = (options: Options = {}) =>
  WorkerVectorEnv.start({ spec, modules: [strange], count: 5, threads: 2, ...options })

/** A started vector of five environments, 0 and 1 in the first thread, 2 to 4 in the second. */
const started = async (options: Partial<WorkerVectorOptions> = {}): Promise<WorkerVectorEnv> => {
  const vec = await start(options)
  await vec.reset({ seed: 1 })
  return vec
}

const expectGone = async (vec: WorkerVectorEnv): Promise<void> => {
  await vec.close()
  expect(vec.liveThreads).toBe(0)
  expect(vec.closed).toBe(true)
  await expect(vec.step([0, 0, 0, 0, 0])).rejects.toMatchObject({ code: 'vector/closed' })
  await expect(vec.reset()).rejects.toMatchObject({ code: 'vector/closed' })
  expect(() => vec.sampleActions()).toThrow(expect.objectContaining({ code: 'vector/closed' }))
  await vec.close()
}

describe('WorkerVectorEnv', () => {
  it('names the environment that throws in a step, with its message and stack, and ends all threads', async () => {
    const vec = await started()
    expect(vec.liveThreads).toBe(2)
    await expect(vec.step([0, 0, 0, 1, 0])).rejects.toMatchObject({
      code: 'vector/worker-failed',
      message: expect.stringContaining('Environment 3 failed: the pole broke.'),
      data: { index: 3, first: 2, last: 4, stack: expect.stringContaining('strangeEnv.mjs') },
      cause: { stack: expect.stringContaining('RangeError') },
    })
    await expect(vec.step([0, 0, 0, 0, 0])).rejects.toThrow(/closed: Environment 3 failed/)
    await expectGone(vec)
  })

  it('does so for a reset, also one within a step', async () => {
    const within = await started()
    await expect(within.step([0, 0, 0, 0, 7])).rejects.toMatchObject({ code: 'vector/worker-failed', data: { index: 4 } })
    await expectGone(within)

    const asked = await started({ autoreset: 'disabled' })
    await asked.step([0, 7, 0, 0, 0])
    await expect(asked.reset({ mask: [0, 1, 0, 0, 0] })).rejects.toMatchObject({ code: 'vector/worker-failed', data: { index: 1 } })
    await expectGone(asked)
  })

  it('tells a thread that ends itself, with its exit code', async () => {
    const vec = await started()
    await expect(vec.step([2, 0, 0, 0, 0])).rejects.toMatchObject({ code: 'vector/worker-exit', data: { first: 0, last: 1, exitCode: 7 } })
    await expectGone(vec)
  })

  it('tells a thread that crashes outside of a step at the next one', async () => {
    const vec = await started()
    // On a busy machine the news of the crash can overtake the answer to the step that set it up.
    await vec.step([8, 0, 0, 0, 0]).catch(() => undefined)
    await expect.poll(() => vec.closed, { timeout: 10_000 }).toBe(true)
    await expect(vec.step([0, 0, 0, 0, 0])).rejects.toThrow(/exit code 1 \(out of the blue\.\)/)
    await expectGone(vec)
  })

  it('gives up on a thread that does not answer in time', async () => {
    const vec = await started({ timeoutMs: 500 })
    await expect(vec.step([0, 0, 3, 0, 0])).rejects.toMatchObject({
      code: 'vector/worker-timeout',
      data: { first: 2, last: 4, doing: 'step()', limitMs: 500 },
    })
    await expectGone(vec)
  })

  it('says that an info cannot be sent', async () => {
    const vec = await started()
    const failure = { code: 'vector/worker-failed', data: { index: undefined, first: 2, last: 4 } }
    await expect(vec.step([0, 0, 0, 4, 0])).rejects.toMatchObject(failure)
    await expectGone(vec)
  })

  it('says that the options of a reset cannot be sent', async () => {
    const vec = await started()
    await expect(vec.reset({ options: { call: () => 1 } })).rejects.toMatchObject({ code: 'vector/worker-failed' })
    await expectGone(vec)
  })

  it('rejects a step under way when it is closed, and lets the threads finish', async () => {
    const vec = await started()
    const pending = vec.step([5, 0, 0, 0, 0])
    const second = vec.step([0, 0, 0, 0, 0])
    await expect(second).rejects.toMatchObject({ code: 'vector/busy', data: { doing: 'step()', busyWith: 'step()' } })
    const closing = vec.close()
    await expect(pending).rejects.toMatchObject({ code: 'vector/closed', data: { doing: 'step()' } })
    await closing
    await expectGone(vec)
  })

  it('says which environment cannot be closed, and ends all threads', async () => {
    const isStuck = { id: 'Strange-v0', options: { isStuck: true } }
    const idle = await start({ spec: isStuck })
    const failure = { code: 'vector/worker-failed', message: expect.stringContaining('the door is stuck.') }
    await expect(idle.close()).rejects.toMatchObject({ ...failure, data: { index: 0 } })
    expect(idle.liveThreads).toBe(0)

    const failing = await start({ spec: isStuck })
    await failing.reset({ seed: 1 })
    await expect(failing.step([0, 0, 0, 1, 0])).rejects.toThrow('Environment 3 failed: the pole broke.')
    await expect(failing.close()).rejects.toMatchObject(failure)
    expect(failing.liveThreads).toBe(0)
  })

  it('refuses a wrong action before any environment is stepped, and goes on', async () => {
    const vec = await started()
    await expect(vec.step([0, 0, 0, 0, 99])).rejects.toMatchObject({ code: 'vector/action', data: { index: 4 } })
    await expect(vec.step([0, 0])).rejects.toMatchObject({ code: 'vector/actions' })
    const { infos } = await vec.step([0, 0, 0, 0, 0])
    expect(infos).toEqual(Array.from({ length: 5 }, () => ({ steps: 1 })))
    await vec.close()
    expect(vec.liveThreads).toBe(0)
  })
})

describe('WorkerVectorEnv.start', () => {
  it.each<[string, Options, RegExp]>([
    ['a module that is not there', { modules: ['bl1-no-such-package'] }, /the module 'bl1-no-such-package' cannot be imported/],
    ['a module that throws', { modules: [broken] }, /brokenModule\.mjs' cannot be imported: this module is broken/],
    ['an unknown id', { spec: { id: 'Strnge-v0', options: {} } }, /Did you mean 'Strange-v0'\?/],
    ['an unknown wrapper', { spec: { ...spec, wrappers: [{ name: 'TimeLimt', options: {} }] } }, /Did you mean 'TimeLimit'\?/],
    ['options that the environment refuses', { spec: { id: 'Strange-v0', options: { refuses: true } } }, /no such place/],
  ])('says what is wrong with %s', async (_, options, message) => {
    await expect(start(options)).rejects.toMatchObject({ code: 'vector/worker-start', message: expect.stringMatching(message) })
  })

  const refused = [{ count: 0 }, { count: 2, threads: 3 }, { threads: 0 }, { timeoutMs: NaN }, { startTimeoutMs: -1 }]
  it.each(refused)('refuses %o', async (options) => {
    await expect(start(options)).rejects.toMatchObject({ code: 'parameter/invalid' })
  })

  it('refuses unknown options', async () => {
    await expect(start({ thread: 2 })).rejects.toMatchObject({ code: 'parameter/unknown', data: { suggestion: 'threads' } })
  })
})
