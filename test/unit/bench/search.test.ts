/** Honest search without files: spaces, draws, rungs, halving, scores, seeds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drawSettings, firstFreeSeed, halve, mergeRanges, overlapOf, protocolParameters, rungsOf, scoreOf, searchParameters, searchSpaceOf, settingsSentence,
  showRanges, type SearchSpace, type SeedRange,
} from '../../../src/bench/index.js'
import { readParameters } from '../../../src/parameters.js'

const PATHS = ['a.x', 'a.y', 'b']
const spaceOf = (parameters: object, search: object = {}): SearchSpace => readParameters(searchSpaceOf(PATHS), { parameters, search }, 'space.yaml')

describe('a space', () => {
  it.each([
    ['no parameters', {}, {}, 'parameter/invalid', /'parameters' must be at least one path/],
    ['a path that is not there', { 'a.z': { values: [1] } }, {}, 'parameter/unknown', /Did you mean 'a\.[xy]'/],
    ['a misspelt key of a range', { b: { form: 1, to: 2 } }, {}, 'parameter/unknown', /'parameters\.b\.form' is not a known key\. Did you mean 'from'/],
    ['neither values nor range', { b: {} }, {}, 'parameter/invalid', /'values', or both 'from' and 'to'/],
    ['half a range', { b: { from: 1 } }, {}, 'parameter/invalid', /both 'from' and 'to'/],
    ['values and a range', { b: { values: [1], from: 1, to: 2 } }, {}, 'parameter/invalid', /not both/],
    ['no values', { b: { values: [] } }, {}, 'parameter/invalid', /of length 1 or more/],
    ['a range the wrong way round', { b: { from: 3, to: 2 } }, {}, 'parameter/invalid', /'parameters\.b\.from' must be at most 'to' \(2\), but it is 3/],
    ['NaN', { b: { from: NaN, to: 2 } }, {}, 'parameter/invalid', /'parameters\.b\.from' must be a number, but it is NaN/],
    ['an endless range', { b: { from: 0, to: Infinity } }, {}, 'parameter/invalid', /'parameters\.b\.to' must be a number, but it is Infinity/],
    ['a logarithm of zero', { b: { from: 0, to: 2, scale: 'log' } }, {}, 'parameter/invalid', /above 0 on a logarithmic scale/],
    ['whole numbers where there are none', { b: { from: 0.2, to: 0.8, whole: true } }, {}, 'parameter/invalid', /a whole number lies between/],
    ['an unknown scale', { b: { from: 1, to: 2, scale: 'lgo' } }, {}, 'parameter/invalid', /one of 'linear', 'log'/],
    ['a search without settings', { b: { values: [1] } }, { settings: 0 }, 'parameter/invalid', /'search\.settings' must be at least 1/],
    ['a search that keeps all', { b: { values: [1] } }, { keep: 1 }, 'parameter/invalid', /'search\.keep' must be at most 0\.95/],
    ['a search against nothing known', { b: { values: [1] } }, { against: 'yoked' }, 'parameter/invalid', /'search\.against' must be/],
    ['a misspelt key of the search', { b: { values: [1] } }, { culturse: 2 }, 'parameter/unknown', /Did you mean 'cultures'/],
  ])('refuses %s', (_, parameters, search, code, message) => {
    const read = () => spaceOf(parameters, search)
    expect(read).toThrow(expect.objectContaining({ code }))
    expect(read).toThrow(message)
  })
})

describe('drawn settings', () => {
  const space = (settings: number, seed = 1) =>
    spaceOf({ 'a.x': { from: 0.001, to: 1000, scale: 'log' }, 'a.y': { from: 3, to: 6, whole: true }, b: { values: ['p', 'q', null] } }, { settings, seed })

  it('lie in the space, differ from one another, and are the same for the same seed; more settings begin with the fewer ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (count, seed) => {
        const settings = drawSettings(space(count, seed))
        expect(settings).toHaveLength(count)
        for (const setting of settings) {
          expect(setting['a.x']).toSatisfy((x: number) => x >= 0.001 && x <= 1000)
          expect([3, 4, 5, 6]).toContain(setting['a.y'])
          expect(['p', 'q', null]).toContain(setting['b'])
        }
        expect(new Set(settings.map((setting) => JSON.stringify(setting))).size).toBe(count)
        expect(drawSettings(space(count + 5, seed)).slice(0, count)).toEqual(settings)
      }),
      { numRuns: 20 },
    )
  })

  it('of a parameter do not depend on what else varies', () => {
    const more = drawSettings(space(30)).map((setting) => setting['a.x'])
    expect(drawSettings(spaceOf({ 'a.x': { from: 0.001, to: 1000, scale: 'log' } }, { settings: 30 })).map((setting) => setting['a.x'])).toEqual(more)
  })

  it('on a logarithmic scale give each decade its share, and each whole number its share', () => {
    const settings = drawSettings(space(2000))
    // 6 decades: 2000/6 = 333 in each, with a standard deviation of sqrt(2000 x 1/6 x 5/6) = 17: within 5 of them
    for (let decade = -3; decade < 3; decade++) {
      const inside = settings.filter((setting) => Math.floor(Math.log10(Number(setting['a.x']))) === decade).length
      expect(Math.abs(inside - 2000 / 6)).toBeLessThan(85)
    }
    // 4 numbers: 500 each, standard deviation 19
    for (const whole of [3, 4, 5, 6]) expect(Math.abs(settings.filter((setting) => setting['a.y'] === whole).length - 500)).toBeLessThan(97)
  })

  it('are all there are where there are fewer than asked for', () => {
    const settings = drawSettings(spaceOf({ 'a.y': { from: 1, to: 3, whole: true }, b: { values: [true, false] } }, { settings: 50 }))
    expect(settings.map((setting) => JSON.stringify(setting)).sort()).toEqual([1, 2, 3].flatMap((y) => [false, true].map((b) => JSON.stringify({ 'a.y': y, b }))).sort())
  })
})

describe('the rungs', () => {
  it('of the default search: 24, 8 and 3 settings, each with 1/0.34 times the work of the one before, cultures first, on seeds of their own', () => {
    const rungs = rungsOf(searchParameters.parse({}), 24)
    expect(rungs.map(({ settings }) => settings)).toEqual([24, 8, 3])
    // sqrt(1/0.34) = 1.715: 2 x 1.715 = 3.43 -> 4 cultures, 8 x 2.941 / 4 = 5.88 min; 2 x 2.941 = 5.88 -> 6 cultures, 8 x 8.651 / 6 = 11.5 min
    expect(rungs.map(({ cultures, minutes }) => [cultures, minutes])).toEqual([[2, 4], [4, 5.88], [6, 11.5]])
    expect(rungs.map(({ seeds }) => seeds)).toEqual([[1, 2], [3, 6], [7, 12]])
  })

  it('always leave a setting, never shrink the work, and never share a seed', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 100 }), (keep, count, settings) => {
        const rungs = rungsOf({ ...searchParameters.parse({}), keep, rungs: count, settings }, settings)
        for (const [k, rung] of rungs.entries()) {
          const before = rungs[k - 1]
          expect(rung.settings).toBeGreaterThanOrEqual(1)
          expect(rung.seeds[1] - rung.seeds[0] + 1).toBe(rung.cultures)
          if (before === undefined) continue
          expect(rung.settings).toBeLessThanOrEqual(before.settings)
          expect(rung.cultures).toBeGreaterThanOrEqual(before.cultures)
          expect(rung.seeds[0]).toBe(before.seeds[1] + 1)
        }
      }),
    )
  })
})

describe('halving', () => {
  const search = searchParameters.parse({ settings: 6, keep: 0.5, rungs: 3 })

  it('lets the better ones go on, in the order they came, and ranks by how far they came, then by their last score', async () => {
    const scores: Record<string, readonly (number | null)[]> = { a: [1, 0.5], b: [5, 0.1], c: [null], d: [4, 9, 2], e: [3, 8, 7], f: [3, 0] }
    const played: string[] = []
    const ranked = await halve(Object.keys(scores), rungsOf(search, 6), async (rung, settings) => {
      played.push(`${rung.number} ${settings.join('')}`)
      return settings.map((name) => scores[name]?.[rung.number - 1] ?? null)
    })
    // of e and f with 3 each the one that was drawn first is kept; of the second rung's three two stay (1.5, rounded)
    expect(played).toEqual(['1 abcdef', '2 bde', '3 de'])
    expect(ranked.map(({ setting, rank }) => `${setting}${rank}`)).toEqual(['a5', 'b3', 'c6', 'd2', 'e1', 'f4'])
  })

  it('ends when no setting has a score, and still ranks all', async () => {
    let rungs = 0
    const ranked = await halve(['a', 'b'], rungsOf(search, 2), async (_, settings) => {
      rungs++
      return settings.map(() => null)
    })
    expect(rungs).toBe(1)
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2])
  })
})

describe('a score', () => {
  const culture = (seed: number, fep: number | null, open: number | null) => ({ seed, outcomes: { fep: { gain: fep }, open_loop: { gain: open } } })
  const asked = { metric: 'gain', taught: 'fep', against: 'open_loop' } as const

  it('is the mean over cultures of the difference, of those that have both numbers', () => {
    expect(scoreOf([culture(1, 0.5, 0.25), culture(2, 0.5, -0.25), culture(3, null, 1), culture(4, 1, null)], asked)).toEqual({ mean: 0.5, sd: expect.closeTo(Math.SQRT2 / 4, 12), n: 2 })
    expect(scoreOf([culture(1, 0.5, null), culture(2, 0.25, 9)], { ...asked, against: null })).toMatchObject({ mean: 0.375, n: 2 })
  })

  it('is null without any', () => {
    expect(scoreOf([culture(1, null, 1)], asked)).toEqual({ mean: null, sd: null, n: 0 })
    expect(scoreOf([], asked)).toEqual({ mean: null, sd: null, n: 0 })
  })
})

describe('stretches of seeds', () => {
  const range = fc.tuple(fc.nat(60), fc.nat(8)).map(([first, more]): SeedRange => [first, first + more])
  const seedsIn = (ranges: readonly SeedRange[]): Set<number> => new Set(ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, k) => first + k)))

  it('merge to the same seeds, overlap exactly where they share one, and the free ones are free', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), range, (used, asked) => {
        expect(seedsIn(mergeRanges(used))).toEqual(seedsIn(used))
        const shared = [...seedsIn([asked])].filter((seed) => seedsIn(used).has(seed))
        const overlap = overlapOf(asked, used)
        expect(overlap === undefined).toBe(shared.length === 0)
        if (overlap !== undefined) for (const seed of seedsIn([overlap])) expect(shared).toContain(seed)
        const count = asked[1] - asked[0] + 1
        const free = firstFreeSeed(asked[0], count, used)
        expect(free).toBeGreaterThanOrEqual(asked[0])
        expect(overlapOf([free, free + count - 1], used)).toBeUndefined()
      }),
    )
  })

  it('read as a person writes them', () => {
    expect(showRanges([[30, 30], [1, 5], [6, 8]])).toBe('1 to 8, 30')
  })

  it('of a config are pairs in order', () => {
    expect(protocolParameters.parse({}).usedSeeds).toEqual([])
    for (const usedSeeds of [[[2, 1]], [[1]], [[-1, 2]], [[1, NaN]], [1, 2], [[0.5, 2]]]) {
      expect(() => readParameters(protocolParameters, { usedSeeds }, 'config')).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    }
  })
})

describe('what a report says of the search', () => {
  const protocol = { settingsTried: 24, usedSeeds: [[1, 12]] as [number, number][], firstSeed: 1001, cultures: 20 }

  it('names the settings tried and both stretches of seeds', () => {
    expect(settingsSentence(protocol)).toBe('The config declares that 24 settings had been tried on seeds 1 to 12 before this one was frozen; this run is on seeds 1001 to 1020.')
  })

  it('says that a run on seeds of the search confirms nothing', () => {
    expect(settingsSentence({ ...protocol, firstSeed: 10 })).toMatch(/this run is on seeds 10 to 29, which share 10 to 12 with them: it confirms nothing\.$/)
  })

  it('names the hash of what was frozen', () => {
    expect(settingsSentence(protocol, { sha256: 'abc', frozenAt: '2026-01-01T00:00:00.000Z' })).toContain('written down before the first culture played (2026-01-01T00:00:00.000Z, SHA-256 abc).')
  })
})
