/** The stepped loop: order and clock, episodes, answers that run on, suspensions, yoking, bad parts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bl1Error } from '../../../src/errors.js'
import { Culture } from '../../../src/culture/index.js'
import {
  gradedFeedback,
  gradedNoFeedback,
  gradedOpenLoop,
  gradedRest,
  gradedSilent,
  type GradedAnswer,
  type GradedPolicy,
} from '../../../src/feedback/index.js'
import type { Encoder, SteppedSession } from '../../../src/loop/index.js'
import { codeOf } from '../culture/cultures.js'
import { ATTACK, Corridor, decoderOf, encoderOf, FORWARD, LateCorridor, SENSORY, steppedLoopOf } from './corridor.js'
import { NotingDish } from './dishes.js'

const STEP_MS = 114.5
const rejection = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise
  } catch (error) {
    return error instanceof Bl1Error ? error.code : String(error)
  }
  return 'nothing'
}
/** A dish in which these channels fire at the start of every step. */
const firing = (channels: readonly number[]): NotingDish => new NotingDish(() => channels)
const walking = (): NotingDish => firing(FORWARD)
const small = (seed = 1): Culture => Culture.grow({ neurons: 80, dishUm: 1500 }, seed)
const train = (changes: Partial<GradedAnswer>): GradedAnswer => ({
  name: 'test',
  kind: 'predictable',
  interrupts: [],
  pulses: [],
  suspendsSensoryMs: 0,
  ...changes,
})
/** A policy that gives one answer after the first step it sees, or after each. */
const answering = (answer: GradedAnswer, changes: Partial<GradedPolicy> = {}, always = false): GradedPolicy => {
  let given = false
  return {
    ...gradedNoFeedback(),
    name: 'test',
    channels: [19, 20],
    afterStep: () => {
      if (given && !always) return []
      given = true
      return [answer]
    },
    ...changes,
  }
}
const regular = (count: number, periodMs: number, channels: readonly number[] = [19]) =>
  Array.from({ length: count }, (_, k) => ({ offsetMs: k * periodMs, channels, currentUa: 2, phaseWidthUs: 120 }))
/** Times of the pulses on these channels, ms. */
const timesOn = (dish: NotingDish, channels: readonly number[]): number[] =>
  dish.pulses.filter(([, channel]) => channels.includes(channel)).map(([step]) => step / 2)

