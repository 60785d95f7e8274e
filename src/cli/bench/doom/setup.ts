/** What a measuring process of `bl1 bench doom` is told, and what it answers. */
import { z } from 'zod'

const transport = z.enum(['zeromq', 'pipe'])

const games = z.strictObject({
  kind: z.literal('games'),
  scenario: z.literal('basic'),
  resolution: z.enum(['RES_160X120', 'RES_320X240']),
  format: z.enum(['grey', 'rgb']),
  /** Tics of a step. */
  tics: z.int().positive(),
  transport,
  /** One bit a button, taken round and round. */
  actions: z.array(z.int().min(0)).min(1),
  /** For each game the seeds of its episodes, taken round and round. */
  seeds: z.array(z.array(z.int().min(0)).min(1)).min(1),
})

/** Calls of the bridge that do nothing. */
const calls = z.strictObject({ kind: z.literal('calls'), transport })

/** A culture that plays. */
const culture = z.strictObject({ kind: z.literal('culture'), scenario: z.literal('basic'), neurons: z.int().positive(), seed: z.int().min(0) })

/** What one process measures. */
export const doomSetupSchema = z.discriminatedUnion('kind', [games, calls, culture])
export type DoomSetup = z.output<typeof doomSetupSchema>
export type GamesSetup = z.output<typeof games>
export type CultureSetup = z.output<typeof culture>
export type Transport = z.output<typeof transport>

/** The first line of ours: versions, and for each game the engine's own seeds, by which the other side plays the same episodes. */
export const doomReadySchema = z.object({ ready: z.record(z.string(), z.string()), engineSeeds: z.array(z.array(z.int())).default([]) })

/** A round. `reward`: the sum over its steps, by which it can be seen that two sides played the same games. */
export const doomRoundSchema = z.object({
  steps: z.int().positive(), seconds: z.number().positive(), resets: z.int().min(0), reward: z.number().default(0),
})
export type DoomRound = z.output<typeof doomRoundSchema>
