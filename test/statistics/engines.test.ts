/**
 * The fast engine against the reference in double precision, over 60 s and 8 seeds, when they have long parted spike for spike. Both have
 * the same networks and noise, so that each culture is compared with itself: the mean paired difference of each quantity lies within the
 * interval that such differences have by chance. An engine whose noise had a mean of 0.05 mV/ms would be found out.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { beforeAll, expect, it } from 'vitest'

type Quantity = 'rateHz' | 'bursts' | 'intervalVariation' | 'weightChange'
type Statistics = Readonly<Record<Quantity, number>>
interface Pair {
  readonly fast: readonly Statistics[]
  readonly reference: readonly Statistics[]
}
interface Measured {
  readonly calibrated: Pair
  readonly tonic: Pair
  readonly biased: readonly Statistics[]
}

/** Student's t of 99.9 % (two-sided) for the 7 degrees of freedom of 8 pairs. */
const T_999 = 5.408
const LIMIT_MS = 240_000

/** Mean difference of the pairs, over the largest that chance gives but once in a thousand times; 0 where no pair differs. */
const excess = (one: readonly Statistics[], other: readonly Statistics[], name: Quantity): number => {
  const differences = one.map((statistics, k) => statistics[name] - other[k][name])
  const distance = Math.abs(mean(differences))
  return distance === 0 ? 0 : distance / ((T_999 * sampleStandardDeviation(differences)) / Math.sqrt(differences.length))
}

let measured: Measured

beforeAll(() => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, ['test/fixtures/engines/statistics.mjs'], { cwd: root, encoding: 'utf8', timeout: LIMIT_MS })
  if (stderr !== '') throw new Error(stderr)
  measured = JSON.parse(stdout) as Measured
}, LIMIT_MS)

it.each(['calibrated', 'tonic'] as const)('the engines have the same rates, bursts, intervals and weight changes: %s cultures', (kind) => {
  const { fast, reference } = measured[kind]
  expect(fast).not.toEqual(reference)
  for (const { rateHz, bursts } of reference) {
    expect(rateHz).toBeGreaterThan(0.2)
    expect(bursts > 0).toBe(kind === 'calibrated')
  }
  const differing = (['rateHz', 'bursts', 'intervalVariation', 'weightChange'] as const).filter((name) => excess(fast, reference, name) >= 1)
  expect(differing).toEqual([])
})

it('a mean of 0.05 mV/ms in the noise would show', () => {
  expect(excess(measured.biased, measured.tonic.reference, 'rateHz')).toBeGreaterThan(1)
})
