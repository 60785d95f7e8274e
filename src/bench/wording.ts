/** The words of a report: one paragraph a careful reader would write, null results included, and the tables under it. */
import type { TeacherName } from './conditions.js'
import type { GameTypes } from './game.js'
import { showInterval, showNumber, showP } from './intervals.js'
import { otherTeacherSentence } from './otherTeachers.js'
import type { Protocol } from './protocol.js'
import { settingsSentence, type FrozenMark } from './search/sentence.js'
import type { MeanInterval } from './statistics.js'
import { decidingContrasts, type Contrast, type Summary } from './summary.js'
import type { MetricTable, Task } from './task.js'
import { verdictSentence } from './verdict.js'
import { counted, listOf } from './words.js'

/** The cultures and the time they played. */
export interface ReportSetting {
  readonly protocol: Protocol
  readonly neurons: number
  readonly isPlastic: boolean
  /** Names of the trained agents that play; none: fixed encoder and decoder, and cultures that were grown for this. */
  readonly agents?: readonly string[]
  /** What was written down before it ran; left out: nothing. */
  readonly frozen?: FrozenMark
}

const spanOf = (minutes: number): string => `${Number(minutes.toPrecision(3))} min`

const primarySentences = <G extends GameTypes>(task: Task<G>, summary: Summary<G>): string => {
  const { taught } = summary
  const own = summary.conditions.find(({ condition }) => condition === taught)
  if (own === undefined) return ''
  const digits = task.words.digitsOf(task.primaryMetric)
  const { primary } = decidingContrasts(task, summary.contrasts)
  const yoked = primary.find(({ against }) => against === 'open_loop') ?? primary[0]
  const change: MeanInterval = own.metrics[task.primaryMetric]
  const gain = `${task.words.primaryDefined} changed by ${showInterval(change, digits, true)} under ${taught}.`
  if (yoked === undefined) return gain
  const overlap = yoked.difference.low !== null && yoked.difference.high !== null && yoked.difference.low <= 0 && yoked.difference.high >= 0
  return (
    `${gain} Minus the change under ${yoked.against} in the same cultures this is ${showInterval(yoked.difference, digits, true)}` +
    ` (d_z ${showNumber(yoked.dz, 2)}, p ${showP(yoked.p)}, after correction ${showP(yoked.pHolm)})${overlap ? '; the interval includes zero' : ''}.`
  )
}

const powerSentence = (summary: Summary<GameTypes>, protocol: Protocol): string => {
  const { detectable } = summary
  if (summary.primaryComparisons === 0) return ''
  const size = `${counted(protocol.cultures, 'culture')} and ${counted(summary.primaryComparisons, 'comparison')}`
  return detectable.dz === null
    ? `With ${size} no result could have been significant (${detectable.reason}): run more cultures.`
    : `With ${size}, an effect of d_z = ${showNumber(detectable.dz, 2)} would have been found with 80 % power; smaller effects cannot be excluded.`
}

const whatWasDone = <G extends GameTypes>(task: Task<G>, summary: Summary<G>, { protocol, neurons, isPlastic }: ReportSetting): string => {
  const exchanged = task.words.exchanged(protocol)
  const under = summary.conditions.length === 1 ? '1 condition' : `each of ${summary.conditions.length} conditions`
  return (
    `${counted(protocol.cultures, 'simulated culture')} of ${counted(neurons, 'neuron')}${isPlastic ? '' : ' (without long-term plasticity)'} played` +
    ` ${task.game} for ${spanOf(protocol.playMinutes)} under ${under}, with the same wiring, noise and ${task.words.sameInAll} in every condition` +
    `${exchanged === null ? '' : `, ${exchanged} exchanged in every second culture`}.`
  )
}

