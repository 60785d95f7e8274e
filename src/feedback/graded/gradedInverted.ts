/** `inverted`: the answers of good and bad news exchanged. */
import { Bl1Error } from '../../errors.js'
import type { GradedFeedbackOptions } from './parameters.js'
import type { GradedPolicy } from './policy.js'
import type { News, NewsTable } from './surprise.js'
import { byTable, teacher } from './teacher.js'
import type { ValueEstimate } from './value.js'

/** The k-th good event takes the answer of the k-th bad one and the other way round; where one side is longer, the other is gone through again. */
const exchanged = (news: News, { events, reward, episode }: NewsTable): News => {
  for (const { good, bad } of [reward, episode]) {
    if (news === good) return bad
    if (news === bad) return good
  }
  const same = events.filter(({ good }) => good === news.good)
  const others = events.filter(({ good }) => good !== news.good)
  if (others.length === 0) throw new Bl1Error('feedback/no-counterpart', { event: news.name, good: news.good })
  return others[same.indexOf(news) % others.length]
}

/**
 * If `gradedFeedback` teaches by its contingency, this must teach the opposite.
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `feedback/no-counterpart`; `afterStep` throws `feedback/features`
 */
export const gradedInverted = (options: GradedFeedbackOptions = {}, value?: ValueEstimate): GradedPolicy =>
  teacher({ name: 'inverted', options, value, answerer: byTable, answeredAs: exchanged })
