/** What one electrode's pulses do to one culture: the stimulation table, a run at a time. */
import { evokedResponse } from '../../analysis/index.js'
import { Culture, STEP_MS } from '../../culture/index.js'
import { ElectrodeArray, type MeaParameters } from '../../mea/index.js'
import { MS_PER_SECOND } from '../../units.js'
import type { Experiment } from '../experiment.js'
import type { ProbeRun, ProbeTask, SimulateProgress } from './protocol.js'
import { SpikeLog } from './spikeLog.js'

/** 0.1 Hz: a culture has recovered from one pulse before the next. */
export const PULSE_INTERVAL_MS = 10_000
/** Electrodes of the stimulation table: two inside the array, two near its edge. */
export const PROBE_CHANNELS = [27, 36, 10, 53] as const
/** Depolarisations of the stimulation table, mV; 0 is the sham. */
export const PROBE_AMPLITUDES_MV = [0, 5, 10, 15, 20, 30, 40, 60, 80, 120] as const

/** Voltage of the pulse that depolarises a cell at the electrode by this much. */
export const voltageFor = (depolarisationMv: number, { depolarisationPerMv }: MeaParameters): number =>
  depolarisationMv === 0 ? 0 : depolarisationMv / depolarisationPerMv

/** Simulated time of one run after settling: half an interval before the first pulse and after the last. */
export const probeMs = (pulses: number): number => pulses * PULSE_INTERVAL_MS

/** Grows a culture without long-term plasticity, lets it settle, and pulses one electrode at 0.1 Hz. */
export const probeElectrode = (experiment: Experiment, task: ProbeTask, report: (progress: SimulateProgress) => void): ProbeRun => {
  const { seed, channel, depolarisationMv, pulses } = task
  const settleMs = experiment.simulation.settleSeconds * MS_PER_SECOND
  const culture = Culture.grow(experiment.culture, seed)
  culture.setPlasticity({ stdp: false, homeostasis: false })
  const array = new ElectrodeArray(culture.population, experiment.mea)
  if (settleMs > 0) culture.advance(settleMs)
  report({ simulatedMs: settleMs })

  const log = new SpikeLog(culture.population.neurons, culture.step)
  const pulseSteps: number[] = []
  const amplitudeMv = voltageFor(depolarisationMv, array.parameters)
  for (let pulse = 0; pulse < pulses; pulse++) {
    const atMs = culture.timeMs + PULSE_INTERVAL_MS / 2
    pulseSteps.push(atMs / STEP_MS)
    array.stimulator.schedule([channel], { amplitudeMv }, atMs)
    const stimulation = array.stimulator.take(culture.step, culture.step + PULSE_INTERVAL_MS / STEP_MS)
    log.append(culture.advance(PULSE_INTERVAL_MS, stimulation))
    report({ simulatedMs: settleMs + (pulse + 1) * PULSE_INTERVAL_MS })
  }
  const { start, neuron } = array.activated
  const local = neuron.subarray(start[channel], start[channel + 1])
  return { seed, channel, depolarisationMv, row: evokedResponse(log.recording(culture.step), pulseSteps, local) }
}
