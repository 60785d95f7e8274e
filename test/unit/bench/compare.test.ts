/** A whole comparison: what runs when, and that neither the number of jobs nor an interruption shows in the results. */
import { describe, expect, it } from 'vitest'
import {
  PONG_DEFAULT_CONDITIONS,
  compareFeedback,
  conditionsOf,
  donorOf,
  inlineExecutor,
  pongStage,
  pongTrialSchema,
  seedsOf,
  type CompareOptions,
  type ConditionName,
  type Executor,
  type PongTrial,
  type PongTypes,
  type PreparedPong,
  type Protocol,
  type TeacherName,
} from '../../../src/bench/index.js'
import { Culture } from '../../../src/culture/index.js'
import { readParameters } from '../../../src/parameters.js'
import { Rng } from '../../../src/rng.js'
import { caught, rejected } from '../io/support.js'
import { trialResult } from './results.js'
import { smallParts, smallProtocol } from './small.js'

const snapshot = Culture.grow({ neurons: 1 }, 0).snapshot()

/** Does nothing, in a random order of completion, and keeps the order in which work was begun and the answers that were replayed. */
const idleExecutor = (seed = 0, taught: TeacherName = 'fep') => {
  const rng = Rng.fromSeed(seed).split('turns')
  const begun: string[] = []
  const scripts: string[] = []
  const rasters: string[] = []
  let running = 0
  let mostRunning = 0
  const later = async <T>(name: string, make: () => T): Promise<T> => {
    begun.push(name)
    mostRunning = Math.max(mostRunning, ++running)
    for (let turn = rng.integer(20); turn >= 0; turn--) await Promise.resolve()
    running--
    return make()
  }
  const scriptOf = (culture: number): PongTrial['script'] => ({ answers: [], pauses: [culture, culture + 1], rewards: [] })
  const executor: Executor<PongTypes> = {
    prepare: (culture) =>
      later(`prepare ${culture}`, (): PreparedPong => ({ seed: culture, snapshot, gains: { up: 1, down: 1 }, probe: [] })),
    trial: ({ seed: culture }, condition, { script, keepRaster }) =>
      later(`${condition} ${culture}`, () => {
        if (script !== undefined) scripts.push(`${condition} ${culture} replays ${script.pauses[0]}`)
        if (keepRaster === true) rasters.push(`${condition} ${culture}`)
        return trialResult(culture, condition, condition === taught ? { script: scriptOf(culture) } : {})
      }),
    scriptOf: ({ script }) => script,
  }
  return { executor, begun, scripts, rasters, mostRunning: () => mostRunning }
}

const keysOf = (results: readonly PongTrial[]): string[] => results.map(({ seed, condition }) => `${condition} ${seed}`)
const protocolOf = (conditions: readonly ConditionName[], cultures: number): Protocol => smallProtocol({ conditions: [...conditions], cultures, firstSeed: 5 })

describe('the plan', () => {
  it('takes the cultures in order and the next one as donor, the first for the last', () => {
    const seeds = seedsOf(protocolOf(['fep'], 3))
    expect(seeds).toEqual([5, 6, 7])
    expect(seeds.map((seed) => donorOf(seeds, seed))).toEqual([6, 7, 5])
  })

  it('lists each condition once, in reporting order', () => {
    expect(conditionsOf(protocolOf(['rest', 'fep', 'open_loop', 'rest'], 2))).toEqual(['fep', 'open_loop', 'rest'])
    expect(conditionsOf(smallProtocol())).toEqual([...PONG_DEFAULT_CONDITIONS])
  })

  it('puts whoever is taught first', () => {
    const protocol = protocolOf(['reward', 'rest', 'fep', 'avoidance'], 2)
    expect(conditionsOf(protocol)).toEqual(['fep', 'avoidance', 'reward', 'rest'])
    expect(conditionsOf({ ...protocol, taught: 'reward' })).toEqual(['reward', 'avoidance', 'fep', 'rest'])
  })

  it.each([
    ['without fep', 'fep', ['open_loop', 'silent'], 4],
    ['with one culture', 'fep', ['fep', 'open_loop'], 1],
    ['with another teacher than the taught one', 'avoidance', ['fep', 'open_loop'], 4],
  ] as const)('refuses open_loop %s, before anything runs', async (_, taught, conditions, cultures) => {
    const protocol = { ...protocolOf(conditions, cultures), taught }
    expect(caught(() => conditionsOf(protocol)).code).toBe('compare/yoked')
    const { executor, begun } = idleExecutor()
    expect((await rejected(compareFeedback(protocol, executor, { jobs: 1 }))).code).toBe('compare/yoked')
    expect(begun).toEqual([])
  })
})

