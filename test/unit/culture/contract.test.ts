/** The executable contract: kept by the calibrated culture, broken by cultures that run away or fire by themselves. */
import { describe, expect, it } from 'vitest'
import { assertCulture, checkCulture, cultureRules, type CultureOptions } from '../../../src/culture/index.js'
import { codeOf } from './cultures.js'

const broken = (options: CultureOptions, seed = 3): string[] =>
  checkCulture({ neurons: 100, ...options }, seed).flatMap(({ rule, passed }) => (passed ? [] : [rule]))

describe('checkCulture', { timeout: 30_000 }, () => {
  it.each(['wasm', 'reference'] as const)('reports every rule once, all of them kept by the calibrated culture: %s', (engine) => {
    const checks = checkCulture({ neurons: 200, engine }, 3)
    expect(checks.map(({ rule }) => rule)).toEqual(Object.keys(cultureRules))
    expect(checks.filter(({ passed }) => !passed)).toEqual([])
    expect(() => assertCulture({ neurons: 100, engine }, 0)).not.toThrow()
  })

  it.each<[string, CultureOptions]>([
    ['one cell', { neurons: 1 }],
    ['all excitatory', { cells: { fastSpiking: { share: 0 }, lowThresholdSpiking: { share: 0 } } }],
    ['no plasticity at all', { shortTerm: { enabled: false }, stdp: { enabled: false }, homeostasis: { enabled: false } }],
    ['other receptors and delays', { synapses: { ampaShare: 1, gabaAShare: 0.5, ampaTauMs: 5 }, wiring: { conductionUmPerMs: 50 } }],
    ['no synapses', { wiring: { meanInDegree: 0 } }],
  ])('is kept by a culture with %s', (_, options) => {
    expect(broken(options)).toEqual([])
  })

  it('finds cells that fire without drive, and runaway', () => {
    const runaway: CultureOptions = {
      afterhyperpolarisation: { stepConductance: 0 },
      shortTerm: { enabled: false },
      synapses: { excitatoryTotal: 200, inhibitoryTotal: 0 },
    }
    expect(broken(runaway)).toEqual(['recovery'])
    expect(broken({ cells: { regularSpiking: { b: 1 } } })).toContain('silence')
    expect(codeOf(() => assertCulture({ neurons: 100, ...runaway }, 3))).toBe('culture/check')
  })

  it('refuses bad options and seeds instead of reporting them as broken rules', () => {
    expect(codeOf(() => checkCulture({ neurons: 0 }))).toBe('parameter/invalid')
    expect(codeOf(() => checkCulture({}, -1))).toBe('rng/seed')
  })
})
