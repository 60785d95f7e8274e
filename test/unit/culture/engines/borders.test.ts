/** What callers may hand in, in both engines: many pulses, too many pulses, numbers of threads, cultures too large. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { pulseCapacityOf } from '../../../../src/culture/engine/wasm/columns.js'
import { createMemory, KERNEL_BYTES } from '../../../../src/culture/engine/wasm/arena.js'
import { cultureKernel, sharedCultureKernel } from '../../../../src/culture/engine/wasm/kernels.js'
import { compileKernel } from '../../../../src/culture/engine/wasm/load.js'
import { wasm } from '../../../../src/culture/engine/wasm/webAssembly.js'
import { growSnapshot } from '../../../../src/culture/grow.js'
import { Culture, CultureBatch, type CultureOptions, type Depolarisations } from '../../../../src/culture/index.js'
import { callLoosely, codeOf, spikesOf, textbook } from '../cultures.js'
import { expectSameRun, expectSameState, twins } from './twins.js'

const ENGINES = ['wasm', 'reference'] as const
const NEURONS = 20
/** So many pulses of 0.01 mV on cell 3 in each of these steps. */
const crowd = (perStep: number, steps: readonly number[]): Depolarisations => {
  const count = perStep * steps.length
  const column = (value: (k: number) => number): number[] => Array.from({ length: count }, (_, k) => value(k))
  return { count, steps: column((k) => steps[Math.floor(k / perStep)]), neurons: column(() => 3), amplitudesMv: column(() => 0.01) }
}

describe.each(ENGINES)('pulses: %s', (engine) => {
  const grow = (): Culture => Culture.grow({ ...textbook(0), neurons: NEURONS, engine }, 1)
  const most = pulseCapacityOf(NEURONS)

  it('fill a step', () => {
    const culture = grow()
    culture.advance(2.5, crowd(most, [4]))
    expect(culture.state.v[3]).toBeGreaterThan(culture.state.v[4] + 10)
  })

  it('that are one too many for a step are refused, wherever it lies, and nothing has happened', () => {
    const culture = grow()
    const before = culture.snapshot()
    for (const steps of [[0], [3000], [2, 3000]]) {
      expect(codeOf(() => culture.advance(2000, crowd(most + 1, steps)))).toBe('culture/stimulation-crowded')
      expect(culture.snapshot()).toEqual(before)
    }
    const batch = CultureBatch.grow({ ...textbook(0), neurons: NEURONS, engine }, [1, 1], { threads: 2 })
    expect(codeOf(() => batch.advance(10, [undefined, crowd(most + 1, [3])]))).toBe('culture/stimulation-crowded')
    expect(batch.cultures.map(({ step }) => step)).toEqual([0, 0])
    expect(batch.cultures[0].snapshot()).toEqual(before)
    batch.close()
  })

  it('end the run where the potential leaves the numbers, naming the cell', () => {
    const culture = Culture.grow({ neurons: 37, engine }, 1)
    culture.state.u[35] = NaN
    expect(() => culture.advance(1)).toThrow(expect.objectContaining({ code: 'culture/not-finite', data: { neuron: 35, potential: NaN, step: 2 } }))
  })
})

describe('pulses over many steps', () => {
  it.each([0.4, 1, 2.5])('%f times what one call of the kernel takes act as in the reference', (share) => {
    const [fast, reference] = twins({ neurons: NEURONS, cells: { bias: 3 } }, 4)
    const steps = [0, 1, 2, 3, 19, 20, 150]
    expectSameRun(fast, reference, 400, crowd(Math.ceil((pulseCapacityOf(NEURONS) * share) / steps.length), steps))
  })

  it('as many in every step as fit into one', () => {
    const [fast, reference] = twins({ neurons: NEURONS, cells: { bias: 3 } }, 4)
    expectSameRun(fast, reference, 12, crowd(pulseCapacityOf(NEURONS), [0, 1, 2, 5, 6, 11]))
  })
})

