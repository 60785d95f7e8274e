/** `bl1 simulate`: is this culture like living ones, in what it does by itself and in how it answers pulses? */
import { Command, InvalidArgumentError, Option } from 'commander'
import { loadConfig, provenance } from '../io/index.js'
import { Rng } from '../rng.js'
import { withInterrupt } from './context.js'
import { experimentSchema } from './experiment.js'
import { countOption, listOption, numberOption, seedOption } from './options.js'
import { jsonText } from './simulate/files.js'
import { PROBE_AMPLITUDES_MV, PROBE_CHANNELS } from './simulate/probe.js'
import { simulateProbe } from './simulate/probeRun.js'
import { simulateSpontaneous } from './simulate/spontaneousRun.js'

interface SimulateFlags {
  readonly seconds?: number
  readonly hours?: number
  readonly seed?: number
  readonly seeds?: number
  readonly neurons?: number
  readonly jobs?: number
  readonly out?: string
  readonly probe?: boolean
  readonly amplitudes?: number[]
  readonly pulses?: number
  readonly json?: boolean
}

const SECONDS_PER_HOUR = 3600
const DEFAULT_PULSES = 30
const DEFAULT_PROBE_SEEDS = 2

/** Depolarisations in mV on the command line. */
const amplitudesOption = (text: string): number[] => {
  const amplitudes = listOption(text).map(numberOption)
  if (amplitudes.length === 0 || amplitudes.some((amplitude) => amplitude < 0)) {
    throw new InvalidArgumentError(`expected numbers of mV from 0, separated by commas, got '${text}'.`)
  }
  return amplitudes
}

const run = async (file: string, flags: SimulateFlags, signal: AbortSignal): Promise<void> => {
  const { config: experiment } = loadConfig(file, experimentSchema, {
    overrides: [
      { path: 'protocol.cultures', value: flags.seeds, origin: '--seeds' },
      { path: 'culture.neurons', value: flags.neurons, origin: '--neurons' },
      { path: 'simulation.recordSeconds', value: flags.seconds, origin: '--seconds' },
      { path: 'simulation.recordSeconds', value: flags.hours === undefined ? undefined : flags.hours * SECONDS_PER_HOUR, origin: '--hours' },
    ],
  })
  const isProbe = flags.probe === true
  const firstSeed = flags.seed ?? experiment.protocol.firstSeed
  const count = flags.seeds ?? (isProbe ? DEFAULT_PROBE_SEEDS : 1)
  // the largest seed decides whether all of them can be
  Rng.fromSeed(firstSeed + count - 1)
  const seeds = Array.from({ length: count }, (_, k) => firstSeed + k)
  const setting = { experiment, seeds, jobs: flags.jobs, out: flags.out, made: provenance(), signal }
  const { text, document } = isProbe
    ? await simulateProbe(setting, { amplitudesMv: flags.amplitudes ?? PROBE_AMPLITUDES_MV, pulses: flags.pulses ?? DEFAULT_PULSES })
    : await simulateSpontaneous(setting, flags.hours !== undefined)
  process.stdout.write(flags.json === true ? jsonText(document) : `\n${text}\n`)
}

const HELP = `
Examples:
  bl1 simulate configs/wagenaar_calibrated.yaml
  bl1 simulate configs/wagenaar_calibrated.yaml --seed 101 --seeds 8
  bl1 simulate configs/wagenaar_calibrated.yaml --probe --amplitudes 0,20,40,80
  bl1 simulate configs/default.yaml --hours 1

Writes statistics.json, and of the first seed spikes.csv and figures as PNG and SVG; with --hours those of the last ten minutes.
With --probe: evoked.json, evoked.csv and a figure; long-term plasticity is off.
Ctrl-C leaves what was finished in statistics.partial.json or evoked.partial.json.`

export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('Records spontaneous activity and judges it by published ranges; with --probe, the response to pulses.')
    .argument('<config>', 'YAML or JSON config')
    .addOption(new Option('--seconds <s>', 'recorded seconds (default: simulation.recordSeconds of the config)').argParser(numberOption))
    .addOption(new Option('--hours <h>', 'recorded hours, with statistics every ten minutes').argParser(numberOption).conflicts(['seconds', 'probe']))
    .addOption(new Option('--seed <k>', 'first seed (default: protocol.firstSeed of the config)').argParser(seedOption))
    .addOption(new Option('--seeds <n>', 'number of cultures, with consecutive seeds (default: 1; 2 with --probe)').argParser(countOption))
    .addOption(new Option('--neurons <n>', 'neurons of a culture').argParser(countOption))
    .addOption(new Option('--jobs <j>', 'worker threads; the results do not depend on it (default: one a core)').argParser(countOption))
    .option('--out <dir>', 'folder for the results, new or empty (default: runs/<id>)')
    .addOption(new Option('--probe', `pulse electrodes ${PROBE_CHANNELS.join(', ')} at 0.1 Hz, one electrode a run`).conflicts('seconds'))
    .addOption(
      new Option('--amplitudes <list>', `with --probe: depolarisations at the electrode in mV, 0 is the sham (default: ${PROBE_AMPLITUDES_MV.join(',')})`)
        .argParser(amplitudesOption),
    )
    .addOption(new Option('--pulses <n>', `with --probe: pulses per electrode and seed (default: ${DEFAULT_PULSES})`).argParser(countOption))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((file: string, flags: SimulateFlags, command: Command) => {
      if (flags.probe !== true && (flags.amplitudes !== undefined || flags.pulses !== undefined)) {
        command.error('error: --amplitudes and --pulses need --probe')
      }
      return withInterrupt((signal) => run(file, flags, signal))
    })
