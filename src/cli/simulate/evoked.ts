/** The runs of a probe put together, one row an amplitude. */
import { mergeEvokedRows, type EvokedRow } from '../../analysis/index.js'
import type { MeaParameters } from '../../mea/index.js'
import { voltageFor } from './probe.js'
import type { ProbeRun } from './protocol.js'

/** All electrodes and seeds at one amplitude. */
export interface EvokedAmplitude {
  /** At the electrode, mV. */
  readonly depolarisationMv: number
  /** Of the pulse, mV. */
  readonly amplitudeMv: number
  readonly row: EvokedRow
}

/** One row an amplitude, weakest first. */
export const byAmplitude = (runs: readonly ProbeRun[], mea: MeaParameters): EvokedAmplitude[] =>
  [...new Set(runs.map((run) => run.depolarisationMv))]
    .sort((a, b) => a - b)
    .map((depolarisationMv) => ({
      depolarisationMv,
      amplitudeMv: voltageFor(depolarisationMv, mea),
      row: mergeEvokedRows(runs.filter((run) => run.depolarisationMv === depolarisationMv).map(({ row }) => row)),
    }))

const restName = (fromSeconds: number, toSeconds: number | null): string => (toSeconds === null ? `over_${fromSeconds}_s` : `${fromSeconds}_${toSeconds}_s`)

/** The same as CSV; empty cells where nothing could be measured. */
export const evokedCsv = (amplitudes: readonly EvokedAmplitude[]): string => {
  const rests = amplitudes[0]?.row.byRest ?? []
  const restHeads = rests.flatMap(({ fromSeconds, toSeconds }) => [`pulses_after_${restName(fromSeconds, toSeconds)}`, `bursts_after_${restName(fromSeconds, toSeconds)}`])
  const head = [
    'depolarisation_mv', 'pulse_mv', 'pulses', 'local_spikes_0_20_ms', 'all_spikes_0_20_ms', 'network_spikes_20_300_ms', 'network_spikes_before',
    'bursts', 'burst_probability', ...restHeads,
  ]
  const rows = amplitudes.map(({ depolarisationMv, amplitudeMv, row }) => [
    depolarisationMv, amplitudeMv, row.pulses, row.localSpikes, row.directSpikes, row.networkSpikes, row.networkSpikesBefore, row.bursts, row.burstProbability,
    ...row.byRest.flatMap(({ pulses, bursts }) => [pulses, bursts]),
  ])
  return `${[head, ...rows].map((cells) => cells.join(',')).join('\n')}\n`
}
