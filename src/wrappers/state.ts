/** Reads the saved state of a wrapper. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'

/** @throws Bl1Error `env/state` where `state` is not what the wrapper saved */
export const readState = <S extends z.ZodType>(wrapper: string, schema: S, state: unknown): z.output<S> => {
  const parsed = schema.safeParse(state)
  if (!parsed.success) throw new Bl1Error('env/state', { id: wrapper, reason: z.prettifyError(parsed.error) })
  return parsed.data
}
