/** A batch does to each culture what that culture would do alone. On the built package, whose helper threads are real. */
import { describe, expect, it } from 'vitest'
import { Culture, CultureBatch, type CultureOptions, type Depolarisations } from 'bl1/culture'
import { growSnapshot } from '../../../../src/culture/grow.js'
import { Rng } from '../../../../src/rng.js'
import { fire } from '../cultures.js'
import { watchHelpers } from './helpers.js'
import { expectSameState, randomPulses } from './twins.js'

const SEEDS = [3, 1, 4, 1, 5, 9, 2]
const OPTIONS: CultureOptions = { neurons: 90, cells: { bias: 4 }, homeostasis: { intervalMs: 30, gainPerHzPerSecond: 0.05 } }

type Advanced = ReturnType<Culture['advance']>
const listOf = ({ count, steps, neurons }: Advanced): number[][] => [[...steps.subarray(0, count)], [...neurons.subarray(0, count)]]

/** Pulses for every second culture, on its own clock. */
const pulsesFor = (cultures: readonly Culture[], steps: number): (Depolarisations | undefined)[] =>
  cultures.map(({ step }, k) => (k % 2 === 0 ? undefined : randomPulses(Rng.fromSeed(k), 90, step, steps)))

/** Advances the batch, and its cultures' twins one by one, and compares everything. */
const expectSame = (batch: CultureBatch, alone: readonly Culture[], durationMs: number, pulses: readonly (Depolarisations | undefined)[] = []): void => {
  const spikes = batch.advance(durationMs, pulses).map(listOf)
  expect(spikes).toEqual(alone.map((culture, k) => listOf(culture.advance(durationMs, pulses[k]))))
  for (const [k, culture] of batch.cultures.entries()) {
    expectSameState(culture.state, alone[k].state)
    expect(culture.snapshot().flight).toEqual(alone[k].snapshot().flight)
  }
}

const growAlone = (): Culture[] => SEEDS.map((seed) => Culture.grow(OPTIONS, seed, { threads: 1 }))

describe.each([1, 2, 3])('a batch on %i threads', (threads) => {
  it('is its cultures side by side, with pulses for some of them, over the borders of chunks', () => {
    const [batch, alone] = [CultureBatch.grow(OPTIONS, SEEDS, { threads }), growAlone()]
    expect(batch.threads).toBe(threads)
    expectSame(batch, alone, 0.5)
    expectSame(batch, alone, 100, pulsesFor(alone, 200))
    expectSame(batch, alone, 1200)
    batch.close()
  })

  it('goes on after one culture was advanced alone, switched and weighed anew, each on its own clock', () => {
    const [batch, alone] = [CultureBatch.grow(OPTIONS, SEEDS, { threads }), growAlone()]
    for (const cultures of [batch.cultures, alone]) {
      cultures[2].advance(350)
      cultures[5].setPlasticity({ stdp: false })
      cultures[0].setWeights(cultures[0].state.weight.map((weight) => weight / 2))
      cultures[6].advance(17, fire([3, 8]))
    }
    expectSame(batch, alone, 1100, pulsesFor(alone, 2200))
    expect(batch.cultures.map(({ timeMs }) => timeMs)).toEqual([1100, 1100, 1450, 1100, 1100, 1100, 1117])
    batch.close()
  })

  it('rewards each culture on its own', () => {
    const options: CultureOptions = { ...OPTIONS, rewardModulation: { enabled: true } }
    const [batch, alone] = [CultureBatch.grow(options, [3, 3], { threads }), [3, 3].map((seed) => Culture.grow(options, seed, { threads: 1 }))]
    for (const amounts of [[0.1, -0.1], [0, 0.2]]) {
      expectSame(batch, alone, 105)
      for (const cultures of [batch.cultures, alone]) for (const [k, amount] of amounts.entries()) cultures[k].reward(amount)
    }
    expectSame(batch, alone, 100)
    expect(batch.cultures[0].state.weight).not.toEqual(batch.cultures[1].state.weight)
    batch.close()
  })

  it('goes on from snapshots, of cultures of any size and age', () => {
    const sizes = [5, 33, 200].map((neurons) => Culture.grow({ ...OPTIONS, neurons }, neurons, { threads: 1 }))
    for (const [k, culture] of sizes.entries()) culture.advance(100 * (k + 1))
    const batch = CultureBatch.restore(sizes.map((culture) => culture.snapshot()), { threads })
    expectSame(batch, sizes, 700)
    const again = CultureBatch.restore(batch.cultures.map((culture) => structuredClone(culture.snapshot())), { threads: 2 })
    expectSame(again, sizes, 300)
    for (const one of [batch, again]) one.close()
  })

  it('of which one culture leaves the numbers says so, and takes the others to the end of the stretch', () => {
    const [batch, alone] = [CultureBatch.grow(OPTIONS, SEEDS, { threads }), growAlone()]
    batch.cultures[1].state.u[7] = NaN
    expect(() => batch.advance(25)).toThrow(expect.objectContaining({ code: 'culture/not-finite', data: expect.objectContaining({ neuron: 7 }) }))
    for (const [k, culture] of batch.cultures.entries()) {
      if (k === 1) continue
      alone[k].advance(25)
      const restored = Culture.restore(culture.snapshot(), { threads: 1 })
      restored.advance(30)
      alone[k].advance(30)
      expectSameState(restored.state, alone[k].state)
    }
    batch.close()
  })

  it('refuses bad input before any culture moves', () => {
    const batch = CultureBatch.grow(OPTIONS, [1, 2], { threads })
    const bad: [() => unknown, string][] = [
      [() => batch.advance(0.3), 'culture/duration'],
      [() => batch.advance(NaN), 'culture/duration'],
      [() => batch.advance(10, [undefined, fire([20, 0])]), 'culture/stimulation-outside'],
      [() => batch.advance(10, [undefined, fire([1, 90])]), 'culture/stimulation'],
      [() => batch.advance(10, [undefined, undefined, undefined]), 'culture/batch'],
      [() => CultureBatch.grow(OPTIONS, []), 'culture/batch'],
      [() => CultureBatch.restore([]), 'culture/batch'],
      [() => CultureBatch.grow(OPTIONS, [1, -1]), 'rng/seed'],
    ]
    for (const [call, code] of bad) expect(call).toThrow(expect.objectContaining({ code }))
    for (const [k, { state }] of batch.cultures.entries()) expectSameState(state, growSnapshot(OPTIONS, k + 1).state)
    batch.close()
  })
})

describe('a batch', () => {
  it('of the reference engine is computed on one thread', () => {
    const options: CultureOptions = { ...OPTIONS, engine: 'reference' }
    const [batch, alone] = [CultureBatch.grow(options, [1, 2], { threads: 2 }), [1, 2].map((seed) => Culture.grow(options, seed))]
    expect(batch.threads).toBe(1)
    expectSame(batch, alone, 200)
  })

  it('ends its helpers when it is closed, and goes on without them when they have died', async () => {
    const helpers = watchHelpers()
    const [batch, alone] = [CultureBatch.grow(OPTIONS, SEEDS, { threads: 3 }), growAlone()]
    expectSame(batch, alone, 50)
    await helpers[0].worker.terminate()
    expectSame(batch, alone, 50)
    const exit = new Promise((resolve) => helpers[1].worker.once('exit', resolve))
    batch.close()
    expect(await exit).toBe(0)
    batch.close()
    expectSame(batch, alone, 50)
  })
})
