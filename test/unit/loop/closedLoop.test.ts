/** The closed loop: timing, conditions, pairing, yoking, errors. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fep, inverted, noFeedback, openLoop, rest, silent, type FeedbackPolicy } from '../../../src/feedback/index.js'
import { motorRegionDecoder, placeRateEncoder, sessionScript, type Encoder, type Encounter, type Session, type TickView } from '../../../src/loop/index.js'
import { codeOf } from '../culture/cultures.js'
import { living, loopOf, NotingDish, wandering } from './dishes.js'

const MINUTE_MS = 60_000
const ticksOf = (policy: FeedbackPolicy, dish: NotingDish, minutes = 1): { session: Session; views: TickView[] } => {
  const views: TickView[] = []
  const session = loopOf(policy, dish).play({ minutes, onTick: (view) => views.push({ ...view, observation: Array.from(view.observation) }) })
  return { session, views }
}
/** Steps of pulses on any channel inside [fromMs, toMs). */
const between = (dish: NotingDish, fromMs: number, toMs: number): [number, number][] =>
  dish.pulses.filter(([step]) => step >= fromMs * 2 && step < toMs * 2)

describe('a session', () => {
  it('meets the ball every 5 s of play or so, reports hits and misses, and lasts as asked', () => {
    const dish = wandering(800)
    const { session, views } = ticksOf(noFeedback(), dish)
    expect(session.durationMs).toBe(MINUTE_MS)
    expect(dish.step).toBe(2 * MINUTE_MS)
    expect(views).toHaveLength(6000)
    // 2.5 s to cross the field, there and back: first arrival at 2.5 s, then every 5 s
    expect(session.encounters).toHaveLength(12)
    for (const { hit, targetHeight, ownHeight, reach, lowest, highest } of session.encounters) {
      expect(hit).toBe(Math.abs(targetHeight - ownHeight) <= reach)
      expect(ownHeight >= lowest && ownHeight <= highest).toBe(true)
    }
    expect(session.encounters[0]?.timeMs).toBeCloseTo(2490, -2)
    expect(session.actionShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(session.spikes).toBe(6000 * 12)
  })

  it('moves the paddle where the motor regions say', () => {
    const top = ticksOf(noFeedback(), wandering(1e9), 0.1)
    expect(top.views.at(-1)?.observation[4]).toBeCloseTo(5 / 6, 5)
    expect(top.session.actionShares[1]).toBeGreaterThan(0.7)
  })

  it('shows the ball by sensory pulses 5 ms after the tick at the earliest, and none in rest', () => {
    const shown = new NotingDish()
    ticksOf(silent(), shown, 0.05)
    expect(shown.pulses.length).toBeGreaterThan(10)
    expect(shown.pulses.every(([step, channel]) => step >= 10 && channel >= 8 && channel <= 15)).toBe(true)
    const unshown = new NotingDish()
    const { session } = ticksOf(rest(), unshown)
    expect(unshown.pulses).toEqual([])
    expect(session.pulses).toBe(0)
    expect(session.encounters.length).toBeGreaterThan(10)
  })

  it('loses the spikes that fall into the artefact of a pulse', () => {
    const record = (blindMs: number): Session => {
      const dish = new NotingDish(() => [28])
      return loopOf(noFeedback(), dish, { timing: { blindMs, latencyMs: 10 } }).play({ minutes: 0.1 })
    }
    expect(record(0).electrodeSpikes[28]).toBe(600)
    const seen = record(10)
    expect(seen.electrodeSpikes[28]).toBeLessThan(600)
    expect(seen.electrodeSpikes[28]).toBeGreaterThan(600 - 2 * seen.pulses)
    expect(seen.spikes).toBe(600)
  })

  it('keeps the spikes of the window asked for', () => {
    const { recording } = loopOf(noFeedback(), new NotingDish(() => [28, 29])).play({ minutes: 0.05, record: { fromMs: 1000, toMs: 2000 } })
    expect([recording?.startStep, recording?.endStep, recording?.steps.length]).toEqual([2000, 4000, 200])
    expect([...(recording?.neurons.subarray(0, 4) ?? [])]).toEqual([28, 29, 28, 29])
  })

  it('rests first, without stimulation, and lets the decoder adapt then only', () => {
    const dish = wandering(800)
    const decoder = motorRegionDecoder()
    const session = loopOf(fep(), dish, { decoder }).run({ minutes: 0.05, restMinutes: 0.1 })
    expect(session.startMs).toBe(6000)
    expect(between(dish, 0, 6000)).toEqual([])
    // one spike on each electrode of one region a tick: 100 Hz half of the time, target 20 Hz
    expect(decoder.gains.up + decoder.gains.down).toBeCloseTo(5, 1)
    const gains = { ...decoder.gains }
    loopOf(fep(), dish, { decoder }).play({ minutes: 0.1 })
    expect(decoder.gains).toEqual(gains)
  })
})

describe('fep', () => {
  const dish = wandering(800)
  const { session, views } = ticksOf(fep(), dish, 2)
  const hits = session.encounters.filter(({ hit }) => hit)
  const misses = session.encounters.filter(({ hit }) => !hit)

  it('answers every hit with 8 electrodes x 10 pulses at 100 Hz, 5 ms after it', () => {
    expect(hits.length).toBeGreaterThan(2)
    for (const { timeMs } of hits) {
      const pulses = between(dish, timeMs + 5, timeMs + 105)
      expect(pulses).toHaveLength(80)
      expect([...new Set(pulses.map(([step]) => step / 2 - timeMs))]).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95])
    }
  })

  it('answers every miss with 20 pulses in 4 s and then rests for 4 s', () => {
    const whole = misses.filter(({ timeMs }) => timeMs + 8005 < 2 * MINUTE_MS)
    expect(whole.length).toBeGreaterThan(2)
    for (const { timeMs } of whole) {
      expect(between(dish, timeMs + 5, timeMs + 4006)).toHaveLength(20)
      expect(between(dish, timeMs + 4006, timeMs + 8005)).toEqual([])
    }
  })

  it('stops the game, the sensory pulses and the read-out while it answers a miss, and serves anew', () => {
    for (const { timeMs } of misses) {
      const waiting = views.filter(({ playMs }) => playMs > timeMs && playMs < timeMs + 8000)
      expect(new Set(waiting.map(({ observation }) => Array.from(observation).join())).size).toBe(1)
      expect(waiting.every(({ action, event, isAnswering }) => action === 0 && event === null && isAnswering)).toBe(true)
    }
  })

  it('lets the game go on while it answers a hit, with the read-out blind', () => {
    for (const { timeMs } of hits) {
      const answering = views.filter(({ playMs }) => playMs > timeMs && playMs < timeMs + 100)
      expect(new Set(answering.map(({ observation }) => observation[0])).size).toBe(answering.length)
      expect(answering.every(({ action }) => action === 0)).toBe(true)
    }
  })

  it('keeps a script of what it answered and when', () => {
    expect(session.answers.map(({ startMs }) => startMs)).toEqual(session.encounters.map(({ timeMs }) => timeMs))
    expect(JSON.parse(JSON.stringify(session.answers))).toEqual(session.answers)
    expect(new Set(misses.map((_, k) => session.answers.filter(({ answer }) => answer.pausesGame)[k]?.answer.pulses[0]?.offsetMs)).size).toBe(misses.length)
  })
})

