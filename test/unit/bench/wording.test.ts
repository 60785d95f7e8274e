/** The words of a report: what each verdict reads like, and that no missing number ever shows as one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CONDITIONS,
  PONG_CONDITION_NAMES,
  PONG_METRICS,
  conditionTable,
  contrastTable,
  glossaryTable,
  openingParagraph,
  playTable,
  pongTask,
  showInterval,
  showP,
  summarise,
  teacherTables,
  TEACHERS,
  type ConditionName,
  type Contrast,
  type MeanInterval,
  type PongMetric,
  type PongSummary,
  type OtherTeacher,
  type Protocol,
  type TeacherName,
  type Verdict,
} from '../../../src/bench/index.js'
import { AVOIDED, FOLLOWED, IGNORED, trialResult } from './results.js'
import { played, smallProtocol } from './small.js'

const setting = (changes: Partial<Protocol> = {}) => ({
  protocol: smallProtocol({ cultures: 8, firstSeed: 11, playMinutes: 20, dropSeconds: 0, ...changes }),
  neurons: 1000,
  isPlastic: true,
})

/** Every culture alike: the probes after play by condition, those before play without skill. */
const paragraphOf = (after: Partial<Record<ConditionName, typeof FOLLOWED>>, changes: Partial<Protocol> = {}): string => {
  const conditions = PONG_CONDITION_NAMES.filter((condition) => condition in after)
  const given = setting({ conditions, ...changes })
  const results = conditions.flatMap((condition) =>
    Array.from({ length: given.protocol.cultures }, (_, k) =>
      trialResult(given.protocol.firstSeed + k, condition, {
        durationMs: 8000,
        encounters: played('HMMHHMHM'),
        probeBefore: IGNORED,
        probeAfter: after[condition] ?? null,
      }),
    ),
  )
  return openingParagraph(pongTask, summarise(pongTask, results, given.protocol), given)
}

