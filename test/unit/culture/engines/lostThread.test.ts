/** A thread that dies in the middle of a step leaves the culture torn: a typed error after the limit, never a hang, never a snapshot of it. */
import { describe, expect, it } from 'vitest'
import { noiseKeyOf } from '../../../../src/culture/engine/createEngine.js'
import { createMemory, KERNEL_BYTES } from '../../../../src/culture/engine/wasm/arena.js'
import { Field, LINE_BYTES } from '../../../../src/culture/engine/wasm/assembly/fields.js'
import { Crew, shareKernel } from '../../../../src/culture/engine/wasm/crew.js'
import { sharedCultureKernel } from '../../../../src/culture/engine/wasm/kernels.js'
import { compileKernel } from '../../../../src/culture/engine/wasm/load.js'
import { bytesOf, sizeOf, WasmEngine } from '../../../../src/culture/engine/wasm/wasmEngine.js'
import { growSnapshot } from '../../../../src/culture/grow.js'
import { codeOf } from '../cultures.js'
import { expectSameRun, referenceOf, run } from './twins.js'

const LIMIT_MS = 30
const snapshot = growSnapshot({ neurons: 50 }, 3)

/** A culture of two partitions, and what claims a step of a partition as a thread does that then dies. */
const torn = (): { engine: WasmEngine; claim: (partition: number) => void } => {
  const size = sizeOf(snapshot, 2)
  const memory = createMemory(bytesOf(size), size.neurons, true)
  const engine = new WasmEngine(snapshot, noiseKeyOf(3), size, memory, KERNEL_BYTES, new Crew(memory, 2, LIMIT_MS))
  const words = new Int32Array(memory.buffer)
  const claimed = words[KERNEL_BYTES / 4 + Field.claimed] / 4
  return { engine, claim: (partition) => void Atomics.add(words, claimed + (partition * LINE_BYTES) / 4, 1) }
}

describe('a step that is claimed and never done', () => {
  it.each([0, 1])('ends the run, and the culture for good: partition %i', (partition) => {
    const { engine, claim } = torn()
    expectSameRun(engine, referenceOf(snapshot, 'single'), 40)
    claim(partition)
    const lost = { code: 'culture/thread-lost', data: { threads: 2, limitMs: LIMIT_MS } }
    expect(() => run(engine, 10)).toThrow(expect.objectContaining(lost))
    expect(engine.state.step).toBe(40)
    expect(() => run(engine, 10)).toThrow(expect.objectContaining(lost))
    expect(() => engine.inFlight()).toThrow(expect.objectContaining(lost))
    engine.close()
  })

  it('is waited for in memory beyond 2 GiB as well', () => {
    const memory = createMemory(2 ** 31 + 2 ** 20, 1, true)
    const [record, claimed, done] = [KERNEL_BYTES, 2 ** 31 + 4096, 2 ** 31 + 8192]
    const words = new Int32Array(memory.buffer)
    words[record / 4 + Field.partitions] = 1
    words[record / 4 + Field.end] = 1
    new Uint32Array(memory.buffer, record)[Field.claimed] = claimed
    new Uint32Array(memory.buffer, record)[Field.done] = done
    words[claimed / 4] = 1
    const kernel = shareKernel(compileKernel(sharedCultureKernel), memory)
    expect(kernel.work(record, 0, LIMIT_MS)).toBe(0)
    words[done / 4] = 1
    expect(kernel.work(record, 0, LIMIT_MS)).toBe(1)
  })

  it('of a culture in a batch ends the call for the batch', () => {
    const size = sizeOf(snapshot, 1)
    const listBytes = LINE_BYTES
    const memory = createMemory(listBytes + 2 * bytesOf(size), 100, true)
    const crew = new Crew(memory, 2, LIMIT_MS)
    const records = [0, 1].map((k) => KERNEL_BYTES + listBytes + k * bytesOf(size))
    const words = new Int32Array(memory.buffer)
    words.set(records, KERNEL_BYTES / 4)
    const engines = records.map((record) => new WasmEngine(snapshot, noiseKeyOf(3), size, memory, record, crew))
    for (const engine of engines) {
      engine.begin(5, undefined)
      engine.openChunk()
    }
    // a thread took the second one, whole, and died
    Atomics.store(words, words[records[1] / 4 + Field.claimed] / 4, 5)
    expect(codeOf(() => crew.runBatch(KERNEL_BYTES, 2, 5))).toBe('culture/thread-lost')
    crew.close()
  })
})
