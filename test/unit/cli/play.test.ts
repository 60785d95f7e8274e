import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PongEnv } from '../../../envs/pong/index.js'
import { pongStage, prepareCulture, protocolParameters, runTrial } from '../../../src/bench/index.js'
import { experimentSchema } from '../../../src/cli/experiment.js'
import { earlyAndLate, hitRateCurve, recentText } from '../../../src/cli/play/hitRates.js'
import { fitTo, LiveScreen } from '../../../src/cli/play/liveScreen.js'
import { Pace } from '../../../src/cli/play/pace.js'
import { pongSetup, type PongFlags } from '../../../src/cli/play/pongSetup.js'
import type { PlayFrame, PlayProgress, PongFeedback } from '../../../src/cli/play/protocol.js'
import { arrayLines, bar, drawPlay, plainLine, tallyOf, type PlayState, type SessionFacts } from '../../../src/cli/play/screen.js'
import { playSession } from '../../../src/cli/play/session.js'
import { paragraphOf } from '../../../src/cli/play/summary.js'
import { loadConfig } from '../../../src/io/index.js'
import { boardLayout, type Encounter } from '../../../src/loop/index.js'
import { arrayLayout } from '../../../src/mea/index.js'
import { root } from '../../cli/run.js'
import { codeOf } from '../culture/cultures.js'

const layout = arrayLayout('cl1')
const protocol = protocolParameters.parse({})
const facts: SessionFacts = {
  preset: null, feedback: 'fep', seed: 7, neurons: 1000, totalMs: 120_000, protocol, layout, board: boardLayout(), restRateHz: 20,
}
const encounter = (hit: boolean, targetHeight = 0.5, timeMs = 0): Encounter => ({ timeMs, hit, targetHeight, ownHeight: 0.5, reach: 1 / 6, lowest: 1 / 6, highest: 5 / 6 })
const frame: PlayFrame = {
  playMs: 65_000,
  field: '┌──\n│● █\n└──',
  isAnswering: true,
  isPaused: false,
  upHz: 40,
  downHz: 5,
  electrodeHz: Array.from({ length: 64 }, (_, channel) => channel),
  realTimeFactor: 1,
  possibleFactor: 9.4,
}
const state: PlayState = { facts, rested: { doneMs: 0, totalMs: 0 }, frame, encounters: [encounter(false), encounter(true), encounter(true)] }

describe('the display', () => {
  it('shows field, score, regions, array, time and speed', () => {
    const text = drawPlay(state)
    expect(text).toContain('Pong under fep, seed 7, 1,000 neurons   1:05 of 2:00')
    expect(text).toContain('hits 2   misses 1   hit rate 67 % (last 3: 67 %)   rally 2   longest 2')
    expect(text).toContain('│● █')
    expect(text).toMatch(/up +█+ +40 Hz/)
    expect(text).toMatch(/down +█*.? +5 Hz/)
    expect(text).toContain('answering a hit')
    expect(text).toContain('1.0 x real time (up to 9 x)')
    expect(text).toContain('hit rate in tenths of the session so far ▆·········')
  })

  it('says when the sensory input pauses, and which preset is played', () => {
    const text = drawPlay({ ...state, facts: { ...facts, preset: 'learner', feedback: 'avoidance' }, frame: { ...frame, isAnswering: false, isPaused: true } })
    expect(text).toContain('Pong under avoidance, preset learner, seed 7, 1,000 neurons')
    expect(text).toContain('pausing the sensory input')
    expect(drawPlay({ ...state, frame: { ...frame, isAnswering: false } })).not.toContain('pausing')
  })

  it('fits a usual terminal, and a smaller one when it is cut', () => {
    const field = Array.from({ length: 16 }, () => '─'.repeat(48)).join('\n')
    const lines = drawPlay({ ...state, frame: { ...frame, field } }).split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(Math.max(...lines.map((line) => Array.from(line).length))).toBeLessThanOrEqual(80)
    expect(fitTo('abcdef\n●●●●\nx', 3, 2)).toEqual(['abc', '●●●'])
  })

  it('says what it waits for before the game begins', () => {
    const waiting = { ...state, frame: undefined }
    expect(drawPlay(waiting)).toContain('growing the culture')
    expect(drawPlay({ ...waiting, rested: { doneMs: 3000, totalMs: 30_000 } })).toContain('resting, 0:03 of 0:30')
  })

  it('draws the array as it lies: roles, unusable electrodes, more activity darker', () => {
    const lines = arrayLines(layout, boardLayout(), Array.from({ length: 64 }, (_, channel) => (channel === 8 ? 200 : channel === 15 ? 3 : 0)))
    expect(lines).toHaveLength(8)
    // channel 0 is at the bottom left, and corners cannot be used
    expect(lines[7]).toBe(' ×  ·  ·  ·  ×  ·  ·  ×')
    expect(lines[6]).toBe('S█ S· S· S· S· S· S· S░')
    expect(lines[1]).toBe('D· D· U· U· D· D· U· U·')
    // another board has other roles
    const other = arrayLines(layout, boardLayout(false, { places: 4, sensoryRows: [1, 2], motorRows: [6] }), [])
    expect([other[6], other[5], other[3], other[1]]).toEqual([
      'S· S· S· S· S· S· S· S·', 'S· S· S· S· S· S· S· S·', ' ·  ·  ·  ·  ·  ·  ·  ·', 'D· D· U· U· D· D· U· U·',
    ])
  })

  it('says the same in one line of a log', () => {
    expect(plainLine(state)).toBe('1:05 of 2:00: hits 2, misses 1, hit rate 67 % (last 3: 67 %), rally 2, up 40 Hz, down 5 Hz, 1.0 x real time (up to 9 x)')
  })
})

