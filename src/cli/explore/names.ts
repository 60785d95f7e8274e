/** What the folder of an exploration holds. */

/** Everything that was found; written last. */
export const EXPLORATION_FILE = 'exploration.json'
/** The table of settings, best first. */
export const RANKING_FILE = 'ranking.md'
/** A config for every setting. */
export const SETTINGS_FOLDER = 'settings'
