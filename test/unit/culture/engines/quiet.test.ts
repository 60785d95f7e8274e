/** Denormal numbers make processors many times slower: what a step touches in a quiet culture never sinks so low. */
import { expect, it } from 'vitest'
import { Culture } from '../../../../src/culture/index.js'

const SMALLEST_NORMAL = 2 ** -126
/** What every step reads and writes. */
const TOUCHED = ['v', 'u', 'ampa', 'nmdaRise', 'nmdaDecay', 'gabaA', 'gabaBRise', 'gabaBDecay', 'afterhyperpolarisation'] as const

it.each(['wasm', 'reference'] as const)('no column that a step touches holds a denormal number, however long a culture is quiet: %s', (engine) => {
  const noise = { fastSd: 0, slowDishSd: 0, slowPatchSd: 0 }
  const cells = { bias: -10, biasLowThreshold: -10, biasSd: 0 }
  // 100 ms instead of 7 s, so that 30 s are 300 time constants; e^-88 is denormal
  const culture = Culture.grow({ neurons: 18, engine, noise, cells, afterhyperpolarisation: { tauMs: 100 } }, 1)
  for (const name of TOUCHED.slice(2)) culture.state[name].fill(0.5, 0, 9)
  const everyCell = Array.from({ length: 18 }, (_, i) => i)
  culture.advance(0.5, { count: 18, steps: everyCell.map(() => 0), neurons: everyCell, amplitudesMv: everyCell.map(() => 300) })
  for (let second = 0; second < 30; second++) {
    culture.advance(1000)
    const denormal = TOUCHED.filter((name) => culture.state[name].some((value) => value !== 0 && Math.abs(value) < SMALLEST_NORMAL))
    expect(denormal).toEqual([])
  }
  expect(culture.state.ampa[0]).toBeGreaterThan(0)
  expect(culture.state.afterhyperpolarisation[0]).toBeLessThan(1e-19)
})
