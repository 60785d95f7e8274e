/** Saved dishes, read back: everything is checked before anything of a batch changes. */
import { z } from 'zod'
import { Bl1Error } from '../../errors.js'
import { meaParameters } from '../../mea/index.js'
import type { SavedDish, SavedDishes } from './types.js'

const floats = z.instanceof(Float64Array)

const savedDish = z.strictObject({
  tissue: z.unknown(),
  readOut: z.strictObject({
    stimulator: z.strictObject({ steps: floats, channels: z.instanceof(Int32Array), depolarisationsMv: floats, lastSteps: floats }),
    blanking: z.array(z.int().min(0)),
  }),
  counts: floats,
  spikes: z.int().min(0),
  seenMs: z.number().min(0),
})

const savedDishes = z.strictObject({
  kind: z.string(),
  format: z.literal(1),
  latencyMs: z.number(),
  blindMs: z.number(),
  mea: meaParameters,
  dishes: z.array(savedDish),
})

/** @throws Bl1Error `loop/saved-dishes` */
export const refuseSaved = (reason: string): never => {
  throw new Bl1Error('loop/saved-dishes', { reason })
}

/** Reads a part of what was saved. @throws Bl1Error `loop/saved-dishes` */
export const readSaved = <S extends z.ZodType>(schema: S, saved: unknown): z.output<S> => {
  const result = schema.safeParse(saved)
  if (result.success) return result.data
  const [{ path, message } = { path: [], message: 'nothing is known of it' }] = result.error.issues
  return refuseSaved(`${path.length === 0 ? 'the whole' : path.join('.')}: ${message}`)
}

/** @throws Bl1Error `loop/saved-dishes` */
export const readSavedDishes = (saved: unknown): SavedDishes => readSaved(savedDishes, saved)

/** @throws Bl1Error `loop/saved-dishes` */
export const readSavedDish = (saved: unknown): SavedDish => readSaved(savedDish, saved)
