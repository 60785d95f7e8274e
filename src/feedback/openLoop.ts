/**
 * `open_loop`: the yoked control. The culture receives, at the same times, the very stimulation another culture earned under `fep`,
 * whatever happens in its own game; the game waits whenever the other's waited.
 */
import { NO_ANSWER, type FeedbackPolicy, type ScriptedAnswer } from './policy.js'

/**
 * Same amount and kind of stimulation as `fep`, no contingency: what `fep` must beat.
 * @param script the answers of a `fep` session of another seed (`session.answers`)
 */
export const openLoop = (script: readonly ScriptedAnswer[]): FeedbackPolicy => ({
  name: 'open_loop',
  sensory: true,
  missEndsRally: true,
  script,
  answer: () => NO_ANSWER,
})
