/** The closed loop: encoders, decoders, the board layout, and the clock that joins a game and a culture. */
export { boardLayout, type BoardLayout } from './boardLayout.js'
export { ClosedLoop, loopParameters, type ClosedLoopParts, type LoopOptions, type PlayOptions, type TickView } from './closedLoop.js'
export type { Decoder } from './decoder.js'
export type { EncodedPulse, Encoder } from './encoder.js'
export { decoderParameters, motorRegionDecoder, type DecoderOptions, type MotorRegionDecoder } from './motorRegionDecoder.js'
export { encoderParameters, placeRateEncoder, type EncodedFields, type EncoderOptions } from './placeRateEncoder.js'
export type { RecordedSpikes, Session } from './session.js'
export type { Encounter, Game, GameEvent, GameInfo, Substrate } from './types.js'