describe('compareFeedback', () => {
  const protocol = protocolOf(PONG_DEFAULT_CONDITIONS, 5)
  const all = seedsOf(protocol).flatMap((seed) => PONG_DEFAULT_CONDITIONS.map((condition) => `${condition} ${seed}`))

  it.each([1, 2, 3, 8, 100])('runs everything once with %i jobs, never more at a time, and lists it by culture and condition', async (jobs) => {
    for (let order = 0; order < 20; order++) {
      const { executor, begun, scripts, rasters, mostRunning } = idleExecutor(order)
      expect(keysOf(await compareFeedback(protocol, executor, { jobs }))).toEqual(all)
      expect([...begun].sort()).toEqual([...all, ...seedsOf(protocol).map((seed) => `prepare ${seed}`)].sort())
      expect(mostRunning()).toBeLessThanOrEqual(jobs)
      // Every open loop replays its own donor's answers, whoever finished first.
      expect([...scripts].sort()).toEqual([5, 6, 7, 8, 9].map((seed) => `open_loop ${seed} replays ${seed === 9 ? 5 : seed + 1}`))
      expect(rasters).toEqual(['fep 5'])
    }
  })

  it.each(['avoidance', 'reward'] as const)('yokes to %s where that is what is taught, and keeps its raster', async (taught) => {
    const yoked = { ...protocolOf(['open_loop', 'fep', taught], 3), taught }
    const { executor, scripts, rasters } = idleExecutor(0, taught)
    const results = await compareFeedback(yoked, executor, { jobs: 2 })
    expect(keysOf(results).slice(0, 3)).toEqual([`${taught} 5`, 'fep 5', 'open_loop 5'])
    expect([...scripts].sort()).toEqual(['open_loop 5 replays 6', 'open_loop 6 replays 7', 'open_loop 7 replays 5'])
    expect(rasters).toEqual([`${taught} 5`])
  })

  it('runs only what is missing, prepares only the cultures it needs, and lists the same', async () => {
    const whole = await compareFeedback(protocol, idleExecutor().executor, { jobs: 2 })
    const finished = whole.filter(({ seed }, k) => seed === 7 || k % 2 === 0)
    const missing = all.filter((key) => !keysOf(finished).includes(key))
    const { executor, begun } = idleExecutor()
    const told: string[] = []
    const results = await compareFeedback(protocol, executor, { jobs: 2, finished, onResult: ({ seed, condition }) => told.push(`${condition} ${seed}`) })
    expect(results).toEqual(whole)
    expect([...begun].sort()).toEqual([...missing, 'prepare 5', 'prepare 6', 'prepare 8', 'prepare 9'].sort())
    expect(told.sort()).toEqual([...missing].sort())
  })

  it('does nothing when everything is finished', async () => {
    const finished = await compareFeedback(protocol, idleExecutor().executor, { jobs: 1 })
    const { executor, begun } = idleExecutor()
    expect(await compareFeedback(protocol, executor, { jobs: 1, finished })).toEqual(finished)
    expect(begun).toEqual([])
  })

  it('tells of each piece of work when it starts and when it is finished, its result stored by then', async () => {
    const events: string[] = []
    const note = (what: string) => (kind: string, seed: number) => void events.push(`${what} ${kind} ${seed}`)
    const options: CompareOptions<PongTrial> = {
      jobs: 1,
      onSimulated: note('begins'),
      onFinished: note('ends'),
      onResult: ({ condition, seed }) => void events.push(`stored ${condition} ${seed}`),
    }
    await compareFeedback(protocolOf(['silent'], 1), idleExecutor().executor, options)
    expect(events).toEqual(['begins prepare 5', 'ends prepare 5', 'begins silent 5', 'stored silent 5', 'ends silent 5'])
  })

  it('ends with the first failure', async () => {
    const { executor } = idleExecutor()
    const failing: Executor<PongTypes> = {
      ...executor,
      trial: (prepared, condition, options) =>
        condition === 'silent' ? Promise.reject(new Error('no medium')) : executor.trial(prepared, condition, options),
    }
    await expect(compareFeedback(protocol, failing, { jobs: 3 })).rejects.toThrow('no medium')
  })

  it('refuses a stored fep without answers to replay, instead of waiting for them for ever', async () => {
    const yoked = protocolOf(['fep', 'open_loop'], 2)
    const finished = [5, 6].map((seed) => trialResult(seed, 'fep'))
    const executor = inlineExecutor(pongStage(smallParts(smallProtocol({ restMinutes: 0, playMinutes: 0.001, probeMinutes: 0.001 }))))
    expect((await rejected(compareFeedback(yoked, executor, { jobs: 1, finished }))).code).toBe('compare/no-script')
  })
})

describe('a real comparison', () => {
  const conditions: ConditionName[] = ['fep', 'open_loop', 'silent', 'no_cells']
  const protocol = smallProtocol({ cultures: 3, conditions, restMinutes: 0.02, playMinutes: 0.05, probeMinutes: 0.03 })
  /** The work itself, handed in after a random number of turns: a later task may overtake an earlier one. */
  const shuffling = (): Executor<PongTypes> => {
    const executor = inlineExecutor(pongStage(smallParts(protocol)))
    const rng = Rng.fromSeed(3).split('turns')
    const turns = async (): Promise<void> => {
      for (let turn = rng.integer(20); turn >= 0; turn--) await Promise.resolve()
    }
    return {
      ...executor,
      prepare: (seed, options) => turns().then(() => executor.prepare(seed, options)),
      trial: (prepared, condition, options) => turns().then(() => executor.trial(prepared, condition, options)),
    }
  }

  it('gives identical results with 1 job, with 3, and continued from half of them as they were stored', async () => {
    const whole = await compareFeedback(protocol, inlineExecutor(pongStage(smallParts(protocol))), { jobs: 1 })
    expect(whole).toHaveLength(12)
    expect(new Set(whole.map((result) => JSON.stringify({ ...result, seed: 0, condition: '' }))).size).toBe(12)
    expect(await compareFeedback(protocol, shuffling(), { jobs: 3 })).toEqual(whole)

    const stored = whole.filter((_, k) => k % 2 === 0).map((result) => readParameters(pongTrialSchema, JSON.parse(JSON.stringify(result)), 'stored'))
    expect(await compareFeedback(protocol, shuffling(), { jobs: 3, finished: stored })).toEqual(whole)
  })
})
