/** What each policy answers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fep, inverted, NO_ANSWER, NO_SCRIPT, noFeedback, openLoop, rest, silent, type FeedbackAnswer, type FeedbackOptions, type GameOutcome } from '../../../src/feedback/index.js'
import { Rng } from '../../../src/rng.js'
import { codeOf } from '../culture/cultures.js'

const CHANNELS = [8, 9, 10, 11, 12, 13, 14, 15]
const answer = (policy: ReturnType<typeof fep>, outcome: GameOutcome, seed = 1, channels = CHANNELS): FeedbackAnswer =>
  policy.answer(outcome, { channels, rng: Rng.fromSeed(seed) })

/** Smallest distance between two pulses of one channel, ms. */
const closest = ({ pulses }: FeedbackAnswer): number =>
  Math.min(
    ...pulses.flatMap((a, i) => pulses.slice(i + 1).flatMap((b) => (a.channels.some((c) => b.channels.includes(c)) ? [Math.abs(a.offsetMs - b.offsetMs)] : []))),
  )

describe('fep', () => {
  it('answers a hit with ten pulses on all sensory electrodes together: 100 Hz, 100 ms, 75 mV; the game goes on', () => {
    const { pulses, durationMs, pausesGame } = answer(fep(), 'hit')
    expect(pulses.map(({ offsetMs }) => offsetMs)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
    for (const pulse of pulses) expect(pulse).toMatchObject({ channels: CHANNELS, amplitudeMv: 75 })
    expect([durationMs, pausesGame]).toEqual([100, false])
  })

  it('answers a hit always in the same way', () => {
    expect(answer(fep(), 'hit', 1)).toEqual(answer(fep(), 'hit', 2))
  })

  it('answers a miss with twenty pulses of 150 mV in 4 s, one electrode each, then 4 s of rest; the game waits', () => {
    const { pulses, durationMs, pausesGame } = answer(fep(), 'miss')
    expect(pulses).toHaveLength(20)
    for (const pulse of pulses) {
      const { offsetMs, channels } = pulse
      expect(offsetMs >= 0 && offsetMs < 4000).toBe(true)
      expect(channels).toHaveLength(1)
      expect(CHANNELS).toContain(channels[0])
      expect(pulse).toMatchObject({ amplitudeMv: 150 })
    }
    expect([durationMs, pausesGame]).toEqual([8000, true])
  })

  it('draws times and electrodes of a miss from its stream: uniform, the same for equal seeds only', () => {
    expect(answer(fep(), 'miss', 5)).toEqual(answer(fep(), 'miss', 5))
    expect(answer(fep(), 'miss', 5)).not.toEqual(answer(fep(), 'miss', 6))
    const all = Array.from({ length: 400 }, (_, seed) => answer(fep(), 'miss', seed).pulses).flat()
    // 8,000 draws: share of a channel 1/8, mean time 2000 ms with SD 4000 / sqrt(12); five standard errors
    for (const channel of CHANNELS) {
      const share = all.filter(({ channels }) => channels[0] === channel).length / all.length
      expect(Math.abs(share - 1 / 8)).toBeLessThan(5 * Math.sqrt((1 / 8) * (7 / 8) / all.length))
    }
    const mean = all.reduce((sum, { offsetMs }) => sum + offsetMs, 0) / all.length
    expect(Math.abs(mean - 2000)).toBeLessThan((5 * 4000) / Math.sqrt(12 * all.length))
  })

  it('keeps the rate limit of every electrode, at any rate, in order, and never gives an empty answer', () => {
    const option = fc.record({
      unpredictableFrequencyHz: fc.double({ min: 0.1, max: 200, noNaN: true }),
      unpredictableDurationMs: fc.double({ min: 10, max: 2000, noNaN: true }),
    })
    fc.assert(
      fc.property(option, fc.nat(), fc.integer({ min: 1, max: 8 }), (options, seed, count) => {
        const given = answer(fep(options), 'miss', seed, CHANNELS.slice(0, count))
        expect(given.pulses.length).toBeGreaterThan(0)
        expect(closest(given)).toBeGreaterThanOrEqual(5)
        expect(given.pulses.every(({ offsetMs }, k) => k === 0 || offsetMs >= (given.pulses[k - 1]?.offsetMs ?? NaN))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('inverted', () => {
  it('is fep with hit and miss exchanged', () => {
    for (const seed of [1, 2, 3]) {
      expect(answer(inverted(), 'hit', seed)).toEqual(answer(fep(), 'miss', seed))
      expect(answer(inverted(), 'miss', seed)).toEqual(answer(fep(), 'hit', seed))
    }
    const options = { predictableAmplitudeMv: 100, unpredictableFrequencyHz: 20 }
    expect(answer(inverted(options), 'miss')).toEqual(answer(fep(options), 'hit'))
    expect(inverted().missEndsRally).toBe(true)
  })
})

describe('silent', () => {
  it('says nothing after a hit, and nothing for as long as fep would take after a miss', () => {
    expect(answer(silent(), 'hit')).toBe(NO_ANSWER)
    expect(answer(silent(), 'miss')).toEqual({ pulses: [], durationMs: 8000, pausesGame: true })
    expect(answer(silent({ unpredictableDurationMs: 500, restAfterMissMs: 0 }), 'miss').durationMs).toBe(500)
  })
})

describe('the other conditions', () => {
  it('answer nothing themselves', () => {
    for (const policy of [noFeedback(), rest(), openLoop(NO_SCRIPT)]) {
      for (const outcome of ['hit', 'miss'] as const) expect(answer(policy, outcome)).toBe(NO_ANSWER)
    }
  })

  it('differ in what is shown and in whether a miss ends the rally', () => {
    const traits = [fep(), inverted(), silent(), openLoop(NO_SCRIPT), noFeedback(), rest()].map(({ name, sensory, missEndsRally }) => [name, sensory, missEndsRally])
    expect(traits).toEqual([
      ['fep', true, true],
      ['inverted', true, true],
      ['silent', true, true],
      ['open_loop', true, true],
      ['no_feedback', true, false],
      ['rest', false, true],
    ])
  })

  it('open loop carries the script it replays; no other has one', () => {
    const script = { answers: [{ startMs: 10, answer: answer(fep(), 'hit') }], pauses: [20, 40], rewards: [{ startMs: 30, amount: 0.5 }] }
    expect(openLoop(script).script).toBe(script)
    for (const policy of [fep(), inverted(), silent(), noFeedback(), rest()]) expect(policy.script).toBe(NO_SCRIPT)
  })
})

describe('options', () => {
  it.each<FeedbackOptions>([{ predictableAmplitudeMv: NaN }, { predictableFrequencyHz: 0 }, { unpredictableDurationMs: -1 }, { restAfterMissMs: Infinity }])(
    'out of range are refused: %j',
    (options) => {
      for (const make of [fep, inverted, silent]) expect(codeOf(() => make(options))).toBe('parameter/invalid')
    },
  )

  it('misspelt are refused', () => {
    expect(codeOf(() => Reflect.apply(fep, undefined, [{ predictableHz: 3 }]))).toBe('parameter/unknown')
  })
})
