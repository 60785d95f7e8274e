/** `bl1 bench doom`: how fast does Doom step behind the bridge, beside the same loop in Python in the same run, and with a culture? */
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { findPython, packageRoot } from '../../bridge/python.js'
import { formatDuration, makeFolder, provenance } from '../../io/index.js'
import { withInterrupt } from '../context.js'
import { countOption, countUpTo } from '../options.js'
import { wrapText } from '../wrapText.js'
import { DOOM_READING, writeDoom, writeDoomNumbers, type DoomFindings } from './doom/document.js'
import {
  measureCalls, measureCulture, measureGames, type CallsResult, type CultureResult, type DoomMeasureSettings, type GamesResult, type Measured,
} from './doom/measure.js'
import { doomPlan } from './doom/plan.js'
import { doomTables, playersOf, settingOf, shortfallOf } from './doom/tables.js'
import type { Versions } from './measureCase.js'
import { requirePeers } from './python.js'
import { terminalText } from './tables.js'

interface DoomFlags {
  readonly quick?: boolean
  readonly rounds: number
  readonly steps: number
  readonly out: string
  readonly json?: boolean
}

const commandText = ({ rounds, steps, quick }: DoomFlags): string =>
  `bl1 bench doom --rounds ${rounds} --steps ${steps}${quick === true ? ' --quick' : ''}`

const terminal = (findings: DoomFindings, folder: string): string => {
  const shortfall = shortfallOf(findings)
  const left = `Results: ${join(folder, 'results.json')}, report.md, step-rates.svg and .png`
  const notes = [wrapText(DOOM_READING), ...(shortfall === undefined ? [] : [wrapText(shortfall)]), left]
  return `\n${[...doomTables(findings).map(terminalText), ...notes].join('\n\n')}\n`
}

const run = async (flags: DoomFlags, signal: AbortSignal): Promise<void> => {
  const { rounds, steps, out } = flags
  const root = packageRoot()
  requirePeers(root)
  const settings: DoomMeasureSettings = { steps, rounds, python: findPython(), root, signal }
  const plan = doomPlan(flags.quick === true)
  // Before the measurements: minutes of them would be lost.
  makeFolder(out)
  const made = provenance()
  const games: GamesResult[] = []
  const calls: CallsResult[] = []
  const cultures: CultureResult[] = []
  let versions: Versions = {}
  const findings = (isComplete: boolean): DoomFindings => ({
    command: commandText(flags), steps, rounds, games, calls, cultures, versions, provenance: made, isComplete,
  })
  const startedMs = performance.now()
  let number = 0
  const total = plan.games.length + 1 + plan.neurons.length
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  const measure = async <R>(title: string, into: R[], work: () => Promise<Measured<R>>): Promise<void> => {
    say(`${++number} of ${total}, after ${formatDuration(performance.now() - startedMs)}: ${title}`)
    const measured = await work()
    into.push(...measured.results)
    versions = { ...versions, ...measured.versions }
    writeDoomNumbers(out, findings(false))
  }
  try {
    await measure('Empty calls', calls, () => measureCalls(settings))
    for (const one of plan.games) await measure(`${settingOf(one)}, ${playersOf(one.games)}`, games, () => measureGames(one, settings))
    for (const neurons of plan.neurons) {
      await measure(`A culture of ${neurons.toLocaleString('en-US')} neurons plays`, cultures, () => measureCulture(neurons, settings))
    }
  } catch (error) {
    if (calls.length > 0) {
      await writeDoom(out, findings(false))
      say(`What was measured until then is in ${out}.`)
    }
    throw error
  }
  const all = findings(true)
  await writeDoom(out, all)
  process.stdout.write(flags.json === true ? `${JSON.stringify({ folder: out, ...all })}\n` : terminal(all, out))
}

const MOST_ROUNDS = 100

const HELP = `
Examples:
  bl1 setup doom && bl1 bench doom
  bl1 bench doom --quick
  bl1 bench doom --rounds 9 --json

Steps a second at 1 and 4 tics a step, 160 x 120 grey and 320 x 240 RGB, one and two games, over both transports, beside the same loop
written in Python with vizdoom; the round trip of an empty call; the closed loop with cultures of 1,000 and 10,000 neurons. Run it on an idle
machine: a few minutes, --quick well under one. Ctrl-C leaves what was measured.`

export const benchDoomCommand = (): Command =>
  new Command('doom')
    .description('Measures steps per second of Doom behind the bridge, beside the same loop in Python in the same run, and with cultures.')
    .option('--quick', 'one setting of the games and the small culture')
    .addOption(new Option('--rounds <n>', 'rounds of each measurement, after one that is not counted').argParser(countUpTo(MOST_ROUNDS)).default(5))
    .addOption(new Option('--steps <n>', 'steps of a round; a culture takes a tenth of them').argParser(countOption).default(2000))
    .option('--out <dir>', 'folder for the results; earlier ones in it are replaced', join('bench', 'results', 'doom'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: DoomFlags) => withInterrupt((signal) => run(flags, signal)))
