/** `rest`: the culture sees nothing of the game; its activity still moves the paddle. */
import { NO_ANSWER, NO_SCRIPT, type FeedbackPolicy } from './policy.js'

/** No sensory input, no answer; a miss is followed by a new serve at once (Kagan et al. 2022). */
export const rest = (): FeedbackPolicy => ({
  name: 'rest',
  sensory: false,
  missEndsRally: true,
  script: NO_SCRIPT,
  answer: () => NO_ANSWER,
})
