/** What `bl1 simulate` and its worker threads say to each other: plain data. */
import type { EvokedRow, SpikeRecording, SpontaneousStatistics } from '../../analysis/index.js'

/** Records one culture, window by window; the statistics are those of each window. */
export interface RecordTask {
  readonly type: 'record'
  readonly seed: number
  /** Lengths of the windows, ms, one after the other. */
  readonly windowsMs: readonly number[]
  /** Threads the culture may take. */
  readonly spareThreads: number
  /** Whether the spikes of the last window come back. */
  readonly keep: boolean
}

/** Pulses one electrode of one culture. */
export interface ProbeTask {
  readonly type: 'probe'
  readonly seed: number
  readonly channel: number
  /** Depolarisation at the electrode, mV. */
  readonly depolarisationMv: number
  readonly pulses: number
}

export type SimulateTask = RecordTask | ProbeTask

/** One window of a recording, judged. */
export interface WindowRow {
  readonly seed: number
  /** Since the settling time ended, s. */
  readonly fromSeconds: number
  readonly toSeconds: number
  readonly spikes: number
  readonly checks: SpontaneousStatistics['checks']
  readonly passed: number
  readonly criteria: number
  readonly summary: SpontaneousStatistics['summary']
  /** Mean excitatory weight at the end of the window over that of the newborn culture; null without excitatory synapses. */
  readonly weightRatio: number | null
  /** Simulated time over computing time. */
  readonly realTimeFactor: number
  /** Memory of the whole process at the end of the window, MiB. */
  readonly residentMib: number
}

/** The last window of a recording, for spikes and figures. */
export interface KeptRecording {
  readonly recording: SpikeRecording
  /** Index into CELL_TYPES, one a cell. */
  readonly cellType: Uint8Array
  readonly excitatory: number
  readonly bursts: SpontaneousStatistics['detection']
  /** Mean rate at each channel, Hz. */
  readonly electrodeRatesHz: Float64Array
}

/** One run of pulses. */
export interface ProbeRun {
  readonly seed: number
  readonly channel: number
  readonly depolarisationMv: number
  readonly row: EvokedRow
}

export type SimulateAnswer =
  | { readonly type: 'record'; readonly rows: readonly WindowRow[]; readonly kept: KeptRecording | undefined }
  | { readonly type: 'probe'; readonly run: ProbeRun }

/** On the way: how far a task is, and each window as it is finished. */
export type SimulateProgress = { readonly simulatedMs: number } | { readonly row: WindowRow }
