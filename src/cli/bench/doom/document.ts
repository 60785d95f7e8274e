/** What `bl1 bench doom` leaves in its folder. */
import { join } from 'node:path'
import { stepRateFigure, type FigureSpec } from '../../../figures/index.js'
import { drawPng, drawSvg, writeAtomically, type Provenance } from '../../../io/index.js'
import type { Versions } from '../measureCase.js'
import { markdownText, reportText } from '../tables.js'
import { doomTables, playersOf, settingOf, shortfallOf, SIDE_NAMES, type DoomResults } from './tables.js'

/** Everything found so far; plain data. */
export interface DoomFindings extends DoomResults {
  readonly command: string
  readonly steps: number
  readonly rounds: number
  readonly versions: Versions
  readonly provenance: Provenance
  /** false where it was interrupted. */
  readonly isComplete: boolean
}

/** How to read the tables. */
export const DOOM_READING =
  'Medians over rounds of equal work; what is compared took turns, each in a process of its own, with the same episodes and actions. ' +
  'Spread: fastest minus slowest round over the median. In brackets: the smallest and the largest ratio of a round.'

const figureOf = ({ games }: DoomResults): FigureSpec =>
  stepRateFigure({
    title: 'Steps of Doom a second',
    subtitle: "scenario 'basic'; line: slowest to fastest round; in brackets: share of Python's speed",
    bars: games.map((one) => ({
      setting: `${settingOf(one)}, ${playersOf(one.games)}`,
      program: SIDE_NAMES[one.side],
      perSecond: one.perSecond,
      low: Math.min(...one.rounds),
      high: Math.max(...one.rounds),
      text: `${Math.round(one.perSecond)}${one.share === null ? '' : ` (${Math.round(one.share.median * 100)} %)`}`,
    })),
  })

/** The numbers alone: written after every measurement, so that nothing is lost. @throws Bl1Error `run/write-failed` */
export const writeDoomNumbers = (folder: string, findings: DoomFindings): void =>
  writeAtomically(join(folder, 'results.json'), `${JSON.stringify(findings, null, 2)}\n`)

/** Numbers, report and figure. @throws Bl1Error `run/write-failed` */
export const writeDoom = async (folder: string, findings: DoomFindings): Promise<void> => {
  writeDoomNumbers(folder, findings)
  const figure = figureOf(findings)
  writeAtomically(join(folder, `${figure.name}.svg`), await drawSvg(figure))
  writeAtomically(join(folder, `${figure.name}.png`), await drawPng(figure))
  const shortfall = shortfallOf(findings)
  const sections = [
    DOOM_READING,
    ...(findings.isComplete ? [] : ['Interrupted: only what was measured until then.']),
    `![${figure.altText}](${figure.name}.png)`,
    ...doomTables(findings).map(markdownText),
    ...(shortfall === undefined ? [] : [shortfall]),
  ]
  writeAtomically(join(folder, 'report.md'), reportText('Speed of Doom', sections, findings))
}
