/**
 * What a pulse does: spikes near the electrode, spikes of the dish before and after, and whether a network burst began, split by how
 * long the dish had rested since its last burst. A sham pulse (amplitude 0) goes through the same windows and is what to compare with.
 *
 * A burst counts as evoked when its onset lies from 80 ms before the pulse (the detector's smoothing moves the onset of an abrupt burst
 * up to about 60 ms back) to 300 ms after it. The same window is used for sham pulses, so chance coincidences cancel.
 */
import { Bl1Error } from '../errors.js'
import { MS_PER_SECOND, wholeSteps } from '../units.js'
import { detectBursts } from './bursts.js'
import type { Burst, BurstDetection } from './bursts.js'
import { firstSpikeAt } from './recording.js'
import type { SpikeRecording } from './recording.js'

/** Direct response: this long after the pulse, and the same span before it as its baseline. */
const DIRECT_MS = 20
/** Network response: from the end of the direct one to here. */
const NETWORK_MS = 300
/** How far before the pulse an onset may lie. */
const ONSET_BACK_MS = 80
/** Rest since the end of the last burst, s. */
const REST_GROUPS = [
  { fromSeconds: 0, toSeconds: 2 },
  { fromSeconds: 2, toSeconds: 4 },
  { fromSeconds: 4, toSeconds: 8 },
  { fromSeconds: 8, toSeconds: null },
] as const

/** Pulses given a certain time after the last burst ended, and the bursts they were followed by. */
export interface RestedPulses {
  /** Inclusive. */
  readonly fromSeconds: number
  /** Exclusive; null: no upper limit. */
  readonly toSeconds: number | null
  readonly pulses: number
  readonly bursts: number
}

/** One row of a stimulation table. Spike numbers are means per pulse; all are null when no pulse could be measured. */
export interface EvokedRow {
  /** Pulses with 300 ms of recording on both sides. */
  readonly pulses: number
  /** Pulses too close to an end of the recording (or outside it). */
  readonly pulsesLeftOut: number
  /** Spikes of the cells near the electrode, 0 to 20 ms. */
  readonly localSpikes: number | null
  /** Spikes of the whole dish, 0 to 20 ms, minus those of the 20 ms before. */
  readonly directSpikes: number | null
  /** Spikes of the whole dish, 20 to 300 ms (nothing subtracted). */
  readonly networkSpikes: number | null
  /** The same over the 280 ms that end 20 ms before the pulse: the baseline of `networkSpikes`. */
  readonly networkSpikesBefore: number | null
  /** Pulses with a burst onset from -80 to +300 ms. */
  readonly bursts: number
  /** `bursts` / `pulses`. */
  readonly burstProbability: number | null
  /**
   * The same by rest since the last burst ended. Pulses during a burst, or before the first burst of the recording, are in none of them;
   * a pulse here needs 300 ms of recording after it, not before it.
   */
  readonly byRest: readonly RestedPulses[]
}

/** What one pulse met. */
type PulseSurroundings = { readonly evoked: boolean; readonly duringBurst: boolean; readonly restSeconds: number | null }

const surroundings = (pulseBin: number, bursts: readonly Burst[], binMs: number): PulseSurroundings => {
  const earliestOnset = pulseBin - Math.round(ONSET_BACK_MS / binMs)
  const latestOnset = pulseBin + Math.round(NETWORK_MS / binMs)
  let evoked = false
  let duringBurst = false
  let restSeconds: number | null = null
  for (const { onsetBin, offsetBin } of bursts) {
    if (onsetBin >= earliestOnset && onsetBin <= latestOnset) evoked = true
    if (onsetBin < earliestOnset && pulseBin < offsetBin) duringBurst = true
    if (onsetBin < earliestOnset && offsetBin <= pulseBin) restSeconds = ((pulseBin - offsetBin) * binMs) / MS_PER_SECOND
  }
  return { evoked, duringBurst, restSeconds }
}

/**
 * Response to a list of pulses at one electrode.
 * @param stimulusSteps step of each pulse (steps of the recording's clock), in any order
 * @param localNeurons the cells near the electrode
 * @param detection bursts of the same recording; detected with default options when left out
 * @throws Bl1Error `analysis/input` when a stimulus step is no whole number or a local neuron is not in the recording
 */
