/**
 * What one culture did in a game of episodes under one condition. Plain JSON, the same whatever ran beside it; the schema is what a resumed
 * run checks stored results with.
 */
import { z } from 'zod'
import { pulseSchema, trialActivity, trialCulture, trialIdentity } from '../trialSchema.js'

const episodeSchema = z.object({
  seed: z.number(),
  startMs: z.number().meta({ description: 'since play began' }),
  durationMs: z.number(),
  steps: z.int(),
  return: z.number(),
  complete: z.boolean().meta({ description: 'false for a last episode that the end of play cut short' }),
  endReason: z.enum(['goal', 'death', 'lost', 'timeLimit', 'engineTimeout', 'disconnected']).nullable(),
  events: z.record(z.string(), z.object({ count: z.int(), size: z.number() })),
})

const answerSchema = z.object({
  startMs: z.number(),
  answer: z.object({
    name: z.string(),
    kind: z.enum(['predictable', 'unpredictable', 'silent']),
    interrupts: z.array(z.int()),
    pulses: z.array(pulseSchema),
    suspendsSensoryMs: z.number(),
  }),
})

/** Schema of {@link EpisodesTrial}. */
export const episodesTrialSchema = z.object({
  ...trialIdentity,
  episodes: z.array(episodeSchema),
  probeBefore: z.array(episodeSchema).nullable().meta({ description: 'frozen probe; null without cells' }),
  probeAfter: z.array(episodeSchema).nullable().meta({ description: 'frozen probe, the same games; null without cells' }),
  answers: z.array(answerSchema).nullable().meta({ description: 'kept for fep, whose answers its yoked twin replays' }),
  ...trialActivity,
  steps: z.int().meta({ description: 'steps of the game' }),
  actionShares: z.array(z.array(z.number())).meta({ description: 'share of the steps with each option of each head' }),
  ...trialCulture,
})

/** One trial of a game of episodes. */
export type EpisodesTrial = z.output<typeof episodesTrialSchema>
/** One episode of it. */
export type Episode = z.output<typeof episodeSchema>