describe('a session', () => {
  it('lives a step for each action and a pause after each episode, and tells what happened', async () => {
    const dish = walking()
    const session = await steppedLoopOf(dish).play({ episodes: 3 })
    // eight steps forward to the end of the corridor
    expect(session.episodes.map(({ steps, complete, endReason }) => ({ steps, complete, endReason }))).toEqual(
      Array.from({ length: 3 }, () => ({ steps: 8, complete: true, endReason: 'goal' })),
    )
    expect(session.episodes.map(({ startMs, durationMs }) => [startMs, durationMs])).toEqual([0, 1, 2].map((k) => [k * (8 * STEP_MS + 1000), 8 * STEP_MS]))
    expect([session.durationMs, dish.step, session.steps]).toEqual([3 * (8 * STEP_MS + 1000), 6 * (8 * STEP_MS + 1000), 24])
    expect(session.actionShares).toEqual([[0, 1, 0], [1, 0, 0], [1, 0]])
    for (const { return: sum, events } of session.episodes) {
      // three bites of 2: one step before the beast, beside it, one behind; then 10 for the end
      expect([sum, events]).toEqual([4, { damageTaken: { count: 3, size: 6 } }])
    }
    expect(session.electrodeSpikes[FORWARD[0]]).toBeGreaterThan(0)
    expect(session.interrupted).toBe(false)
  })

  it('shows the game by pulses of the latency later at the earliest, none in the pause, and none at all in rest', async () => {
    const dish = walking()
    await steppedLoopOf(dish).play({ episodes: 2 })
    const shown = timesOn(dish, SENSORY)
    expect(shown.length).toBeGreaterThan(20)
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(5)
    const pauseMs = [8 * STEP_MS + 5, 8 * STEP_MS + 1000]
    expect(shown.filter((ms) => ms > pauseMs[0] && ms < pauseMs[1])).toEqual([])
    const unshown = walking()
    expect((await steppedLoopOf(unshown, gradedRest()).play({ episodes: 2 })).pulses).toBe(0)
    expect(unshown.pulses).toEqual([])
  })

  it('shows each step to the watcher, in order, with the window it was decoded from', async () => {
    const seen: unknown[] = []
    const session = await steppedLoopOf(walking()).play({
      episodes: 1,
      onStep: async ({ playMs, step, action, observation, spikes, terminated, rates }) => {
        await Promise.resolve()
        seen.push([playMs, step, [...action], observation[0], spikes.count, terminated])
        expect(rates['move forward']).toBeGreaterThan(0)
      },
      onPause: ({ playMs, durationMs }) => {
        seen.push([playMs, durationMs])
      },
    })
    expect(seen.slice(0, 8)).toEqual(Array.from({ length: 8 }, (_, k) => [k * STEP_MS, k, [1, 0, 0], (k + 1) / 8, 3, k === 7]))
    // 1000 ms in pieces of a step
    expect(seen.slice(8)).toEqual([...Array.from({ length: 8 }, (_, k) => [(8 + k) * STEP_MS, STEP_MS]), [16 * STEP_MS, 1000 - 8 * STEP_MS]])
    expect(session.steps).toBe(8)
  })

  it('ends at the minutes asked for, with the last episode marked as unfinished and pauses inside the time', async () => {
    const dish = walking()
    const session = await steppedLoopOf(dish).play({ minutes: 0.1 })
    expect(session.durationMs).toBeLessThanOrEqual(6000)
    expect(session.durationMs).toBeGreaterThan(6000 - STEP_MS)
    // an episode and its pause take 1916 ms
    expect(session.episodes.map(({ complete, endReason }) => [complete, endReason])).toEqual([[true, 'goal'], [true, 'goal'], [true, 'goal'], [false, null]])
    expect(session.episodes[3].steps).toBe(2)
    const cutPause = await steppedLoopOf(walking()).play({ minutes: (8 * STEP_MS + 300) / 60_000 })
    expect(cutPause.durationMs).toBe(8 * STEP_MS + 300)
  })

  it('truncates where the game does', async () => {
    const { episodes } = await steppedLoopOf(firing([]), gradedNoFeedback(), { env: new Corridor({ maxEpisodeSteps: 5 }) }).play({ episodes: 1 })
    expect(episodes).toMatchObject([{ steps: 5, complete: true, endReason: 'timeLimit' }])
  })

  it('gives episode k the same seed whatever happened before, and goes on where the last play ended', async () => {
    const seedsOf = async (dish: NotingDish, plays: number[]): Promise<number[]> => {
      const seeds: number[] = []
      const loop = steppedLoopOf(dish, gradedNoFeedback(), { env: new Corridor({ begun: (seed) => seeds.push(seed), maxEpisodeSteps: 12 }) })
      for (const episodes of plays) {
        const session = await loop.play({ episodes })
        expect(session.episodes.map(({ seed }) => seed)).toEqual(seeds.slice(-episodes))
      }
      return seeds
    }
    const walked = await seedsOf(walking(), [4])
    expect(new Set(walked).size).toBe(4)
    expect(await seedsOf(firing([]), [4])).toEqual(walked)
    expect(await seedsOf(walking(), [1, 3])).toEqual(walked)
  })

  it('lets the culture rest without a pulse while the decoder adapts, and freezes the gains in play', async () => {
    const decoder = decoderOf()
    const dish = walking()
    const loop = steppedLoopOf(dish, gradedNoFeedback(), { decoder })
    loop.rest(0.1)
    expect(dish.pulses).toEqual([])
    // one spike an electrode in 114.5 ms, target 20 Hz
    expect(decoder.gains[0][0]).toBeCloseTo(1000 / STEP_MS / 20, 10)
    const gains = structuredClone(decoder.gains)
    await loop.play({ episodes: 1 })
    expect(decoder.gains).toEqual(gains)
  })

  it('keeps the spikes of the window asked for', async () => {
    const { recording } = await steppedLoopOf(walking()).play({ episodes: 1, record: { fromMs: STEP_MS, toMs: 3 * STEP_MS } })
    expect([...(recording?.steps ?? [])]).toEqual([229, 229, 229, 458, 458, 458])
  })

  it('reads rates over the time in which the read-out was not blind', async () => {
    const seen: number[] = []
    const decoder = { ...decoderOf(), decode: (_: Float64Array, tickMs: number) => (seen.push(tickMs), [1, 0, 0]) }
    const encoder: Encoder = { ...encoderOf(), encode: () => [{ offsetMs: 20, channel: 8, currentUa: 1 }, { offsetMs: 22, channel: 9, currentUa: 1 }] }
    await steppedLoopOf(walking(), gradedNoFeedback(), { decoder, encoder, timing: {} }).play({ episodes: 1 })
    // blind from 25 to 32 ms
    expect(new Set(seen)).toEqual(new Set([STEP_MS - 7]))
    // blind from one pulse to the next window's: nothing to decode
    const always: Encoder = { ...encoderOf(), encode: () => [{ offsetMs: 0, channel: 8, currentUa: 1 }] }
    seen.length = 0
    const blind = { decoder, encoder: always, timing: { blindMs: 200 } }
    const session = await steppedLoopOf(walking(), gradedNoFeedback(), { ...blind, env: new Corridor({ maxEpisodeSteps: 4 }) }).play({ episodes: 1 })
    expect(seen).toEqual([5])
    expect(session.actionShares[0]).toEqual([0.75, 0.25, 0])
  })
})

