/**
 * What may be read in place of a culture's spikes, to ask what in them carries information: nothing, their mean rates alone, the counts without
 * their channels, the counts without their time. A decoder that does as well on one of these did not need what it destroys.
 */
import { closest } from 'fastest-levenshtein'
import { describe } from '../describe.js'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { poisson } from './poisson.js'

/** Names of the replacements. */
export const SPIKE_REPLACEMENTS = ['real', 'zero', 'rate_matched', 'shuffled_channels', 'shuffled_time'] as const
/** The name of a replacement. */
export type SpikeReplacementName = (typeof SPIKE_REPLACEMENTS)[number]

/** What a replacement works on. */
export interface SpikeReplacementOptions {
  /** Number of features, counts of spikes, in a row. */
  readonly width: number
  /** Number of dishes. */
  readonly dishes: number
  /** Mean of each feature; needed by 'rate_matched' and 'shuffled_time'. */
  readonly rates?: ArrayLike<number>
  readonly rng: Rng
}

/** Replaces the spikes of a step. */
export interface SpikeReplacement {
  readonly name: SpikeReplacementName
  /** Replaces row `row` of `rows` (each `width` long), the features of one step of a dish. Called once a step and dish. */
  apply(dish: number, rows: Float32Array, row: number): void
}

/** Steps of a dish that 'shuffled_time' remembers, and how many it needs before it draws one of them. */
const REMEMBERED_STEPS = 1000
const FEWEST_STEPS = 10

/** The last rows of a dish, the oldest overwritten first. */
class RowMemory {
  count = 0
  readonly #rows: Float32Array
  readonly #width: number
  #next = 0

  constructor(width: number) {
    this.#width = width
    this.#rows = new Float32Array(REMEMBERED_STEPS * width)
  }

  remember(row: Float32Array): void {
    this.#rows.set(row, this.#next * this.#width)
    this.#next = (this.#next + 1) % REMEMBERED_STEPS
    this.count = Math.min(this.count + 1, REMEMBERED_STEPS)
  }

  /** @param k which of the rows remembered */
  copy(k: number, into: Float32Array): void {
    const from = k * this.#width
    for (let i = 0; i < this.#width; i++) into[i] = this.#rows[from + i]
  }
}

/** Every order of the entries is equally likely (Fisher & Yates). */
const shuffleEntries = (row: Float32Array, rng: Rng): void => {
  for (let i = row.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1)
    const kept = row[i]
    row[i] = row[j]
    row[j] = kept
  }
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1

/**
 * - 'real': the spikes as they are.
 * - 'zero': no spikes.
 * - 'rate_matched': Poisson counts of each feature's mean, each on its own. Keeps the means alone.
 * - 'shuffled_channels': a fresh permutation of the features each step. Keeps the number of spikes and how unevenly they are spread.
 * - 'shuffled_time': the features of a random earlier step, of the last 1,000 of the same dish; rate-matched until there are 10. Keeps all that
 *   the features of a step have in common, not what they have to do with the present.
 *
 * @throws Bl1Error `loop/replacement`
 */
export const spikeReplacement = (name: SpikeReplacementName, { width, dishes, rates, rng }: SpikeReplacementOptions): SpikeReplacement => {
  const fail = (what: string, expected: string, received: string): never => {
    throw new Bl1Error('loop/replacement', { name, what, expected, received })
  }
  if (!SPIKE_REPLACEMENTS.includes(name)) fail('a name', `one of ${SPIKE_REPLACEMENTS.join(', ')}`, `${describe(name)} (nearest: '${closest(name, SPIKE_REPLACEMENTS)}')`)
  if (!isCount(width)) fail('width', 'a whole number from 1 on', String(width))
  if (!isCount(dishes)) fail('dishes', 'a whole number from 1 on', String(dishes))
  const needsRates = name === 'rate_matched' || name === 'shuffled_time'
  const means = Float64Array.from({ length: needsRates ? width : 0 }, (_, i) => rates?.[i] ?? NaN)
  if (needsRates && !(rates?.length === width && means.every((mean) => mean >= 0 && mean < Infinity))) {
    fail('rates', `${width} finite numbers from 0 on`, rates === undefined ? 'nothing' : describe(rates))
  }
  const memories = name === 'shuffled_time' ? Array.from({ length: dishes }, () => new RowMemory(width)) : []
  const present = new Float32Array(width)

  const drawCounts = (row: Float32Array): void => {
    for (let i = 0; i < width; i++) row[i] = poisson(means[i], rng)
  }
  const drawEarlier = (row: Float32Array, memory: RowMemory): void => {
    present.set(row)
    if (memory.count < FEWEST_STEPS) drawCounts(row)
    else memory.copy(rng.integer(memory.count), row)
    memory.remember(present)
  }

  return {
    name,
    apply: (dish, rows, index) => {
      if (!(Number.isInteger(dish) && dish >= 0 && dish < dishes)) throw new Bl1Error('loop/dish', { dish: String(dish), count: dishes })
      const row = rows.subarray(index * width, (index + 1) * width)
      if (row.length !== width) fail('a row', `${width} features`, `${row.length} at row ${index}`)
      switch (name) {
        case 'real':
          return
        case 'zero':
          row.fill(0)
          return
        case 'rate_matched':
          drawCounts(row)
          return
        case 'shuffled_channels':
          shuffleEntries(row, rng)
          return
        case 'shuffled_time':
          drawEarlier(row, memories[dish])
      }
    },
  }
}
