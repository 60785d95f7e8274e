/**
 * How surprising a report is.
 *
 *  td = r + discount V(next) - V(now), V(next) = 0 after a terminated step
 *  baseline b = running mean of |td| before this step
 *
 * Measured against it: the events of the step whose sign td shares, the step's reward, and after an episode its return against the value
 * it began with. The value estimate learns after it was asked, so a report never predicts itself.
 */
import { Bl1Error } from '../../errors.js'
import type { AnswerSettings, GradedFeedbackParameters } from './parameters.js'
import type { EpisodeReport, StepReport } from './policy.js'
import { RunningMean } from './scales.js'
import { linearValue, type ValueEstimate } from './value.js'

/** One kind of news: what it is called, whether it is good, how it is answered, and how surprising it usually is. */
export interface News {
  readonly name: string
  readonly good: boolean
  readonly settings: AnswerSettings
  readonly usual: RunningMean
}

/** News that came, and how surprising it is. */
export interface Judgement {
  readonly news: News
  readonly of: 'step' | 'episode'
  readonly ratio: number
  readonly capped: boolean
  /** Below 1 where the TD error contradicts the reward. */
  readonly conflict: number
}

const newsOf = (name: string, good: boolean, settings: AnswerSettings): News => ({ name, good, settings, usual: new RunningMean(settings.memory) })

/** Every kind of news of a table. */
export interface NewsTable {
  readonly events: readonly News[]
  readonly reward: { readonly good: News; readonly bad: News }
  readonly episode: { readonly good: News; readonly bad: News }
}

/** The news of a table, none of it heard yet. */
export const newsTable = ({ events, reward, episode }: GradedFeedbackParameters): NewsTable => ({
  events: Object.entries(events).map(([name, settings]) => newsOf(name, settings.good, settings)),
  reward: { good: newsOf('rewardGood', true, reward.good), bad: newsOf('rewardBad', false, reward.bad) },
  episode: { good: newsOf('episodeGood', true, episode.good), bad: newsOf('episodeBad', false, episode.bad) },
})

/** Judges the reports of one session. The lists it returns are reused by the next call. */
export class Surprise {
  readonly #parameters: GradedFeedbackParameters
  readonly #news: NewsTable
  #value: ValueEstimate | undefined
  readonly #td: RunningMean
  readonly #judged: Judgement[] = []
  /** Of the running episode: the value it began with, its discounted return so far, and what the next reward counts. */
  #startValue = 0
  #discountedReturn = 0
  #weight = 0

  constructor(parameters: GradedFeedbackParameters, news: NewsTable, value: ValueEstimate | undefined) {
    this.#parameters = parameters
    this.#news = news
    this.#value = value
    this.#td = new RunningMean(parameters.tdMemory)
  }

  get #isOriginal(): boolean {
    return this.#parameters.surpriseBaseline === 'original'
  }

  /** @throws Bl1Error `feedback/features` */
  step(report: StepReport): readonly Judgement[] {
    const { features, reward, events } = report
    const parameters = this.#parameters
    const value = (this.#value ??= linearValue(features.length, { discount: parameters.discount, stepSize: parameters.valueStepSize }))
    const next = report.truncated && !parameters.bootstrapAfterTruncation ? null : report.nextFeatures
    const now = value.value(features)
    const td = reward + (next === null ? 0 : value.discount * value.value(next)) - now
    if (!Number.isFinite(td)) {
      throw new Bl1Error('feedback/features', { expected: 'finite features and rewards', received: `a TD error of ${td} for a reward of ${reward}` })
    }
    if (this.#weight === 0) {
      this.#startValue = now
      this.#discountedReturn = 0
      this.#weight = 1
    }
    this.#discountedReturn += this.#weight * reward
    this.#weight *= value.discount
    const baseline = Math.max(this.#isOriginal ? this.#td.uncorrected : this.#td.value, parameters.smallestBaseline)
    this.#td.add(Math.abs(td))

    this.#judged.length = 0
    if (parameters.eventFeedback) {
      for (const news of this.#news.events) {
        if (events.some(({ name }) => name === news.name)) this.#judgeEvent(news, td, baseline)
      }
    }
    if (parameters.rewardFeedback && reward !== 0) this.#judgeReward(reward, td, baseline)
    value.learn(features, reward, next)
    if (report.terminated || report.truncated) this.#weight = 0
    return this.#judged
  }

  /** Call it after the last step of the episode. */
  episode({ return: sum }: EpisodeReport): readonly Judgement[] {
    this.#judged.length = 0
    if (!this.#parameters.episodeFeedback || sum === 0) return this.#judged
    const { good, bad } = this.#news.episode
    const news = sum > 0 ? good : bad
    const surprise = Math.abs((this.#isOriginal ? sum : this.#discountedReturn) - this.#startValue)
    const { usual } = this.#isOriginal ? good : news
    usual.add(surprise)
    this.#judge(news, 'episode', surprise, this.#isOriginal ? usual.uncorrected : usual.value, this.#parameters.largestRatio)
    return this.#judged
  }

  /** News of a sign that the TD error does not share was no surprise. */
  #judgeEvent(news: News, td: number, baseline: number): void {
    const surprise = Math.max(0, news.good ? td : -td)
    if (surprise === 0) return
    news.usual.add(surprise)
    const usual = this.#isOriginal ? news.usual.uncorrected : news.usual.value
    this.#judge(news, 'step', surprise, Math.max(usual, baseline), Infinity)
  }

  /**
   * The TD error in the direction of the reward, or the reward itself where they contradict each other. The original divides by the mean
   * over all steps, most of which bring nothing; `corrected` compares like with like.
   */
  #judgeReward(reward: number, td: number, baseline: number): void {
    const news = reward > 0 ? this.#news.reward.good : this.#news.reward.bad
    const agreeing = Math.max(0, td * Math.sign(reward))
    const surprise = agreeing > 0 ? agreeing : Math.abs(reward)
    const conflict = td * reward < 0 ? 1 / (1 + Math.abs(td)) : 1
    news.usual.add(surprise)
    const usual = this.#isOriginal ? baseline : Math.max(news.usual.value, baseline)
    this.#judge(news, 'step', surprise, usual, this.#parameters.largestRatio, conflict)
  }

  #judge(news: News, of: 'step' | 'episode', surprise: number, usual: number, cap: number, conflict = 1): void {
    const ratio = surprise / Math.max(usual, this.#parameters.smallestBaseline)
    this.#judged.push({ news, of, ratio: Math.min(ratio, cap), capped: ratio >= cap, conflict })
  }
}