describe('threads', () => {
  it.each([0, 1.5, 65, NaN, -1, Infinity, '2', null])('%s is refused, by cultures and by batches', (threads) => {
    for (const engine of ENGINES) {
      expect(codeOf(() => callLoosely(Culture, 'grow', { neurons: 10, engine }, 1, { threads }))).toBe('culture/threads')
      expect(codeOf(() => callLoosely(CultureBatch, 'grow', { neurons: 10, engine }, [1], { threads }))).toBe('culture/threads')
    }
    const snapshot = Culture.grow({ neurons: 10 }, 1).snapshot()
    expect(codeOf(() => callLoosely(Culture, 'restore', snapshot, { threads }))).toBe('culture/threads')
  })

  it.each([0, 2.5, NaN, -1, Infinity, '2', null])('to spare: %s are refused, by cultures and by batches', (spareThreads) => {
    for (const [owner, seeds] of [[Culture, 1], [CultureBatch, [1, 2]]] as const) {
      expect(codeOf(() => callLoosely(owner, 'grow', { neurons: 10 }, seeds, { spareThreads }))).toBe('culture/threads')
    }
  })

  it('that the surroundings do not have are not used by a batch either, however many are to spare', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined)
    const batch = CultureBatch.grow({ neurons: 10 }, [1, 2, 3], { spareThreads: 3 })
    vi.unstubAllGlobals()
    expect(batch.threads).toBe(1)
    expect(batch.advance(5)).toHaveLength(3)
  })

  it('that the system refuses to start are done without', () => {
    const real = process.getBuiltinModule('node:worker_threads')
    let refusals = 0
    class NoWorker extends real.Worker {
      constructor() {
        refusals++
        super(new URL('https://localhost/no-program-lies-here'))
      }
    }
    const spy = vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => ({ ...real, Worker: NoWorker }))
    onTestFinished(() => spy.mockRestore())
    const [helped, alone] = [3, 1].map((threads) => Culture.grow({ neurons: 50, cells: { bias: 4 } }, 1, { threads, spareThreads: 1 }))
    expect(refusals).toBe(2)
    expect(spikesOf(helped, 100)).toEqual(spikesOf(alone, 100))
    helped.close()
  })

  it('are one in the reference engine, and as many as asked for in the fast one', () => {
    expect(Culture.grow({ neurons: 10, engine: 'reference' }, 1, { threads: 4 }).threads).toBe(1)
    expect(Culture.grow({ neurons: 10 }, 1).threads).toBe(1)
    const culture = Culture.grow({ neurons: 10 }, 1, { threads: 4 })
    expect(culture.threads).toBe(4)
    culture.close()
  })
})

describe('memory', () => {
  it('that the kernels keep for themselves ends before the columns begin', () => {
    for (const [base64, shared] of [[cultureKernel, false], [sharedCultureKernel, true]] as const) {
      const imports = { env: { memory: createMemory(0, 1, shared), sleep: () => undefined } }
      const heapBase = new wasm.Instance(compileKernel(base64), imports).exports['heapBase']
      if (typeof heapBase !== 'function') return expect.unreachable()
      expect(Reflect.apply(heapBase, undefined, [])).toBeLessThanOrEqual(KERNEL_BYTES)
    }
  })

  it('of a batch may reach beyond 2 GiB, but not beyond 4', () => {
    // room for the slow noise of 1,640 x 1,640 patches over a chunk of 2,000 steps: above 2 GiB, of which little is touched
    const options: CultureOptions = { neurons: 2, dishUm: 3000, noise: { patchUm: 3000 / 1640 } }
    const [wide, small] = [growSnapshot(options, 1), growSnapshot({ neurons: 60, cells: { bias: 8 } }, 1)]
    const [batch, alone] = [CultureBatch.restore([wide, small], { threads: 2 }), Culture.restore(small, { threads: 1 })]
    const [, { count }] = batch.advance(20)
    expect(count).toBeGreaterThan(0)
    expect(count).toBe(alone.advance(20).count)
    expectSameState(batch.cultures[1].state, alone.state)
    batch.close()
    expect(() => CultureBatch.restore([wide, wide], { threads: 2 })).toThrow('but its threads share one memory of at most 4096 MiB')
  })
})

describe('a culture too large', () => {
  it('is refused with the numbers before memory is taken for its synapses', () => {
    // 150,000 cells with 2,000 synapses of 17 bytes each, nearly all excitatory: above 4 GiB
    const options: CultureOptions = { neurons: 150_000, wiring: { meanInDegree: 2000 } }
    const before = process.memoryUsage().rss
    expect(() => Culture.grow(options, 1)).toThrow(
      expect.objectContaining({ code: 'culture/too-large', data: { neurons: 150_000, neededMiB: expect.any(Number), availableMiB: 4096 } }),
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29)
  })

  it('is refused where the engine itself needs more than 4 GiB', () => {
    const refusal = { code: 'culture/too-large', data: { neurons: 7, neededMiB: 4097, availableMiB: 4096 } }
    for (const shared of [false, true]) expect(() => createMemory(2 ** 32, 7, shared)).toThrow(expect.objectContaining(refusal))
  })
})