describe('the opening paragraph', () => {
  it('says what was done, on how much', () => {
    expect(paragraphOf({ fep: IGNORED, silent: IGNORED })).toMatch(
      /^8 simulated cultures of 1000 neurons played Pong for 20 min under each of 2 conditions, with the same wiring, noise and serves in every condition, up and down exchanged in every second culture\. /,
    )
    expect(paragraphOf({ fep: IGNORED }, { cultures: 1, playMinutes: 1 / 3, exchangeUpDown: false })).toMatch(
      /^1 simulated culture of 1000 neurons played Pong for 0.333 min under 1 condition, with the same wiring, noise and serves in every condition\. /,
    )
    expect(openingParagraph(pongTask, summarise(pongTask, [], setting().protocol), { ...setting(), isPlastic: false })).toContain('1000 neurons (without long-term plasticity) played')
  })

  it('claims learning with the numbers behind it', () => {
    const text = paragraphOf({ fep: FOLLOWED, open_loop: IGNORED, silent: IGNORED })
    expect(text).toContain('larger under fep than under open_loop and silent, each beyond chance after correction: these cultures learned from the feedback.')
    expect(text).toContain('changed by +0.667 [+0.667, +0.667] under fep.')
    // 2 of 2^8 sign patterns, twice that after correction for two comparisons; no spread, so no d_z.
    expect(text).toContain('Minus the change under open_loop in the same cultures this is +0.667 [+0.667, +0.667] (d_z n/a, p 0.0078, after correction 0.016).')
    expect(text).not.toContain('no evidence that')
  })

  it('says when cultures learned to miss', () => {
    const text = paragraphOf({ fep: AVOIDED, open_loop: IGNORED })
    expect(text).toContain('fell under fep compared with open_loop, each beyond chance after correction: the feedback taught these cultures to miss.')
    expect(text).toContain('changed by \u22120.667')
  })

  it('prints a null result as one', () => {
    const text = paragraphOf({ fep: IGNORED, open_loop: IGNORED, silent: IGNORED, rest: IGNORED })
    expect(text).toContain('There is no evidence that the feedback taught these cultures anything')
    expect(text).toContain('did not differ beyond chance from that under open_loop, silent and rest.')
    expect(text).toContain('; the interval includes zero.')
    expect(text).toContain('With 8 cultures and 3 comparisons, an effect of d_z =')
    expect(text).toContain('smaller effects cannot be excluded')
  })

  it('names the condition that shares the gain', () => {
    const text = paragraphOf({ fep: FOLLOWED, open_loop: FOLLOWED, silent: IGNORED, rest: IGNORED })
    expect(text).toContain('fep differed in the frozen probe from silent and rest, but not from all of open_loop, silent and rest, and a gain that another condition shares cannot be put down to the feedback.')
  })

  it('does not call opposite differences a shared gain', () => {
    const text = paragraphOf({ fep: IGNORED, silent: FOLLOWED, rest: AVOIDED })
    expect(text).toContain('There is no evidence of learning from feedback: the skill gained in the frozen probe under fep was larger than under some of silent and rest and smaller than under others.')
    expect(text).not.toContain('but not from all')
  })

  it('claims nothing where a control gains as much, and names what was beaten where it does not', () => {
    const shared = paragraphOf({ fep: FOLLOWED, open_loop: IGNORED, inverted: FOLLOWED, plasticity_off: IGNORED })
    expect(shared).toContain('under fep was larger than under open_loop, each beyond chance after correction, but not than under inverted, and a gain that a control shares cannot be put down to the feedback.')
    expect(shared).not.toContain('learned from')
    expect(paragraphOf({ fep: FOLLOWED, open_loop: IGNORED, plasticity_off: IGNORED })).toContain('than under open_loop, and than under plasticity_off, each beyond chance after correction: these cultures learned from the feedback.')
  })

  it('takes what the others lost or gained for no gain or loss under fep', () => {
    expect(paragraphOf({ fep: IGNORED, open_loop: AVOIDED })).toContain(
      'There is no evidence of learning from feedback: the skill gained in the frozen probe under fep was larger than under open_loop, each beyond chance after correction, but it did not rise beyond chance by itself.',
    )
    expect(paragraphOf({ fep: IGNORED, open_loop: FOLLOWED })).toContain('was smaller than under open_loop, each beyond chance after correction, but it did not fall beyond chance by itself.')
  })

  it('says what a gain without a yoked twin does not show', () => {
    expect(paragraphOf({ fep: FOLLOWED, silent: IGNORED })).toContain(
      'larger under fep than under silent, each beyond chance after correction; nothing in this run is yoked to fep (open_loop), so whether its contingency did it is not shown.',
    )
  })

  it('says what a single culture, or one without probes, cannot tell', () => {
    for (const text of [paragraphOf({ fep: FOLLOWED, silent: IGNORED }, { cultures: 1 }), paragraphOf({ fep: FOLLOWED.slice(0, 1), silent: IGNORED })]) {
      expect(text).toContain('Whether fep taught anything cannot be said from this run: it needs fep, at least one other condition with cells, at least two cultures')
    }
    expect(paragraphOf({ fep: FOLLOWED, silent: IGNORED }, { cultures: 1 })).toContain(
      'With 1 culture and 1 comparison no result could have been significant (the smallest p that 1 culture can give is 1.0, above 0.05 / 1 = 0.050',
    )
  })

  it('says when so few cultures could never have been significant, however clear', () => {
    const text = paragraphOf({ fep: FOLLOWED, silent: IGNORED, rest: IGNORED }, { cultures: 5 })
    expect(text).toContain('There is no evidence that the feedback taught')
    expect(text).toContain('With 5 cultures and 2 comparisons no result could have been significant (the smallest p that 5 cultures can give is 0.063')
    expect(text).toContain('run more cultures.')
    expect(text).not.toContain('80 % power')
  })

  it('warns that hit rates during play are no evidence, and gives the chance level', () => {
    expect(paragraphOf({ fep: IGNORED, silent: IGNORED })).toMatch(
      /During play under fep the hit rate went from 0\.\d\d \[.*\] early to 0\.\d\d \[.*\] late \(a paddle of this size placed at random: 0\.33\); hit rates during play depend on the answers themselves and are no evidence of learning\./,
    )
  })

  it('says how many settings were tried', () => {
    expect(paragraphOf({ fep: IGNORED })).toContain('The config declares that no other setting was tried on these cultures (seeds 11 to 18).')
    expect(paragraphOf({ fep: IGNORED }, { settingsTried: 177 })).toContain(
      'The config declares that 177 others had been tried before this setting was frozen, on other seeds than these (seeds 11 to 18).',
    )
    expect(paragraphOf({ fep: IGNORED }, { settingsTried: 1, cultures: 1 })).toContain('1 other had been tried before this setting was frozen, on other seeds than these (seed 11).')
  })

  it('speaks of nothing that was not run', () => {
    expect(paragraphOf({ silent: IGNORED, rest: IGNORED })).not.toMatch(/under fep the hit rate|changed by|power/)
  })
})

