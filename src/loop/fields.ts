/** Which entries of a game's observation say where the target is and where the own position: what encoders and moves are read from. */
import { Bl1Error } from '../errors.js'

/** Indices into an observation. */
export interface EncodedFields {
  /** Of the target's height, 0 to 1. */
  readonly height: number
  /** Of its nearness, 0 (far) to 1 (at the paddle). */
  readonly nearness: number
  /** Of the own height, 0 to 1: needed by a relative place code and by feedback on moves. */
  readonly own?: number
}

/** Those of Pong. */
export const PONG_FIELDS: Required<EncodedFields> = { nearness: 0, height: 1, own: 4 }

/** An entry of an observation, kept inside [0, 1]. @throws Bl1Error `loop/observation` where there is no such number */
export const fractionOf = (observation: ArrayLike<number>, fields: EncodedFields, field: keyof EncodedFields, reader: string): number => {
  const index = fields[field]
  const value = index === undefined ? undefined : observation[index]
  if (value === undefined || !Number.isFinite(value)) {
    throw new Bl1Error('loop/observation', { encoder: reader, field, index: index ?? -1, received: String(value) })
  }
  return Math.min(1, Math.max(0, value))
}
