/** The controls in place of cultures: a network of rate units that answers and forgets, and dishes without cells. */
import { describe, expect, it } from 'vitest'
import { Culture } from '../../../src/culture/index.js'
import { EmptyDishes, NetworkDishes, type NetworkDishesOptions } from '../../../src/loop/index.js'
import { growRateNetwork, spectralRadius } from '../../../src/loop/dishes/rateNetwork.js'
import { Rng } from '../../../src/rng.js'
import { codeOf } from '../culture/cultures.js'
import { pulse } from './batches.js'

const NEURONS = 300
const CULTURE = { neurons: NEURONS, dishUm: 1600, wiring: { meanInDegree: 10 } }
const grow = (network: NetworkDishesOptions['network'] = {}, seeds: readonly number[] = [1]): NetworkDishes =>
  NetworkDishes.grow({ culture: CULTURE, blindMs: 0, settleSeconds: 0, network }, seeds)

describe('NetworkDishes', () => {
  it('fire at the resting rate while nothing comes in', () => {
    const dishes = grow({ restRateHz: 2 }, [1, 2])
    dishes.live(5000)
    // Poisson: 300 units x 2 Hz x 5 s = 3,000, SD 55; 5 SD
    for (const spikes of dishes.spikes) expect(Math.abs(spikes - 3000)).toBeLessThan(275)
    expect(dishes.spikes[0]).not.toBe(dishes.spikes[1])
  })

  it('answer a pulse at its electrode first, and forget it', () => {
    const dishes = grow({ restRateHz: 0 })
    const seen = new Float64Array(64)
    for (let trial = 0; trial < 30; trial++) {
      dishes.send(0, { offsetMs: 0, channel: 27, currentUa: 3 })
      dishes.live(50)
      for (let channel = 0; channel < 64; channel++) seen[channel] += dishes.counts[0][channel]
      dishes.live(400)
    }
    // three steps of 200 um away: no cell in common
    expect(seen[27]).toBeGreaterThan(15)
    for (const far of [3, 24, 30, 51]) expect(seen[far]).toBeLessThan(seen[27] / 4)
    // a silent network whose largest gain is 0.9 is silent again soon
    dishes.live(3000)
    dishes.live(500)
    expect(dishes.spikes[0]).toBe(0)
  })

  it('fire the more the stronger the pulse, never beyond the largest rate', () => {
    const rates = [0, 1, 2, 3].map((currentUa) => {
      const dishes = grow({ restRateHz: 0, largestRateHz: 100 })
      let spikes = 0
      for (let k = 0; k < 40; k++) {
        for (const channel of [18, 21, 42, 45]) dishes.send(0, { offsetMs: 0, channel, currentUa })
        dishes.live(50)
        spikes += dishes.spikes[0]
      }
      return spikes / NEURONS / 2
    })
    expect(rates[0]).toBe(0)
    for (let k = 1; k < rates.length; k++) expect(rates[k]).toBeGreaterThan(rates[k - 1])
    expect(rates[3]).toBeLessThan(100)
  })

  it('have the places and the wiring of the culture of that seed, and fixed weights of the radius asked for', () => {
    const { population, network } = Culture.grow(CULTURE, 3)
    const grown = growRateNetwork(CULTURE, 0.9, 3)
    expect([grown.population.xUm, grown.population.yUm, grown.rowStart, grown.post]).toEqual([population.xUm, population.yUm, network.rowStart, network.post])
    // two estimates by power iteration from different vectors
    expect(spectralRadius(grown, Rng.fromSeed(9))).toBeCloseTo(0.9, 1)
    expect(grown.weight.some((weight) => weight > 0) && grown.weight.some((weight) => weight < 0)).toBe(true)
    const dishes = grow({}, [3])
    const weightsOf = (): unknown => Reflect.get(Object(dishes.saveOne(0).tissue), 'weight')
    const before = structuredClone(weightsOf())
    for (let k = 0; k < 20; k++) {
      pulse(dishes, 0)
      dishes.live(50)
    }
    dishes.setPlasticity()
    expect(weightsOf()).toEqual(before)
    expect(before).toEqual(grown.weight)
  })

  it('know the radius of a matrix: 0 without loops, the modulus of a rotation', () => {
    const network = (post: number[], weight: number[]): Parameters<typeof spectralRadius>[0] => ({
      rowStart: Int32Array.from([0, 1, post.length]), post: Int32Array.from(post), weight: Float32Array.from(weight),
    })
    // eigenvalues +-2i
    expect(spectralRadius(network([1, 0], [2, -2]), Rng.fromSeed(1))).toBeCloseTo(2, 9)
    expect(spectralRadius(network([1], [5]), Rng.fromSeed(1))).toBe(0)
  })

  it('live the same in pieces as at once', () => {
    const [whole, pieces] = [grow(), grow()]
    for (const dishes of [whole, pieces]) pulse(dishes, 0)
    whole.live(300)
    let spikes = 0
    const counts = new Float64Array(64)
    for (const durationMs of [0.5, 7, 92.5, 3, 197]) {
      pieces.live(durationMs)
      spikes += pieces.spikes[0]
      pieces.counts[0].forEach((count, channel) => (counts[channel] += count))
    }
    expect(spikes).toBe(whole.spikes[0])
    expect(counts).toEqual(whole.counts[0])
    expect(pieces.saveOne(0).tissue).toEqual(whole.saveOne(0).tissue)
  })

  it('refuse a saved network whose columns do not fit each other', () => {
    const dishes = grow()
    const saved = dishes.saveOne(0)
    const tissue = Object(saved.tissue) as Record<string, unknown>
    for (const change of [
      { post: new Int32Array(3) },
      { post: (tissue['post'] as Int32Array).map(() => NEURONS) },
      { weight: (tissue['weight'] as Float32Array).map(() => NaN) },
      { rowStart: (tissue['rowStart'] as Int32Array).map(() => 1e9) },
      { xUm: new Float32Array(0) },
      { state: { ...Object(tissue['state']), potential: new Float64Array(1) } },
    ]) {
      expect(codeOf(() => dishes.loadOne(0, { ...saved, tissue: { ...tissue, ...change } }))).toBe('loop/saved-dishes')
    }
    expect(dishes.saveOne(0)).toEqual(saved)
  })
})

describe('EmptyDishes', () => {
  it('take pulses and answer nothing, with the clock and the limits of the others', () => {
    const dishes = EmptyDishes.grow({ settleSeconds: 2 }, [1, 2])
    expect([dishes.count, dishes.channels, dishes.timeMs(1)]).toEqual([2, 64, 2000])
    expect(pulse(dishes, 0)).toEqual([true, true, true, true])
    expect(dishes.send(0, { offsetMs: 0, channel: 9, currentUa: 1 })).toBe(false)
    dishes.live(100)
    dishes.setPlasticity()
    expect([[...dishes.spikes], dishes.counts[0].some((count) => count > 0), [...dishes.seenMs]]).toEqual([[0, 0], false, [80, 100]])
    dishes.close()
  })
})
