/** A random stream inside a saved state: plain JSON. */
import { z } from 'zod'
import type { Rng, RngState } from '../rng.js'

/** What {@link saveRng} gives. */
export const rngJSON = z.strictObject({
  key: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  state: z.tuple([z.number(), z.number(), z.number(), z.number()]),
})

/** The stream as it is now; `Rng.load` continues it. */
export const saveRng = (rng: Rng): { key: [number, number, number, number]; state: [number, number, number, number] } => {
  const { key, state }: RngState = rng.save()
  return { key: [...key], state: [...state] }
}