/** Copies of one culture are no independent cultures: what is found holds for the agents that played. */
const agentsSentence = ({ agents = [], protocol: { cultures } }: ReportSetting): string => {
  if (agents.length === 0) return ''
  const trained = `Encoder and decoder are those of ${agents.length === 1 ? 'the trained agent' : 'the trained agents'} ${listOf(agents)}, the same in every condition; they do not change during play.`
  const copies = `Each culture is a copy of the one its agent was trained around, with a noise of its own`
  return agents.length >= cultures
    ? `${trained} ${copies}.`
    : `${trained} ${copies}: ${cultures} copies of ${counted(agents.length, 'culture')}, so what is found speaks of ${agents.length === 1 ? 'this agent' : 'these agents'} alone.`
}

/** The opening paragraph. */
export const openingParagraph = <G extends GameTypes>(task: Task<G>, summary: Summary<G>, setting: ReportSetting): string =>
  [
    whatWasDone(task, summary, setting),
    agentsSentence(setting),
    verdictSentence(task, summary, setting.protocol.significance),
    primarySentences(task, summary),
    ...summary.otherTeachers.map((teacher) => otherTeacherSentence(task, teacher, setting.protocol)),
    task.words.play(summary),
    powerSentence(summary, setting.protocol),
    settingsSentence(setting.protocol, setting.frozen),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')

/** A table as text cells. */
export interface Table {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly note?: string
}

const overConditions = <G extends GameTypes>(summary: Summary<G>, caption: string, table: MetricTable<G>): Table => {
  const note = table.note(summary)
  return {
    caption,
    columns: ['condition', ...table.columns.map(({ name }) => name)],
    rows: summary.conditions.map(({ condition, metrics }) => [condition, ...table.columns.map(({ show }) => show(metrics))]),
    ...(note === null ? {} : { note }),
  }
}

/** The main table, one row a condition: what decides, and the play it came from. */
export const conditionTable = <G extends GameTypes>(task: Task<G>, summary: Summary<G>): Table =>
  overConditions(summary, 'Conditions: means over cultures with 95 % bootstrap intervals', task.words.main)

/** The rest of what was measured during play. */
export const playTable = <G extends GameTypes>(task: Task<G>, summary: Summary<G>): Table => overConditions(summary, 'During play', task.words.further)

const contrastsOf = <G extends GameTypes>(task: Task<G>, teacher: TeacherName, contrasts: readonly Contrast<G['metric']>[]): Pick<Table, 'columns' | 'rows'> => ({
  columns: ['number', `${teacher} minus`, 'difference', 'd_z', 'p', 'p (Holm)', 'cultures'],
  rows: contrasts.map(({ metric, against, difference, dz, p, pHolm, n }: Contrast<G['metric']>) => [
    task.metrics[metric],
    against,
    showInterval(difference, task.words.digitsOf(metric), true),
    showNumber(dz, 2),
    showP(p),
    showP(pHolm),
    String(n),
  ]),
})

/** The taught condition minus each other: one row a contrast. */
export const contrastTable = <G extends GameTypes>(task: Task<G>, summary: Summary<G>): Table => ({
  caption: `${summary.taught} minus each other condition, paired over cultures`,
  ...contrastsOf(task, summary.taught, summary.contrasts),
  note: 'Sign-flip permutation tests; Holm correction within each number, apart for the conditions and for the controls. Only the frozen probe decides.',
})

/** The other teachers of the run minus cultures that were answered nothing: a table each. */
export const teacherTables = <G extends GameTypes>(task: Task<G>, { otherTeachers }: Summary<G>): Table[] =>
  otherTeachers
    .filter(({ contrasts }) => contrasts.length > 0)
    .map(({ condition, contrasts }) => ({
      caption: `${condition} minus no answer, paired over cultures`,
      ...contrastsOf(task, condition, contrasts),
      note: `Sign-flip permutation tests; Holm correction within this table. Nothing in this run is yoked to ${condition}.`,
    }))

/** What each condition is. */
export const glossaryTable = <G extends GameTypes>(task: Task<G>, summary: Summary<G>): Table => ({
  caption: 'What the conditions are',
  columns: ['condition', 'what it does'],
  rows: summary.conditions.map(({ condition }) => [condition, task.conditions(summary.taught)[condition] ?? '']),
})
