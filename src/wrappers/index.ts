/** Wrappers: one hook a file, put around an environment with `wrap`. Importing this module lets `make(spec)` rebuild all of them. */
import './register.js'

export { named } from './named.js'
export { recordEpisodeStatistics, type EpisodeHistory, type EpisodeInfo, type EpisodeSummary, type RecordEpisodeStatisticsOptions } from './recordEpisodeStatistics.js'
export { stickyAction, type StickyActionOptions } from './stickyAction.js'
export { timeLimit, type TimeLimitOptions } from './timeLimit.js'
export { transformReward, type TransformRewardOptions } from './transformReward.js'
