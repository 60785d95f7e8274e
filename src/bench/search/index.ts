/** Honest search, the part without files and threads: spaces, draws, successive halving, scores, and seeds that were used. */
export { drawSettings, type Setting } from './draw.js'
export { halve, type HalvedSetting } from './halving.js'
export { rungsOf, type Rung } from './rungs.js'
export { scoreOf, type PlayedCulture, type Score } from './score.js'
export { firstFreeSeed, mergeRanges, overlapOf, rangeOf, showRanges, type SeedRange } from './seeds.js'
export { settingsSentence, type FrozenMark } from './sentence.js'
export { searchSpaceOf, searchParameters, type Dimension, type Search, type SearchSpace } from './space.js'
