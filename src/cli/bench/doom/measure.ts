/** Runs what was planned: a process a side, rounds in alternation. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alternate, ratioOf, type Program, type Rate, type RateRatio } from '../../../bench/index.js'
import { LineProcess, type SideCommand } from '../lineProcess.js'
import type { Versions } from '../measureCase.js'
import { peersFolder } from '../python.js'
import { cultureSetup, TRANSPORTS, type GamesCase } from './plan.js'
import { doomReadySchema, doomRoundSchema, type DoomRound, type DoomSetup, type Transport } from './setup.js'

/** Who plays: ours over one of its transports, or the loop in Python. */
export type DoomSide = Transport | 'python'

/** One side under one setting; plain data. */
export interface GamesResult extends Rate {
  readonly screen: string
  readonly tics: number
  readonly games: number
  readonly side: DoomSide
  /** Our rate over that of Python, round by round; null for Python itself. */
  readonly share: RateRatio | null
  /** Its rewards were those of the loop in Python, round for round: they played the same games. */
  readonly isSameGame: boolean
}

/** A call that does nothing; plain data. */
export interface CallsResult extends Rate {
  readonly transport: Transport
}

/** A culture at play; plain data. */
export interface CultureResult extends Rate {
  readonly neurons: number
  /** Steps/s over the 8.75 that the game has in real time. */
  readonly realTimeFactor: number
}

/** How to measure. */
export interface DoomMeasureSettings {
  readonly steps: number
  readonly rounds: number
  readonly python: string
  readonly root: string
  readonly signal: AbortSignal
}

/** What was found, and with what. */
export interface Measured<R> {
  readonly results: readonly R[]
  readonly versions: Versions
}

/** A side that is ready. */
interface Running {
  readonly versions: Versions
  readonly engineSeeds: readonly (readonly number[])[]
  readonly lines: LineProcess
}

/** An answer that takes longer never comes. */
const LIMIT_MS = 5 * 60_000
const TICS_PER_SECOND = 35
/** Of the cultures' step. */
const CULTURE_TICS = 4
/** A culture of 10,000 takes some ten times as long for a step as the game. */
const CULTURE_SHARE = 0.1
const slowRemedy = 'Use fewer --steps.'

const oursCommand = (setup: DoomSetup, label: string): SideCommand => ({
  name: `bl1 (${label})`,
  file: process.execPath,
  args: [fileURLToPath(new URL('side.js', import.meta.url)), JSON.stringify(setup)],
  remedy: "Run 'npx bl1 doctor'; where everything is there, report it.",
  slowRemedy,
  limitMs: LIMIT_MS,
})

const pythonCommand = (setup: object, { python, root }: DoomMeasureSettings): SideCommand => ({
  name: 'the loop in Python',
  file: python,
  args: [join(peersFolder(root), 'vizdoom_loop.py'), JSON.stringify(setup)],
  remedy: "Run 'npx bl1 setup doom', then 'npx bl1 doctor'.",
  slowRemedy,
  limitMs: LIMIT_MS,
})

const start = async (command: SideCommand, signal: AbortSignal): Promise<Running> => {
  const lines = new LineProcess(command, signal)
  try {
    const { ready, engineSeeds } = await lines.ask('', doomReadySchema)
    return { versions: ready, engineSeeds, lines }
  } catch (error) {
    await lines.close()
    throw error
  }
}

/** Sides in alternation; `rounds` of each without the one that warms up. */
const takeTurns = async (
  sides: readonly Running[], { steps, rounds }: { readonly steps: number; readonly rounds: number },
): Promise<{ readonly rates: readonly Rate[]; readonly rounds: readonly (readonly DoomRound[])[] }> => {
  const all = sides.map((): DoomRound[] => [])
  const programs: Record<string, Program> = {}
  for (const [k, { lines }] of sides.entries()) {
    programs[`side ${k}`] = async (count) => {
      const round = await lines.ask(`${count}\n`, doomRoundSchema)
      all[k].push(round)
      return round
    }
  }
  const { rates } = await alternate(programs, { steps, rounds })
  return { rates: sides.map((_, k) => rates[`side ${k}`]), rounds: all.map((one) => one.slice(1)) }
}

/** Measures, and ends every process that was started. */
const withSides = async <R>(use: (sides: Running[]) => Promise<readonly R[]>): Promise<Measured<R>> => {
  const sides: Running[] = []
  try {
    const results = await use(sides)
    return { results, versions: Object.assign({}, ...sides.map(({ versions }) => versions)) }
  } finally {
    await Promise.all(sides.map(({ lines }) => lines.close()))
  }
}

/** @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted` */
export const measureGames = ({ setup, ...facts }: GamesCase, settings: DoomMeasureSettings): Promise<Measured<GamesResult>> =>
  withSides(async (sides) => {
    const { signal } = settings
    for (const transport of TRANSPORTS) sides.push(await start(oursCommand({ ...setup, transport }, transport), signal))
    // Our seeds are drawn from streams: the engine's own are what Python can be given.
    sides.push(await start(pythonCommand({ ...setup, seeds: sides[0].engineSeeds }, settings), signal))
    const { rates, rounds } = await takeTurns(sides, settings)
    const last = sides.length - 1
    const rewards = rounds.map((one) => one.map(({ reward }) => reward))
    return sides.map((_, k) => ({
      ...facts,
      side: k === last ? 'python' : TRANSPORTS[k],
      ...rates[k],
      share: k === last ? null : ratioOf(rates[k], rates[last]),
      isSameGame: rewards[k].every((reward, round) => Math.abs(reward - rewards[last][round]) < 1e-6),
    }))
  })

/** The round trip of a call that does nothing. @throws Bl1Error as {@link measureGames} */
export const measureCalls = ({ steps, rounds, signal }: DoomMeasureSettings): Promise<Measured<CallsResult>> =>
  withSides(async (sides) => {
    for (const transport of TRANSPORTS) sides.push(await start(oursCommand({ kind: 'calls', transport }, `empty calls, ${transport}`), signal))
    const { rates } = await takeTurns(sides, { steps, rounds })
    return rates.map((rate, k) => ({ transport: TRANSPORTS[k], ...rate }))
  })

/** The closed loop. @throws Bl1Error as {@link measureGames} */
export const measureCulture = (neurons: number, { steps, rounds, signal }: DoomMeasureSettings): Promise<Measured<CultureResult>> =>
  withSides(async (sides) => {
    sides.push(await start(oursCommand(cultureSetup(neurons), `${neurons} neurons`), signal))
    const { rates } = await takeTurns(sides, { steps: Math.max(1, Math.round(steps * CULTURE_SHARE)), rounds })
    return rates.map((rate) => ({ neurons, ...rate, realTimeFactor: rate.perSecond / (TICS_PER_SECOND / CULTURE_TICS) }))
  })
