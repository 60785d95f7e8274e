/** What a session of Doom shows in a terminal, says in a log and sums up to; and how long its film is. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerMs, answerName, endText, eventTexts } from '../../../src/cli/play/doom/happenings.js'
import { timeText, type DoomFacts, type DoomMoment } from '../../../src/cli/play/doom/facts.js'
import { DoomFilm, FILM_FPS, FILM_MINUTES } from '../../../src/cli/play/doom/film.js'
import { RecentActivity } from '../../../src/cli/play/doom/recent.js'
import { doomPlainLine, drawDoomPlay } from '../../../src/cli/play/doom/screen.js'
import { doomParagraphOf, doomSummaryOf } from '../../../src/cli/play/doom/summary.js'
import { fitTo } from '../../../src/cli/play/liveScreen.js'
import { Pace } from '../../../src/cli/play/pace.js'
import { pictureLines, pictureSize } from '../../../src/cli/play/terminalPicture.js'
import type { EpisodeRecord } from '../../../src/loop/index.js'
import { ElectrodeArray } from '../../../src/mea/index.js'
import { temporaryFolder } from '../io/support.js'
import { NotingDish } from '../loop/dishes.js'
import { decodeApng } from '../recording/decodeApng.js'
import { secondsOf } from '../recording/decoded.js'
import { plain } from './doomScene.js'

const facts: DoomFacts = {
  scenario: 'basic', feedback: 'fep', seed: 7, neurons: 1000, totalMs: 120_000, episodes: null, restRateHz: 20,
  heads: [{ name: 'strafe', options: ['none', 'MOVE_LEFT', 'MOVE_RIGHT'] }],
}
const moment: DoomMoment = {
  playMs: 65_000,
  score: { episode: 3, step: 42, return: -35, kills: 1, health: 100, ammo: 47 },
  picture: plain(320, 240, [250, 0, 0]),
  rates: [{ button: 'MOVE_LEFT', rateHz: 40 }, { button: 'MOVE_RIGHT', rateHz: 5 }],
  pressed: ['MOVE_LEFT'],
  events: ['miss', 'kill'],
  answer: { name: 'kill', kind: 'predictable' },
  realTimeFactor: 1,
  possibleFactor: 9.4,
}
const state = { facts, rested: { doneMs: 0, totalMs: 0 }, moment }
const terminal = { columns: 100, rows: 30, colorDepth: 24 }

describe('the display', () => {
  it('shows picture, score, motor groups, what is pressed, events and feedback', () => {
    const text = drawDoomPlay(state, terminal)
    expect(text).toContain('Doom basic under fep, seed 7, 1,000 neurons   1:05 of 2:00')
    expect(text).toContain('episode 3   step 42   return −35.0   kills 1   health 100   ammo 47')
    expect(text).toContain('\u001b[38;2;250;0;0;48;2;250;0;0m▀')
    expect(text).toMatch(/← strafe left +█+ +40 Hz/)
    expect(text).toMatch(/ {2}strafe right +█*.? +5 Hz/)
    expect(text).toContain('feedback to kill: a regular train')
    expect(text.indexOf('miss')).toBeLessThan(text.lastIndexOf('kill'))
    expect(text).toContain('1.0 x real time (up to 9 x)')
  })

  it.each([[80, 24], [120, 40], [200, 60]])('fits a terminal of %i x %i', (columns, rows) => {
    const text = drawDoomPlay(state, { columns, rows, colorDepth: 1 })
    expect(text.split('\n').length).toBeLessThanOrEqual(rows)
    expect(fitTo(text, columns, rows).join('\n')).toBe(text)
  })

  it('says what it waits for before the game begins, and the same as a line of a log', () => {
    expect(drawDoomPlay({ ...state, moment: undefined }, terminal)).toContain('growing the culture')
    expect(doomPlainLine(state)).toBe('1:05 of 2:00: episode 3, step 42, return −35.0, kills 1, health 100, ammo 47, 1.0 x real time (up to 9 x)')
    expect(timeText({ ...facts, totalMs: null, episodes: 5 }, 65_000, 3)).toBe('1:05, episode 3 of 5')
  })
})

describe('a picture in a terminal', () => {
  const halves = plain(4, 4, [0, 0, 0])
  halves.data.set(plain(4, 2, [255, 255, 255]).data, 4 * 2 * 4)

  it('has two pixels a character, in as many colours as there are', () => {
    expect(pictureLines(halves, 2, 1, 24)).toEqual(['\u001b[38;2;0;0;0;48;2;255;255;255m▀▀\u001b[0m'])
    expect(pictureLines(halves, 2, 1, 8)).toEqual(['\u001b[38;5;232;48;5;255m▀▀\u001b[0m'])
    expect(pictureLines(halves, 2, 2, 1)).toEqual(['  ', '██'])
    expect(pictureLines(plain(2, 2, [255, 0, 0]), 1, 1, 8)).toEqual(['\u001b[38;5;196;48;5;196m▀\u001b[0m'])
  })

  it('keeps its proportions in any window', () => {
    expect(pictureSize({ width: 320, height: 240 }, 100, 18)).toEqual({ columns: 48, rows: 18 })
    expect(pictureSize({ width: 320, height: 240 }, 20, 100)).toEqual({ columns: 20, rows: 8 })
  })

  it('is cut without breaking its colours', () => {
    expect(fitTo('\u001b[38;5;1mabc\u001b[0m', 2, 1)).toEqual(['\u001b[38;5;1mab\u001b[0m'])
  })
})

describe('what happens, in words', () => {
  it('says a shot that missed once, and a hit that killed as a kill', () => {
    expect(eventTexts([{ name: 'ammoUsed', size: 1 }, { name: 'ammoWasted', size: 1 }, { name: 'damageTaken', size: 12 }])).toEqual(['miss', '−12 health'])
    expect(eventTexts([{ name: 'kill', size: 2 }, { name: 'damageDealt', size: 20 }, { name: 'odd', size: 3 }])).toEqual(['2 kills', 'odd 3'])
    expect([endText('death'), endText('engineTimeout'), endText(null), endText('goal')]).toEqual([undefined, 'time is up', undefined, 'goal'])
  })

  it('names answers and how long they take', () => {
    const answer = { name: 'damageTaken', kind: 'unpredictable' as const, interrupts: [], suspendsSensoryMs: 8000, pulses: [{ offsetMs: 3900, channels: [44], currentUa: 2 }] }
    expect([answerName(answer), answerMs(answer), answerMs({ ...answer, suspendsSensoryMs: 0 }), answerMs({ ...answer, suspendsSensoryMs: 0, pulses: [] })]).toEqual(['damage', 8000, 3900, 0])
  })
})

describe('the summary', () => {
  const episode = (total: number, complete = true): EpisodeRecord => ({
    seed: 1, startMs: 0, durationMs: 1000, steps: 10, return: total, complete, endReason: complete ? 'death' : null, events: { kill: { count: 1, size: 2 } },
  })

  it('takes means over episodes played to their end, and counts every kill', () => {
    expect(doomSummaryOf([episode(-100), episode(50), episode(999, false)])).toEqual({ episodes: 2, meanReturn: -25, meanSteps: 10, kills: 6 })
    expect(doomSummaryOf([])).toEqual({ episodes: 0, meanReturn: null, meanSteps: null, kills: 0 })
  })

  it('is one honest paragraph', () => {
    const session = { episodes: [episode(-100), episode(50)], durationMs: 65_000, interrupted: true }
    expect(doomParagraphOf(facts, session)).toBe(
      "Doom basic under fep, seed 7, 1,000 neurons, 1:05 of 2:00 (ended early): 2 episodes, mean return −25.0 over 10 steps, 4 kills. One session says nothing about learning: 'bl1 compare' does.",
    )
    const whole = { episodes: [episode(1, false)], durationMs: 1000, interrupted: false }
    expect(doomParagraphOf({ ...facts, totalMs: null }, whole)).toContain('neurons, 0:01: no episode was played to its end, 2 kills.')
  })
})

describe('recent activity', () => {
  it('keeps what is not too old, at every electrode that sees the cell', () => {
    const dish = new NotingDish()
    const recent = new RecentActivity(new ElectrodeArray(dish.population), 64, 100, 5000)
    const at = (ms: number, neuron: number) => recent.addActivity({ count: 1, steps: Int32Array.of(100 + 2 * ms), neurons: Int32Array.of(neuron) }, [])
    at(10, 33)
    at(4000, 34)
    recent.addActivity({ count: 0, steps: new Int32Array(0), neurons: new Int32Array(0) }, [{ step: 100 + 2 * 6000, channel: 8, depolarisationMv: 1 }])
    recent.addStep({ startMs: 0, durationMs: 115, action: [1] })
    recent.addStep({ startMs: 5900, durationMs: 115, action: [2] })
    recent.addEvent({ text: 'kill', timeMs: 5000 })
    recent.addAnswer({ name: 'kill', kind: 'predictable', startMs: 0, durationMs: 8000 })
    const { fromMs, spikes, pulses, steps, events, answers } = recent.before(6015)
    const inView = ({ timesMs, channels, from, to }: typeof spikes) => Array.from({ length: to - from }, (_, k) => [timesMs[from + k], channels[from + k]])
    expect(fromMs).toBe(1015)
    // a cell under an electrode of its own, 200 um from the next
    expect(inView(spikes)).toEqual([[4000, 34]])
    expect(inView(pulses)).toEqual([[6000, 8]])
    expect(steps.map(({ action }) => action)).toEqual([[2]])
    expect([events.length, answers.length]).toEqual([1, 1])
  })
})

describe('the film', () => {
  it('lasts as long as the play it shows, whatever the length of a step', () => {
    const path = join(temporaryFolder(), 'film.apng')
    const film = new DoomFilm(path, () => undefined)
    // 20 s in steps that are a little longer than a frame: now and then a picture stands twice as long
    for (let step = 1; step <= 175; step++) film.show(step * 114.5, () => plain(2, 2, [step, 0, 0]))
    expect(film.finish()).toEqual({ path, frames: 175, seconds: 20, complete: true })
    expect(secondsOf(decodeApng(readFileSync(path)))).toBeCloseTo(20, 1)
  })

  it('ends when it is full, says so once, and draws no more', () => {
    let [said, drawn] = [0, 0]
    const film = new DoomFilm(join(temporaryFolder(), 'film.png'), () => said++)
    const picture = plain(1, 1, [0, 0, 0])
    const frames = FILM_MINUTES * 60 * FILM_FPS
    for (let frame = 1; frame <= frames + 50; frame++) {
      film.show((frame / FILM_FPS) * 1000, () => {
        drawn++
        return picture
      })
    }
    expect([said, drawn]).toEqual([1, frames])
    expect(film.finish()).toMatchObject({ frames, seconds: FILM_MINUTES * 60, complete: false })
  })

  it('is no file without a frame, and refuses a format it does not know', () => {
    const path = join(temporaryFolder(), 'film.gif')
    expect(new DoomFilm(path, () => undefined).finish()).toBeNull()
    expect(existsSync(path)).toBe(false)
    expect(() => new DoomFilm('film.avi', () => undefined)).toThrow(expect.objectContaining({ code: 'recording/format' }))
  })
})

describe('Pace', () => {
  it('waits for the clock without blocking, and forgets lost time', async () => {
    const clock = { ms: 0, nowMs: () => clock.ms, waitMs: () => expect.unreachable() }
    const waited: number[] = []
    const wait = async (ms: number): Promise<void> => {
      waited.push(ms)
      clock.ms += ms
    }
    const pace = new Pace(2, clock)
    clock.ms = 10
    await pace.keepLater(100, wait)
    clock.ms += 60_000
    await pace.keepLater(200, wait)
    await pace.keepLater(300, wait)
    expect(waited).toEqual([40, 50])
    expect(pace.possibleFactor).toBeCloseTo(300 / 60_010)
  })
})