export const evokedResponse = (
  recording: SpikeRecording,
  stimulusSteps: ArrayLike<number>,
  localNeurons: ArrayLike<number>,
  detection: BurstDetection = detectBursts(recording),
): EvokedRow => {
  const { stepMs, startStep, endStep, neuronCount, neurons } = recording
  const { binMs, stepsPerBin } = detection.rate
  const direct = wholeSteps(DIRECT_MS, stepMs, 'the direct window')
  const network = wholeSteps(NETWORK_MS, stepMs, 'the network window')

  const isLocal = new Uint8Array(neuronCount)
  for (const neuron of Array.from(localNeurons)) {
    if (!(Number.isInteger(neuron) && neuron >= 0 && neuron < neuronCount)) {
      throw new Bl1Error('analysis/input', { what: 'A local neuron', expected: `in [0, ${neuronCount})`, received: String(neuron) })
    }
    isLocal[neuron] = 1
  }

  const byRest = REST_GROUPS.map((group) => ({ ...group, pulses: 0, bursts: 0 }))
  const sums = { local: 0, after: 0, before: 0, network: 0, networkBefore: 0 }
  let pulses = 0
  let bursts = 0
  for (const step of Array.from(stimulusSteps)) {
    if (!Number.isInteger(step)) {
      throw new Bl1Error('analysis/input', { what: 'A stimulus step', expected: 'a whole number', received: String(step) })
    }
    if (step < startStep || step + network > endStep) continue
    const { evoked, duringBurst, restSeconds } = surroundings(Math.floor((step - startStep) / stepsPerBin), detection.bursts, binMs)
    if (!duringBurst && restSeconds !== null) {
      const group = byRest.findLast(({ fromSeconds }) => restSeconds >= fromSeconds)
      if (group !== undefined) {
        group.pulses++
        if (evoked) group.bursts++
      }
    }

    if (step - network < startStep) continue
    pulses++
    if (evoked) bursts++
    const atPulse = firstSpikeAt(recording, step)
    const atDirectEnd = firstSpikeAt(recording, step + direct)
    const atBaseline = firstSpikeAt(recording, step - direct)
    for (let k = atPulse; k < atDirectEnd; k++) sums.local += isLocal[neurons[k]]
    sums.after += atDirectEnd - atPulse
    sums.before += atPulse - atBaseline
    sums.network += firstSpikeAt(recording, step + network) - atDirectEnd
    sums.networkBefore += atBaseline - firstSpikeAt(recording, step - network)
  }

  const perPulse = (sum: number): number | null => (pulses > 0 ? sum / pulses : null)
  return {
    pulses,
    pulsesLeftOut: stimulusSteps.length - pulses,
    localSpikes: perPulse(sums.local),
    directSpikes: perPulse(sums.after - sums.before),
    networkSpikes: perPulse(sums.network),
    networkSpikesBefore: perPulse(sums.networkBefore),
    bursts,
    burstProbability: perPulse(bursts),
    byRest,
  }
}

/** Rows of several electrodes or cultures as one: counts add up, means are weighted by their pulses. */
export const mergeEvokedRows = (rows: readonly EvokedRow[]): EvokedRow => {
  const total = (of: (row: EvokedRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  const pulses = total((row) => row.pulses)
  const bursts = total((row) => row.bursts)
  const weighted = (of: (row: EvokedRow) => number | null): number | null =>
    pulses > 0 ? total((row) => (of(row) ?? 0) * row.pulses) / pulses : null
  return {
    pulses,
    pulsesLeftOut: total((row) => row.pulsesLeftOut),
    localSpikes: weighted((row) => row.localSpikes),
    directSpikes: weighted((row) => row.directSpikes),
    networkSpikes: weighted((row) => row.networkSpikes),
    networkSpikesBefore: weighted((row) => row.networkSpikesBefore),
    bursts,
    burstProbability: pulses > 0 ? bursts / pulses : null,
    byRest: REST_GROUPS.map((group, k) => ({
      ...group,
      pulses: total((row) => row.byRest[k].pulses),
      bursts: total((row) => row.byRest[k].bursts),
    })),
  }
}
