/**
 * Doom: the real engine in processes of its own. Importing this module registers 'Doom-v0' for `make`; importing `register.js` alone does
 * so without loading the bridge. Node only. `npx bl1 setup doom` installs what it needs.
 */
import './register.js'

export { DOOM_ID, DoomEnv, type DoomOptionsWith } from './env.js'
export type { DoomInfo } from './info.js'
export {
  doomParameters,
  doomResetParameters,
  type DoomOptions,
  type DoomParameters,
} from './parameters.js'
export { doomActions, type DoomActions, type DoomCombination } from './actions/options.js'
export type { ActionSpaceOf } from './actions/index.js'
export type { DoomHead } from './actions/codec.js'
export type { MixedSpace } from './actions/delta.js'
export type { DoomButtonInfo, DoomWarning } from './description.js'
export type { DoomObservationSpace, DoomSpaces } from './observation.js'
export type { DoomLabel, DoomObject, DoomPeek, DoomPeekKind, DoomSector, DoomServer } from './peek.js'
export { doomEventNames, type DoomEvent, type DoomEventName } from './results/events.js'
export {
  DOOM_CULTURE_REWARD,
  DOOM_CULTURE_REWARD_ORIGINAL,
  DOOM_ENGINE_REWARD,
  doomRewardParameters,
  type DoomReward,
  type DoomRewardOptions,
} from './results/rewardParameters.js'
export {
  doomScenarios,
  otherDoomScenarios,
  type DoomBinaryButton,
  type DoomButton,
  type DoomDeltaButton,
  type DoomResolution,
  type DoomScenario,
  type DoomVariable,
} from './names.js'
