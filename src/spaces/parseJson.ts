/** Reads a space's own JSON by its schema. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Space } from './space.js'

/** Reads the JSON of a child space. */
export type SpaceReader = (json: unknown) => Space

/** A child space in JSON; its own kind reads the rest. */
export const childJSON = z.looseObject({ kind: z.string() })

/** @throws Bl1Error `space/json` where the fields do not fit */
export const parseSpaceJSON = <T extends z.ZodType>(schema: T, json: unknown): z.output<T> => {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Bl1Error('space/json', { reason: z.prettifyError(parsed.error) })
  return parsed.data
}
