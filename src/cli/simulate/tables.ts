/** The tables and sentences `bl1 simulate` prints: pure text. */
import Table from 'cli-table3'
import { publishedRanges, type RangeCheck } from '../../analysis/index.js'
import { SECONDS_PER_MINUTE } from '../../units.js'
import type { EvokedAmplitude } from './evoked.js'
import type { WindowRow } from './protocol.js'

/** No colours, and rules only around the head and the whole. */
const LOOK = { style: { head: [], border: [], compact: true } }

/** Three significant digits; '-' for what does not exist. */
export const show = (value: number | null): string => (value === null ? '-' : String(Number(value.toPrecision(3))))

const withUnit = (text: string, unit: string): string => (unit === '1' ? text : `${text} ${unit.replace(/^1\//, 'per ')}`)

/** 'seed 7', 'seeds 1 to 8'. */
export const seedsText = (seeds: readonly number[]): string => (seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`)

/** One recording against the published ranges, pass or fail each. */
export const checksTable = (checks: readonly RangeCheck[]): string => {
  const table = new Table({ head: ['statistic', 'measured', 'published range', ''], ...LOOK })
  for (const { name, unit, low, high, value, inRange } of checks) {
    table.push([name, value === null ? 'none' : withUnit(show(value), unit), withUnit(`${low} to ${high}`, unit), inRange ? 'pass' : 'FAIL'])
  }
  return table.toString()
}

const HEADS = ['rate\nHz', 'bursts\n1/min', 'interval\ns', 'interval\nCV', 'duration\nms', 'recruit-\nment', 'tonic\nHz']

/** A value, marked where it lies outside its range. */
const marked = ({ value, inRange }: RangeCheck): string => (inRange ? show(value) : `${show(value)} !`)

const minutes = (seconds: number): string => show(seconds / SECONDS_PER_MINUTE)

/**
 * Several recordings, one a row.
 * @param overTime whether the rows are windows of long recordings: then with their times and the weights
 */
export const rowsTable = (rows: readonly WindowRow[], overTime: boolean): string => {
  const table = new Table({
    head: ['seed', ...(overTime ? ['minutes'] : []), ...HEADS, ...(overTime ? ['weight\nratio'] : []), 'met', 'x real\ntime', ...(overTime ? ['memory\nMiB'] : [])],
    ...LOOK,
  })
  for (const row of rows) {
    table.push([
      row.seed,
      ...(overTime ? [`${minutes(row.fromSeconds)}-${minutes(row.toSeconds)}`] : []),
      ...row.checks.map(marked),
      ...(overTime ? [show(row.weightRatio)] : []),
      `${row.passed}/${row.criteria}`,
      row.realTimeFactor.toFixed(1),
      ...(overTime ? [row.residentMib] : []),
    ])
  }
  const ranges = publishedRanges.map(({ low, high }) => `${low}-${high}`)
  table.push(['range', ...(overTime ? [''] : []), ...ranges, ...(overTime ? [''] : []), '', '', ...(overTime ? [''] : [])])
  return `${table.toString()}\n! outside its published range${overTime ? '; weight ratio: mean excitatory weight over that of the newborn culture' : ''}`
}

/** How many recordings met everything. */
export const verdict = (rows: readonly WindowRow[], overTime: boolean): string => {
  const [first] = rows
  if (first === undefined) return 'Nothing was recorded.'
  if (rows.length === 1) return `${first.passed} of ${first.criteria} criteria met.`
  const all = rows.filter(({ passed, criteria }) => passed === criteria).length
  return `${all} of ${rows.length} ${overTime ? 'windows' : 'cultures'} met all ${first.criteria} criteria.`
}

/** The stimulation table. */
export const evokedTable = (amplitudes: readonly EvokedAmplitude[]): string => {
  const restHeads = amplitudes[0]?.row.byRest.map(({ fromSeconds, toSeconds }) => (toSeconds === null ? `>${fromSeconds} s` : `${fromSeconds}-${toSeconds} s`)) ?? []
  const table = new Table({
    head: ['A\nmV', 'pulse\nmV', 'pulses', 'local\n0-20', 'all\n0-20', 'net 20-300\n(before)', 'P(burst)', ...restHeads.map((head) => `after\n${head}`)],
    ...LOOK,
  })
  for (const { depolarisationMv, amplitudeMv, row } of amplitudes) {
    table.push([
      show(depolarisationMv),
      show(amplitudeMv),
      row.pulses,
      show(row.localSpikes),
      show(row.directSpikes),
      `${show(row.networkSpikes)} (${show(row.networkSpikesBefore)})`,
      row.burstProbability === null ? '-' : row.burstProbability.toFixed(2),
      ...row.byRest.map(({ bursts, pulses }) => `${bursts}/${pulses}`),
    ])
  }
  return `${table.toString()}
A: depolarisation of a cell at the electrode; 0 is the sham. local: spikes of cells within reach of the electrode, 0-20 ms; all: whole dish,
minus the 20 ms before; net: whole dish, 20-300 ms, and the 280 ms before; after: bursts/pulses by time since the last burst ended.`
}
