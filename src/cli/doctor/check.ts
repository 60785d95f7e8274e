/** One thing that is there or is not. A check never throws: one that fails is a row like the others. */
import { Bl1Error } from '../../errors.js'

/** 'optional': not there, and nothing in Doom needs it. 'doubtful': there, but not as this release was tested. */
export type CheckState = 'ok' | 'missing' | 'doubtful' | 'optional'

/** What a check found. */
export interface Finding {
  readonly state: CheckState
  /** What there is. */
  readonly found: string
  /** What to do; null where there is nothing to do. */
  readonly remedy: string | null
}

/** A line of the table; plain data. */
export interface CheckRow extends Finding {
  readonly name: string
}

/** Something that can be looked at. */
export interface Check {
  readonly name: string
  /** What to do where looking itself fails. */
  readonly remedy: string
  /** Longest wait. @default ten seconds */
  readonly limitMs?: number
  readonly look: () => Finding | Promise<Finding>
}

const LIMIT_MS = 10_000

export const ok = (found: string): Finding => ({ state: 'ok', found, remedy: null })

const reasonOf = (error: unknown): string => {
  const text = error instanceof Bl1Error ? `${error.message} (${error.code})` : error instanceof Error ? error.message : String(error)
  return text === '' ? 'it failed without a word' : text
}

/** Looks, with a time limit. Never throws. */
export const runCheck = async ({ name, remedy, limitMs = LIMIT_MS, look }: Check): Promise<CheckRow> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'missing', found: `no answer within ${limitMs / 1000} s`, remedy }), limitMs)
  })
  try {
    // Called inside, so that what throws at once is caught as well.
    return { name, ...(await Promise.race([(async () => look())(), late])) }
  } catch (error) {
    return { name, state: 'missing', found: reasonOf(error), remedy }
  } finally {
    clearTimeout(timer)
  }
}
