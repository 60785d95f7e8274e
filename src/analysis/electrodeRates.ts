/** Firing rates as an electrode array hears them: spikes per electrode from the neurons near it, or from columns already counted. */
import { Bl1Error } from '../errors.js'
import { MS_PER_SECOND } from '../units.js'
import type { SpikeRecording } from './recording.js'

/**
 * Which neurons each electrode hears, as compressed rows: electrode e hears `neurons[offsets[e]]` up to (not including)
 * `neurons[offsets[e + 1]]`. A neuron may be heard by several electrodes, or by none.
 */
export interface ElectrodeMap {
  /** Length: electrodes + 1; ascending from 0. */
  readonly offsets: Int32Array
  readonly neurons: Int32Array
}

/** Spike counts as columns, as a recording system reports them tick by tick: an electrode may come up many times. */
export interface ElectrodeCounts {
  readonly electrodes: ArrayLike<number>
  /** Spikes of the electrode at the same place; same length. */
  readonly counts: ArrayLike<number>
}

/** A table "electrode hears neuron" (rows of true and false) as an {@link ElectrodeMap}. */
export const electrodeMapFrom = (hears: readonly (readonly boolean[])[]): ElectrodeMap => {
  const rows = hears.map((row) => row.flatMap((heard, neuron) => (heard ? [neuron] : [])))
  const offsets = new Int32Array(rows.length + 1)
  rows.forEach((row, e) => { offsets[e + 1] = offsets[e] + row.length })
  return { offsets, neurons: Int32Array.from(rows.flat()) }
}

/**
 * Spikes heard by each electrode over the whole recording.
 * @throws Bl1Error `analysis/input` when the map names a neuron the recording does not have
 */
export const electrodeSpikeCounts = (recording: SpikeRecording, map: ElectrodeMap): Float64Array => {
  const perNeuron = new Int32Array(recording.neuronCount)
  for (const neuron of recording.neurons) perNeuron[neuron]++
  const counts = new Float64Array(Math.max(0, map.offsets.length - 1))
  for (let e = 0; e < counts.length; e++) {
    for (let k = map.offsets[e]; k < map.offsets[e + 1]; k++) {
      const neuron = map.neurons[k]
      if (!(neuron >= 0 && neuron < recording.neuronCount)) {
        const expected = `neurons in [0, ${recording.neuronCount})`
        throw new Bl1Error('analysis/input', { what: `The map of electrode ${e}`, expected, received: String(neuron) })
      }
      counts[e] += perNeuron[neuron]
    }
  }
  return counts
}

/**
 * Adds up (electrode, count) columns, one total per electrode.
 * @throws Bl1Error `analysis/input` on columns of unequal length or an electrode outside [0, electrodeCount)
 */
export const sumElectrodeCounts = ({ electrodes, counts }: ElectrodeCounts, electrodeCount: number): Float64Array => {
  if (electrodes.length !== counts.length) {
    const expected = `as long as the electrodes (${electrodes.length})`
    throw new Bl1Error('analysis/input', { what: 'The column of counts', expected, received: String(counts.length) })
  }
  const totals = new Float64Array(electrodeCount)
  for (let k = 0; k < electrodes.length; k++) {
    const electrode = electrodes[k]
    if (!(Number.isInteger(electrode) && electrode >= 0 && electrode < electrodeCount)) {
      const expected = `a whole number in [0, ${electrodeCount})`
      throw new Bl1Error('analysis/input', { what: `Electrode of row ${k}`, expected, received: String(electrode) })
    }
    totals[electrode] += counts[k]
  }
  return totals
}

/** Mean rate at each electrode, Hz, from its spike count over `durationMs`; null for zero duration. */
export const electrodeRates = (counts: ArrayLike<number>, durationMs: number): Float64Array | null =>
  durationMs > 0 ? Float64Array.from(counts, (count) => (count / durationMs) * MS_PER_SECOND) : null
