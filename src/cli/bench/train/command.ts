/** What `bl1 bench train` does, loaded when it is asked for: it brings the learning library in. */
import { join } from 'node:path'
import { packageRoot } from '../../../bridge/python.js'
import { formatDuration, makeFolder, provenance } from '../../../io/index.js'
import { wrapText } from '../../wrapText.js'
import type { Versions } from '../measureCase.js'
import { peerPython, requirePeers } from '../python.js'
import { terminalText } from '../tables.js'
import { TRAIN_READING, writeTrain, writeTrainNumbers, type TrainFindings } from './document.js'
import { measureRun, measureUpdates, type RunResult, type SameNumbers, type TrainMeasureSettings, type UpdateResult } from './measure.js'
import { trainPlan } from './plan.js'
import { overheadSentence, trainTables } from './tables.js'

/** Options of `bl1 bench train`. */
export interface TrainFlags {
  readonly quick?: boolean
  readonly rounds: number
  readonly peers: boolean
  readonly out?: string
  readonly json?: boolean
}

const commandText = ({ rounds, quick, peers }: TrainFlags): string =>
  `bl1 bench train --rounds ${rounds}${quick === true ? ' --quick' : ''}${peers ? '' : ' --no-peers'}`

const terminal = (findings: TrainFindings, folder: string): string => {
  const overhead = overheadSentence(findings)
  const notes = [wrapText(TRAIN_READING), ...(overhead === undefined ? [] : [wrapText(overhead)])]
  const tables = trainTables(findings).map(({ note, ...table }) => terminalText({ ...table, note: wrapText(note) }))
  return `\n${[...tables, ...notes, `Results: ${join(folder, 'results.json')}, report.md`].join('\n\n')}\n`
}

/**
 * Measures updates and trainings.
 * @throws Bl1Error `bridge/no-python`, those of LineProcess, `run/interrupted` with what was measured until then on disk
 */
export const runTrainBench = async (flags: TrainFlags, signal: AbortSignal): Promise<void> => {
  const { rounds, quick = false, peers } = flags
  const out = flags.out ?? (quick ? join('runs', 'train-quick') : join('bench', 'results', 'train'))
  const root = packageRoot()
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  if (peers) requirePeers(root)
  const python = peers ? peerPython() : undefined
  if (peers && python === undefined) say('PyTorch is left out: there is no .venv here. Run: bl1 bench setup --learning')
  const settings: TrainMeasureSettings = { rounds, python, root, signal }
  // Before the measurements: minutes of them would be lost.
  makeFolder(out)
  const made = provenance()
  const updates: UpdateResult[] = []
  const same: SameNumbers[] = []
  const runs: RunResult[] = []
  let versions: Versions = {}
  const findings = (isComplete: boolean): TrainFindings => ({
    command: commandText(flags), rounds, updates, same, runs, versions, provenance: made, isComplete,
  })
  const plan = trainPlan(quick)
  const total = plan.updates.length + plan.runs.length
  const startedMs = performance.now()
  let number = 0
  const announce = (title: string): void => say(`${++number} of ${total}, after ${formatDuration(performance.now() - startedMs)}: ${title}`)
  try {
    for (const one of plan.updates) {
      announce(`An update. ${one.title}`)
      const measured = await measureUpdates(one, settings)
      updates.push(...measured.results)
      if (measured.same !== null) same.push(measured.same)
      versions = { ...versions, ...measured.versions }
      writeTrainNumbers(out, findings(false))
    }
    for (const one of plan.runs) {
      announce(`Training. ${one.title}`)
      const measured = await measureRun(one, settings)
      runs.push(measured.result)
      versions = { ...versions, ...measured.versions }
      writeTrainNumbers(out, findings(false))
    }
  } catch (error) {
    if (updates.length > 0) {
      writeTrain(out, findings(false))
      say(`What was measured until then is in ${out}.`)
    }
    throw error
  }
  const all = findings(true)
  writeTrain(out, all)
  process.stdout.write(flags.json === true ? `${JSON.stringify({ folder: out, ...all })}\n` : terminal(all, out))
}
