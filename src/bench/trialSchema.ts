/** The parts that every stored trial has in common, as the pieces of a schema; a game puts its own in between. */
import { z } from 'zod'
import { CONDITION_NAMES } from './conditions.js'

const rasterSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  timesMs: z.array(z.number()).meta({ description: 'since play began' }),
  neurons: z.array(z.int()),
  neuronCount: z.int(),
  excitatory: z.int().meta({ description: 'cells below this index are excitatory' }),
})

/** Spikes of the end of play. */
export type Raster = z.output<typeof rasterSchema>

const atOnce = { offsetMs: z.number(), channels: z.array(z.int()) }
const phaseWidthUs = z.number().exactOptional()

/** A pulse of an answer, in mV or in uA. */
export const pulseSchema = z.union([
  z.object({ ...atOnce, amplitudeMv: z.number(), phaseWidthUs }),
  z.object({ ...atOnce, currentUa: z.number(), phaseWidthUs }),
])

/** Which trial it is. */
export const trialIdentity = {
  seed: z.int(),
  condition: z.enum(CONDITION_NAMES),
  exchanged: z.boolean(),
  durationMs: z.number(),
}

/** What the array did. */
export const trialActivity = {
  electrodeSpikes: z.array(z.number()),
  spikes: z.int(),
  pulses: z.int(),
}

/** What became of the culture. */
export const trialCulture = {
  weightRatio: z.number().nullable().meta({ description: 'mean excitatory weight after play over before; null without cells' }),
  raster: rasterSchema.nullable().meta({ description: 'spikes of the last half minute, kept for one trial' }),
}
