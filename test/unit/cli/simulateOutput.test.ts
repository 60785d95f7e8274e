import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeRecording, publishedRanges, spontaneousStatistics } from '../../../src/analysis/index.js'
import type { WindowRow } from '../../../src/cli/simulate/protocol.js'
import { spikesCsv, writePieces } from '../../../src/cli/simulate/spikesCsv.js'
import { checksTable, rowsTable, seedsText, show, verdict } from '../../../src/cli/simulate/tables.js'
import { wrapText } from '../../../src/cli/wrapText.js'
import { caught, temporaryFolder } from '../io/support.js'

const silent = makeRecording({ steps: new Int32Array(0), neurons: new Int32Array(0), stepMs: 0.5, startStep: 0, endStep: 2000, neuronCount: 4 })
const { checks, passed, criteria, summary } = spontaneousStatistics(silent)
const failing: WindowRow = { seed: 1, fromSeconds: 0, toSeconds: 600, spikes: 0, checks, passed, criteria, summary, weightRatio: null, realTimeFactor: 10, residentMib: 100 }
const passing: WindowRow = {
  ...failing, seed: 2, passed: 6, checks: publishedRanges.map((range) => ({ ...range, value: (range.low + range.high) / 2, inRange: true })),
}

describe('tables', () => {
  it('show every statistic with its range, and fail what does not exist', () => {
    const table = checksTable(checks)
    for (const { name, low, high } of publishedRanges) expect(table).toMatch(new RegExp(`${name} +│ .*│ ${low} to ${high}`))
    expect(table).toMatch(/burst duration, mean +│ none +│ .*FAIL/)
    expect(table).toMatch(/tonic rate between bursts +│ 0 Hz +│ 0 to 2 Hz +│ pass/)
  })

  it('mark what lies outside in a row of many, and carry times and weights over hours only', () => {
    const table = rowsTable([failing, passing], false)
    expect(table).toMatch(/│ 1 +│ 0 ! +│ 0 ! +│ - !/)
    expect(table).toMatch(/│ 2 .*│ 6\/6 +│ 10\.0/)
    expect(table).not.toMatch(/minutes|weight/)
    expect(rowsTable([failing], true)).toMatch(/│ 1 +│ 0-10 +│/)
  })

  it('say how many met everything', () => {
    expect(verdict([passing], false)).toBe('6 of 6 criteria met.')
    expect(verdict([failing, passing, passing], false)).toBe('2 of 3 cultures met all 6 criteria.')
    expect(verdict([failing, passing], true)).toBe('1 of 2 windows met all 6 criteria.')
    expect([seedsText([7]), seedsText([7, 8, 9])]).toEqual(['seed 7', 'seeds 7 to 9'])
  })

  it('show three digits, and a dash for nothing', () => {
    expect([show(0.123456), show(12_345), show(0), show(null)]).toEqual(['0.123', '12300', '0', '-'])
  })
})

describe('spikes.csv', () => {
  const recording = makeRecording({ steps: Int32Array.of(3, 4, 4), neurons: Int32Array.of(1, 0, 2), stepMs: 0.5, startStep: 0, endStep: 10, neuronCount: 3 })

  it('has a line a spike with its time on the clock of the culture', () => {
    expect([...spikesCsv(recording, Uint8Array.of(0, 3, 4))].join('')).toBe(
      'time_ms,neuron,type\n1.5,1,fastSpiking\n2,0,regularSpiking\n2,2,lowThresholdSpiking\n',
    )
  })

  it('comes in pieces that add up, however many spikes', () => {
    const count = 100_000
    const long = makeRecording({ ...recording, steps: new Int32Array(count).fill(5), neurons: new Int32Array(count) })
    const pieces = [...spikesCsv(long, Uint8Array.of(0, 0, 0))]
    expect(pieces.length).toBeGreaterThan(2)
    expect(pieces.join('').split('\n')).toHaveLength(count + 2)
  })

  it('is whole or not there', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'spikes.csv')
    const failure = caught(() => writePieces(file, (function* () {
      yield 'time_ms'
      throw new Error('the disk is full')
    })()))
    expect(failure.code).toBe('run/write-failed')
    expect(readdirSync(folder)).toEqual([])
    writePieces(file, ['a', 'b'])
    expect(readFileSync(file, 'utf8')).toBe('ab')
    mkdirSync(join(folder, 'taken'))
    expect(caught(() => writePieces(join(folder, 'taken'), ['a'])).code).toBe('run/write-failed')
    expect(readdirSync(folder).sort()).toEqual(['spikes.csv', 'taken'])
  })
})

describe('wrapText', () => {
  it('breaks between words and never loses one', () => {
    const text = 'one session says nothing about learning'
    const wrapped = wrapText(text, 12)
    expect(wrapped.split('\n').every((line) => line.length <= 12)).toBe(true)
    expect(wrapped.replaceAll('\n', ' ')).toBe(text)
    expect(wrapText('unbreakable word', 5)).toBe('unbreakable\nword')
  })
})
