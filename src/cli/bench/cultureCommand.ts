/** `bl1 bench culture`: how fast are cultures computed, where does the time go, and how fast are Brian2 and NEST in the same run? */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { packageRoot } from '../../bridge/python.js'
import { formatDuration, makeFolder, provenance } from '../../io/index.js'
import { withInterrupt } from '../context.js'
import { countUpTo, listOption } from '../options.js'
import { wrapText } from '../wrapText.js'
import { CULTURE_READING, documentOf, writeAll, writeNumbers, type CultureFindings } from './culture/document.js'
import { measureGroup, measureGrowths, type GroupResult, type GrowthResult } from './culture/measure.js'
import { planOf } from './culture/plan.js'
import { cultureTables, differencesOf } from './culture/tables.js'
import type { Versions } from './measureCase.js'
import { peerPython } from './python.js'
import { terminalText } from './tables.js'

interface CultureFlags {
  readonly quick?: boolean
  readonly sizes?: number[]
  readonly rounds: number
  readonly peers: boolean
  readonly out: string
  readonly json?: boolean
}

const SIZES = [100, 300, 1000, 3000, 10_000, 30_000, 100_000]
const QUICK_SIZES = [100, 1000, 10_000]
/** Smaller cultures have no neighbours to wire; larger ones are refused by the culture itself. */
const SMALLEST = 10
const LARGEST = 1_000_000

const sizesOption = (text: string): number[] => {
  const sizes = listOption(text).map(Number)
  const isUsable = sizes.length > 0 && sizes.every((size) => Number.isInteger(size) && size >= SMALLEST && size <= LARGEST)
  if (!isUsable) throw new InvalidArgumentError(`expected whole numbers from ${SMALLEST} to ${LARGEST} separated by commas, got '${text}'.`)
  return [...new Set(sizes)].sort((a, b) => a - b)
}

const commandText = ({ quick, sizes, rounds, peers }: CultureFlags): string =>
  [
    `bl1 bench culture --rounds ${rounds}`,
    ...(quick === true ? ['--quick'] : []),
    ...(sizes === undefined ? [] : [`--sizes ${sizes.join(',')}`]),
    ...(peers ? [] : ['--no-peers']),
  ].join(' ')

const terminal = ({ groups, growths }: CultureFindings, folder: string): string => {
  const differences = differencesOf(groups)
  const inPeers = differences.length === 0 ? [] : [['What is not the same in the peers:', ...differences.map((one) => wrapText(`- ${one}`))].join('\n')]
  const left = `Results: ${join(folder, 'results.json')}, report.md, culture-speed.svg and .png, step-cost.svg and .png`
  return `\n${[...cultureTables(groups, growths).map(terminalText), ...inPeers, wrapText(CULTURE_READING), left].join('\n\n')}\n`
}

const run = async (flags: CultureFlags, signal: AbortSignal): Promise<void> => {
  const { rounds, quick = false, out } = flags
  const sizes = flags.sizes ?? (quick ? QUICK_SIZES : SIZES)
  const root = packageRoot()
  const python = flags.peers && !quick ? peerPython() : undefined
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  // Before the measurements: minutes of them would be lost.
  makeFolder(out)
  const made = provenance()
  if (flags.peers && !quick && python === undefined) say('Brian2 and NEST are left out: there is no .venv here. Run: bl1 bench setup')
  if (availableParallelism() < 2) say('This machine has one processor: what is measured on two threads shares it.')

  const { groups: planned, growths: grown } = planOf({ sizes, quick, peers: python !== undefined })
  const groups: GroupResult[] = []
  let growths: GrowthResult[] = []
  let versions: Versions = {}
  const findings = (isComplete: boolean): CultureFindings => ({
    command: commandText(flags),
    sizes,
    rounds,
    groups,
    growths,
    versions,
    provenance: made,
    isComplete,
  })
  const startedMs = performance.now()
  const announce = (number: number, title: string): void => {
    say(`${number} of ${planned.length + 1}, after ${formatDuration(performance.now() - startedMs)}: ${title}`)
  }
  try {
    announce(1, 'Growing, copying, memory')
    growths = await measureGrowths(grown, rounds, signal)
    for (const [k, group] of planned.entries()) {
      announce(k + 2, group.title)
      const measured = await measureGroup(group, rounds, { python, root, signal })
      groups.push(measured.result)
      versions = { ...versions, ...measured.versions }
      for (const reason of measured.result.missing) say(`left out: ${reason}`)
      writeNumbers(out, findings(false))
    }
  } catch (error) {
    if (growths.length > 0) {
      await writeAll(out, findings(false))
      say(`What was measured until then is in ${out}.`)
    }
    throw error
  }
  const all = findings(true)
  await writeAll(out, all)
  process.stdout.write(flags.json === true ? `${JSON.stringify({ folder: out, ...documentOf(all) })}\n` : terminal(all, out))
}

const MOST_ROUNDS = 100

const HELP = `
Examples:
  bl1 bench culture --quick
  bl1 bench setup && bl1 bench culture
  bl1 bench culture --sizes 1000,10000 --rounds 5 --no-peers

Real-time factor against neurons, threads, rates and plasticity; the parts of a step; batches; growing, memory and snapshots; Brian2 and
NEST on an equal network in the same rounds, where 'bl1 bench setup' has installed them. Run it on an idle machine: about 20 minutes, --quick
about one. Ctrl-C leaves what was measured. BL1_PYTHON names an interpreter for the peers.`

export const benchCultureCommand = (): Command =>
  new Command('culture')
    .description('Measures how fast cultures are computed, beside Brian2 and NEST in the same run.')
    .option('--quick', 'up to 10,000 neurons, one rate, short spans, no peers')
    .addOption(new Option('--sizes <n,n>', `neurons, separated by commas (default: ${SIZES.join(',')})`).argParser(sizesOption))
    .addOption(new Option('--rounds <n>', 'rounds of each measurement, after one that is not counted').argParser(countUpTo(MOST_ROUNDS)).default(3))
    .option('--no-peers', 'measure this package alone')
    .option('--out <dir>', 'folder for the results; earlier ones in it are replaced', join('bench', 'results', 'culture'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: CultureFlags) => withInterrupt((signal) => run(flags, signal)))
