/** The words of a report: one paragraph a careful reader would write, null results included, and the tables under it. */
import { CONDITIONS } from './conditions.js'
import { METRICS, type Metric } from './outcomes.js'
import type { Protocol } from './protocol.js'
import type { MeanInterval } from './statistics.js'
import { PRIMARY_METRIC, type Contrast, type Summary } from './summary.js'

const MINUS = '\u2212'
const number = (value: number | null, digits: number): string => (value === null ? 'n/a' : value.toFixed(digits).replace('-', MINUS))
const signed = (value: number | null, digits: number): string => (value !== null && value > 0 ? `+${number(value, digits)}` : number(value, digits))

/** 'mean [low, high]', or the mean alone where there is no interval. */
export const showInterval = ({ mean, low, high }: MeanInterval, digits = 2, withSign = false): string => {
  const show = withSign ? signed : number
  return low === null ? show(mean, digits) : `${show(mean, digits)} [${show(low, digits)}, ${show(high, digits)}]`
}

/** A p value as print shows it. */
export const showP = (p: number | null): string => (p === null ? 'n/a' : p < 0.0001 ? '< 0.0001' : p.toPrecision(2))

/** The cultures and the time they played. */
export interface ReportSetting {
  readonly protocol: Protocol
  readonly neurons: number
  readonly isPlastic: boolean
}

