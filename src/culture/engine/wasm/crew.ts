/** Threads that help to advance cultures in one shared memory: one large culture in partitions, or many side by side. */
import { Bl1Error } from '../../../errors.js'
import { sharedCultureKernel } from './kernels.js'
import { compileKernel, instantiate, type KernelExports } from './load.js'
import { nodeThreads } from './nodeThreads.js'
import { Pace } from './pace.js'
import type { Runner } from './wasmEngine.js'
import type { WasmMemory, WasmModule } from './webAssembly.js'

/** Words through which the owner tells its helpers what to do. */
export const CONTROL = { call: 0, isBatch: 1, address: 2, count: 3, isClosed: 4, length: 5 } as const

/** What assembly/sharedCulture.ts exports. */
export interface SharedKernel extends KernelExports {
  notFinite(culture: number): number
  work(culture: number, own: number, limitMs: number): number
  workBatch(list: number, cultures: number, first: number): void
  finishBatch(list: number, cultures: number, limitMs: number): number
}

/** What a helper is started with. */
export interface HelperTask {
  readonly module: WasmModule
  readonly memory: WasmMemory
  readonly control: Int32Array
  /** 1 and up; the owner is 0. */
  readonly index: number
  readonly threads: number
}

/** Many times what the longest step takes. */
const LOST_AFTER_MS = 20_000

/** An instance of the kernel on a shared memory. */
export const shareKernel = (module: WasmModule, memory: WasmMemory): SharedKernel => {
  const words = new Int32Array(memory.buffer)
  const sleep = (at: number, value: number): void => {
    // addresses beyond 2 GiB come out of the kernel signed
    Atomics.wait(words, (at >>> 0) / Int32Array.BYTES_PER_ELEMENT, value, 1)
  }
  return instantiate(module, memory, { sleep }) as SharedKernel
}

/** Helpers end when nobody can call them any more, even if nobody closed them. */
const forgotten = new FinalizationRegistry<Int32Array>((control) => dismiss(control))

const dismiss = (control: Int32Array): void => {
  Atomics.store(control, CONTROL.isClosed, 1)
  Atomics.add(control, CONTROL.call, 1)
  Atomics.notify(control, CONTROL.call)
}

/**
 * The calling thread and its helpers. Whoever finds work unclaimed takes it: a helper that has not started yet, has died or gets no
 * processor time is not missed; only one that dies in the middle of a step is, and then an error says so.
 */
export class Crew implements Runner {
  readonly #kernel: SharedKernel
  readonly #control = new Int32Array(new SharedArrayBuffer(CONTROL.length * Int32Array.BYTES_PER_ELEMENT))
  readonly #pace = new Pace()
  readonly threads: number
  readonly #lostAfterMs: number
  #isLost = false

  /**
   * @param memory shared
   * @param threads with the calling one
   * @param lostAfterMs how long a claimed step may keep everybody waiting before its thread is taken for dead
   */
  constructor(memory: WasmMemory, threads: number, lostAfterMs = LOST_AFTER_MS) {
    this.threads = threads
    this.#lostAfterMs = lostAfterMs
    const module = compileKernel(sharedCultureKernel)
    this.#kernel = shareKernel(module, memory)
    for (let index = 1; index < threads; index++) {
      const task: HelperTask = { module, memory, control: this.#control, index, threads }
      startHelper(task)
    }
    forgotten.register(this, this.#control, this)
  }

  run(culture: number, first: number, end: number): void {
    this.#call(end - first, 0, culture, 0, () => this.#kernel.work(culture, 0, this.#lostAfterMs))
  }

  /** Advances the cultures whose records are listed at `list`, each to its own end. @param steps of the longest */
  runBatch(list: number, cultures: number, steps: number): void {
    this.#call(steps, 1, list, cultures, () => {
      this.#kernel.workBatch(list, cultures, 0)
      return this.#kernel.finishBatch(list, cultures, this.#lostAfterMs)
    })
  }

  notFinite(culture: number): number {
    return this.#kernel.notFinite(culture)
  }

  close(): void {
    forgotten.unregister(this)
    dismiss(this.#control)
  }

  assertWhole(): void {
    if (this.#isLost) throw new Bl1Error('culture/thread-lost', { threads: this.threads, limitMs: this.#lostAfterMs })
  }

  /** Calls the helpers if that pays, and works with them. @throws Bl1Error `culture/thread-lost` */
  #call(steps: number, isBatch: 0 | 1, address: number, count: number, work: () => number): void {
    this.assertWhole()
    const isHelped = this.#pace.next()
    const startedMs = performance.now()
    if (isHelped) {
      const control = this.#control
      Atomics.store(control, CONTROL.isBatch, isBatch)
      Atomics.store(control, CONTROL.address, address)
      Atomics.store(control, CONTROL.count, count)
      Atomics.add(control, CONTROL.call, 1)
      Atomics.notify(control, CONTROL.call)
    }
    this.#isLost = work() === 0
    this.#pace.record(isHelped, steps, performance.now() - startedMs)
    this.assertWhole()
  }
}

const startHelper = (task: HelperTask): void => {
  const Worker = nodeThreads()?.Worker
  if (Worker === undefined) return
  // a helper that cannot start or dies is not missed: its work is done by the others
  try {
    // flags of the program are not for helpers: some, such as --input-type, would keep them from starting
    const worker = new Worker(new URL('./helper.js', import.meta.url), { workerData: task, execArgv: [] })
    worker.on('error', () => undefined)
    worker.unref()
  } catch {
    // the system has no thread left to give, or the program may not have one
  }
}
