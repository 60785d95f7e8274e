/** `no_feedback`: the game is shown, nothing is answered, and a miss does not even end the rally: the ball bounces on. */
import { NO_ANSWER, NO_SCRIPT, type FeedbackPolicy } from './policy.js'

/** Sensory input alone (Kagan et al. 2022). */
export const noFeedback = (): FeedbackPolicy => ({
  name: 'no_feedback',
  sensory: true,
  missEndsRally: false,
  script: NO_SCRIPT,
  answer: () => NO_ANSWER,
})
