import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { startProgress } from '../../../src/io/progress.js'
import type { ProgressOptions } from '../../../src/io/progress.js'
import { formatBarRow, formatDuration, formatPlainRow, ProgressState } from '../../../src/io/progressState.js'

const MINUTE = 60_000
const tracks = [{ name: 'fep', pieces: 4, pieceMs: 10 * MINUTE }, { name: 'open_loop', pieces: 4, pieceMs: 10 * MINUTE, alreadyDone: 1 }]

describe('ProgressState', () => {
  it('counts pieces and simulated time, and expects the end from what was simulated since the start', () => {
    const state = new ProgressState(tracks)
    state.update('fep', '1', 0, 1000)
    state.update('fep', '2', 0, 1000)
    state.finish('fep', '1', 61_000)
    state.update('fep', '2', 5 * MINUTE, 61_000)
    const [fep, openLoop] = state.rows(61_000)
    // 15 min simulated in 2 x 60 s of work; 25 min are left at 15 min a minute of wall time.
    expect(fep).toMatchObject({ done: 1, pieces: 4, simulatedMs: 15 * MINUTE, totalMs: 40 * MINUTE, realTimeFactor: 7.5, leftMs: 100_000 })
    // Work of an earlier run counts as done, and never as speed.
    expect(openLoop).toMatchObject({ done: 1, simulatedMs: 10 * MINUTE, realTimeFactor: undefined, leftMs: undefined })
    expect(state.total(61_000)).toMatchObject({ name: 'all', done: 2, pieces: 8, simulatedMs: 25 * MINUTE, leftMs: 55 * 4000 })
  })

  it('ends at the total with nothing left', () => {
    const state = new ProgressState([{ name: 'a', pieces: 1, pieceMs: 500 }])
    state.update('a', '1', 0, 0)
    state.finish('a', '1', 100)
    state.update('a', '1', 3, 200)
    expect(state.total(1000)).toMatchObject({ done: 1, simulatedMs: 500, realTimeFactor: 5, leftMs: 0 })
  })
})

describe('the wording of progress', () => {
  it.each([[0, '0:00'], [999, '0:01'], [245_000, '4:05'], [3_723_000, '1:02:03'], [-5, '0:00']])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  const row = { name: 'fep', done: 3, pieces: 12, noun: 'cultures', simulatedMs: 24.5 * MINUTE, totalMs: 98 * MINUTE, realTimeFactor: 9.14, leftMs: 133_000 }

  it('fills a terminal line, its bar taking what the text leaves', () => {
    expect(formatBarRow(row, 9, 200)).toBe(`fep        [${'#'.repeat(7)}${'-'.repeat(23)}]   3/12 cultures  24.5/98.0 min    9.1x     2:13 left`)
    for (const columns of [72, 80, 90]) expect(formatBarRow(row, 9, columns).length).toBeLessThan(columns)
    expect(formatBarRow({ ...row, simulatedMs: 99 * MINUTE }, 3, 200)).toContain(`[${'#'.repeat(30)}]`)
    expect(formatBarRow({ ...row, simulatedMs: 0, totalMs: 0 }, 3, 20)).toContain('[----]')
  })

  it('says the same in a log', () => {
    expect(formatPlainRow(row)).toBe('fep: 3 of 12 cultures, 24.5 of 98.0 simulated min, 9.1x real time, 2:13 left')
    expect(formatPlainRow({ ...row, realTimeFactor: undefined, leftMs: undefined })).toMatch(/, - real time, - left$/)
  })
})

describe('startProgress', () => {
  const begin = (options: ProgressOptions, isTTY = false) => {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 })
    let written = ''
    stream.on('data', (chunk: Buffer) => {
      written += chunk.toString()
    })
    let clock = 0
    const progress = startProgress(tracks, { stream, everyMs: 10_000, now: () => clock, ...options })
    return { progress, at: (ms: number) => void (clock = ms), text: () => written }
  }

  it('writes a plain line for each finished piece, and one now and then in between', () => {
    const { progress, at, text } = begin({})
    progress.update('fep', '1', 0)
    at(9_999)
    progress.update('fep', '1', MINUTE)
    expect(text()).toBe('')
    at(10_000)
    progress.update('fep', '1', 2 * MINUTE)
    progress.update('fep', '1', 3 * MINUTE)
    at(12_000)
    progress.finish('fep', '1')
    progress.note('one line was dropped')
    progress.stop()
    const lines = text().trimEnd().split('\n')
    expect(lines).toEqual([
      expect.stringMatching(/^all: 1 of 8 trials, 12\.0 of 80\.0 simulated min, 12\.0x real time/),
      expect.stringMatching(/^fep: 1 of 4 cultures, 10\.0 of 40\.0 simulated min, 50\.0x real time/),
      'one line was dropped',
    ])
    expect(text()).not.toContain('\u001b')
  })

  it('draws a bar a track and one for all on a terminal, ending with the last state', () => {
    const { progress, at, text } = begin({}, true)
    progress.update('fep', '1', 0)
    at(60_000)
    progress.finish('fep', '1')
    progress.note('something to know')
    progress.stop()
    const last = text().slice(text().lastIndexOf('something to know'))
    for (const part of ['something to know', 'fep  ', 'open_loop  ', 'all  ', '1/4 cultures', '2/8 trials', '10.0x']) expect(last).toContain(part)
    expect(text().endsWith('\n')).toBe(true)
  })

  it('writes nothing when silent, nor after the end', () => {
    const silent = begin({ mode: 'silent' }, true)
    silent.progress.finish('fep', '1')
    silent.progress.note('x')
    silent.progress.stop()
    silent.progress.note('y')
    expect(silent.text()).toBe('')

    const ended = begin({})
    ended.progress.stop()
    ended.progress.stop()
    ended.progress.finish('fep', '1')
    expect(ended.text()).toBe('')
  })
})
