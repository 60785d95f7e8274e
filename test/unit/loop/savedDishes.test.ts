/** Dishes of every kind go on from what was saved bit for bit, pulses on their way and blind stretches included. */
import { describe, expect, it } from 'vitest'
import { Dishes, EmptyDishes, NetworkDishes, type DishBatch } from '../../../src/loop/index.js'
import { codeOf } from '../culture/cultures.js'
import { liveOn, pulse, seenOf, SMALL } from './batches.js'

type Kind = Dishes | NetworkDishes | EmptyDishes
const KINDS: readonly (readonly [string, (seeds: readonly number[], blindMs?: number) => Kind])[] = [
  ['cultures on one thread', (seeds, blindMs = 5) => Dishes.grow({ ...SMALL, blindMs, threads: 1 }, seeds)],
  ['cultures on two threads', (seeds, blindMs = 5) => Dishes.grow({ ...SMALL, blindMs, threads: 2 }, seeds)],
  ['networks', (seeds, blindMs = 5) => NetworkDishes.grow({ ...SMALL, blindMs }, seeds)],
  ['empty dishes', (seeds, blindMs = 5) => EmptyDishes.grow({ ...SMALL, blindMs }, seeds)],
]

/** In the middle of a window: pulses have just left, others are on their way, one dish is older than the others. */
const lived = (dishes: DishBatch): void => {
  liveOn(dishes, 2)
  for (let dish = 0; dish < dishes.count; dish++) pulse(dishes, dish)
  dishes.live(7)
}

