/** Results do not depend on threads: how many there are, whether they start, live or die. On the built package, whose helpers are real. */
import { describe, expect, it, vi } from 'vitest'
import { createEngine } from '../../../../dist/src/culture/engine/createEngine.js'
import { createWasmEngine } from '../../../../dist/src/culture/engine/wasm/createWasmEngine.js'
import { noiseKeyOf } from '../../../../src/culture/engine/createEngine.js'
import { growSnapshot } from '../../../../src/culture/grow.js'
import type { CultureOptions } from '../../../../src/culture/index.js'
import { Rng } from '../../../../src/rng.js'
import { callHelpers, stepsDone, watchHelpers } from './helpers.js'
import { expectSameRun, expectSameState, noSpikes, randomPulses, referenceOf, reward, run, snapshotOf, volleys } from './twins.js'

const BUSY: CultureOptions = { cells: { bias: 4 }, homeostasis: { intervalMs: 30, gainPerHzPerSecond: 0.05 } }
const SEED = 9
const snapshot = growSnapshot({ ...BUSY, neurons: 203 }, SEED)
const rewarded = growSnapshot({ ...BUSY, neurons: 203, rewardModulation: { enabled: true } }, SEED)
const PATIENT = { timeout: 20_000 }

describe('threads', () => {
  it.each([1, 2, 3, 5, 16])('%i give what the reference gives, bit for bit, with pulses and plasticity', (threads) => {
    const [fast, reference] = [createEngine(snapshot, { threads }), referenceOf(snapshot, 'single')]
    expect(fast.threads).toBe(threads)
    for (const steps of [1, 20, 20, 500, 2100]) {
      expectSameRun(fast, reference, steps, randomPulses(Rng.fromSeed(steps), 203, fast.state.step, steps))
    }
    fast.close()
  })

  it.each([2, 5])('%i take rewards as the reference does, and hand them on through snapshots', (threads) => {
    const whole = referenceOf(rewarded, 'single')
    let moment = rewarded
    for (const [k, amount] of [0.1, -0.3, 0.2].entries()) {
      const engine = createEngine(moment, { threads })
      for (const steps of [50, 333]) {
        reward([engine, whole], amount)
        expectSameRun(engine, whole, steps, randomPulses(Rng.fromSeed(k), 203, engine.state.step, steps))
      }
      moment = structuredClone(snapshotOf(engine, rewarded))
      engine.close()
    }
    expect(whole.state.weight).not.toEqual(rewarded.state.weight)
    expect(whole.state.dopamine).not.toBe(0)
  })

  it.each([1, 3, 17, 40])('are more than the cells have work for: %i cells', (neurons) => {
    const few = growSnapshot({ ...BUSY, neurons }, SEED)
    const [fast, reference] = [createEngine(few, { threads: 7 }), referenceOf(few, 'single')]
    expectSameRun(fast, reference, 2100)
    fast.close()
  })

  it.each([2, 3])('%i carry axons that are full', (threads) => {
    const full = growSnapshot({ ...BUSY, neurons: 47, dishUm: 1500, wiring: { conductionUmPerMs: 30, lengthConstantUm: 2000 } }, SEED)
    const [fast, reference] = [createEngine(full, { threads }), referenceOf(full, 'single')]
    expect(expectSameRun(fast, reference, 150, volleys(47, 0, 150))).toBe(47 * 150)
    expectSameRun(fast, reference, 90, volleys(15, 150, 30))
    fast.close()
  })

  it('hand a culture on through snapshots: 3 threads, 1, the reference, 2, and the other way round', () => {
    const whole = referenceOf(snapshot, 'single')
    const kinds = [3, 1, 'reference', 2, 'reference', 5] as const
    let moment = snapshot
    for (const [k, kind] of kinds.entries()) {
      const engine = kind === 'reference' ? referenceOf(moment, 'single') : createEngine(moment, { threads: kind })
      expect(expectSameRun(engine, whole, 301, randomPulses(Rng.fromSeed(k), 203, engine.state.step, 301))).toBeGreaterThan(0)
      moment = structuredClone(snapshotOf(engine, snapshot))
      engine.close()
    }
  })

  it('compute while their owner does nothing, and come to the same', async () => {
    const helpers = watchHelpers()
    const engine = createWasmEngine(snapshot, noiseKeyOf(SEED), 4)
    expect(helpers).toHaveLength(3)
    const { task } = helpers[0]
    const spikes = noSpikes()
    engine.begin(2500, undefined)
    while (engine.openChunk()) {
      const end = engine.state.step + engine.chunkLength
      callHelpers(task, engine.record)
      await expect.poll(() => [0, 1, 2, 3].map((partition) => stepsDone(task, engine.record, partition)), PATIENT).toEqual([end, end, end, end])
      engine.closeChunk(spikes)
    }
    engine.finish()
    const reference = referenceOf(snapshot, 'single')
    expect(run(reference, 2500)).toHaveLength(2 * spikes.count)
    expectSameState(engine.state, reference.state)
    engine.close()
  })
})

describe('without help', () => {
  it('of helpers that have died, a culture goes on as it would have', async () => {
    const helpers = watchHelpers()
    const [fast, reference] = [createEngine(snapshot, { threads: 3 }), referenceOf(snapshot, 'single')]
    expectSameRun(fast, reference, 200)
    await helpers[0].worker.terminate()
    expectSameRun(fast, reference, 200)
    await helpers[1].worker.terminate()
    expectSameRun(fast, reference, 2100)
    fast.close()
  })

  it.each<[string, () => void]>([
    ['memory that can be shared', () => vi.stubGlobal('SharedArrayBuffer', undefined)],
    ['the modules of Node', () => vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })],
    ['a process', () => vi.stubGlobal('process', undefined)],
  ])('in surroundings without %s it is computed on one thread', (_, strip) => {
    const reference = referenceOf(snapshot, 'single')
    strip()
    try {
      for (const threads of [3, 'auto'] as const) expect(createEngine(snapshot, { threads }).threads).toBe(1)
      const engine = createEngine(snapshot, { threads: 3 })
      run(engine, 300)
      run(reference, 300)
      vi.unstubAllGlobals()
      expectSameState(engine.state, reference.state)
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('helpers', () => {
  it('end when the culture is closed, asleep or at work', async () => {
    const helpers = watchHelpers()
    const engines = Array.from({ length: 6 }, () => createEngine(snapshot, { threads: 3 }))
    for (const engine of engines.slice(0, 3)) run(engine, 50)
    expect(helpers).toHaveLength(12)
    const exits = helpers.map(({ worker }) => new Promise<number>((resolve) => worker.once('exit', resolve)))
    for (const engine of engines) engine.close()
    expect(await Promise.all(exits)).toEqual(helpers.map(() => 0))
  })
})
