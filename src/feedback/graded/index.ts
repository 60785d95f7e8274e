/** Graded feedback: answers to rewards, events and episodes, as strong as they are surprising. One policy a file. */
export { gradedFeedback } from './gradedFeedback.js'
export { gradedInverted } from './gradedInverted.js'
export { gradedNoFeedback } from './gradedNoFeedback.js'
export { gradedOpenLoop, type OpenLoopOptions } from './gradedOpenLoop.js'
export { gradedRest } from './gradedRest.js'
export { gradedSilent } from './gradedSilent.js'
export {
  GRADED_EVENTS,
  gradedFeedbackParameters,
  ORIGINAL,
  type AnswerSettings,
  type EventOptions,
  type GradedFeedbackOptions,
  type GradedFeedbackParameters,
} from './parameters.js'
export type {
  AnswerScale,
  EpisodeReport,
  GameHappening,
  GradedAnswer,
  GradedContext,
  GradedPolicy,
  ScriptedTrain,
  StepReport,
} from './policy.js'
export { linearValue, linearValueParameters, type LinearValueOptions, type ValueEstimate } from './value.js'
