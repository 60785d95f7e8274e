/** A random stream inside a saved state: plain JSON. */
import { z } from 'zod'
import type { Rng, RngState } from '../rng.js'

const word = z
  .int()
  .min(0)
  .max(2 ** 32 - 1)
const words = z.tuple([word, word, word, word])

/** What {@link saveRng} gives. */
export const rngJSON = z.strictObject({ key: words, state: words })

/** The stream as it is now; `Rng.load` continues it. */
export const saveRng = (rng: Rng): { key: [number, number, number, number]; state: [number, number, number, number] } => {
  const { key, state }: RngState = rng.save()
  return { key: [...key], state: [...state] }
}
