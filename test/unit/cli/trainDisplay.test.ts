/** The line of a running training. */
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { formatReport, startDisplay } from '../../../src/cli/train/display.js'

const report = { steps: 24_576, totalSteps: 200_000, recentReturn: 1.2345, recentEpisodes: 100, stepsPerSecond: 850.4, realTimeFactor: 85.04, leftMs: 204_000 }

describe('the line of a training', () => {
  it('says steps, return, pace and time left', () => {
    expect(formatReport('train', report)).toBe('train: 24,576 of 200,000 steps, return 1.23 (last 100), 850 steps/s, 85.0x real time, 3:24 left')
    expect(formatReport('seed 2', { ...report, recentReturn: null, realTimeFactor: null })).toBe('seed 2: 24,576 of 200,000 steps, no episode yet, 850 steps/s, 3:24 left')
  })

  it('is written every ten seconds into a log, and at the end', () => {
    const stream = new PassThrough()
    let nowMs = 0
    const display = startDisplay(stream, () => nowMs)
    for (nowMs = 0; nowMs <= 21_000; nowMs += 1000) display.report('train', { ...report, steps: nowMs })
    display.report('train', { ...report, steps: 200_000 })
    display.stop()
    const lines = String(stream.read()).trimEnd().split('\n')
    expect(lines.map((line) => /: ([\d,]+) of/.exec(line)?.[1])).toEqual(['0', '10,000', '20,000', '200,000'])
  })

  it('cannot break the terminal when it is told of more after its end', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 60 })
    const display = startDisplay(stream)
    display.report('train', report)
    display.stop()
    display.report('train', report)
    display.note('Stopped.')
    expect(String(stream.read())).toContain('Stopped.\n')
  })
})