describe('equal seeds', () => {
  const record = { fromMs: 0, toMs: 20_000 }
  const playOf = async (seed: number, parts: Parameters<typeof steppedLoopOf>[2] = {}, feedback = gradedFeedback()): Promise<SteppedSession> => {
    const loop = steppedLoopOf(small(seed), feedback, parts)
    loop.rest(0.02)
    return loop.play({ episodes: 3, record })
  }

  it('give equal sessions with a living culture, whether the game answers at once or later', async () => {
    const first = await playOf(3)
    expect(first.answers.length).toBeGreaterThan(0)
    expect(first.spikes).toBeGreaterThan(100)
    expect(await playOf(3)).toEqual(first)
    expect(await playOf(3, { env: new LateCorridor() })).toEqual(first)
    expect(await playOf(4)).not.toEqual(first)
  })

  it('forget nothing between two plays but start afresh in a loop of its own', async () => {
    const feedback = gradedFeedback()
    expect(await playOf(3, {}, feedback)).toEqual(await playOf(3, {}, feedback))
  })

  it('are not disturbed by an answer that does nothing at an odd time: the culture is cut there, and lives on exactly', async () => {
    const watched = async (feedback: GradedPolicy) => {
      const counts: number[] = []
      const onStep = ({ spikes, counts: seen }: { spikes: { count: number; steps: Int32Array }; counts: Float64Array }): void => {
        counts.push(spikes.count, spikes.steps[0], spikes.steps[spikes.count - 1], seen.reduce((sum, count) => sum + count, 0))
      }
      return { ...(await steppedLoopOf(small(3), feedback).play({ episodes: 3, record, onStep })), counts }
    }
    const nothing = [17.5, 40, 40, 333, 1200.5].map((startMs) => ({ startMs, answer: train({}) }))
    const plain = await watched(gradedNoFeedback())
    const cut = await watched(gradedOpenLoop(nothing))
    expect(cut).toEqual({ ...plain, answers: nothing })
  })
})

describe('a policy', () => {
  it('is told what was shown before and after each step, nothing after the end, and something after a cut', async () => {
    const reportsOf = async (dish: NotingDish, maxEpisodeSteps: number) => {
      const reports: [before: number[], after: number[] | null, reward: number, events: string[]][] = []
      const episodes: object[] = []
      const feedback: GradedPolicy = {
        ...gradedNoFeedback(),
        afterStep: ({ features, nextFeatures, reward, events }) => {
          reports.push([Array.from(features), nextFeatures && Array.from(nextFeatures), reward, events.map(({ name }) => name)])
          return []
        },
        afterEpisode: (report) => {
          episodes.push(report)
          return []
        },
      }
      const shown: number[][] = []
      const env = new Corridor({ maxEpisodeSteps })
      const onStep = ({ observation }: { observation: Float32Array }): void => void shown.push(Array.from(observation))
      await steppedLoopOf(dish, feedback, { env }).play({ episodes: 1, onStep })
      return { reports, episodes, shown }
    }
    const ended = await reportsOf(walking(), 40)
    expect(ended.reports.map(([, after]) => after)).toEqual([...ended.shown.slice(0, -1), null])
    expect(ended.reports.slice(1).map(([before]) => before)).toEqual(ended.shown.slice(0, -1))
    expect(ended.reports[0][0][0]).toBe(0)
    expect(ended.reports.filter(([, , reward, events]) => reward === -2 && events[0] === 'damageTaken')).toHaveLength(3)
    expect(ended.episodes).toEqual([{ return: 4, steps: 8, terminated: true, truncated: false }])
    const cut = await reportsOf(walking(), 3)
    expect(cut.reports.map(([, after]) => after)).toEqual(cut.shown)
    expect(cut.episodes).toMatchObject([{ steps: 3, terminated: false, truncated: true }])
  })
})

