/** What one side of a measurement steps: the JSON that the measuring processes of both languages are started with. */
import { z } from 'zod'

/** A schema, as the other process reads it. */
export const setupSchema = z.strictObject({
  /** 'cart-pole as made': with what Gymnasium's `make` puts around it; 'cart-pole reusing': writes into one array and one result. */
  env: z.enum(['cart-pole', 'cart-pole as made', 'cart-pole reusing', 'empty', 'slow']),
  /** Name and options of each wrapper, from the inside out. */
  wrappers: z.array(z.tuple([z.string(), z.record(z.string(), z.json())])).default([]),
  /** Who steps many at once: a loop, hand-written code for all, threads (ours) or processes (Gymnasium's). Null: one alone. */
  vector: z.enum(['sync', 'batch', 'workers', 'processes']).nullable().default(null),
  count: z.int().positive().default(1),
  /** Work of a step of the slow environment. */
  iterations: z.int().positive().default(1),
  seed: z.int().min(0).default(0),
})
export type Setup = z.output<typeof setupSchema>
export type SetupInput = z.input<typeof setupSchema>
