/** Feedback policies: how a session answers hits and misses. One policy a file. */
export { avoidance, invertedAvoidance } from './avoidance.js'
export { fep } from './fep.js'
export * from './graded/index.js'
export { inverted } from './inverted.js'
export { noFeedback } from './noFeedback.js'
export { openLoop } from './openLoop.js'
export { feedbackParameters, type FeedbackOptions, type FeedbackParameters } from './parameters.js'
export {
  NO_ANSWER,
  NO_SCRIPT,
  type FeedbackAnswer,
  type FeedbackContext,
  type FeedbackPolicy,
  type FeedbackPulse,
  type GameMove,
  type GameOutcome,
  type ScriptedAnswer,
  type ScriptedReward,
  type SessionScript,
} from './policy.js'
export { rest } from './rest.js'
export { invertedReward, reward } from './reward.js'
export { silent } from './silent.js'
