/** The answers of each graded condition: trains, noise, silence, exchanged, replayed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  GRADED_EVENTS,
  gradedFeedback,
  gradedInverted,
  gradedNoFeedback,
  gradedOpenLoop,
  gradedRest,
  gradedSilent,
  ORIGINAL,
  type GradedAnswer,
  type GradedFeedbackOptions,
  type GradedPolicy,
} from '../../../../src/feedback/index.js'
import { codeOf } from '../../culture/cultures.js'
import { context, happened, randomSteps, step, tell } from './reports.js'

const good = step({ reward: 5, events: happened('kill') })
const bad = step({ reward: -5, events: happened('damageTaken') })
const over = (sum: number) => ({ return: sum, steps: 1, terminated: true, truncated: false })
const answersTo = (policy: GradedPolicy, ...reports: (typeof good)[]): GradedAnswer[] => tell(policy, reports).answers
/** [channels, period in ms, pulses, current] of a regular train. */
const shape = ({ pulses }: GradedAnswer): unknown => {
  const [first, second] = pulses
  return [first.channels, second.offsetMs - first.offsetMs, pulses.length, 'currentUa' in first ? first.currentUa : NaN, first.phaseWidthUs]
}

describe('fep', () => {
  it('answers good news by a train at the rate of the table, slower, stronger and longer the more surprising', () => {
    const [answer] = answersTo(gradedFeedback(), good)
    const e = 1 - Math.exp(-1) // as surprising as usual, being the first
    expect(answer).toMatchObject({ name: 'kill', kind: 'predictable', interrupts: [35, 36, 38], suspendsSensoryMs: 0 })
    expect(shape(answer)).toEqual([[35, 36, 38], expect.closeTo(1000 / (20 * (1 - 0.2 * e)), 9), Math.floor(40 * (1 + 0.2 * e)), 2.5, 120])
  })

  it('answers bad news by noise: random times and channels of the set for its time, then a rest, the game hidden all the while', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const [{ kind, pulses, interrupts, suspendsSensoryMs }] = tell(gradedFeedback(), [bad], seed).answers
        expect([kind, interrupts, suspendsSensoryMs]).toEqual(['unpredictable', [44, 47, 48], 500])
        // 50 Hz for 0.4 s, denser by the surprise: 20 * (1 + 0.2 e)
        expect(pulses).toHaveLength(23)
        for (const { offsetMs, channels } of pulses) {
          expect(offsetMs >= 0 && offsetMs < 400).toBe(true)
          expect(channels).toHaveLength(1)
          expect([44, 47, 48]).toContain(channels[0])
        }
        expect(new Set(pulses.map(({ offsetMs }) => offsetMs)).size).toBe(pulses.length)
      }),
    )
  })

  it('draws each answer from a stream of its own', () => {
    const twice = (first: typeof good) => answersTo(gradedFeedback({ rewardFeedback: true }), first, bad)
    expect(twice(bad)[0]).not.toEqual(twice(bad)[2])
    expect(twice(bad)).toEqual(twice(bad))
  })

  it('delivers the rates of the table rather than 40 Hz, up to what the array takes', () => {
    const trains = { rewardFeedback: true, eventFeedback: false, unpredictable: false } satisfies GradedFeedbackOptions
    const hz = (options: GradedFeedbackOptions, largestRateHz = 200): number => {
      const policy = gradedFeedback({ ...trains, ...options })
      const [{ pulses }] = policy.afterStep(bad, context(1, largestRateHz))
      return 1000 / pulses[1].offsetMs
    }
    const e = 1 - Math.exp(-1)
    expect(hz({})).toBeCloseTo(60 * (1 + 0.65 * e), 9)
    expect(hz({ reward: { bad: { frequencyHz: 150 } } })).toBeCloseTo(200, 9)
    expect(hz({}, 50)).toBeCloseTo(50, 9)
    expect(hz({ largestFrequencyHz: 40 })).toBeCloseTo(40, 9)
    expect(hz({ reward: { bad: { frequencyHz: 1 } } })).toBeCloseTo(4, 9)
  })

  it('has the channels of everything it may answer, and no answer where a set is empty', () => {
    expect([...gradedFeedback().channels].sort((a, b) => a - b)).toEqual([19, 20, 22, 23, 24, 26, 35, 36, 38, 39, 40, 43, 44, 47, 48, 52, 54, 55])
    const mute = gradedFeedback({ events: { ...GRADED_EVENTS, kill: { ...GRADED_EVENTS.kill, channels: [] } } })
    expect(answersTo(mute, good)).toEqual([])
  })

  it('keeps what it is asked to keep quiet about', () => {
    const quiet = gradedFeedback({ eventFeedback: false, episodeFeedback: false })
    expect(answersTo(quiet, good, bad)).toEqual([])
    expect(quiet.afterEpisode(over(5), context())).toEqual([])
  })

  it.each<[string, object]>([
    ['parameter/unknown', { eventFedback: true }],
    ['parameter/invalid', { largestRatio: NaN }],
    ['parameter/invalid', { largestRatio: -1 }],
    ['parameter/invalid', { surpriseBaseline: 'literal' }],
    ['parameter/invalid', { events: { kill: { channels: [1.5] } } }],
    ['parameter/unknown', { events: { kill: { channels: [1], frequency: 3 } } }],
    ['parameter/invalid', { reward: { good: { pulses: 0 } } }],
    ['parameter/invalid', { discount: 1 }],
  ])('refuses with %s the options %o', (code, options) => {
    expect(codeOf(() => gradedFeedback(options))).toBe(code)
  })
})

