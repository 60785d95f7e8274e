/** The feedback policies of Pong by the names of their conditions. */
import {
  avoidance,
  fep,
  inverted,
  invertedAvoidance,
  invertedReward,
  noFeedback,
  rest,
  reward,
  silent,
  type FeedbackOptions,
  type FeedbackPolicy,
} from '../../feedback/index.js'
import type { ConditionName, TeacherName } from '../conditions.js'

type Teach = (options: FeedbackOptions) => FeedbackPolicy

/** How each teacher teaches, and what exchanging its contingency makes of it. */
const TEACHING: Readonly<Record<TeacherName, { readonly taught: Teach; readonly inverted: Teach }>> = {
  fep: { taught: fep, inverted },
  avoidance: { taught: avoidance, inverted: invertedAvoidance },
  reward: { taught: reward, inverted: invertedReward },
}

/**
 * How a session under a condition is answered. Controls that differ in something else than feedback have that of the taught condition.
 * @param condition any but open_loop, which needs another session
 * @param taught whose contingency `inverted` exchanges, and whose feedback the controls have
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`
 */
export const pongPolicy = (
  condition: Exclude<ConditionName, 'open_loop'>, taught: TeacherName, options: FeedbackOptions = {},
): FeedbackPolicy => {
  switch (condition) {
    case 'silent':
      return silent(options)
    case 'no_feedback':
      return noFeedback()
    case 'rest':
      return rest()
    case 'fep':
    case 'avoidance':
    case 'reward':
      return TEACHING[condition].taught(options)
    case 'inverted':
      return TEACHING[taught].inverted(options)
    default:
      return TEACHING[taught].taught(options)
  }
}
