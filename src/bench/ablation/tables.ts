/** The tables of a report on ablations. */
import { showNumber, showP } from '../intervals.js'
import type { Table } from '../wording.js'
import { ablationText } from './conditions.js'
import { digitsOf, showReturn, showShare } from './showing.js'
import type { AblationSummary, AblationUnit } from './types.js'

const BRACKETS: Readonly<Record<AblationUnit, string>> = {
  agents: 'Brackets: 95 % bootstrap interval over agents.',
  'each agent': 'Brackets: range over agents. p: the largest of an agent, over its episodes; corrected over agents too.',
  episodes: 'Brackets: 95 % bootstrap interval over episodes.',
}

/** What every way to play returned, and what is lost of the return above chance. */
export const ablationTable = (summary: AblationSummary): Table => {
  const isAnew = summary.rows.some(({ name }) => name === 'retrained')
  const whole = isAnew ? 'as trained (of what was trained anew: the whole agent trained anew)' : 'as trained'
  return {
    caption: 'Ablations',
    columns: ['', 'return', 'lost of the return above chance', 'difference', 'p (Holm)'],
    rows: summary.rows.map(({ name, mean, lost, loss }) => [
      ablationText(name).label,
      showReturn(mean, summary),
      lost === null ? '' : showShare(lost),
      loss === null ? '' : showReturn(loss.difference, summary, true),
      loss === null ? '' : showP(loss.pHolm),
    ]),
    note:
      `Difference: ${whole} minus this. ${BRACKETS[summary.unit]} Paired sign-flip tests, Holm-corrected within each question: above chance; spikes replaced; parts; trained anew.` +
      (summary.rows.some(({ lost }) => lost !== null) ? '' : ' The agent as trained is not above chance: there is nothing to lose.'),
  }
}

/** What is left above chance without the spikes, effect sizes, and how many agents show it alone. */
export const ablationDetailTable = (summary: AblationSummary): Table => ({
  caption: 'Tests in detail',
  columns: ['', 'd_z', 'p', 'p (Holm)', 'agents that show it alone', 'left above random actions', 'p (Holm) of what is left'],
  rows: summary.rows.flatMap(({ name, loss, left }) =>
    loss === null
      ? []
      : [
          [
            ablationText(name).label,
            showNumber(loss.dz, 2),
            showP(loss.p),
            showP(loss.pHolm),
            loss.agentsAlone === null ? '' : `${loss.agentsAlone} of ${summary.agents.length}`,
            left === null ? '' : showReturn(left.difference, summary, true),
            left === null ? '' : showP(left.pHolm),
          ],
        ],
  ),
  note: 'd_z: mean difference over its SD. Alone: over the episodes of one agent, corrected over agents and ways to play.',
})

/** Mean return of each agent. */
export const agentTable = (summary: AblationSummary): Table => ({
  caption: 'Mean return of each agent',
  columns: ['', ...summary.agents],
  rows: summary.rows.map(({ name, perAgent }) => [ablationText(name).label, ...perAgent.map((value) => showNumber(value, digitsOf(summary)))]),
})

/** What each row is. */
export const ablationGlossary = (summary: AblationSummary): Table => ({
  caption: 'What was done',
  columns: ['', 'what it is', 'question'],
  rows: summary.rows.map(({ name }) => {
    const { label, meaning, question } = ablationText(name)
    return [label, meaning, question]
  }),
})
