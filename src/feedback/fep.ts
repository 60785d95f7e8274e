/** `fep`: the DishBrain condition. A hit is answered predictably, a miss unpredictably. */
import { readParameters } from '../parameters.js'
import { predictableAnswer, unpredictableAnswer } from './answers.js'
import { feedbackParameters, type FeedbackOptions } from './parameters.js'
import { NO_SCRIPT, type FeedbackPolicy } from './policy.js'

/**
 * After the free-energy principle: all sensory electrodes together after a hit; random electrodes and times, then a rest, after a miss
 * (Kagan et al. 2022). @throws Bl1Error `parameter/unknown`, `parameter/invalid`
 */
export const fep = (options: FeedbackOptions = {}): FeedbackPolicy => {
  const parameters = readParameters(feedbackParameters, options, 'feedback parameters')
  return {
    name: 'fep',
    sensory: true,
    missEndsRally: true,
    script: NO_SCRIPT,
    answer: (outcome, context) =>
      outcome === 'hit' ? predictableAnswer(parameters, context) : unpredictableAnswer(parameters, context),
  }
}
