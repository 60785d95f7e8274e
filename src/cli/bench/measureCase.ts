/** Runs one case: a process a side, rounds in alternation. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alternate, type Program, type Rate, type RateRatio } from '../../bench/index.js'
import type { BenchCase, Owner, Side } from './cases.js'
import { peersFolder } from './python.js'
import { setupSchema } from './setup.js'
import type { SideCommand } from './lineProcess.js'
import { SideProcess } from './sideProcess.js'

/** What was found of one side; plain data. */
export interface SideResult extends Rate {
  readonly owner: Owner
  readonly label: string
  /** How many times as fast the first side of the case is, round by round; null for that side itself. */
  readonly ratio: RateRatio | null
  /** Bytes of heap a step, resets included; null where not measured. */
  readonly bytesPerStep: number | null
  /** Steps/s of a vector of n over n times those of one alone, in the same language; null elsewhere. */
  readonly efficiency: number | null
}

/** What was found of one case; plain data. */
export interface CaseResult {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly sides: readonly SideResult[]
}

/** How to measure. */
export interface MeasureSettings {
  readonly steps: number
  readonly rounds: number
  /** The interpreter of Gymnasium's side; undefined: measure ours alone. */
  readonly python: string | undefined
  readonly root: string
  readonly signal: AbortSignal
}

/** Versions of the languages and packages, as the processes said themselves. */
export type Versions = Readonly<Record<string, string>>

const commandOf = ({ owner, label, setup }: Side, { python = 'python3', root }: MeasureSettings): SideCommand => {
  const text = JSON.stringify(setupSchema.parse(setup))
  const slowRemedy = 'Use fewer --steps.'
  if (owner === 'gymnasium') {
    const remedy = "Run 'bl1 bench setup', or pass --python with an interpreter that has gymnasium."
    return { name: `Gymnasium (${label})`, file: python, args: [join(peersFolder(root), 'gymnasium_env.py'), text], remedy, slowRemedy }
  }
  const remedy = 'Leave it out with --cases, and report it.'
  return { name: `bl1 (${label})`, file: process.execPath, args: [fileURLToPath(new URL('side.js', import.meta.url)), text], remedy, slowRemedy }
}

/** For the workers of a vector: how much of what as many alone would do they do. */
const efficiencyOf = ({ owner, setup }: Side, rate: Rate, sides: readonly Side[], rates: readonly Rate[]): number | null => {
  const alone = sides.findIndex((side) => side.owner === owner && side.setup.env === setup.env && (side.setup.count ?? 1) === 1)
  const count = setup.count ?? 1
  return count === 1 || alone < 0 ? null : rate.perSecond / (rates[alone].perSecond * count)
}

/** @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted` */
export const measureCase = async (
  { name, title, note, share, sides: allSides }: BenchCase,
  settings: MeasureSettings,
  onRound: (label: string, round: number) => void = () => undefined,
): Promise<{ result: CaseResult; versions: Versions }> => {
  const sides = allSides.filter(({ owner }) => owner === 'bl1' || settings.python !== undefined)
  const processes: SideProcess[] = []
  try {
    for (const side of sides) processes.push(await SideProcess.start(commandOf(side, settings), settings.signal))
    const programs: Record<string, Program> = {}
    for (const [k, process] of processes.entries()) programs[`side ${k}`] = (steps) => process.run(steps)
    const steps = Math.max(1, Math.round(settings.steps * share))
    const { rates, ratios } = await alternate(programs, { steps, rounds: settings.rounds, onRound })
    const list = sides.map((_, k) => rates[`side ${k}`])
    const results: SideResult[] = []
    for (const [k, side] of sides.entries()) {
      results.push({
        owner: side.owner,
        label: side.label,
        ...list[k],
        ratio: ratios[`side ${k}`] ?? null,
        bytesPerStep: side.heap === true ? await processes[k].heap() : null,
        efficiency: efficiencyOf(side, list[k], sides, list),
      })
    }
    return { result: { name, title, note, sides: results }, versions: Object.assign({}, ...processes.map(({ versions }) => versions)) }
  } finally {
    await Promise.all(processes.map((process) => process.close()))
  }
}
