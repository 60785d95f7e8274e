/** `silent`: no stimulation after hits and misses; a miss is followed by a silence as long as the answer of `fep`. */
import { readParameters } from '../parameters.js'
import { silentAnswer } from './answers.js'
import { feedbackParameters, type FeedbackOptions } from './parameters.js'
import { NO_ANSWER, NO_SCRIPT, type FeedbackPolicy } from './policy.js'

/** The timing of `fep` without its stimulation (Kagan et al. 2022). @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
export const silent = (options: FeedbackOptions = {}): FeedbackPolicy => {
  const parameters = readParameters(feedbackParameters, options, 'feedback parameters')
  return {
    name: 'silent',
    sensory: true,
    missEndsRally: true,
    script: NO_SCRIPT,
    answer: (outcome) => (outcome === 'hit' ? NO_ANSWER : silentAnswer(parameters)),
  }
}
