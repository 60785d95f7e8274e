/**
 * What one culture did in Pong under one condition. Plain JSON, the same whatever ran beside it; the schema is what a resumed run checks
 * stored results with.
 */
import { z } from 'zod'
import { pulseSchema, trialActivity, trialCulture, trialIdentity } from '../trialSchema.js'

const encounterSchema = z.object({
  timeMs: z.number(),
  hit: z.boolean(),
  targetHeight: z.number(),
  ownHeight: z.number(),
  reach: z.number(),
  lowest: z.number(),
  highest: z.number(),
})

const answerSchema = z.object({
  startMs: z.number(),
  answer: z.object({
    pulses: z.array(pulseSchema),
    durationMs: z.number(),
    pausesGame: z.boolean(),
  }),
})

/** Schema of {@link PongTrial}. */
export const pongTrialSchema = z.object({
  ...trialIdentity,
  encounters: z.array(encounterSchema),
  probeBefore: z.array(encounterSchema).nullable().meta({ description: 'frozen probe; null without cells' }),
  probeAfter: z.array(encounterSchema).nullable().meta({ description: 'frozen probe; null without cells' }),
  answers: z.array(answerSchema).nullable().meta({ description: 'kept for fep, whose answers its yoked twin replays' }),
  ...trialActivity,
  actionShares: z.array(z.number()),
  ...trialCulture,
})

/** One trial of Pong. */
export type PongTrial = z.output<typeof pongTrialSchema>
