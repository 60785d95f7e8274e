/** `bl1 bench env`: how fast do environments step, beside Gymnasium's in the same run? */
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { closest } from 'fastest-levenshtein'
import { packageRoot } from '../../bridge/python.js'
import { Bl1Error } from '../../errors.js'
import { makeFolder, provenance, writeAtomically } from '../../io/index.js'
import { withInterrupt } from '../context.js'
import { countOption, listOption } from '../options.js'
import { wrapText } from '../wrapText.js'
import { benchCases, type BenchCase } from './cases.js'
import { measureCase, type CaseResult, type Versions } from './measureCase.js'
import { peerPython } from './python.js'
import { markdownText, READING, reportText, tablesOf, terminalText } from './tables.js'

interface EnvFlags {
  readonly rounds: number
  readonly steps: number
  readonly cases?: string[]
  /** false: --no-python */
  readonly python?: string | boolean
  readonly out: string
  readonly json?: boolean
}

const NAMES = benchCases.map(({ name }) => name)
const WRAPPERS = 'wrappers'

const casesOption = (text: string): string[] => {
  const words = listOption(text)
  if (words.length === 0) throw new InvalidArgumentError(`expected names separated by commas, got '${text}'.`)
  return words
}

/** @throws Bl1Error `cli/bench-case` */
const chosen = (words: readonly string[] | undefined): readonly BenchCase[] => {
  const known = [...NAMES, WRAPPERS]
  for (const received of words ?? []) {
    if (!known.includes(received)) throw new Bl1Error('cli/bench-case', { received, known, suggestion: closest(received, known) })
  }
  if (words === undefined) return benchCases
  return benchCases.filter(({ name }) => words.includes(name) || (words.includes(WRAPPERS) && name.startsWith('wrapper-')))
}

const pythonOf = ({ python }: EnvFlags): string | undefined => {
  if (python === false) return undefined
  return peerPython(typeof python === 'string' ? python : undefined)
}

const reasonForNone = ({ python }: EnvFlags): string =>
  python === false
    ? 'Gymnasium was left out (--no-python).'
    : 'Gymnasium was not measured: there is no .venv here. Run: bl1 bench setup (npx bl1 bench setup inside a clone)'

const run = async (flags: EnvFlags, signal: AbortSignal): Promise<void> => {
  const { steps, rounds } = flags
  const cases = chosen(flags.cases)
  const root = packageRoot()
  const python = pythonOf(flags)
  // Before the measurements: minutes of them would be lost.
  makeFolder(flags.out)
  const made = provenance()
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  if (python === undefined) say(reasonForNone(flags))
  const results: CaseResult[] = []
  let versions: Versions = {}
  for (const [k, one] of cases.entries()) {
    say(`${k + 1} of ${cases.length}: ${one.title}`)
    const measured = await measureCase(one, { steps, rounds, python, root, signal })
    results.push(measured.result)
    versions = { ...versions, ...measured.versions }
  }
  const tables = tablesOf(results)
  const command = `bl1 bench env --rounds ${rounds} --steps ${steps}${flags.cases === undefined ? '' : ` --cases ${flags.cases.join(',')}`}`
  const gymnasium = python === undefined ? reasonForNone(flags) : 'measured'
  const document = { command, steps, rounds, versions, gymnasium, cases: results, provenance: made }
  writeAtomically(join(flags.out, 'results.json'), `${JSON.stringify(document, null, 2)}\n`)
  const sections = [READING, ...tables.map(markdownText)]
  writeAtomically(join(flags.out, 'report.md'), reportText('Throughput of environments', sections, { provenance: made, versions, command }))
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ folder: flags.out, ...document })}\n`
      : `\n${tables.map(terminalText).join('\n\n')}\n\n${wrapText(READING)}\n\nResults: ${join(flags.out, 'results.json')}, report.md\n`,
  )
}

const HELP = `
Examples:
  bl1 bench setup && bl1 bench env
  bl1 bench env --cases cart-pole,vector --rounds 9
  bl1 bench env --no-python --json

Measurements: ${[...NAMES.filter((name) => !name.startsWith('wrapper-')), WRAPPERS].join(', ')}.
Run it on an idle machine. Writes results.json and report.md; BL1_PYTHON names an interpreter as --python does.`

export const benchEnvCommand = (): Command =>
  new Command('env')
    .description('Measures steps per second of environments, wrappers and vectors, beside Gymnasium in Python in the same run.')
    .addOption(new Option('--rounds <n>', 'rounds of each measurement, after one that is not counted').argParser(countOption).default(5))
    .addOption(new Option('--steps <n>', 'steps of a round; slower measurements take a share').argParser(countOption).default(300_000))
    .addOption(new Option('--cases <a,b>', 'measurements to make, separated by commas (default: all)').argParser(casesOption))
    .option('--python <path>', "interpreter that has gymnasium (default: BL1_PYTHON, else .venv of 'bl1 bench setup')")
    .option('--no-python', 'measure this package alone')
    .option('--out <dir>', 'folder for the results; earlier ones in it are replaced', join('bench', 'results', 'env'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: EnvFlags) => withInterrupt((signal) => run(flags, signal)))