describe.each(KINDS)('saved %s', (name, grow) => {
  const hasNoise = name !== 'empty dishes'

  it('go on bit for bit, in the same batch, in one of other seeds, and from a copy', () => {
    const dishes = grow([1, 2])
    lived(dishes)
    const saved = dishes.save()
    const seen = seenOf(dishes)
    const copy = structuredClone(saved)
    const future = liveOn(dishes)
    // what was saved does not change with the dishes
    expect(saved).toEqual(copy)
    const other = grow([8, 9])
    const othersFuture = liveOn(other)
    if (hasNoise) expect(othersFuture).not.toEqual(future)
    const { counts } = other
    for (const [batch, from] of [[dishes, saved], [other, copy]] as const) {
      batch.load(from)
      expect(seenOf(batch)).toEqual(seen)
      expect(batch.save()).toEqual(saved)
      expect(liveOn(batch)).toEqual(future)
      batch.close()
    }
    expect(other.counts).toBe(counts)
  })

  it('put one dish back, and the others go on', () => {
    const [dishes, undisturbed] = [grow([1, 2]), grow([1, 2])]
    lived(dishes)
    lived(undisturbed)
    const saved = structuredClone(dishes.saveOne(0))
    liveOn(dishes)
    liveOn(undisturbed)
    dishes.loadOne(0, saved)
    expect(dishes.saveOne(0)).toEqual(saved)
    for (const batch of [dishes, undisturbed]) {
      batch.live(50)
      batch.close()
    }
    expect(dishes.saveOne(1)).toEqual(undisturbed.saveOne(1))
    // from the batch of another time into this one
    const elsewhere = grow([5])
    elsewhere.loadOne(0, saved)
    elsewhere.live(50)
    expect(elsewhere.counts[0]).toEqual(dishes.counts[0])
    elsewhere.close()
  })

  it.runIf(hasNoise)('go on with the noise of a seed: equal for equal seeds, another for others', () => {
    const dishes = grow([1])
    const saved = dishes.saveOne(0)
    const futures = [7, 8, 7].map((seed) => {
      dishes.loadOne(0, saved, seed)
      return liveOn(dishes)
    })
    dishes.loadOne(0, saved)
    const own = liveOn(dishes)
    expect(futures[2]).toEqual(futures[0])
    expect(futures[1]).not.toEqual(futures[0])
    expect([futures[0], futures[1]]).not.toContainEqual(own)
    dishes.close()
  })

  it('refuse what was not saved from the like of them, and stay as they were', () => {
    const dishes = grow([1, 2])
    lived(dishes)
    const saved = dishes.save()
    const [first, second] = saved.dishes
    const { readOut } = first
    const withStimulator = (change: object): unknown => ({
      ...saved,
      dishes: [second, { ...first, readOut: { ...readOut, stimulator: { ...readOut.stimulator, ...change } } }],
    })
    const bad: [string, unknown][] = [
      ['loop/saved-dishes', undefined],
      ['loop/saved-dishes', {}],
      ['loop/saved-dishes', { ...saved, format: 2 }],
      ['loop/saved-dishes', { ...saved, kind: 'soup' }],
      ['loop/saved-dishes', { ...saved, dishes: [first] }],
      ['loop/saved-dishes', { ...saved, blindMs: 6 }],
      ['loop/saved-dishes', { ...saved, mea: { ...saved.mea, largestRateHz: 100 } }],
      ['loop/saved-dishes', { ...saved, dishes: [first, { ...second, tissue: 7 }] }],
      ['loop/saved-dishes', { ...saved, dishes: [first, { ...second, counts: new Float64Array(63) }] }],
      ['loop/saved-dishes', { ...saved, dishes: [first, { ...second, spikes: NaN }] }],
      ['loop/saved-dishes', JSON.parse(JSON.stringify(saved))],
      ['loop/saved-dishes', withStimulator({ steps: readOut.stimulator.steps.map(() => 3) })],
      ['mea/saved', withStimulator({ steps: readOut.stimulator.steps.map((step) => step + 0.5) })],
      ['mea/saved', withStimulator({ depolarisationsMv: readOut.stimulator.depolarisationsMv.map(() => 161) })],
      ['mea/saved', withStimulator({ lastSteps: new Float64Array(63) })],
      ['mea/saved', withStimulator({ steps: readOut.stimulator.steps.toReversed() })],
      ['mea/saved', withStimulator({ channels: new Int32Array(1) })],
      ['mea/channel-forbidden', withStimulator({ channels: readOut.stimulator.channels.map(() => 0) })],
    ]
    expect(readOut.stimulator.steps.length).toBeGreaterThan(1)
    for (const [code, what] of bad) expect([code, codeOf(() => dishes.load(what))]).toEqual([code, code])
    expect(codeOf(() => dishes.loadOne(0, { ...first, tissue: {} }))).toMatch(/loop\/saved-dishes|culture\/snapshot/)
    expect(codeOf(() => dishes.loadOne(0, { ...first, readOut: { ...readOut, stimulator: { ...readOut.stimulator, steps: new Float64Array(1) } } }))).toMatch(/loop|mea/)
    expect(dishes.save()).toEqual(saved)
    dishes.close()
  })
})

describe('Dishes.restore', () => {
  it('goes on from a save without growing anything', () => {
    const dishes = Dishes.grow({ ...SMALL, blindMs: 20, latencyMs: 9, mea: { largestRateHz: 100 }, threads: 1 }, [1, 2])
    lived(dishes)
    const saved = structuredClone(dishes.save())
    const restored = Dishes.restore(saved, { threads: 1 })
    expect([restored.latencyMs, restored.blindMs, restored.mea.largestRateHz]).toEqual([9, 20, 100])
    expect(liveOn(restored)).toEqual(liveOn(dishes))
    expect(codeOf(() => Dishes.restore({ ...saved, kind: 'empty' }))).toBe('loop/saved-dishes')
    expect(codeOf(() => Dishes.restore({ ...saved, dishes: [] }))).toBe('culture/batch')
  })

  it('refuses a damaged culture', () => {
    const dishes = Dishes.grow({ ...SMALL, threads: 1 }, [1])
    const saved = dishes.save()
    dishes.batch.cultures[0].state.v[3] = NaN
    expect(codeOf(() => dishes.load(dishes.save()))).toBe('culture/snapshot')
    dishes.load(saved)
    expect(dishes.save()).toEqual(saved)
  })
})
