/** The controls without a culture. */
import { describe, expect, it } from 'vitest'
import { EmptyDish, randomPaddle } from '../../../src/bench/index.js'
import { Rng } from '../../../src/rng.js'

describe('EmptyDish', () => {
  it('keeps time like a culture and never spikes', () => {
    const dish = new EmptyDish(1342)
    expect(dish.advance(10).count).toBe(0)
    expect(dish.advance(0.5).count).toBe(0)
    expect(dish.step).toBe(21)
    expect(dish.population).toMatchObject({ neurons: 0, sideUm: 1342 })
  })
})

describe('randomPaddle', () => {
  const counts = new Float64Array(0)
  const play = (seed: number, ticks: number): number[] => {
    const paddle = randomPaddle(Rng.fromSeed(seed).split('paddle'), 3)
    return Array.from({ length: ticks }, () => paddle.decode(counts, 10))
  }

  it('is the same for the same seed and another for another', () => {
    expect(play(1, 1000)).toEqual(play(1, 1000))
    expect(play(1, 1000)).not.toEqual(play(2, 1000))
  })

  it('uses every action equally and holds each for 300 ms in the mean', () => {
    const ticks = 300_000
    const actions = play(7, ticks)
    // A hold of mean 300 ms, rounded up to ticks, lasts 10 / (1 - exp(-1/30)) = 305 ms: about 9,830 holds in 3,000 s. A draw repeats the
    // action in 1 of 3 cases, so about 6,553 changes; the SD is below sqrt(9,830 (1 + 2/9)) = 110 (holds) : 6 SD = 660.
    const changes = actions.filter((action, k) => k > 0 && action !== actions[k - 1]).length
    expect(Math.abs(changes - (2 / 3) * ((ticks * 10) / 305))).toBeLessThan(660)
    // Share of an action over n holds of exponential length: SD sqrt(2 x 1/3 x 2/3 / n) = 0.0067; 6 SD = 0.04.
    for (const wanted of [0, 1, 2]) expect(Math.abs(actions.filter((action) => action === wanted).length / ticks - 1 / 3)).toBeLessThan(0.04)
  })
})