describe('what was taught by other means than fep', () => {
  const avoided = { avoidance: FOLLOWED, fep: IGNORED, open_loop: IGNORED, silent: IGNORED, no_feedback: IGNORED }

  it.each([
    ['avoidance', 'avoidance feedback'],
    ['reward', 'reward'],
  ] as const)('names %s and what was learned from', (taught, lesson) => {
    const learned = paragraphOf({ [taught]: FOLLOWED, open_loop: IGNORED, silent: IGNORED }, { taught })
    expect(learned).toContain(`larger under ${taught} than under open_loop and silent, each beyond chance after correction: these cultures learned from the ${lesson}.`)
    expect(learned).toContain(`changed by +0.667 [+0.667, +0.667] under ${taught}. Minus the change under open_loop`)
    expect(learned).toContain(`During play under ${taught} the hit rate`)
    expect(paragraphOf({ [taught]: AVOIDED, open_loop: IGNORED }, { taught })).toContain(`the ${lesson} taught these cultures to miss.`)
    expect(paragraphOf({ [taught]: IGNORED, open_loop: IGNORED }, { taught })).toContain(`There is no evidence that the ${lesson} taught these cultures anything`)
    expect(paragraphOf({ open_loop: IGNORED, silent: IGNORED }, { taught, conditions: ['silent'] })).toContain(`Whether ${taught} taught anything cannot be said from this run: it needs ${taught},`)
    expect(learned).not.toMatch(/fep|DishBrain|from the feedback/)
  })

  it('says of fep beside it that it taught nothing, with its own numbers', () => {
    expect(paragraphOf(avoided, { taught: 'avoidance' })).toContain(
      'There is no evidence that fep taught these cultures anything: the skill gained in the frozen probe under fep did not differ beyond chance from that under silent and no_feedback (minus silent 0.000 [0.000, 0.000], p after correction 1.0; minus no_feedback 0.000 [0.000, 0.000], p after correction 1.0).',
    )
    expect(paragraphOf({ ...avoided, silent: AVOIDED }, { taught: 'avoidance' })).toContain('under fep was not beyond chance larger than under each of silent and no_feedback (minus silent +0.667')
    expect(paragraphOf({ avoidance: FOLLOWED, fep: IGNORED, open_loop: IGNORED }, { taught: 'avoidance' })).toContain('Whether fep taught anything cannot be said from this run: it needs silent or no_feedback')
  })

  it('never says that fep taught where nothing is yoked to it, nor speaks of STDP where weights follow reward', () => {
    const text = paragraphOf({ ...avoided, fep: FOLLOWED }, { taught: 'avoidance' })
    expect(text).toContain('gained in the frozen probe under fep was larger than under silent and no_feedback, each beyond chance after correction (')
    expect(text).toContain('nothing in this run is yoked to fep, so whether its contingency did it is not shown.')
    expect(text).not.toContain('plain STDP')
    expect(paragraphOf({ reward: FOLLOWED, fep: IGNORED, silent: IGNORED }, { taught: 'reward' })).toContain('Weights here change by reward-modulated STDP: of fep in cultures with plain STDP this says nothing.')
  })

  it('heads the tables with whoever was taught, and gives fep one of its own', () => {
    const { protocol } = setting({ taught: 'avoidance', conditions: ['avoidance', 'fep', 'open_loop', 'silent'] })
    const summary = summarise(pongTask, [], protocol)
    expect(contrastTable(pongTask, summary)).toMatchObject({ caption: 'avoidance minus each other condition, paired over cultures', columns: expect.arrayContaining(['avoidance minus']) })
    const tables = teacherTables(pongTask, summary)
    expect(tables.map(({ caption, rows }) => [caption, rows.map(([, against]) => against)])).toEqual([['fep minus no answer, paired over cultures', ['silent']]])
    const glossary = new Map(glossaryTable(pongTask, summary).rows.map(([name, text]) => [name, text]))
    expect(glossary.get('open_loop')).toBe('yoked: the pauses of the sensory input another culture earned under avoidance, at its times')
    expect(teacherTables(pongTask, summarise(pongTask, [], setting().protocol))).toEqual([])
  })
})

