/** Games of episodes: the numbers of one trial, chance, and what a report says of them, worked by hand. */
import { describe, expect, it } from 'vitest'
import {
  conditionTable,
  contrastTable,
  EPISODE_CONDITION_NAMES,
  EPISODE_METRICS,
  episodesOutcomeOf,
  episodesTask,
  episodesTrialSchema,
  glossaryTable,
  openingParagraph,
  playTable,
  returnCurve,
  summarise,
  type ConditionName,
  type EpisodesSummary,
  type EpisodesTrial,
} from '../../../src/bench/index.js'
import { readParameters } from '../../../src/parameters.js'
import { episode, episodesProtocol, episodesTrial, returning } from './episodeResults.js'

const protocol = episodesProtocol()
const task = episodesTask('Doom', true)

describe('episodesOutcomeOf', () => {
  it('takes the gain of the probe as mean return after minus before, finished episodes only', () => {
    const cut = episode(50_000, 10_000, { complete: false, endReason: null })
    const outcome = episodesOutcomeOf(episodesTrial(1, 'fep', { probeBefore: [...returning(0, 10), cut], probeAfter: returning(30, 60) }), protocol)
    expect(outcome).toMatchObject({ probeBefore: 5, probeAfter: 45, probeGain: 40 })
  })

  it('puts an episode, whole, where its end falls; one that play cut short counts nowhere', () => {
    // Ends at 8, 18, 28 s: early. 38 s and 48 s: between. 58 to 98 s: late; the last is unfinished.
    const episodes = returning(1, 2, 3, 100, 200, 10, 20, 30, 40, 9999)
    episodes[9] = { ...episodes[9], complete: false, endReason: null }
    expect(episodesOutcomeOf(episodesTrial(1, 'fep', { episodes }), protocol)).toMatchObject({ returnEarly: 2, returnLate: 25, returnGain: 23 })
    const dropped = episodesOutcomeOf(episodesTrial(1, 'fep', { episodes }), episodesProtocol({ dropSeconds: 10 }))
    expect(dropped.returnEarly).toBe(2.5)
  })

  it('counts kills, episodes won, damage and ammunition by the sizes of events', () => {
    const kill = { kill: { count: 1, size: 2 } }
    const episodes = [
      episode(0, 0, { endReason: 'goal', durationMs: 2000, events: { ...kill, ammoUsed: { count: 3, size: 5 } } }),
      episode(10_000, 0, { endReason: 'death', durationMs: 4000, events: { damageTaken: { count: 2, size: 30 } } }),
      episode(60_000, 0, { endReason: 'engineTimeout', events: { ammoUsed: { count: 1, size: 3 } } }),
      episode(70_000, 0, { endReason: 'goal', events: kill }),
    ]
    expect(episodesOutcomeOf(episodesTrial(1, 'fep', { episodes }), protocol)).toMatchObject({
      killsEarly: 1,
      killsLate: 1,
      killsGain: 0,
      wonEarly: 0.5,
      wonLate: 0.5,
      wonGain: 0,
      damageTaken: 30 / 4,
      // 8 rounds for 4 kills
      ammoPerKill: 2,
      secondsEarly: 3,
      secondsLate: 8,
    })
  })

  it('is null, never a number made up, where there is nothing to measure', () => {
    const outcome = episodesOutcomeOf(episodesTrial(1, 'no_cells'), protocol)
    expect(Object.keys(outcome).sort()).toEqual(Object.keys(EPISODE_METRICS).sort())
    expect(new Set(Object.values(outcome))).toEqual(new Set([null]))
    expect(episodesOutcomeOf(episodesTrial(1, 'fep', { episodes: returning(5) }), protocol)).toMatchObject({ ammoPerKill: null, returnGain: null, returnEarly: 5 })
    expect(episodesOutcomeOf(episodesTrial(1, 'fep', { probeBefore: [], probeAfter: returning(1) }), protocol)).toMatchObject({ probeBefore: null, probeGain: null })
  })
})

describe('returnCurve', () => {
  it('averages the episodes that ended in each eighth of play, first within a culture, then over cultures', () => {
    const results = [
      episodesTrial(1, 'fep', { durationMs: 80_000, episodes: returning(4, 2, 8) }),
      episodesTrial(2, 'fep', { durationMs: 80_000, episodes: [...returning(0), episode(1000, 2)] }),
    ]
    expect(returnCurve('fep', results).mean).toEqual([2.5, 2, 8, NaN, NaN, NaN, NaN, NaN])
  })

  it('has the episode that ends with the session in the last eighth', () => {
    const results = [episodesTrial(1, 'fep', { durationMs: 80_000, episodes: [episode(72_000, 6)] })]
    expect(returnCurve('fep', results).mean[7]).toBe(6)
  })
})

