/** The measurements of Doom as tables. */
import { showNumber as show, showRatio, NONE, type TextTable } from '../tables.js'
import type { CallsResult, CultureResult, DoomSide, GamesResult } from './measure.js'

/** Everything that was measured; plain data. */
export interface DoomResults {
  readonly games: readonly GamesResult[]
  readonly calls: readonly CallsResult[]
  readonly cultures: readonly CultureResult[]
}

/** What the bridge is to reach of Python's speed. */
const TARGET_SHARE = 0.8
const NS_PER_US = 1000

export const SIDE_NAMES: Readonly<Record<DoomSide, string>> = { zeromq: 'BL-1, ZeroMQ', pipe: 'BL-1, pipe', python: 'Python' }

const percent = (share: number): string => `${show(share * 100)} %`
export const playersOf = (games: number): string => (games === 1 ? 'one game' : `${games} games at once`)
/** '160 x 120 grey, 4 tics' */
export const settingOf = ({ screen, tics }: Pick<GamesResult, 'screen' | 'tics'>): string => `${screen}, ${tics} tic${tics === 1 ? '' : 's'}`

/** What Python did under the same setting. */
const pythonBeside = (results: readonly GamesResult[], { screen, tics, games }: GamesResult): GamesResult | undefined =>
  results.find((one) => one.side === 'python' && one.screen === screen && one.tics === tics && one.games === games)

const gamesRow = (results: readonly GamesResult[]) => (result: GamesResult): string[] => {
  const python = pythonBeside(results, result)
  return [
    `${settingOf(result)}: ${SIDE_NAMES[result.side]}`,
    show(result.perSecond),
    show(result.nsEach / NS_PER_US),
    percent(result.spread),
    showRatio(result.share),
    result.side === 'python' || python === undefined ? NONE : show((result.nsEach - python.nsEach) / NS_PER_US),
    result.side === 'python' ? NONE : result.isSameGame ? 'yes' : 'no',
  ]
}

const gamesTable = (results: readonly GamesResult[], games: number): TextTable => ({
  title: `Doom, ${playersOf(games)}`,
  head: ['', 'steps/s', 'µs/step', 'spread', "times Python's", 'more than Python, µs', 'equal rewards'],
  rows: results.filter((one) => one.games === games).map(gamesRow(results)),
  note:
    `Scenario 'basic', random actions, resets included; picture, variables and what events are made of are read at every step by both sides` +
    `${games === 1 ? '' : '; ours from one event loop, Python from one thread a game'}. Equal rewards: round for round those of Python, so the games were the same.`,
})

const callsTable = (results: readonly CallsResult[]): TextTable => ({
  title: 'Round trip of an empty call',
  head: ['', 'calls/s', 'µs/call', 'spread'],
  rows: results.map(({ transport, perSecond, nsEach, spread }) => [
    SIDE_NAMES[transport], show(perSecond), show(nsEach / NS_PER_US), percent(spread),
  ]),
  note: 'From Node to Python and back, without the game: what a step cannot do without.',
})

const culturesTable = (results: readonly CultureResult[]): TextTable => ({
  title: 'A culture plays',
  head: ['neurons', 'steps/s', 'ms/step', 'times real time', 'spread'],
  rows: results.map(({ neurons, perSecond, realTimeFactor, spread }) => [
    neurons.toLocaleString('en-US'), show(perSecond), show(1000 / perSecond), show(realTimeFactor), percent(spread),
  ]),
  note: "The closed loop in 'basic' with feedback 'fep': four tics of the game and 114.5 ms of the culture a step; features, no picture.",
})

/** A table for everything that was measured. */
export const doomTables = ({ games, calls, cultures }: DoomResults): TextTable[] => {
  const counts = [...new Set(games.map((one) => one.games))]
  return [...counts.map((count) => gamesTable(games, count)), callsTable(calls), culturesTable(cultures)].filter(({ rows }) => rows.length > 0)
}

/** Where our side fell short of its aim, and by what; undefined where it did not. */
export const shortfallOf = ({ games, calls }: DoomResults): string | undefined => {
  const short = games.filter(({ share }) => share !== null && share.median < TARGET_SHARE)
  if (short.length === 0) return undefined
  const named = short.map((one) => `${settingOf(one)}, ${playersOf(one.games)}, ${SIDE_NAMES[one.side]} (${show((one.share?.median ?? 0) * 100)} %)`)
  const trips = calls.map(({ transport, nsEach }) => `${show(nsEach / NS_PER_US)} µs (${SIDE_NAMES[transport]})`)
  const bound = `What bounds it: every step waits for a round trip between two processes, an empty one of ${trips.join(' and ')}, with its picture`
  return `Below ${TARGET_SHARE * 100} % of Python's speed: ${named.join('; ')}. ${bound}.`
}
