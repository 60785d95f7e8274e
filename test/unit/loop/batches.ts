/** Small batches of dishes for the tests: what they did, and what is compared of it. */
import type { DishBatch, DishesOptions } from '../../../src/loop/index.js'

/** A small dish of lively cells under an array that reaches all of them. */
export const SMALL: DishesOptions = {
  culture: { neurons: 50, dishUm: 1600, noise: { fastSd: 4 } },
  mea: { detectionRadiusUm: 200, activationRadiusUm: 200 },
  settleSeconds: 0.2,
}

/** What was seen of the stretch last lived, to be compared. */
export const seenOf = ({ counts, spikes, seenMs }: DishBatch): unknown => structuredClone({ counts, spikes, seenMs })

/** Pulses on four electrodes of a dish, spread over 40 ms; currents differ. @returns which were taken */
export const pulse = (dishes: DishBatch, dish: number, round = 0): boolean[] =>
  [9, 27, 36, 52].map((channel, k) => dishes.send(dish, { offsetMs: 10 * k + (round % 3), channel, currentUa: 1.5 + 0.5 * k }))

/** Lives on for some windows with pulses in each, one dish alone in between. @returns all that was seen */
export const liveOn = (dishes: DishBatch, windows = 4): unknown[] =>
  Array.from({ length: windows }, (_, round) => {
    const taken = Array.from({ length: dishes.count }, (__, dish) => pulse(dishes, dish, round))
    dishes.live(30)
    const seen = [taken, seenOf(dishes)]
    dishes.liveOne(round % dishes.count, 7.5)
    return [...seen, seenOf(dishes)]
  })