describe('bar', () => {
  it('has eighths of a character, a fixed width and a full end', () => {
    expect(bar(0, 10, 4)).toBe('    ')
    expect(bar(5, 10, 4)).toBe('██  ')
    expect(bar(99, 10, 4)).toBe('████')
    expect(bar(1, 32, 4)).toBe('▏   ')
    expect(bar(-3, 10, 4)).toBe('    ')
  })
})

describe('tally and summary', () => {
  it('count rallies between misses', () => {
    expect(tallyOf([])).toEqual({ hits: 0, misses: 0, rally: 0, longest: 0 })
    expect(tallyOf([true, true, false, true].map((hit) => encounter(hit)))).toEqual({ hits: 3, misses: 1, rally: 1, longest: 2 })
  })

  it('sum up a session in one honest paragraph', () => {
    const text = paragraphOf(facts, [encounter(true, 0.5), encounter(true, 0.6), encounter(false, 0.9)], 120_000)
    // balls at .5 and .6 are within reach of a paddle at .5, the one at .9 is not: 4 of the 6 shuffled pairs would be hits
    expect(text).toBe(
      'Pong under fep, seed 7, 1,000 neurons, 2:00: 3 balls, 2 hits (67 %); the same paddle would have hit 67 % of shuffled balls, so its skill is ' +
        "0.00. Longest rally 2 hits, mean 2.00 over 1 finished rally. " +
        "One session of one culture is no evidence of learning: many of them beside their controls are, which is what 'bl1 compare' does.",
    )
    expect(paragraphOf(facts, [], 34_000)).toBe('Pong under fep, seed 7, 1,000 neurons, 0:34 of 2:00 (ended early): no ball arrived.')
  })
})

describe('hit rates on the way', () => {
  /** A ball every second; those of the second half are hit. */
  const learning = Array.from({ length: 80 }, (_, k) => encounter(k >= 40, 0.5, 1000 * k + 500))

  it('of the last 20 balls stands beside the whole', () => {
    expect(recentText([])).toBe('last 20: -')
    expect(recentText(learning.slice(0, 3))).toBe('last 3: 0 %')
    expect(recentText(learning.slice(0, 45))).toBe('last 20: 25 %')
    expect(plainLine({ ...state, encounters: learning })).toContain('hit rate 50 % (last 20: 100 %)')
  })

  it('in tenths of the session make a curve of eight levels; a dot where no ball came', () => {
    expect(hitRateCurve(learning, 80_000)).toBe('▁▁▁▁▁█████')
    expect(hitRateCurve(learning.filter(({ timeMs }) => timeMs < 64_000), 80_000)).toBe('▁▁▁▁▁███··')
    // of the first tenth 3 of 8 balls are hit
    expect(hitRateCurve(learning.map((one, k) => ({ ...one, hit: k < 3 })), 80_000)).toBe('▄▁▁▁▁▁▁▁▁▁')
    expect(hitRateCurve([], 0)).toBe('··········')
  })

  it('early and late are those of a comparison, and closing words say both', () => {
    // early: 10 s to a quarter; late: from 30 % on, where 40 of 56 balls are hit
    expect(earlyAndLate(learning, protocol, 80_000)).toMatchObject({ early: 0, late: 40 / 56 })
    expect(paragraphOf(facts, learning, 80_000)).toMatch(/ Early hit rate \(to 0:20\) 0 %, late \(from 0:24\) 71 %\. One session of one culture is no evidence/)
    // too short for an early part
    expect(paragraphOf(facts, learning.slice(0, 12), 12_000)).not.toContain('Early')
  })
})

