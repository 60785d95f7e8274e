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

const scriptSchema = z.object({
  answers: z.array(answerSchema),
  pauses: z.array(z.number()).meta({ description: 'start and end of each pause of the sensory input in turn, ms since play began' }),
  rewards: z.array(z.object({ startMs: z.number(), amount: z.number() })),
})

/** Schema of {@link PongTrial}. */
export const pongTrialSchema = z.object({
  ...trialIdentity,
  encounters: z.array(encounterSchema),
  probeBefore: z.array(encounterSchema).nullable().meta({ description: 'frozen probe; null without cells' }),
  probeAfter: z.array(encounterSchema).nullable().meta({ description: 'frozen probe; null without cells' }),
  script: scriptSchema.nullable().meta({ description: 'all that was taught; kept for the taught condition, whose yoked twin replays it' }),
  ...trialActivity,
  actionShares: z.array(z.number()),
  ...trialCulture,
})

/** One trial of Pong. */
export type PongTrial = z.output<typeof pongTrialSchema>
