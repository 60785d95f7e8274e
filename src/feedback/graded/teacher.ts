/** What the reacting conditions share: news is judged, and every judgement finds its answer. */
import { readParameters } from '../../parameters.js'
import type { Rng } from '../../rng.js'
import { gradedFeedbackParameters, type AnswerSettings, type GradedFeedbackOptions, type GradedFeedbackParameters } from './parameters.js'
import type { AnswerScale, GradedAnswer, GradedContext, GradedPolicy } from './policy.js'
import { episodeScale, stepScale } from './scales.js'
import { newsTable, Surprise, type Judgement, type News, type NewsTable } from './surprise.js'
import { predictableTrain, silentTrain, unpredictableTrain } from './trains.js'
import type { ValueEstimate } from './value.js'

/** Makes the answer of one judgement; undefined for none. */
type Answerer = (settings: AnswerSettings, scale: AnswerScale, context: GradedContext, rng: () => Rng) => GradedAnswer | undefined

const isNoise = (settings: AnswerSettings, parameters: GradedFeedbackParameters): boolean => parameters.unpredictable && settings.unpredictable

/** Trains for good news and noise for bad, as the table says. */
export const byTable = (parameters: GradedFeedbackParameters): Answerer => (settings, scale, { largestRateHz }, rng) =>
  isNoise(settings, parameters)
    ? unpredictableTrain(settings, scale, parameters, rng())
    : predictableTrain(settings, scale, parameters, largestRateHz)

/** The suspensions of the table without its pulses. */
export const bySilence = (parameters: GradedFeedbackParameters): Answerer => (settings, { name }) =>
  isNoise(settings, parameters) ? silentTrain(settings, name) : undefined

/** What a reacting condition is made of. */
export interface TeacherParts {
  readonly name: string
  readonly options: GradedFeedbackOptions
  readonly value: ValueEstimate | undefined
  readonly answerer: (parameters: GradedFeedbackParameters) => Answerer
  /** The news whose answer is given in place of this one's. */
  readonly answeredAs: (news: News, table: NewsTable) => News
}

const NO_ANSWERS: readonly GradedAnswer[] = []

/** A policy that reacts. @throws Bl1Error `parameter/unknown`, `parameter/invalid`; `afterStep` throws `feedback/features` */
export const teacher = ({ name, options, value, answerer, answeredAs }: TeacherParts): GradedPolicy => {
  const parameters = readParameters(gradedFeedbackParameters, options, 'graded feedback parameters')
  const makeAnswer = answerer(parameters)
  const last: AnswerScale[] = []
  let table = newsTable(parameters)
  let surprise = new Surprise(parameters, table, value)
  let answered = 0
  const all = [...table.events, ...Object.values(table.reward), ...Object.values(table.episode)]
  for (const news of all) answeredAs(news, table)

  const scaleOf = (settings: AnswerSettings, good: boolean, { news, of, ratio, capped, conflict }: Judgement): AnswerScale => {
    const shown = { name: news.name, good: news.good, ratio, capped }
    if (of === 'step') return { ...shown, ...stepScale(settings, good, ratio, conflict) }
    return { ...shown, ...(parameters.episodeScaling ? episodeScale(settings, ratio) : { frequency: 1, current: 1, pulses: 1 }) }
  }
  const answer = (judged: readonly Judgement[], context: GradedContext): readonly GradedAnswer[] => {
    if (judged.length === 0) return NO_ANSWERS
    return judged.flatMap((judgement) => {
      const { settings, good } = answeredAs(judgement.news, table)
      const scale = scaleOf(settings, good, judgement)
      last.push(scale)
      const number = answered++
      return settings.channels.length === 0 ? [] : (makeAnswer(settings, scale, context, () => context.rng.split(number)) ?? [])
    })
  }
  return {
    name,
    channels: [...new Set(all.flatMap(({ settings }) => settings.channels))],
    sensory: true,
    interruptedByEncoding: parameters.interruptedByEncoding,
    script: [],
    last,
    reset: () => {
      table = newsTable(parameters)
      value?.reset()
      surprise = new Surprise(parameters, table, value)
      answered = 0
      last.length = 0
    },
    afterStep: (report, context) => {
      last.length = 0
      return answer(surprise.step(report), context)
    },
    afterEpisode: (report, context) => answer(surprise.episode(report), context),
  }
}