const listOf = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`)
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
const spanOf = (minutes: number): string => `${Number(minutes.toPrecision(3))} min`

const primaryOf = (summary: Summary): readonly Contrast[] =>
  summary.contrasts.filter(({ metric, against }) => metric === PRIMARY_METRIC && CONDITIONS[against].role === 'condition')

const verdictSentence = (summary: Summary, significance: number): string => {
  const primary = primaryOf(summary)
  const against = listOf(primary.map((one) => one.against))
  const clear = primary.filter(({ pHolm }) => pHolm !== null && pHolm < significance)
  switch (summary.verdict) {
    case 'learned':
      return `The skill gained in the frozen probe was larger under fep than under ${against}, each beyond chance after correction: these cultures learned from the feedback.`
    case 'learned to miss':
      return `The skill in the frozen probe fell under fep compared with ${against}, each beyond chance after correction: the feedback taught these cultures to miss.`
    case 'not comparable':
      return 'Whether fep taught anything cannot be said from this run: it needs fep, at least one other condition with cells, at least two cultures, and enough encounters in every probe.'
    case 'no evidence':
      if (clear.length === 0) {
        return `There is no evidence that the feedback taught these cultures anything: the skill gained in the frozen probe under fep did not differ beyond chance from that under ${against}.`
      }
      return clear.length < primary.length
        ? `There is no evidence of learning from feedback: fep differed in the frozen probe from ${listOf(clear.map((one) => one.against))}, but not from all of ${against}, and a gain that a control shares is not due to the feedback.`
        : `There is no evidence of learning from feedback: the skill gained in the frozen probe under fep was larger than under some of ${against} and smaller than under others.`
  }
}

const primarySentences = (summary: Summary): string => {
  const fep = summary.conditions.find(({ condition }) => condition === 'fep')
  if (fep === undefined) return ''
  const yoked = primaryOf(summary).find(({ against }) => against === 'open_loop') ?? primaryOf(summary)[0]
  const gain = `Skill in the frozen probe (hit rate minus what the same paddle would hit had the ball heights been shuffled) changed by ${showInterval(fep.metrics.probeGain, 3, true)} under fep.`
  if (yoked === undefined) return gain
  const overlap = yoked.difference.low !== null && yoked.difference.high !== null && yoked.difference.low <= 0 && yoked.difference.high >= 0
  return (
    `${gain} Minus the change under ${yoked.against} in the same cultures this is ${showInterval(yoked.difference, 3, true)}` +
    ` (d_z ${number(yoked.dz, 2)}, p ${showP(yoked.p)}, after correction ${showP(yoked.pHolm)})${overlap ? '; the interval includes zero' : ''}.`
  )
}

const playSentence = (summary: Summary): string => {
  const fep = summary.conditions.find(({ condition }) => condition === 'fep')
  if (fep === undefined) return ''
  const { hitRateEarly, hitRateLate } = fep.metrics
  const chance = summary.chance === null ? '' : ` (a paddle of this size placed at random: ${number(summary.chance.hitRate, 2)})`
  return (
    `During play under fep the hit rate went from ${showInterval(hitRateEarly)} early to ${showInterval(hitRateLate)} late${chance};` +
    ' hit rates during play depend on the answers themselves and are no evidence of learning.'
  )
}

const powerSentence = (summary: Summary, protocol: Protocol): string => {
  const { detectable } = summary
  if (summary.primaryComparisons === 0) return ''
  const size = `${counted(protocol.cultures, 'culture')} and ${counted(summary.primaryComparisons, 'comparison')}`
  return detectable.dz === null
    ? `With ${size} no result could have been significant (${detectable.reason}): run more cultures.`
    : `With ${size}, an effect of d_z = ${number(detectable.dz, 2)} would have been found with 80 % power; smaller effects cannot be excluded.`
}

const settingsSentence = ({ settingsTried, firstSeed, cultures }: Protocol): string => {
  const seeds = cultures === 1 ? `seed ${firstSeed}` : `seeds ${firstSeed} to ${firstSeed + cultures - 1}`
  return settingsTried === 0
    ? `The config declares that no other setting was tried on these cultures (${seeds}).`
    : `The config declares that ${counted(settingsTried, 'other')} had been tried before this setting was frozen, on other seeds than these (${seeds}).`
}

/** The opening paragraph. */
export const openingParagraph = (summary: Summary, { protocol, neurons, isPlastic }: ReportSetting): string =>
  [
    `${counted(protocol.cultures, 'simulated culture')} of ${counted(neurons, 'neuron')}${isPlastic ? '' : ' (without long-term plasticity)'} played Pong for ${spanOf(protocol.playMinutes)} under ${summary.conditions.length === 1 ? '1 condition' : `each of ${summary.conditions.length} conditions`}, with the same wiring, noise and serves in every condition${protocol.exchangeUpDown ? ', up and down exchanged in every second culture' : ''}.`,
    verdictSentence(summary, protocol.significance),
    primarySentences(summary),
    playSentence(summary),
    powerSentence(summary, protocol),
    settingsSentence(protocol),
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

/** The main table, one row a condition: what decides, and the play it came from. */
export const conditionTable = (summary: Summary): Table => ({
  caption: 'Conditions: means over cultures with 95 % bootstrap intervals',
  columns: ['condition', 'gain in probe skill', 'hit rate early', 'hit rate late', 'rally length late'],
  rows: summary.conditions.map(({ condition, metrics }) => [
    condition,
    showInterval(metrics.probeGain, 3, true),
    showInterval(metrics.hitRateEarly),
    showInterval(metrics.hitRateLate),
    showInterval(metrics.rallyLate),
  ]),
  ...(summary.chance === null
    ? {}
    : { note: `A paddle of this size placed at random hits ${number(summary.chance.hitRate, 2)} of the balls and has a mean rally of ${number(summary.chance.meanRally, 2)}. Skill is the hit rate minus that of the same positions with the ball heights shuffled. n/a: no cells, so nothing to probe, or no encounter.` }),
})

/** The rest of what was measured during play. */
export const playTable = (summary: Summary): Table => ({
  caption: 'During play',
  columns: ['condition', 'skill early', 'skill late', 'probe skill before', 'rally length early', 'aces', 'over 3 hits', 'at an edge'],
  rows: summary.conditions.map(({ condition, metrics }) => [
    condition,
    showInterval(metrics.skillEarly, 2, true),
    showInterval(metrics.skillLate, 2, true),
    showInterval(metrics.probeBefore, 2, true),
    showInterval(metrics.rallyEarly),
    `${number(metrics.acesEarly.mean, 2)} > ${number(metrics.acesLate.mean, 2)}`,
    `${number(metrics.longEarly.mean, 2)} > ${number(metrics.longLate.mean, 2)}`,
    number(metrics.edgeShare.mean, 2),
  ]),
  note: 'Aces are rallies without a hit; early > late. At an edge: share of the encounters with the paddle at an end of its range.',
})

/** One row a contrast. */
export const contrastTable = (summary: Summary): Table => ({
  caption: 'fep minus each other condition, paired over cultures',
  columns: ['number', 'fep minus', 'difference', 'd_z', 'p', 'p (Holm)', 'cultures'],
  rows: summary.contrasts.map(({ metric, against, difference, dz, p, pHolm, n }) => [
    METRICS[metric],
    against,
    showInterval(difference, 3, true),
    number(dz, 2),
    showP(p),
    showP(pHolm),
    String(n),
  ]),
  note: "Sign-flip permutation tests; Holm correction within each number, apart for the paper's conditions and for the controls. Only the frozen probe decides.",
})

/** What each condition is. */
export const glossaryTable = (summary: Summary): Table => ({
  caption: 'What the conditions are',
  columns: ['condition', 'what it does'],
  rows: summary.conditions.map(({ condition }) => [condition, CONDITIONS[condition].description]),
})

/** Name of a metric, for figures. */
export const metricName = (metric: Metric): string => METRICS[metric]
