/** What a measuring process of `bl1 bench culture` is told, and what it answers. */
import { z } from 'zod'

/** What is measured: one culture, or several of the same kind. */
export const cultureSetupSchema = z.strictObject({
  neurons: z.int().positive(),
  inDegree: z.number().positive(),
  /** Mean rate to drive it to; null: the calibrated culture, spontaneously active. */
  rateHz: z.number().positive().nullable(),
  /** STDP and homeostasis. */
  plasticity: z.boolean(),
  engine: z.enum(['wasm', 'reference']),
  threads: z.int().positive(),
  /** How many cultures, with seeds of their own. */
  cultures: z.int().positive().default(1),
  /** Several: in one CultureBatch, or one after the other. */
  together: z.boolean().default(false),
  /** Simulated time of one call of `advance`, ms; null: a whole round. */
  callMs: z.number().positive().nullable().default(null),
  seed: z.int().min(0).default(1),
  /** Wall time of simulating before the first round, s. */
  warmUpSeconds: z.number().positive(),
})
export type CultureSetup = z.output<typeof cultureSetupSchema>
export type CultureSetupInput = z.input<typeof cultureSetupSchema>

/** Said once, when it is warm. */
export const cultureReadySchema = z.object({
  ready: z.record(z.string(), z.string()),
  /** Synapses of one culture. */
  synapses: z.int().min(0),
  /** Growing one culture, s. */
  buildSeconds: z.number().min(0),
  /** The `cells.bias` that gives the rate asked for; null for the calibrated culture. */
  bias: z.number().nullable(),
  /** How fast it is now: simulated ms a second. */
  pace: z.number().positive(),
})

/** One round. `steps` is simulated time in ms: the work of a round is counted in it. */
export const cultureRoundSchema = z.object({
  steps: z.number().positive(),
  seconds: z.number().positive(),
  resets: z.literal(0),
  /** Of all cultures. */
  spikes: z.int().min(0),
})
export type CultureRound = z.output<typeof cultureRoundSchema>

/** Where a step's time goes, ns a neuron; see `StepProfile`. */
export const profileSchema = z.object({
  total: z.number(),
  update: z.number(),
  noise: z.number(),
  scatter: z.number(),
  plasticity: z.number(),
  spikes: z.number(),
})

/** A line to the process: a round of so many simulated ms, or a profile over so many steps. */
export const cultureRequestSchema = z.union([
  z.strictObject({ runMs: z.number().positive() }),
  z.strictObject({ profileSteps: z.int().positive() }),
])
export type CultureRequest = z.output<typeof cultureRequestSchema>

/** What one growth of a culture took, s and bytes. */
export const growthSchema = z.object({
  growSeconds: z.number().min(0),
  snapshotSeconds: z.number().min(0),
  restoreSeconds: z.number().min(0),
  synapses: z.int().min(0),
  excitatorySynapses: z.int().min(0),
  /** Of its WebAssembly memory. */
  memoryBytes: z.int().positive(),
  /** What the process took more than before, after collecting garbage; and the most it held at once. */
  residentBytes: z.int(),
  peakBytes: z.int(),
})
export type Growth = z.output<typeof growthSchema>

/** What is grown. */
export const growthSetupSchema = z.strictObject({
  neurons: z.int().positive(),
  inDegree: z.number().positive(),
  stdp: z.boolean(),
  seed: z.int().min(0).default(1),
})
export type GrowthSetup = z.output<typeof growthSetupSchema>