describe('what is played', () => {
  const flags: PongFlags = { feedback: 'fep', minutes: 2, seed: 1, neurons: 1000, rest: 0.5 }
  const given = (some: Partial<PongFlags>) => pongSetup({ ...flags, ...some }, (option) => option in some)

  it('is the default experiment without a preset', () => {
    const { experiment, feedback, seed } = given({})
    expect([feedback, seed, experiment.culture.neurons, experiment.protocol.playMinutes, experiment.board.places]).toEqual(['fep', 1, 1000, 2, 8])
  })

  it('is the preset with its taught condition and 12 minutes; options that were given win', () => {
    const own = given({ preset: 'learner' })
    const config = loadConfig(join(root, 'configs', 'learner.yaml'), experimentSchema).config
    expect(own.experiment).toEqual({ ...config, protocol: { ...config.protocol, playMinutes: 12 } })
    expect(own).toMatchObject({ feedback: config.protocol.taught, seed: config.protocol.firstSeed })
    const asked = given({ preset: 'learner', feedback: 'silent', minutes: 3, seed: 9, neurons: 60, rest: 0.1 })
    expect(asked).toMatchObject({ feedback: 'silent', seed: 9, experiment: { culture: { neurons: 60 }, protocol: { playMinutes: 3, restMinutes: 0.1 } } })
    // the same values as the defaults of the options, but given
    expect(given({ preset: 'learner', minutes: 2, neurons: 1000 }).experiment).toMatchObject({ culture: { neurons: 1000 }, protocol: { playMinutes: 2 } })
  })
})

describe('Pace', () => {
  /** A clock that only waiting and computing move. */
  const fakeClock = () => {
    const clock = { ms: 0, nowMs: () => clock.ms, waitMs: (ms: number) => void (clock.ms += ms) }
    return clock
  }

  it('keeps simulated time in step with the clock', () => {
    const clock = fakeClock()
    const pace = new Pace(2, clock)
    for (let tick = 1; tick <= 100; tick++) {
      clock.ms += 1
      pace.keep(tick * 10)
    }
    expect(clock.ms).toBe(500)
    expect(pace.realTimeFactor).toBeCloseTo(2)
    // 10 ms of simulated time took 1 ms to compute
    expect(pace.possibleFactor).toBeCloseTo(10)
  })

  it('never waits without a speed, and does not race after a pause', () => {
    const clock = fakeClock()
    new Pace(null, clock).keep(1e6)
    expect(clock.ms).toBe(0)
    const pace = new Pace(1, clock)
    clock.ms += 60_000
    pace.keep(10)
    pace.keep(20)
    expect(clock.ms).toBe(60_010)
  })
})

describe('LiveScreen', () => {
  it('hides the cursor, never draws more than fits, and puts everything back once', () => {
    const written: string[] = []
    const screen = new LiveScreen({ columns: 3, rows: 1, write: (text) => written.push(text) })
    screen.draw('abcdef\nsecond')
    screen.close()
    screen.close()
    screen.draw('late')
    expect(written).toEqual(['\u001b[?1049h\u001b[?25l', '\u001b[Habc\u001b[K\u001b[J', '\u001b[?25h\u001b[?1049l'])
  })

  it('is put back when the process exits in between', () => {
    const before = process.listenerCount('exit')
    const screen = new LiveScreen({ write: () => true })
    expect(process.listenerCount('exit')).toBe(before + 1)
    screen.close()
    expect(process.listenerCount('exit')).toBe(before)
  })
})

