/** Comparisons in games of episodes: returns, kills, episodes won. */
export { EPISODE_CONDITION_NAMES, EPISODE_CONDITIONS } from './conditions.js'
export { EPISODE_METRICS, episodesEndingIn, episodesOutcomeOf, isWon, returnCurve, returnsOf, type EpisodeMetric } from './outcomes.js'
export { checkEpisodes, episodesStage, type EpisodeGame, type EpisodeParts, type FeedbackCondition } from './stage.js'
export { episodesTask } from './task.js'
export { episodesTrialSchema, type Episode, type EpisodesTrial } from './trialResult.js'
export type { EpisodesSummary, EpisodeTypes } from './types.js'
