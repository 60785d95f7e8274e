/** `inverted`: the contingency exchanged. A hit is answered unpredictably, a miss predictably. */
import { readParameters } from '../parameters.js'
import { predictableAnswer, unpredictableAnswer } from './answers.js'
import { feedbackParameters, type FeedbackOptions } from './parameters.js'
import { NO_SCRIPT, type FeedbackPolicy } from './policy.js'

/** If `fep` teaches by its contingency, this must teach the opposite. @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
export const inverted = (options: FeedbackOptions = {}): FeedbackPolicy => {
  const parameters = readParameters(feedbackParameters, options, 'feedback parameters')
  return {
    name: 'inverted',
    sensory: true,
    missEndsRally: true,
    script: NO_SCRIPT,
    answer: (outcome, context) =>
      outcome === 'miss' ? predictableAnswer(parameters, context) : unpredictableAnswer(parameters, context),
  }
}
