/** Comparisons in Pong: encounters, rallies, skill. */
export { chanceRallies, randomPaddleHitProbability, type ChanceRallies } from './chance.js'
export { PONG_CONDITION_NAMES, PONG_CONDITIONS } from './conditions.js'
export { acesShare, edgeShare, hitRate, longRalliesShare, meanRallyLength, rallyLengths, shuffledChance, skill, type Rallies } from './encounters.js'
export { PONG_METRICS, pongOutcomeOf, ralliesEndingIn, rallyCurve, type PongMetric } from './outcomes.js'
export { pongStage, type PongParts } from './stage.js'
export { pongTask } from './task.js'
export { pongTrialSchema, type PongTrial } from './trialResult.js'
export type { PongSummary, PongTypes, PreparedPong } from './types.js'