describe('the original', () => {
  // golden: the packets its programs send at the start, spec of the protocol, surprise 7: 10 Hz / 2.5 uA / 46 pulses for a reward and
  // 40 Hz / 2.5 uA / 140 pulses for a punishment; 40 Hz / 2.5 uA / 160 and 320 pulses for the first episodes
  it('answers the first reward and the first punishment at the cap, as its packets did', () => {
    expect(shape(answersTo(gradedFeedback(ORIGINAL), good)[0])).toEqual([[19, 20, 22], 100, 46, 2.5, 120])
    expect(shape(answersTo(gradedFeedback(ORIGINAL), bad)[0])).toEqual([[23, 24, 26], 25, 140, 2.5, 120])
  })

  it('answers the first episodes likewise', () => {
    const ended = (sum: number): unknown => {
      const policy = gradedFeedback(ORIGINAL)
      tell(policy, [step({ reward: sum, terminated: true, nextFeatures: null })])
      return shape(policy.afterEpisode(over(sum), context())[0])
    }
    expect(ended(7)).toEqual([[19, 20, 22], 25, 160, 2.5, 120])
    expect(ended(-7)).toEqual([[23, 24, 26], 25, 320, 2.5, 120])
  })

  it('can be given the noise of its older program: 5 Hz for 4 s and as long a rest after damage and bad rewards, 1 s each after the rest', () => {
    const policy = gradedFeedback({ ...ORIGINAL, eventFeedback: true, unpredictable: true })
    const all = happened('damageTaken', 'ammoWasted')
    const answers = answersTo(policy, step({ reward: -5, events: all }))
    policy.afterStep(step({ reward: -5, terminated: true, nextFeatures: null }), context())
    const noise = [...answers, ...policy.afterEpisode(over(-5), context())].map(({ name, kind, pulses, suspendsSensoryMs }) => {
      const lastsMs = suspendsSensoryMs / 2
      expect(pulses.every(({ offsetMs }) => offsetMs < lastsMs) && pulses.some(({ offsetMs }) => offsetMs > lastsMs / 4)).toBe(true)
      return [name, kind, suspendsSensoryMs]
    })
    expect(noise).toEqual([
      ['damageTaken', 'unpredictable', 8000],
      ['ammoWasted', 'unpredictable', 2000],
      ['rewardBad', 'unpredictable', 8000],
      ['episodeBad', 'unpredictable', 2000],
    ])
  })

  it('answers no event, calls everything a train, and lets the sensory input cut it', () => {
    const policy = gradedFeedback(ORIGINAL)
    const answers = answersTo(policy, ...randomSteps(1, 200))
    expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['rewardGood', 'rewardBad']))
    expect(new Set(answers.map(({ kind, suspendsSensoryMs }) => `${kind} ${suspendsSensoryMs}`))).toEqual(new Set(['predictable 0']))
    expect(policy.interruptedByEncoding).toBe(true)
    expect(gradedFeedback().interruptedByEncoding).toBe(false)
  })
})