describe('numbers in words', () => {
  it('shows intervals, signs and missing numbers', () => {
    const interval: MeanInterval = { mean: 0.25, low: -0.5, high: 1, n: 3 }
    expect(showInterval(interval)).toBe('0.25 [\u22120.50, 1.00]')
    expect(showInterval(interval, 1, true)).toBe('+0.3 [\u22120.5, +1.0]')
    expect(showInterval({ mean: -2, low: null, high: null, n: 1 }, 0)).toBe('\u22122')
    expect(showInterval({ mean: null, low: null, high: null, n: 0 })).toBe('n/a')
  })

  it('shows p values to two digits, and very small ones as such', () => {
    expect([1, 0.5, 0.0312, 0.00012, 0.00005, 0, null].map(showP)).toEqual(['1.0', '0.50', '0.031', '0.00012', '< 0.0001', '< 0.0001', 'n/a'])
  })

  it('describes every condition and names every number', () => {
    for (const taught of TEACHERS) {
      const summary = summarise(pongTask, [], setting({ conditions: [...PONG_CONDITION_NAMES], taught }).protocol)
      const glossary = new Map(glossaryTable(pongTask, summary).rows.map(([name, text]) => [name, text]))
      expect(glossary).toEqual(new Map(PONG_CONDITION_NAMES.map((name) => [name, pongTask.conditions(taught)[name]])))
    }
    const named = new Set(contrastTable(pongTask, summarise(pongTask, [], setting({ conditions: ['fep', 'silent'] }).protocol)).rows.map(([name]) => name))
    expect([...named]).toEqual([PONG_METRICS.probeGain, PONG_METRICS.hitRateGain, PONG_METRICS.hitRateLate])
  })
})

