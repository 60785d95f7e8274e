/** What the command and its worker threads say to each other. */
import { z } from 'zod'
import { trainingSchema } from './experiment.js'
import type { RunReport } from './run.js'

/** What every thread is given: the name of the channel on which it is told to stop. */
export const workerDataSchema = z.object({ stopChannel: z.string() })

/** One piece of work. */
export const seedTaskSchema = z.strictObject({
  config: trainingSchema,
  folder: z.string(),
  resume: z.boolean(),
  threads: z.union([z.literal('auto'), z.int().min(1)]),
})

/** What a thread tells meanwhile. */
export type SeedNews = { readonly report: RunReport } | { readonly note: string }