describe('the other conditions', () => {
  it('silent: the time of the noise without a pulse, and nothing after good news', () => {
    const policy = gradedSilent({ rewardFeedback: true })
    expect(answersTo(policy, good)).toEqual([])
    expect(answersTo(policy, bad)).toMatchObject([
      { name: 'damageTaken', kind: 'silent', pulses: [], interrupts: [], suspendsSensoryMs: 500 },
      { name: 'rewardBad', kind: 'silent', pulses: [], suspendsSensoryMs: 500 },
    ])
    expect(policy.channels).toEqual([])
  })

  it('inverted: good news gets the answer of bad news and the other way round, as strong as its own surprise', () => {
    const policy = gradedInverted({ rewardFeedback: true })
    const [killed, rewarded] = answersTo(policy, good)
    expect(killed).toMatchObject({ name: 'kill', kind: 'unpredictable', interrupts: [44, 47, 48], suspendsSensoryMs: 500 })
    expect(rewarded).toMatchObject({ name: 'rewardGood', kind: 'unpredictable', interrupts: [23, 24, 26] })
    const [bitten, punished] = answersTo(gradedInverted({ rewardFeedback: true }), bad)
    const [plain] = answersTo(gradedFeedback(), good)
    expect(bitten).toEqual({ ...plain, name: 'damageTaken' })
    expect(punished).toMatchObject({ name: 'rewardBad', kind: 'predictable', interrupts: [19, 20, 22] })
    policy.afterStep(step({ reward: 5, terminated: true, nextFeatures: null }), context())
    expect(policy.afterEpisode(over(5), context())).toMatchObject([{ name: 'episodeGood', interrupts: [23, 24, 26] }])
  })

  it('inverted needs an answer to exchange with', () => {
    expect(codeOf(() => gradedInverted({ events: { kill: GRADED_EVENTS.kill } }))).toBe('feedback/no-counterpart')
  })

  it('no_feedback and rest: nothing, with and without the game in sight', () => {
    for (const policy of [gradedNoFeedback(), gradedRest()]) {
      expect(answersTo(policy, good, bad)).toEqual([])
      expect(policy.afterEpisode(over(5), context())).toEqual([])
    }
    expect([gradedNoFeedback().sensory, gradedRest().sensory]).toEqual([true, false])
  })

  it('open_loop: a script as JSON, with the channels it needs', () => {
    const [answer] = answersTo(gradedFeedback(), bad)
    const script = [{ startMs: 3, answer }]
    const policy = gradedOpenLoop(JSON.parse(JSON.stringify(script)))
    expect(policy.script).toEqual(script)
    expect(new Set(policy.channels)).toEqual(new Set([44, 47, 48]))
    expect(answersTo(policy, good, bad)).toEqual([])
  })

  it.each([
    ['out of order', [5, 3]],
    ['a time that is not one', [NaN]],
    ['a time before play', [-1]],
  ])('open_loop refuses a script with %s', (_, times) => {
    const [answer] = answersTo(gradedFeedback(), bad)
    expect(codeOf(() => gradedOpenLoop(times.map((startMs) => ({ startMs, answer }))))).toBe('feedback/script')
  })
})
