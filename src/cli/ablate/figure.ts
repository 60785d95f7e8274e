/** The figure of ablations, from their summary. */
import { ABLATION_FAMILIES, ablationText, type AblationFamily, type AblationRow, type AblationSummary, type AblationUnit } from '../../bench/index.js'
import { ablationFigure, type AblationBar, type FigureSpec } from '../../figures/index.js'

const INTERVALS: Readonly<Record<AblationUnit, string>> = {
  agents: '95 % interval over agents',
  'each agent': 'range over agents',
  episodes: '95 % interval over episodes',
}

/** Under which question a row without one of its own stands. */
const QUESTION_OF: Readonly<Partial<Record<AblationRow['name'], AblationFamily>>> = { trained: 'chance', retrained: 'retrained' }

const barOf = ({ name, perAgent, mean: { mean, low, high } }: AblationRow): AblationBar => ({
  name: ablationText(name).label,
  agents: perAgent.length > 1 ? perAgent : [],
  mean: mean ?? 0,
  low,
  high,
})

/** A panel a question, a row a way to play. */
export const figureOf = ({ rows, unit }: AblationSummary): FigureSpec => {
  const meanOf = (name: AblationRow['name']): number => rows.find((row) => row.name === name)?.mean.mean ?? 0
  const panels = Object.entries(ABLATION_FAMILIES).map(([family, question]) => ({
    question,
    rows: rows.filter((row) => (row.family ?? QUESTION_OF[row.name]) === family).map(barOf),
  }))
  return ablationFigure({ panels, whole: meanOf('trained'), chance: meanOf('random_actions'), interval: INTERVALS[unit] })
}
