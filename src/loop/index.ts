/** The closed loop: encoders, decoders, the board layout, and the clocks that join a game and a culture. */
export { boardLayout, boardParameters, type BoardLayout, type BoardOptions } from './boardLayout.js'
export { channelRateEncoder, channelRateParameters, type ChannelDrive, type ChannelRateOptions } from './channelRateEncoder.js'
export { channelTrains, type ChannelTrains, type TrainOptions } from './channelTrains.js'
export { ClosedLoop, loopParameters, type ClosedLoopParts, type LoopOptions, type PlayOptions, type TickView } from './closedLoop.js'
export type { Decoder } from './decoder.js'
export { Dishes } from './dishes/dishes.js'
export { EmptyDish } from './dishes/emptyDish.js'
export { EmptyDishes } from './dishes/emptyDishes.js'
export { networkDishParameters, type NetworkDishParameters } from './dishes/networkDish.js'
export { NetworkDishes, type NetworkDishesOptions } from './dishes/networkDishes.js'
export { dishesParameters, type DishesOptions } from './dishes/parameters.js'
export type { DishBatch, SavedDish, SavedDishes, SavedReadOut } from './dishes/types.js'
export type { EncodedPulse, Encoder } from './encoder.js'
export { PONG_FIELDS, type EncodedFields } from './fields.js'
export { groupDecoder, groupDecoderParameters, type DecodedHead, type GroupDecoder, type GroupDecoderOptions } from './groupDecoder.js'
export { decoderParameters, motorRegionDecoder, type DecoderOptions, type MotorRegionDecoder } from './motorRegionDecoder.js'
export { encoderParameters, placeRateEncoder, type EncoderOptions } from './placeRateEncoder.js'
export { sessionScript, type RecordedSpikes, type Session } from './session.js'
export { SPIKE_REPLACEMENTS, spikeReplacement, type SpikeReplacement, type SpikeReplacementName, type SpikeReplacementOptions } from './spikeReplacement.js'
export { SteppedLoop } from './steppedLoop.js'
export {
  steppedTiming,
  type EpisodeRecord,
  type PausedView,
  type SteppedGame,
  type SteppedInfo,
  type SteppedLoopParts,
  type SteppedPlayOptions,
  type SteppedSession,
  type SteppedTiming,
  type SteppedView,
} from './steppedTypes.js'
export type { GameHappening } from '../feedback/index.js'
export type { Encounter, Game, GameEvent, GameInfo, Substrate } from './types.js'
