/** What `bl1 bench train` leaves in its folder. */
import { join } from 'node:path'
import { writeAtomically, type Provenance } from '../../../io/index.js'
import type { Versions } from '../measureCase.js'
import { markdownText, reportText } from '../tables.js'
import { overheadSentence, trainTables, type TrainResults } from './tables.js'

/** Everything found so far; plain data. */
export interface TrainFindings extends TrainResults {
  readonly command: string
  readonly rounds: number
  readonly versions: Versions
  readonly provenance: Provenance
  /** false where it was interrupted. */
  readonly isComplete: boolean
}

/** How to read the tables. */
export const TRAIN_READING =
  'Medians over rounds of equal work; what is compared took turns, each in a process of its own. Spread: fastest minus slowest round over the median. In ' +
  'brackets: the smallest and the largest ratio of a round.'

/** The numbers alone: written after every measurement, so that nothing is lost. @throws Bl1Error `run/write-failed` */
export const writeTrainNumbers = (folder: string, findings: TrainFindings): void =>
  writeAtomically(join(folder, 'results.json'), `${JSON.stringify(findings, null, 2)}\n`)

/** Numbers and report. @throws Bl1Error `run/write-failed` */
export const writeTrain = (folder: string, findings: TrainFindings): void => {
  writeTrainNumbers(folder, findings)
  const overhead = overheadSentence(findings)
  const sections = [
    TRAIN_READING,
    ...(findings.isComplete ? [] : ['Interrupted: only what was measured until then.']),
    ...trainTables(findings).map(markdownText),
    ...(overhead === undefined ? [] : [overhead]),
  ]
  writeAtomically(join(folder, 'report.md'), reportText('Speed of training', sections, findings))
}