/** A summary as `summarise` may make one: any numbers, any of them missing. */
const summaries = ((): fc.Arbitrary<{ summary: PongSummary; protocol: Protocol }> => {
  const value = fc.double({ min: -1e3, max: 1e3, noNaN: true })
  const interval: fc.Arbitrary<MeanInterval> = fc.oneof(
    fc.constant({ mean: null, low: null, high: null, n: 0 }),
    value.map((mean) => ({ mean, low: null, high: null, n: 1 })),
    fc.record({ mean: value, low: value, high: value, n: fc.integer({ min: 2, max: 50 }) }),
  )
  const p = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
  const metrics = fc.record(Object.fromEntries(Object.keys(PONG_METRICS).map((metric) => [metric, interval]))) as fc.Arbitrary<Record<PongMetric, MeanInterval>>
  const contrastWith = (metric: PongMetric, against: ConditionName): fc.Arbitrary<Contrast<PongMetric>> =>
    fc.record({ metric: fc.constant(metric), against: fc.constant(against), n: fc.nat(50), difference: interval, dz: fc.option(value), p, pHolm: p })
  const detectable: fc.Arbitrary<PongSummary['detectable']> = fc.oneof(
    fc.constant({ dz: null, reason: 'too few' }),
    fc.double({ min: 0, max: 50, noNaN: true }).map((dz) => ({ dz, reason: null })),
  )
  const chance = fc.option(fc.record({ hitRate: fc.double({ min: 0, max: 1, noNaN: true }), meanRally: fc.option(value) }))
  const somebody = fc.constantFrom(...TEACHERS)
  return fc.tuple(fc.subarray([...PONG_CONDITION_NAMES], { minLength: 1 }), somebody).chain(([names, taught]) => {
    const contrasted = names.includes(taught) ? names.filter((name) => name !== taught) : []
    const contrasts = contrasted.flatMap((against) =>
      (['probeGain', 'hitRateGain', 'hitRateLate'] as const).map((metric) => contrastWith(metric, against)),
    )
    const beside = (condition: TeacherName): fc.Arbitrary<OtherTeacher<PongMetric>> =>
      fc.record({
        condition: fc.constant(condition),
        contrasts: fc.subarray(['silent', 'no_feedback'] as const, { minLength: 1 }).chain((against) => fc.tuple(...against.map((name) => contrastWith('probeGain', name)))),
        difference: fc.constantFrom('larger', 'smaller', 'not clear', 'not comparable'),
      })
    const primary = contrasted.filter((name) => CONDITIONS[name].role === 'condition').length
    const verdicts: readonly Verdict[] = primary === 0 ? ['not comparable'] : ['learned', 'no evidence', 'learned to miss', 'not comparable']
    const conditions = names.map((condition) =>
      fc.record({ condition: fc.constant(condition), cultures: fc.nat(50), encounters: fc.nat(), metrics, weightRatio: fc.option(value) }),
    )
    return fc.record({
      summary: fc.record({
        taught: fc.constant(taught),
        otherTeachers: fc.tuple(...TEACHERS.filter((teacher) => teacher !== taught && names.includes(teacher)).map(beside)),
        conditions: fc.tuple(...conditions),
        contrasts: fc.tuple(...contrasts),
        chance,
        detectable,
        primaryComparisons: fc.constant(primary),
        verdict: fc.constantFrom(...verdicts),
      }),
      protocol: fc.record({ cultures: fc.integer({ min: 1, max: 100 }), settingsTried: fc.nat(200) }).map((changes) => smallProtocol({ ...changes, taught })),
    })
  })
})()

const textOf = (summary: PongSummary, protocol: Protocol): string => {
  const tables = [conditionTable(pongTask, summary), playTable(pongTask, summary), contrastTable(pongTask, summary), ...teacherTables(pongTask, summary), glossaryTable(pongTask, summary)]
  const cells = tables.flatMap(({ caption, columns, rows, note = '' }) => [caption, note, ...columns, ...rows.flat()])
  return [openingParagraph(pongTask, summary, { protocol, neurons: 100, isPlastic: true }), ...cells].join('\n')
}
const NO_NUMBER = /NaN|undefined|\bnull\b|Infinity|\bfunction\b|\[object|\b1 (cultures|comparisons|conditions|others)\b/

describe('whatever is missing', () => {
  it('no text of the report shows NaN, undefined, null or a wrong plural', () => {
    fc.assert(
      fc.property(summaries, ({ summary, protocol }) => {
        const text = textOf(summary, protocol)
        expect(text).not.toMatch(NO_NUMBER)
        // no empty cell, no doubled space where a part fell out
        expect(text).not.toMatch(/ {2}|\(\)| \.|,,/)
      }),
    )
  })

  it('neither does that of real trials with nothing in them', () => {
    const probe = fc.constantFrom(null, [], FOLLOWED, IGNORED, AVOIDED, FOLLOWED.slice(0, 1))
    const cultures = 3
    const names = PONG_CONDITION_NAMES.slice(0, 6)
    const encounters = fc.constantFrom('', 'H', 'M', 'HHM', 'MMMM').map(played)
    const trial = fc.record({ encounters, probeBefore: probe, probeAfter: probe, durationMs: fc.constantFrom(10, 4000) })
    fc.assert(
      fc.property(fc.array(trial, { minLength: cultures * names.length, maxLength: cultures * names.length }), fc.nat(names.length), (trials, kept) => {
        const protocol = smallProtocol({ cultures, firstSeed: 11, conditions: names })
        const results = trials.map((one, k) => trialResult(11 + (k % cultures), names[Math.floor(k / cultures)], one)).slice(0, kept * cultures)
        expect(textOf(summarise(pongTask, results, protocol), protocol)).not.toMatch(NO_NUMBER)
      }),
      { numRuns: 15 },
    )
  })
})
