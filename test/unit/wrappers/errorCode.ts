/** What a test of bad input asks: the code of the error. */
import { Bl1Error } from '../../../src/errors.js'

const codeOf = (error: unknown): unknown => (error instanceof Bl1Error ? error.code : error)

/** The code of the Bl1Error that a call throws, or that its promise rejects with; anything else it throws; undefined if it does not. */
export const errorCode = async (call: () => unknown): Promise<unknown> => {
  try {
    await call()
    return undefined
  } catch (error) {
    return codeOf(error)
  }
}
