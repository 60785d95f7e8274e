/** What the Doom host says about the game it made: the other end of `hostOptions`. */
import { z } from 'zod'
import type { JsonObject } from '../../src/json.js'

const shape = z.array(z.int().positive())

const description = z.looseObject({
  buttons: z.array(z.looseObject({ name: z.string(), delta: z.boolean(), max: z.number() })),
  variables: z.array(z.string()),
  tracked: z.array(z.string()),
  screen: shape.optional(),
  depth: shape.optional(),
  labels: shape.optional(),
  automap: shape.optional(),
  audio: shape.optional(),
  features: z.array(z.string()).nullish(),
  game: z.record(z.string(), z.json()),
  maps: z.array(z.string()),
  warnings: z.array(z.looseObject({ line: z.int(), text: z.string(), reason: z.string() })),
})

/** A button of the game, as the engine resolved it. */
export interface DoomButtonInfo {
  readonly name: string
  /** Whether it takes a number and not only 0 and 1. */
  readonly delta: boolean
  /** The largest number a tic, for a delta button; 0: none is set. */
  readonly max: number
}

/** The buffers that may be observed, with their shapes. */
export interface DoomBuffers {
  readonly screen?: readonly number[] | undefined
  readonly depth?: readonly number[] | undefined
  readonly labels?: readonly number[] | undefined
  readonly automap?: readonly number[] | undefined
  readonly audio?: readonly number[] | undefined
}

/** Something odd about the configuration. */
export interface DoomWarning {
  /** Its line in the cfg file; 0: none. */
  readonly line: number
  readonly text: string
  readonly reason: string
}

/** A game as the engine resolved it. */
export interface DoomDescription {
  /** In the order in which the engine takes them. */
  readonly buttons: readonly DoomButtonInfo[]
  /** Observed variables, in order. */
  readonly variables: readonly string[]
  /** Variables that are read at every step, for events. */
  readonly tracked: readonly string[]
  readonly buffers: DoomBuffers
  /** Names of the features, in order; empty without features. */
  readonly features: readonly string[]
  /** Every setting, as read back from the engine. */
  readonly game: JsonObject
  /** The maps of the scenario's files. */
  readonly maps: readonly string[]
  /** What was odd about the configuration and is played all the same. */
  readonly warnings: readonly DoomWarning[]
}

/** Reads the body of the reply to `make`. */
export const readDescription = (body: JsonObject): DoomDescription => {
  const { screen, depth, labels, automap, audio, features, ...rest } = description.parse(body)
  return { ...rest, features: features ?? [], buffers: { screen, depth, labels, automap, audio } }
}
