/** Spontaneous activity of one culture, recorded window by window. */
import { electrodeRates, electrodeSpikeCounts, spontaneousStatistics } from '../../analysis/index.js'
import { Culture, STEP_MS } from '../../culture/index.js'
import { ElectrodeArray } from '../../mea/index.js'
import { MS_PER_SECOND } from '../../units.js'
import type { Experiment } from '../experiment.js'
import type { KeptRecording, RecordTask, SimulateProgress, WindowRow } from './protocol.js'
import { SpikeLog } from './spikeLog.js'

/** Simulated time between two reports. */
const CHUNK_MS = 1000
const MIB = 2 ** 20

/** Lets time pass in pieces, so that a display hears of it. */
export const advanceInChunks = (durationMs: number, advance: (chunkMs: number) => void): void => {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= CHUNK_MS) advance(Math.min(CHUNK_MS, leftMs))
}

/**
 * Grows a culture, lets it settle, and records.
 * @param report told of simulated time and of every finished window
 */
export const recordCulture = (
  experiment: Experiment, task: RecordTask, report: (progress: SimulateProgress) => void,
): { readonly rows: WindowRow[]; readonly kept: KeptRecording | undefined } => {
  const { seed, windowsMs, keep, spareThreads } = task
  const culture = Culture.grow(experiment.culture, seed, { spareThreads })
  const weightAtBirth = culture.meanExcitatoryWeight()
  let simulatedMs = 0
  let busyMs = 0
  const advance = (chunkMs: number): ReturnType<Culture['advance']> => {
    const startedMs = performance.now()
    const spikes = culture.advance(chunkMs)
    busyMs += performance.now() - startedMs
    simulatedMs += chunkMs
    report({ simulatedMs })
    return spikes
  }
  advanceInChunks(experiment.simulation.settleSeconds * MS_PER_SECOND, advance)

  const settledStep = culture.step
  const log = new SpikeLog(culture.population.neurons, settledStep)
  const sinceSettled = (step: number): number => ((step - settledStep) * STEP_MS) / MS_PER_SECOND
  const rows: WindowRow[] = []
  let kept: KeptRecording | undefined
  for (const [index, windowMs] of windowsMs.entries()) {
    const startStep = culture.step
    log.restart(startStep)
    busyMs = 0
    advanceInChunks(windowMs, (chunkMs) => log.append(advance(chunkMs)))
    const recording = log.recording(culture.step)
    const { checks, passed, criteria, summary, detection } = spontaneousStatistics(recording)
    const row = {
      seed,
      fromSeconds: sinceSettled(startStep),
      toSeconds: sinceSettled(culture.step),
      spikes: recording.steps.length,
      checks,
      passed,
      criteria,
      summary,
      weightRatio: weightAtBirth > 0 ? culture.meanExcitatoryWeight() / weightAtBirth : null,
      realTimeFactor: windowMs / busyMs,
      residentMib: Math.round(process.memoryUsage.rss() / MIB),
    }
    rows.push(row)
    report({ row })
    if (!keep || index < windowsMs.length - 1) continue
    const { recorded } = new ElectrodeArray(culture.population, experiment.mea)
    const counts = electrodeSpikeCounts(recording, { offsets: recorded.start, neurons: recorded.neuron })
    kept = {
      recording: { ...recording, steps: recording.steps.slice(), neurons: recording.neurons.slice() },
      cellType: culture.population.type,
      excitatory: culture.population.excitatory,
      bursts: detection,
      electrodeRatesHz: electrodeRates(counts, windowMs) ?? counts,
    }
  }
  culture.close()
  return { rows, kept }
}