describe('answers', () => {
  it('come the latency after their step and run on over steps, the pause and the next episode', async () => {
    const dish = walking()
    // from the end of step 1, every 50 ms for 3 s
    const session = await steppedLoopOf(dish, answering(train({ pulses: regular(60, 50) }))).play({ episodes: 3 })
    expect(timesOn(dish, [19])).toEqual(Array.from({ length: 60 }, (_, k) => STEP_MS + 5 + 50 * k))
    expect(session.answers).toMatchObject([{ startMs: STEP_MS }])
    expect(session.droppedPulses).toBe(0)
  })

  it('silence their channels first, and lose what still comes too soon, as hardware does', async () => {
    const bothOn = async (changes: Partial<GradedAnswer>) => {
      const dish = walking()
      const session = await steppedLoopOf(dish, answering(train({ pulses: regular(4, 57), ...changes }), {}, true)).play({ episodes: 1 })
      return { times: timesOn(dish, [19]), session }
    }
    // trains of 4 at 57 ms, a new one every 114.5 ms: the third pulse comes 0.5 ms before the first of the next train
    const clashing = await bothOn({})
    expect(clashing.session.droppedPulses).toBe(14)
    const silenced = await bothOn({ interrupts: [19] })
    expect(silenced.session.droppedPulses).toBe(0)
    expect(silenced.times.slice(0, 4)).toEqual([119.5, 176.5, 234, 291])
    for (const { times } of [clashing, silenced]) {
      for (let k = 1; k < times.length; k++) expect(times[k] - times[k - 1]).toBeGreaterThanOrEqual(5)
    }
  })

  it('are cut by the next sensory input where the original is asked for, but live through the pause', async () => {
    const dish = walking()
    const policy = answering(train({ pulses: regular(100, 10) }), { interruptedByEncoding: true })
    await steppedLoopOf(dish, policy).play({ episodes: 1 })
    // 114.5 ms, of which the first 5 are latency
    expect(timesOn(dish, [19])).toHaveLength(11)
    const paused = walking()
    const atEnd = answering(train({}), { interruptedByEncoding: true, afterEpisode: () => [train({ pulses: regular(200, 10) })] })
    await steppedLoopOf(paused, atEnd).play({ episodes: 2 })
    // 1000 ms twice: the second pause ends the session
    expect(timesOn(paused, [19])).toHaveLength(200)
  })

  it('that suspend the sensory input do so for exactly their time while the game goes on, and only one at a time', async () => {
    const dish = walking()
    const steps: boolean[] = []
    const pulses = regular(3, 30)
    const policy = answering(train({ kind: 'unpredictable', pulses, suspendsSensoryMs: 300 }), {}, true)
    const encoder: Encoder = { ...encoderOf(), encode: () => Array.from({ length: 11 }, (_, k) => ({ offsetMs: k * 10, channel: 8, currentUa: 1 })) }
    const session = await steppedLoopOf(dish, policy, { encoder }).play({
      episodes: 1,
      onStep: ({ sensoryOff }) => {
        steps.push(sensoryOff)
      },
    })
    // given after step 1 (114.5 ms), asked for and only counted after steps 2 and 3, given again after step 4 and 7
    expect(session.answers.map(({ startMs }) => startMs)).toEqual([STEP_MS, 4 * STEP_MS, 7 * STEP_MS])
    expect(session.passedOver).toBe(5)
    expect(session.steps).toBe(8)
    expect(steps).toEqual([false, true, true, true, true, true, true, true])
    const shown = timesOn(dish, [8])
    // pulses are decided 5 ms before they leave
    expect(shown.filter((ms) => ms - 5 >= STEP_MS && ms - 5 < STEP_MS + 300)).toEqual([])
    expect(shown.some((ms) => ms - 5 >= STEP_MS + 300 && ms - 5 < 4 * STEP_MS)).toBe(true)
  })
})