describe('playSession', () => {
  const experiment = experimentSchema.parse({ culture: { neurons: 60 }, protocol: { playMinutes: 0.4, restMinutes: 0.1, settleSeconds: 1 } })
  const play = () => {
    const progress: PlayProgress[] = []
    const answer = playSession(experiment, { feedback: 'no_feedback', seed: 5, speed: null }, (one) => progress.push(one))
    return { answer, progress }
  }

  it('tells of rest, of every encounter, and shows a frame at least every ten simulated seconds', () => {
    const { answer, progress } = play()
    expect(progress.filter(({ type }) => type === 'resting').at(-1)).toEqual({ type: 'resting', doneMs: 6000, totalMs: 6000 })
    const frames = progress.flatMap((one) => (one.type === 'frame' ? [one.frame] : []))
    expect(frames.map(({ playMs }) => playMs)).toEqual(expect.arrayContaining([10_000, 20_000]))
    expect(frames[0]?.field.split('\n')).toHaveLength(16)
    // a ball crosses the field in 2.5 s and returns as long: it arrives at 2.5, 7.5, 12.5, 17.5, 22.5 s
    expect(progress.filter(({ type }) => type === 'encounter')).toHaveLength(5)
    expect(answer.durationMs).toBe(24_000)
  })

  it('is the same session for the same seed, watched or not', () => {
    const encounters = ({ progress }: ReturnType<typeof play>) => progress.filter(({ type }) => type === 'encounter')
    expect(encounters(play())).toEqual(encounters(play()))
  })
})

describe('playSession with the board, encoder and teacher of a config', () => {
  const learner = experimentSchema.parse({
    culture: { neurons: 60, dishUm: 1342, cells: { bias: 2.5 } }, // lively, so that the paddle moves
    board: { places: 4, sensoryRows: [0, 1, 2], motorRows: [4, 5, 6, 7] },
    encoder: { place: 'relative', lowestRateHz: 100, highestRateHz: 100 },
    decoder: { quietShare: 0 },
    protocol: { taught: 'avoidance', playMinutes: 0.1, restMinutes: 0.05, settleSeconds: 0.5 },
  })
  const framesOf = (feedback: PongFeedback, experiment = learner) => {
    const frames: PlayFrame[] = []
    const answer = playSession(experiment, { feedback, seed: 5, speed: null }, (one) => void (one.type === 'frame' && frames.push(one.frame)))
    return { answer, frames }
  }

  it('shows the ball on all electrodes of a place, and less of it while avoidance pauses', () => {
    const [taught, inverted, plain] = [framesOf('avoidance'), framesOf('inverted'), framesOf('no_feedback')]
    // 100 Hz on five electrodes or more (a corner electrode each cannot be used) for 6 s
    expect(plain.answer.pulses).toBeGreaterThan(5 * 590)
    expect(taught.answer.pulses).toBeLessThan(plain.answer.pulses)
    expect(inverted.answer.pulses).toBeLessThan(plain.answer.pulses)
    expect(taught.answer.pulses).not.toBe(inverted.answer.pulses)
    expect(plain.frames.every(({ isPaused }) => !isPaused)).toBe(true)
  })

  it('is the same session as a trial of a comparison', async () => {
    const experiment = { ...learner, protocol: { ...learner.protocol, probeMinutes: 0.001 } }
    const stage = pongStage({ ...experiment, makeGame: (afterMiss) => new PongEnv({ ...experiment.pong, tickMs: experiment.loop.tickMs, afterMiss }) })
    // an even seed: its motor regions are not exchanged
    const trial = await runTrial(stage, await prepareCulture(stage, 4), 'avoidance')
    const encounters: Encounter[] = []
    const own = playSession(experiment, { feedback: 'avoidance', seed: 4, speed: null }, (one) => void (one.type === 'encounter' && encounters.push(one.encounter)))
    expect({ encounters, spikes: own.spikes, pulses: own.pulses }).toEqual({ encounters: trial.encounters, spikes: trial.spikes, pulses: trial.pulses })
  })

  it('rewards a culture that is modulated by reward', () => {
    const rewarded = experimentSchema.parse({
      culture: { ...learner.culture, rewardModulation: { enabled: true } },
      protocol: { ...learner.protocol, taught: 'reward', conditions: ['reward'] },
    })
    expect(framesOf('reward', rewarded).answer.durationMs).toBe(6000)
    expect(codeOf(() => framesOf('reward'))).toBe('culture/no-reward')
  })
})
