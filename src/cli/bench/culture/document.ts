/** What `bl1 bench culture` leaves in its folder. */
import { join } from 'node:path'
import { drawPng, drawSvg, writeAtomically, type Provenance } from '../../../io/index.js'
import type { Versions } from '../measureCase.js'
import { markdownText, reportText } from '../tables.js'
import { bytesEach, fitsOf } from './evaluate.js'
import { cultureFigures } from './figures.js'
import type { GroupResult, GrowthResult } from './measure.js'
import { cultureTables, differencesOf } from './tables.js'

/** Everything found so far; plain data. */
export interface CultureFindings {
  readonly command: string
  readonly sizes: readonly number[]
  readonly rounds: number
  readonly groups: readonly GroupResult[]
  readonly growths: readonly GrowthResult[]
  readonly versions: Versions
  readonly provenance: Provenance
  /** false where it was interrupted. */
  readonly isComplete: boolean
}

/** How to read the tables. */
export const CULTURE_READING =
  'Medians over rounds; what is compared took turns, each in a process of its own. Spread: fastest minus slowest round over ' +
  'the median. In brackets: the smallest and the largest ratio of a round.'

/** The findings with what follows from them. */
export const documentOf = (findings: CultureFindings) => ({
  ...findings,
  fits: fitsOf(findings.groups),
  bytes: bytesEach(findings.growths),
})

/** The numbers alone: written after every group, so that nothing measured is lost. @throws Bl1Error `run/write-failed` */
export const writeNumbers = (folder: string, findings: CultureFindings): void =>
  writeAtomically(join(folder, 'results.json'), `${JSON.stringify(documentOf(findings), null, 2)}\n`)

/** Numbers, report and figures. @throws Bl1Error `run/write-failed` */
export const writeAll = async (folder: string, findings: CultureFindings): Promise<void> => {
  const { groups, growths, isComplete } = findings
  writeNumbers(folder, findings)
  const pictures: string[] = []
  for (const figure of cultureFigures(groups)) {
    writeAtomically(join(folder, `${figure.name}.svg`), await drawSvg(figure))
    writeAtomically(join(folder, `${figure.name}.png`), await drawPng(figure))
    pictures.push(`![${figure.altText}](${figure.name}.png)`)
  }
  const differences = differencesOf(groups)
  const sections = [
    CULTURE_READING,
    ...(isComplete ? [] : ['Interrupted: only what was measured until then.']),
    ...pictures,
    ...cultureTables(groups, growths).map(markdownText),
    ...(differences.length > 0 ? ['## What is not the same in the peers', differences.map((one) => `* ${one}`).join('\n')] : []),
  ]
  writeAtomically(join(folder, 'report.md'), reportText('Speed of cultures', sections, findings))
}
