/** What `peek` returns: lists of things, read from the host's JSON. */
import { z } from 'zod'
import type { JsonObject } from '../../src/json.js'

const object = z.looseObject({
  id: z.number(),
  name: z.string(),
  category: z.string().nullish(),
  positionX: z.number(),
  positionY: z.number(),
  positionZ: z.number(),
  angle: z.number(),
  pitch: z.number(),
  roll: z.number(),
  velocityX: z.number(),
  velocityY: z.number(),
  velocityZ: z.number(),
})
const label = object.extend({ value: z.number(), box: z.tuple([z.number(), z.number(), z.number(), z.number()]) })
const line = z.looseObject({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number(), blocking: z.boolean() })
const sector = z.looseObject({ id: z.number(), floorHeight: z.number(), ceilingHeight: z.number(), lines: z.array(line) })
const server = z.looseObject({
  tic: z.number(),
  playerCount: z.number(),
  playersInGame: z.array(z.boolean()),
  playersNames: z.array(z.string()),
  playersFrags: z.array(z.number()),
  playersAfk: z.array(z.boolean()),
  playersLastActionTic: z.array(z.number()),
  playersLastKillTic: z.array(z.number()),
})

const shapes: Readonly<Record<DoomPeekKind, z.ZodType>> = { labels: z.array(label), objects: z.array(object), sectors: z.array(sector), server }

/** A thing on the map: position in map units, angles in degrees, velocity in map units a tic. */
export type DoomObject = z.output<typeof object>
/** A thing on the screen: also its number in the labels buffer, and its box: left, top, width and height in pixels of the engine's picture. */
export type DoomLabel = z.output<typeof label>
/** A part of the map of one height of floor and ceiling. */
export type DoomSector = z.output<typeof sector>
/** The server of the game; the lists have one entry a player. */
export type DoomServer = z.output<typeof server>

/** What there is to look at. */
export interface DoomPeek {
  readonly labels: readonly DoomLabel[]
  readonly objects: readonly DoomObject[]
  readonly sectors: readonly DoomSector[]
  readonly server: DoomServer
}
/** The name of something to look at. */
export type DoomPeekKind = keyof DoomPeek

/** Reads the body of the reply to `peek`. */
export const readPeek = <K extends DoomPeekKind>(what: readonly K[], body: JsonObject): Pick<DoomPeek, K> => {
  const read: unknown = z.object(Object.fromEntries(what.map((kind) => [kind, shapes[kind]]))).parse(body)
  // Each part was read by the shape of its name.
  return read as Pick<DoomPeek, K>
}