describe('an answer to an episode', () => {
  // a player who is hit again and again dies while the answer to a blow hides the game
  it('is given even while the answer to a step suspends the sensory input, and the longer suspension holds', async () => {
    const longest = async (stepMs: number, episodeMs: number): Promise<number> => {
      const dish = walking()
      const blow = train({ kind: 'unpredictable', pulses: [], suspendsSensoryMs: stepMs })
      const end = train({ name: 'episodeBad', kind: 'unpredictable', pulses: regular(1, 1), suspendsSensoryMs: episodeMs })
      const policy = answering(blow, { afterEpisode: () => [end] }, true)
      const session = await steppedLoopOf(dish, policy, { timing: { pauseMs: 0 } }).play({ episodes: 2 })
      const ends = session.answers.filter(({ answer }) => answer.name === 'episodeBad')
      expect(ends).toHaveLength(2)
      expect(ends[0].startMs).toBe(8 * STEP_MS)
      expect(timesOn(dish, [19])).toHaveLength(1)
      return Math.min(...timesOn(dish, SENSORY).filter((ms) => ms > 8 * STEP_MS + 5)) - 8 * STEP_MS
    }
    // blows after each step: those after steps 1 and 6 are answered, the latter until 271 ms after the end
    expect(await longest(500, 100)).toBeGreaterThanOrEqual(500 - 2 * STEP_MS)
    expect(await longest(200, 700)).toBeGreaterThanOrEqual(700)
  })
})

describe('the yoked session', () => {
  it('receives the same pulses at the same times as its source, and is shown nothing when the other was shown nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), async (seed) => {
        const feedback = { rewardFeedback: true, events: { damageTaken: { good: false, channels: [44, 47, 48], unpredictable: true, unpredictableMs: 400, restMs: 200 } } }
        const source = new NotingDish((step) => (step % 3 === 0 ? [...FORWARD, ...ATTACK] : FORWARD))
        const earned = await steppedLoopOf(source, gradedFeedback(feedback), { seed }).play({ minutes: 0.15 })
        expect(earned.answers.length).toBeGreaterThan(3)
        const twin = firing([])
        const policy = gradedOpenLoop(structuredClone(earned.answers))
        const received = await steppedLoopOf(twin, policy, { seed: seed + 1 }).play({ minutes: 0.15 })
        const feedbackChannels = [19, 20, 22, 23, 24, 26, 44, 47, 48]
        const until = Math.min(earned.durationMs, received.durationMs)
        const seenBy = (dish: NotingDish) => dish.pulses.filter(([step, channel]) => step < 2 * until && feedbackChannels.includes(channel))
        expect(seenBy(twin)).toEqual(seenBy(source))
        expect(received.answers).toEqual(earned.answers.filter(({ startMs }) => startMs < received.durationMs))
        for (const { startMs, answer } of received.answers) {
          const inSuspension = timesOn(twin, SENSORY).filter((ms) => ms >= startMs + 5 && ms < startMs + answer.suspendsSensoryMs)
          expect(answer.suspendsSensoryMs === 0 ? [] : inSuspension).toEqual([])
        }
      }),
      { numRuns: 10 },
    )
  })

  it('of a silent session suspends without a pulse', async () => {
    const dish = new NotingDish((step) => (step % 3 === 0 ? [...FORWARD, ...ATTACK] : FORWARD))
    const { answers } = await steppedLoopOf(dish, gradedSilent()).play({ minutes: 0.2 })
    expect(answers.length).toBeGreaterThan(0)
    expect(new Set(answers.map(({ answer }) => answer.kind))).toEqual(new Set(['silent']))
    expect(dish.pulses.every(([, channel]) => SENSORY.includes(channel))).toBe(true)
  })
})

describe('a signal', () => {
  it('ends play before the next step and keeps what there is; nothing is closed', async () => {
    const stop = new AbortController()
    const env = new Corridor()
    const dish = walking()
    const loop = steppedLoopOf(dish, gradedNoFeedback(), { env })
    const session = await loop.play({
      episodes: 5,
      signal: stop.signal,
      onStep: ({ episode, step }) => {
        if (episode === 1 && step === 2) stop.abort()
      },
    })
    expect(session).toMatchObject({ interrupted: true, steps: 11, episodes: [{ complete: true }, { complete: false, steps: 3 }] })
    expect((await loop.play({ episodes: 1 })).episodes).toMatchObject([{ complete: true, steps: 8 }])
  })
})

