/** `bl1 simulate` without pulses: spontaneous activity of one culture or several, once or over hours. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { STEP_MS } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'
import { startProgress, WorkerPool, type Provenance } from '../../io/index.js'
import { MS_PER_SECOND, wholeSteps } from '../../units.js'
import type { Experiment } from '../experiment.js'
import { requireMemory } from '../memory.js'
import { SimulationFolder } from './files.js'
import { calibrationOf, recordingFigures } from './figures.js'
import type { RecordTask, SimulateAnswer, SimulateProgress, SimulateTask, WindowRow } from './protocol.js'
import { spikesCsv, writePieces } from './spikesCsv.js'
import { checksTable, rowsTable, seedsText, verdict } from './tables.js'

/** Statistics of a long recording are taken this often. */
const WINDOW_SECONDS = 600
/** More than a culture of the published ranges fires for long. */
const GENEROUS_RATE_HZ = 2
/** A spike in the log, in the copy that is sent, and in what the analysis makes of it. */
const BYTES_A_SPIKE = 40

/** What a run of `bl1 simulate` is about. */
export interface SimulationSetting {
  readonly experiment: Experiment
  readonly seeds: readonly number[]
  readonly jobs: number | undefined
  readonly out: string | undefined
  readonly made: Provenance
  readonly signal: AbortSignal
}

/** What the command prints: words, or the document. */
export interface SimulationOutcome {
  readonly text: string
  readonly document: object
}

/** Lengths of the windows: one for the whole recording, or one for each ten minutes of a long one. */
export const windowsOf = (recordSeconds: number, overTime: boolean): number[] => {
  if (!overTime) return [recordSeconds * MS_PER_SECOND]
  const full = Math.floor(recordSeconds / WINDOW_SECONDS + 1e-9)
  const rest = Math.round((recordSeconds - full * WINDOW_SECONDS) * MS_PER_SECOND)
  return [...Array.from({ length: full }, () => WINDOW_SECONDS * MS_PER_SECOND), ...(rest > 0 ? [rest] : [])]
}

/** Memory that a recording of this length may take, bytes. */
export const recordingBytes = (neurons: number, durationMs: number): number => neurons * (durationMs / MS_PER_SECOND) * GENEROUS_RATE_HZ * BYTES_A_SPIKE

/** Threads for so many tasks: what was asked for, or one a core. */
export const threadsFor = (tasks: number, jobs: number | undefined): number => Math.min(tasks, jobs ?? availableParallelism())

const workerFile = new URL('./worker.js', import.meta.url)

/** Worker threads for an experiment. */
export const simulationPool = (experiment: Experiment, size: number, signal: AbortSignal): WorkerPool<SimulateTask, SimulateAnswer, SimulateProgress> =>
  new WorkerPool(workerFile, { size, signal, workerData: experiment })

/**
 * Records spontaneous activity of every seed.
 * @param overTime statistics every ten minutes
 */
export const simulateSpontaneous = async (setting: SimulationSetting, overTime: boolean): Promise<SimulationOutcome> => {
  const { experiment, seeds, out, signal } = setting
  const { settleSeconds, recordSeconds } = experiment.simulation
  const settleMs = settleSeconds * MS_PER_SECOND
  const windowsMs = windowsOf(recordSeconds, overTime)
  for (const [name, durationMs] of [['simulation.settleSeconds', settleMs], ['simulation.recordSeconds', recordSeconds * MS_PER_SECOND]] as const) {
    wholeSteps(durationMs, STEP_MS, name)
  }
  const threads = threadsFor(seeds.length, setting.jobs)
  // one culture may take the whole machine, several share it
  const spareThreads = Math.max(1, Math.floor(availableParallelism() / threads))
  requireMemory(experiment.culture, threads, recordingBytes(experiment.culture.neurons, Math.max(...windowsMs)))

  const folder = new SimulationFolder('statistics', { experiment, seeds, overTime }, out)
  const display = startProgress([{ name: 'record', pieces: seeds.length, pieceMs: settleMs + recordSeconds * MS_PER_SECOND }])
  const pool = simulationPool(experiment, threads, signal)
  const recordSeed = async (seed: number, index: number): Promise<Extract<SimulateAnswer, { type: 'record' }>> => {
    display.update('record', String(seed), 0)
    const task: RecordTask = { type: 'record', seed, windowsMs, spareThreads, keep: index === 0 }
    let failure: unknown
    const onProgress = (progress: SimulateProgress): void => {
      if ('simulatedMs' in progress) return display.update('record', String(seed), progress.simulatedMs)
      try {
        folder.addPart(progress.row)
      } catch (error) {
        // No use going on when nothing can be written.
        failure = error
        void pool.close()
      }
    }
    const answer = await pool.run(task, { onProgress }).catch((error: unknown) => {
      throw failure ?? error
    })
    if (answer.type !== 'record') throw new Bl1Error('run/worker-died', { worker: 'of the simulation', reason: 'it answered another question' })
    display.finish('record', String(seed))
    return answer
  }
  try {
    const answers = await Promise.all(seeds.map(recordSeed))
    display.stop()
    const rows = answers.flatMap((answer) => answer.rows)
    const [first] = answers
    if (first?.kept !== undefined) {
      writePieces(join(folder.path, 'spikes.csv'), spikesCsv(first.kept.recording, first.kept.cellType))
      await folder.draw(recordingFigures(first.kept, experiment.mea, seeds[0]), signal)
    }
    if (!overTime) await folder.draw([calibrationOf(rows)], signal)
    const document = statisticsDocument(setting, rows, overTime)
    folder.complete(document)
    return { text: words(setting, rows, overTime, folder.path), document: { folder: folder.path, ...document } }
  } catch (error) {
    folder.abandon()
    throw error
  } finally {
    display.stop()
    await pool.close()
  }
}

const statisticsDocument = ({ experiment, seeds, made }: SimulationSetting, rows: readonly WindowRow[], overTime: boolean) => ({
  kind: overTime ? 'spontaneous activity over time' : 'spontaneous activity',
  title: experiment.title,
  seeds,
  settleSeconds: experiment.simulation.settleSeconds,
  recordSeconds: experiment.simulation.recordSeconds,
  rows,
  rowsPassed: rows.filter(({ passed, criteria }) => passed === criteria).length,
  culture: experiment.culture,
  mea: experiment.mea,
  provenance: made,
})

const words = ({ experiment, seeds }: SimulationSetting, rows: readonly WindowRow[], overTime: boolean, folder: string): string => {
  const [first] = rows
  const { neurons } = experiment.culture
  const { settleSeconds, recordSeconds } = experiment.simulation
  const isSingle = rows.length === 1 && first !== undefined
  return [
    `${experiment.title}: ${neurons.toLocaleString('en')} neurons, ${seedsText(seeds)}, ${recordSeconds} s after ${settleSeconds} s of settling`,
    '',
    isSingle ? checksTable(first.checks) : rowsTable(rows, overTime),
    `${verdict(rows, overTime)}${isSingle ? ` ${first.realTimeFactor.toFixed(1)} x real time.` : ''}`,
    'Ranges: mature dissociated rat cortex; their sources stand in statistics.json.',
    '',
    `Files: ${folder}`,
  ].join('\n')
}
