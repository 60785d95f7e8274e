/** The error for an environment that threw. */
import { Bl1Error } from '../errors.js'

/** What a thrown value says, with a full stop. */
export const reasonText = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error)
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** Names the environment; what it threw is the `cause`. */
export const envFailed = (index: number, count: number, doing: string, cause: unknown): Bl1Error<'vector/env-failed'> =>
  new Bl1Error('vector/env-failed', { index, count, doing, reason: reasonText(cause) }, { cause })