/** Every culture alike: mean returns of the probe after play by condition, 0 before. */
const comparison = (after: Partial<Record<ConditionName, number | null>>, cultures = 8): { summary: EpisodesSummary; text: string; results: EpisodesTrial[] } => {
  const conditions = EPISODE_CONDITION_NAMES.filter((condition) => condition in after)
  const given = episodesProtocol({ conditions, cultures })
  const results = conditions.flatMap((condition) =>
    Array.from({ length: cultures }, (_, k) => {
      const gained = after[condition] ?? null
      const probes = gained === null ? {} : { probeBefore: returning(0, 0), probeAfter: returning(gained, gained) }
      return episodesTrial(11 + k, condition, { ...probes, episodes: returning(k, k, k, 0, 0, 2 * k, 2 * k) })
    }),
  )
  const summary = summarise(task, results, given)
  const setting = { protocol: given, neurons: 250, isPlastic: true }
  const tables = [conditionTable(task, summary), playTable(task, summary), contrastTable(task, summary), glossaryTable(task, summary)]
  const cells = tables.flatMap(({ caption, columns, rows, note = '' }) => [caption, note, ...columns, ...rows.flat()])
  return { summary, text: [openingParagraph(task, summary, setting), ...cells].join('\n'), results }
}

describe('a comparison of games of episodes', () => {
  it('claims learning with the numbers behind it, in the words of the game', () => {
    const { summary, text } = comparison({ fep: 25, open_loop: 0, silent: 0 })
    expect(summary.verdict).toBe('learned')
    expect(text).toMatch(/^8 simulated cultures of 250 neurons played Doom for 20 min under each of 3 conditions, with the same wiring, noise and games in every condition, left and right exchanged in every second culture\. /)
    expect(text).toContain('The return per episode gained in the frozen probe was larger under fep than under open_loop and silent, each beyond chance after correction: these cultures learned from the feedback.')
    // 2 of 2^8 sign patterns, twice that after correction for two comparisons
    expect(text).toContain('Minus the change under open_loop in the same cultures this is +25.0 [+25.0, +25.0] (d_z n/a, p 0.0078, after correction 0.016).')
  })

  it('prints a null result as one, and a loss as one', () => {
    const equal = comparison({ fep: 3, open_loop: 3, rest: 3 })
    expect(equal.summary.verdict).toBe('no evidence')
    expect(equal.text).toContain('There is no evidence that the feedback taught these cultures anything: the return per episode gained')
    expect(equal.text).toContain('; the interval includes zero.')
    const loss = comparison({ fep: -5, open_loop: 0 })
    expect(loss.summary.verdict).toBe('learned to lose')
    expect(loss.text).toContain('the feedback taught these cultures to lose.')
  })

  it('says that play is no evidence, and takes chance from random actions in the same games', () => {
    const { summary, text } = comparison({ fep: 0, open_loop: 0, no_cells: null, random_actions: null })
    // Culture k returns k, k, k, 0, 0, 2k, 2k: mean 7k / 7; over k = 0 to 7 that is 3.5.
    expect(summary.chance).toEqual({ return: 3.5, kills: 0, won: 0 })
    expect(text).toContain('early to 7.0 [')
    expect(text).toContain('late (random actions in the same games: 3.5); returns during play depend on the answers themselves and are no evidence of learning.')
    expect(comparison({ fep: 0, open_loop: 0 }).summary.chance).toBeNull()
  })

  it('counts finished episodes, and probes nothing without cells', () => {
    const { summary } = comparison({ fep: 0, silent: 0, random_actions: null })
    expect(summary.conditions.map(({ condition, episodes }) => [condition, episodes])).toEqual([['fep', 56], ['silent', 56], ['random_actions', 56]])
    expect(summary.contrasts.filter(({ metric }) => metric === 'probeGain').map(({ against }) => against)).toEqual(['silent'])
    expect(summary.contrasts.filter(({ metric }) => metric === 'returnLate').map(({ against }) => against)).toEqual(['silent', 'random_actions'])
  })

  it('shows no missing number as one, whatever is missing', () => {
    for (const after of [{ fep: null, rest: null }, { fep: 1, silent: null }, { no_cells: null }, {}]) {
      expect(comparison(after).text).not.toMatch(/NaN|undefined|\bnull\b|Infinity|\[object| {2}|\(\)/)
      expect(comparison(after, 1).text).not.toMatch(/NaN|undefined|\bnull\b|Infinity|\b1 (cultures|comparisons|conditions)\b/)
    }
  })

  it('reads stored trials back as they were, and refuses others', () => {
    const trial = episodesTrial(3, 'fep', {
      episodes: [episode(0, -12.5, { endReason: 'goal', events: { kill: { count: 1, size: 1 } } })],
      answers: [{ startMs: 5, answer: { name: 'kill', kind: 'predictable', interrupts: [1], pulses: [{ offsetMs: 0, channels: [2], currentUa: 2, phaseWidthUs: 120 }], suspendsSensoryMs: 0 } }],
      actionShares: [[0.5, 0.5]],
    })
    expect(readParameters(episodesTrialSchema, JSON.parse(JSON.stringify(trial)), 'stored')).toEqual(trial)
    expect(() => readParameters(episodesTrialSchema, { ...trial, episodes: [{}] }, 'stored')).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
  })
})