describe('silent', () => {
  it('waits as long as fep after a miss, without a pulse, and does nothing after a hit', () => {
    const dish = wandering(800)
    const { session } = ticksOf(silent(), dish, 2)
    const misses = session.encounters.filter(({ hit }) => !hit)
    expect(misses.length).toBeGreaterThan(2)
    for (const { timeMs } of misses) expect(between(dish, timeMs + 5, Math.min(timeMs + 8005, 2 * MINUTE_MS))).toEqual([])
    for (const { timeMs } of session.encounters.filter(({ hit }) => hit)) {
      const pulses = between(dish, timeMs, timeMs + 300)
      expect(pulses.length).toBeLessThanOrEqual(13)
      expect(new Set(pulses.map(([step]) => step)).size).toBe(pulses.length)
    }
  })
})

describe('the yoked open loop', () => {
  const donor = wandering(800)
  const earned = ticksOf(fep(), donor, 2)

  it('delivers the pulses that its donor earned, at the same times, whatever happens in its own game', () => {
    const dish = wandering(1300)
    const yoked = ticksOf(openLoop(sessionScript(earned.session)), dish, 2)
    expect(yoked.session.encounters).not.toEqual(earned.session.encounters)
    expect(yoked.session.answers).toEqual(earned.session.answers)
    for (const { startMs, answer } of earned.session.answers) {
      const pulses = between(dish, startMs + 5, Math.min(startMs + answer.durationMs + 5, 2 * MINUTE_MS))
      expect(pulses).toEqual(between(donor, startMs + 5, Math.min(startMs + answer.durationMs + 5, 2 * MINUTE_MS)))
      expect(pulses.length).toBeGreaterThan(0)
    }
  })

  it('waits when its donor waited, and only then', () => {
    const yoked = ticksOf(openLoop(sessionScript(earned.session)), wandering(1300), 2)
    expect(yoked.views.map(({ isAnswering }) => isAnswering).slice(0, 11_000).filter(Boolean).length).toBeGreaterThan(2000)
    for (const { startMs, answer } of earned.session.answers.filter((given) => given.answer.pausesGame)) {
      const waiting = yoked.views.filter(({ playMs }) => playMs >= startMs && playMs < startMs + answer.durationMs)
      expect(new Set(waiting.map(({ observation }) => Array.from(observation).join())).size).toBe(1)
    }
  })
})

