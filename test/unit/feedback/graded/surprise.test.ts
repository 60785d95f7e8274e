/** How surprise becomes strength: the corrected scales, and the original's that saturate. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradedFeedback, ORIGINAL, type AnswerScale, type EpisodeReport, type ValueEstimate } from '../../../../src/feedback/index.js'
import { codeOf } from '../../culture/cultures.js'
import { context, happened, randomSteps, step, tell } from './reports.js'

const shareCapped = (scales: readonly AnswerScale[]): number => scales.filter(({ capped }) => capped).length / scales.length
const episode = (sum: number): EpisodeReport => ({ return: sum, steps: 1, terminated: true, truncated: false })
/** A critic that says the first feature. */
const told: ValueEstimate = { discount: 0.5, value: (features) => features[0], learn: () => undefined, reset: () => undefined }

describe('surprise over a stationary stream of rewards', () => {
  const seeds = fc.integer({ min: 0, max: 1e6 })

  it('tells large from small from the first answers on, whatever the scale of the rewards', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.01, 1, 100), (seed, scale) => {
        const { scales } = tell(gradedFeedback({ rewardFeedback: true, eventFeedback: false }), randomSteps(seed, 2000, scale))
        // an exponential size exceeds twice its mean with probability e^-2 = 0.135; about 400 answers: sd below 0.02, six of them 0.11
        expect(shareCapped(scales)).toBeLessThan(0.25)
        // and in the first forty answers, of which a tenth may be above: sd 0.055
        expect(shareCapped(scales.slice(0, 40))).toBeLessThan(0.5)
        const ratios = scales.map(({ ratio }) => ratio)
        expect(ratios.filter((ratio) => ratio < 0.5).length / ratios.length).toBeGreaterThan(0.2)
      }),
      { numRuns: 30 },
    )
  })

  it('is at its cap nearly always in the original, at first because its mean starts at 0, then because most steps bring nothing', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { scales } = tell(gradedFeedback(ORIGINAL), randomSteps(seed, 2000))
        // after n steps the mean is at 0.001 n of its height: small beside the first forty, which come within some 200
        expect(shareCapped(scales.slice(0, 40))).toBeGreaterThan(0.7)
        // and later a reward exceeds twice a mean over all steps, of which one in five brings one, with probability e^-0.4 = 0.67 or so
        expect(shareCapped(scales)).toBeGreaterThan(0.5)
      }),
      { numRuns: 30 },
    )
  })

  it('keeps every factor inside its limits, for events, rewards and episodes', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom({}, ORIGINAL), fc.constantFrom(1e-6, 1, 1e6), (seed, preset, scale) => {
        const policy = gradedFeedback({ rewardFeedback: true, ...preset })
        for (const report of randomSteps(seed, 200, scale)) {
          const answers = [...policy.afterStep(report, context()), ...policy.afterEpisode(episode(report.reward), context())]
          for (const { ratio, frequency, current, pulses } of policy.last) {
            expect(ratio >= 0 && frequency >= 0.5 && frequency <= 2.5 && current >= 1 && current <= 1.7 && pulses >= 1 && pulses <= 2.5).toBe(true)
          }
          for (const pulse of answers.flatMap((answer) => answer.pulses)) {
            expect('currentUa' in pulse && pulse.currentUa >= 1 && pulse.currentUa <= 2.5).toBe(true)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('forgets everything on a reset', () => {
    const policy = gradedFeedback({ rewardFeedback: true })
    const reports = randomSteps(3, 100)
    const first = tell(policy, reports)
    expect(tell(policy, reports)).not.toEqual(first)
    policy.reset()
    expect(tell(policy, reports)).toEqual(first)
  })
})

describe('the TD error', () => {
  const options = { rewardFeedback: true, eventFeedback: false, tdMemory: 0, reward: { good: { memory: 0 } } } as const
  /** Ratio of a step after one whose surprise was 1. */
  const ratioAfterOne = (changes: Parameters<typeof step>[0], preset = {}): number => {
    const policy = gradedFeedback({ ...options, largestRatio: 100, reward: { good: { memory: 0.5 } }, ...preset }, told)
    tell(policy, [step({ features: [0], nextFeatures: [0], reward: 1 })])
    return tell(policy, [step(changes)]).scales[0].ratio
  }
  /** m over the mean of 1 and m with weights 1/3 and 2/3, or over the last |td| of 1 where that is more. */
  const expected = (surprise: number): number => surprise / Math.max(1, (1 + 2 * surprise) / 3)

  it('counts the value of what follows, but nothing after the end', () => {
    const going = { features: [2], nextFeatures: [8], reward: 1 }
    // td = 1 + 0.5 * 8 - 2 = 3; terminated: 1 - 0.5
    expect(ratioAfterOne(going)).toBeCloseTo(expected(3), 12)
    expect(ratioAfterOne({ ...going, features: [0.5], nextFeatures: null, terminated: true })).toBeCloseTo(expected(0.5), 12)
  })

  it('counts it after a truncated step as well, unless the original is asked for', () => {
    const cut = { features: [0.5], nextFeatures: [8], reward: 1, truncated: true }
    expect(ratioAfterOne(cut)).toBeCloseTo(expected(4.5), 12)
    expect(ratioAfterOne(cut, { bootstrapAfterTruncation: false })).toBeCloseTo(expected(0.5), 12)
  })

  it('that contradicts the reward leaves the reward as the surprise and weakens the change of rate', () => {
    const policy = gradedFeedback({ ...options, largestRatio: 100 }, told)
    // td = 2 + 0.5 * 0 - 5 = -3: surprise 2 over |td| before (none yet) and itself, so ratio 1; w = 1 / 4
    const [scale] = tell(policy, [step({ features: [5], nextFeatures: [0], reward: 2 })]).scales
    const e = 1 - Math.exp(-1)
    expect(scale).toMatchObject({ name: 'rewardGood', good: true, ratio: 1 })
    expect(scale.frequency).toBeCloseTo(1 - (0.65 * e) / 4, 12)
    expect([scale.current, scale.pulses]).toEqual([1 + 0.35 * e, 1 + 0.65 * e].map((factor) => expect.closeTo(factor, 12)))
  })

  it.each([
    ['a reward', { reward: NaN }],
    ['a feature', { features: [NaN] }],
    ['a feature of what follows', { nextFeatures: [Infinity] }],
    ['a list of features', { nextFeatures: [1, 2] }],
  ])('refuses %s it cannot be computed from', (_, changes) => {
    expect(codeOf(() => tell(gradedFeedback(), [step(), step(changes)]))).toBe('feedback/features')
  })
})

describe('events', () => {
  it('are answered where the TD error has their sign, and are no news where it has not', () => {
    const policy = gradedFeedback({}, told)
    const both = happened('kill', 'damageTaken', 'unheardOf')
    const names = (changes: Parameters<typeof step>[0]) => tell(policy, [step({ events: both, ...changes })]).answers.map(({ name }) => name)
    expect(names({ reward: 5, features: [0] })).toEqual(['kill'])
    expect(names({ reward: -5 })).toEqual(['damageTaken'])
    expect(names({ reward: 1, features: [1], nextFeatures: [0] })).toEqual([])
  })

  it('that come twice in a step are one piece of news', () => {
    expect(tell(gradedFeedback({}, told), [step({ reward: 5, features: [0], events: happened('kill', 'kill') })]).answers).toHaveLength(1)
  })
})

describe('an episode', () => {
  const play = (rewards: readonly number[], preset: object): AnswerScale => {
    const policy = gradedFeedback({ eventFeedback: false, largestRatio: 100, ...preset }, told)
    const run = (list: readonly number[], start: number) => {
      tell(policy, list.map((reward, k) => step({ features: [k === 0 ? start : 0], nextFeatures: [0], reward, terminated: k === list.length - 1 })))
      return policy.afterEpisode(episode(list.reduce((sum, reward) => sum + reward, 0)), context())
    }
    run([1], 0)
    run(rewards, 3)
    return policy.last[policy.last.length - 1]
  }

  it('surprises by its discounted return against the value it began with', () => {
    // 4 + 8 / 2 = 8 against 3: 5; mean of 1 and 5 with weights 0.9 and 1: (0.9 + 5) / 1.9
    expect(play([4, 8], {}).ratio).toBeCloseTo(5 / (5.9 / 1.9), 12)
    // the original: 12 against 3, over 0.1 * (0.9 * 1 + 9)
    expect(play([4, 8], { surpriseBaseline: 'original' }).ratio).toBeCloseTo(9 / 0.99, 12)
  })

  it('with a return of 0 is not answered', () => {
    expect(gradedFeedback().afterEpisode(episode(0), context())).toEqual([])
  })

  it('is answered at full strength or plainly', () => {
    const plain = gradedFeedback({ episodeScaling: false })
    tell(plain, [step({ reward: 3, terminated: true, nextFeatures: null })])
    const [answer] = plain.afterEpisode(episode(3), context())
    expect(answer).toMatchObject({ name: 'episodeGood', kind: 'predictable' })
    expect(answer.pulses).toHaveLength(80)
    expect(plain.last).toMatchObject([{ frequency: 1, current: 1, pulses: 1 }])
  })
})
