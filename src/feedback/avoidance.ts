/**
 * `avoidance`: learning by stimulation avoidance. The sensory input pauses for a moment after each move that brought the paddle nearer to
 * the ball. It is a dense, move-by-move signal computed from the game: stimulation only, no nudge of the outputs, and not the protocol of
 * DishBrain.
 *
 * With STDP, activity that is followed by an end of its own drive is kept, because the spikes that would depress the synapse do not come
 * (Sinapayen, Masumori & Ikegami 2017, PLoS ONE 12:e0170388). What counts is that the pause follows within some 20 ms.
 */
import { readParameters } from '../parameters.js'
import { feedbackParameters, type FeedbackOptions } from './parameters.js'
import { NO_ANSWER, NO_SCRIPT, type FeedbackPolicy, type GameMove } from './policy.js'

const pausing = (name: string, options: FeedbackOptions, isAnswered: (move: GameMove) => boolean): FeedbackPolicy => {
  const { pauseAfterMoveMs } = readParameters(feedbackParameters, options, 'feedback parameters')
  return {
    name,
    sensory: true,
    missEndsRally: true,
    script: NO_SCRIPT,
    answer: () => NO_ANSWER,
    pauseAfterMove: (move) => (isAnswered(move) ? pauseAfterMoveMs : 0),
  }
}

/** The sensory input pauses after moves towards the ball. @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
export const avoidance = (options: FeedbackOptions = {}): FeedbackPolicy =>
  pausing('avoidance', options, ({ distanceBefore, distanceAfter }) => distanceAfter < distanceBefore)

/** The contingency exchanged: it pauses after moves away from the ball. @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
export const invertedAvoidance = (options: FeedbackOptions = {}): FeedbackPolicy =>
  pausing('inverted', options, ({ distanceBefore, distanceAfter }) => distanceAfter > distanceBefore)