describe('pairing', () => {
  const upToFirst = ({ encounters }: Session): Encounter[] => encounters.slice(0, 1)
  const play = (policy: FeedbackPolicy, seed = 5): { session: Session; weights: Float32Array } => {
    const culture = living()
    const weights = culture.state.weight.slice()
    return { session: loopOf(policy, culture, { seed }).play({ minutes: 0.06, record: { fromMs: 0, toMs: 2400 } }), weights }
  }
  const runs = [fep(), silent(), inverted(), noFeedback()].map((policy) => play(policy))

  it('gives the same wiring, noise and serve under every condition until the first answer', () => {
    const [first] = runs
    expect(first?.session.encounters.length).toBeGreaterThan(0)
    expect(first?.session.recording?.steps.length).toBeGreaterThan(50)
    for (const { session, weights } of runs) {
      expect(upToFirst(session)).toEqual(first && upToFirst(first.session))
      expect(session.recording).toEqual(first?.session.recording)
      expect(weights).toEqual(first?.weights)
    }
  })

  it('is exact: the same seeds give the same session, another seed another game', () => {
    const [first] = runs
    expect(play(fep())).toEqual(first)
    expect(upToFirst(play(fep(), 6).session)).not.toEqual(first && upToFirst(first.session))
  })

  it('serves the same balls in the same order, however long the answers take', () => {
    const heights = (policy: FeedbackPolicy): number[] =>
      ticksOf(policy, new NotingDish(), 2).session.encounters.filter(({ hit }) => !hit).map(({ targetHeight }) => targetHeight)
    const [long, short] = [heights(fep()), heights(fep({ unpredictableDurationMs: 500, restAfterMissMs: 0 }))]
    expect(long.length).toBeGreaterThan(3)
    expect(short.length).toBeGreaterThan(long.length)
    expect(short.slice(0, long.length)).toEqual(long)
  })

  it('moves the paddle of a resting culture by its own activity', () => {
    const { actionShares, pulses, spikes } = loopOf(rest(), living(), { decoder: motorRegionDecoder({ quietShare: 0 }) }).play({ minutes: 0.1 })
    expect(pulses).toBe(0)
    expect(spikes).toBeGreaterThan(0)
    expect(actionShares[0]).toBeLessThan(1)
  })
})