describe('bad parts', () => {
  it.each([
    ['encoder and decoder', { encoder: { ...encoderOf(), channels: [41] } }],
    ['decoder and feedback', { feedback: { ...gradedNoFeedback(), channels: [32] } }],
    ['encoder and feedback', { feedback: { ...gradedNoFeedback(), channels: [8] } }],
  ])('refuses a channel that %s share', (_, parts) => {
    expect(codeOf(() => steppedLoopOf(walking(), gradedNoFeedback(), parts))).toBe('loop/channels')
  })

  it.each([
    ['mea/channel-forbidden', { feedback: { ...gradedNoFeedback(), channels: [7] } }],
    ['loop/heads', { decoder: { ...decoderOf(), idleAction: [0, 0] } }],
    ['time/not-a-multiple', { timing: { stepMs: 114.3 } }],
    ['time/not-a-multiple', { timing: { pauseMs: 0.25 } }],
    ['parameter/invalid', { timing: { stepMs: NaN } }],
    ['parameter/invalid', { timing: { latencyMs: 1 } }],
    ['rng/seed', { seed: -1 }],
  ])('refuses with %s', (code, parts) => {
    expect(codeOf(() => steppedLoopOf(walking(), gradedNoFeedback(), parts))).toBe(code)
  })

  it.each([
    ['loop/episodes', {}],
    ['loop/episodes', { episodes: 0 }],
    ['loop/episodes', { episodes: 1.5 }],
    ['loop/episodes', { episodes: NaN, minutes: 1 }],
    ['loop/minutes', { minutes: NaN }],
    ['loop/minutes', { minutes: -1 }],
    ['loop/minutes', { minutes: Infinity }],
    ['loop/minutes', { minutes: 0.0001 }],
  ])('rejects with %s for the span %o', async (code, options) => {
    expect(await rejection(steppedLoopOf(walking()).play(options))).toBe(code)
  })

  it('rejects what is not finite in a report, and a culture can be played on afterwards', async () => {
    const spoilt = (change: object) => new Corridor({ spoil: (step) => ({ ...step, ...change }) })
    const of = (env: Corridor) => rejection(steppedLoopOf(walking(), gradedNoFeedback(), { env }).play({ episodes: 1 }))
    expect(await of(spoilt({ reward: NaN }))).toBe('loop/report')
    expect(await of(spoilt({ reward: Infinity }))).toBe('loop/report')
    expect(await of(spoilt({ observation: Float32Array.of(0, NaN, 0) }))).toBe('loop/report')
    expect(await of(spoilt({ observation: Float32Array.of(0, 1) }))).toBe('loop/report')
    expect(await of(spoilt({ info: { events: [{ name: 'kill', size: NaN }] } }))).toBe('loop/report')
    const dish = walking()
    let isBad = true
    const env = new Corridor({ spoil: (step) => (isBad && step.observation[0] > 0.4 ? { ...step, reward: NaN } : step) })
    const loop = steppedLoopOf(dish, answering(train({ pulses: regular(50, 50) })), { env })
    expect(await rejection(loop.play({ episodes: 1 }))).toBe('loop/report')
    const pulsed = timesOn(dish, [19]).length
    expect(pulsed).toBeGreaterThan(0)
    isBad = false
    expect((await loop.play({ episodes: 1 })).episodes).toMatchObject([{ steps: 8 }])
    expect(timesOn(dish, [19])).toHaveLength(pulsed)
  })

  it.each([[[0, 0]], [[3, 0, 0]], [[0.5, 0, 0]], [[NaN, 0, 0]], [[-1, 0, 0]]])('rejects a decoder that chooses %o', async (choice) => {
    const decoder = { ...decoderOf(), decode: () => choice }
    expect(await rejection(steppedLoopOf(walking(), gradedNoFeedback(), { decoder }).play({ episodes: 1 }))).toBe('loop/choice')
  })

  it.each([NaN, -1, Infinity])('rejects an answer that suspends the sensory input for %o ms', async (suspendsSensoryMs) => {
    const policy = answering(train({ suspendsSensoryMs }))
    expect(await rejection(steppedLoopOf(walking(), policy).play({ episodes: 1 }))).toBe('loop/suspension')
  })
})
