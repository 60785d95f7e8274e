/**
 * `open_loop`: the yoked control. The culture receives, at the same times, the very stimulation, pauses and rewards that another culture
 * earned, whatever happens in its own game; the game waits whenever the other's waited.
 */
import { NO_ANSWER, type FeedbackPolicy, type SessionScript } from './policy.js'

/**
 * Same amount and kind of teaching as the taught condition, no contingency: what that must beat.
 * @param script what a session of another seed was taught (`sessionScript(session)`)
 */
export const openLoop = (script: SessionScript): FeedbackPolicy => ({
  name: 'open_loop',
  sensory: true,
  missEndsRally: true,
  script,
  answer: () => NO_ANSWER,
})
