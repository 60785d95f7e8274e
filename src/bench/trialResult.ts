/**
 * What one culture did under one condition. Plain JSON, the same whatever ran beside it; the schema is what a resumed run checks stored
 * results with.
 */
import { z } from 'zod'
import { CONDITION_NAMES } from './conditions.js'

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
    pulses: z.array(z.object({ offsetMs: z.number(), channels: z.array(z.int()), amplitudeMv: z.number() })),
    durationMs: z.number(),
    pausesGame: z.boolean(),
  }),
})

const rasterSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  timesMs: z.array(z.number()).meta({ description: 'since play began' }),
  neurons: z.array(z.int()),
  neuronCount: z.int(),
  excitatory: z.int().meta({ description: 'cells below this index are excitatory' }),
})

/** Schema of {@link TrialResult}. */
export const trialResultSchema = z.object({
  seed: z.int(),
  condition: z.enum(CONDITION_NAMES),
  exchanged: z.boolean(),
  durationMs: z.number(),
  encounters: z.array(encounterSchema),
  probeBefore: z.array(encounterSchema).nullable().meta({ description: 'frozen probe; null without cells' }),
  probeAfter: z.array(encounterSchema).nullable().meta({ description: 'frozen probe; null without cells' }),
  answers: z.array(answerSchema).nullable().meta({ description: 'kept for fep, whose answers its yoked twin replays' }),
  electrodeSpikes: z.array(z.number()),
  spikes: z.int(),
  pulses: z.int(),
  actionShares: z.array(z.number()),
  weightRatio: z.number().nullable().meta({ description: 'mean excitatory weight after play over before; null without cells' }),
  raster: rasterSchema.nullable().meta({ description: 'spikes of the last half minute, kept for one trial' }),
})

/** One trial. */
export type TrialResult = z.output<typeof trialResultSchema>