describe('the rate limit', () => {
  it('is kept by sensory pulses and answers together, whatever the seeds and the answers', () => {
    const options = fc.record({
      unpredictableDurationMs: fc.integer({ min: 10, max: 900 }),
      restAfterMissMs: fc.constantFrom(0, 10, 500),
      predictableFrequencyHz: fc.integer({ min: 20, max: 200 }),
      predictableDurationMs: fc.integer({ min: 10, max: 200 }),
      unpredictableFrequencyHz: fc.integer({ min: 5, max: 200 }),
    })
    fc.assert(
      fc.property(options, fc.nat(), fc.integer({ min: 100, max: 2000 }), (answers, seed, periodMs) => {
        const dish = wandering(periodMs)
        loopOf(fep(answers), dish, { seed, decoder: motorRegionDecoder() }).play({ minutes: 0.5 })
        const last = new Map<number, number>()
        for (const [step, channel] of dish.pulses) {
          expect(step - (last.get(channel) ?? -10)).toBeGreaterThanOrEqual(10)
          last.set(channel, step)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('a sensory pulse', () => {
  it('that would come too soon after an answer on its channel is dropped, as the hardware would drop it', () => {
    const late: FeedbackPolicy = {
      ...fep(),
      answer: () => ({ pulses: [{ offsetMs: 9.5, channels: [8], amplitudeMv: 75 }], durationMs: 10, pausesGame: false }),
    }
    const everyTick: Encoder = { name: 'everyTick', channels: [8], reset: () => {}, encode: () => [{ offsetMs: 0, channel: 8, amplitudeMv: 75 }] }
    const dish = new NotingDish()
    const { encounters, pulses } = loopOf(late, dish, { encoder: everyTick }).play({ minutes: 0.1 })
    const [timeMs = NaN] = encounters.map((encounter) => encounter.timeMs)
    // the answer is the one pulse of its tick, 0.5 ms before the next tick's would come
    expect(between(dish, timeMs - 5, timeMs + 30).map(([step]) => step / 2 - timeMs)).toEqual([-5, 14.5, 25])
    expect(pulses).toBe(dish.pulses.length)
  })
})

describe('a second play on the same loop', () => {
  it('goes on with other balls, and two equal loops go on alike', () => {
    const twice = (): number[][] => {
      const loop = loopOf(noFeedback(), new NotingDish(), {}, { afterMiss: 'bounce' })
      return [1, 2].map(() => loop.play({ minutes: 0.2 }).encounters.map(({ targetHeight }) => targetHeight))
    }
    const [first, second] = twice()
    expect(second).not.toEqual(first)
    expect(twice()).toEqual([first, second])
  })
})

describe('bad input', () => {
  it.each([0, -1, NaN, Infinity, 1e-6])('refuses to play %d minutes', (minutes) => {
    expect(codeOf(() => loopOf(fep(), new NotingDish()).play({ minutes }))).toBe('loop/minutes')
  })

  it.each([-1, NaN, Infinity])('refuses to rest %d minutes, and 0 is none', (minutes) => {
    expect(codeOf(() => loopOf(fep(), new NotingDish()).rest(minutes))).toBe('loop/minutes')
    expect(codeOf(() => loopOf(fep(), new NotingDish()).rest(0))).toBeUndefined()
  })

  it('refuses a game that goes on after a miss for a policy that ends the rally, and the other way round', () => {
    const silence = (): NotingDish => new NotingDish()
    expect(codeOf(() => loopOf(fep(), silence(), {}, { afterMiss: 'bounce' }).play({ minutes: 1 }))).toBe('loop/after-miss')
    expect(codeOf(() => loopOf(noFeedback(), silence(), {}, { afterMiss: 'end' }).play({ minutes: 1 }))).toBe('loop/after-miss')
  })

  it('refuses an answer without end', () => {
    const endless: FeedbackPolicy = { ...fep(), answer: () => ({ pulses: [], durationMs: Infinity, pausesGame: true }) }
    expect(codeOf(() => loopOf(endless, new NotingDish()).play({ minutes: 1 }))).toBe('loop/answer')
  })

  it('refuses channels that the array does not have or may not use, and electrodes that are both pulsed and read', () => {
    const make = (sensory: number[], up: number[]): string | undefined =>
      codeOf(() => loopOf(fep(), new NotingDish(), { encoder: placeRateEncoder({}, sensory.map((channel) => [channel])), decoder: motorRegionDecoder({}, { up, down: [40] }) }))
    expect(make([8, 9], [41])).toBeUndefined()
    expect(make([8, 64], [41])).toBe('mea/channel-unknown')
    expect(make([8, 7], [41])).toBe('mea/channel-forbidden')
    expect(make([8, 9], [63])).toBe('mea/channel-forbidden')
    expect(make([8, 9], [9])).toBe('loop/channels')
  })

  it('refuses bad clocks and seeds', () => {
    const make = (parts: object): string | undefined => codeOf(() => loopOf(fep(), new NotingDish(), parts))
    expect(make({ timing: { tickMs: 0 } })).toBe('parameter/invalid')
    expect(make({ timing: { tickMs: 10.3 } })).toBe('time/not-a-multiple')
    expect(make({ timing: { latencyMs: NaN } })).toBe('parameter/invalid')
    expect(make({ timing: { tick: 10 } })).toBe('parameter/unknown')
    expect(make({ seed: NaN })).toBe('rng/seed')
  })
})
