/** The errors of the Python side, in this project's words. */
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'

const text = z.string().catch('')
const reported = z.object({
  id: text,
  path: text,
  kind: text,
  expected: text,
  received: text,
  doing: text,
  reason: text,
  lastWords: text,
  python: text,
})
type Reported = z.output<typeof reported> & { readonly id: string }

const byCode: Readonly<Record<string, (data: Reported) => Bl1Error>> = {
  'pythonEnv/unknown': ({ id, reason }) => new Bl1Error('pythonEnv/unknown', { id, reason }),
  'pythonEnv/import': ({ id }) => new Bl1Error('pythonEnv/import', { id }),
  'pythonEnv/make': ({ id, reason, lastWords }) => new Bl1Error('pythonEnv/make', { id, reason, lastWords }),
  'pythonEnv/space': ({ id, path, kind, reason }) => new Bl1Error('pythonEnv/space', { id, path, kind, reason }),
  'pythonEnv/value': ({ id, path, expected, received }) => new Bl1Error('pythonEnv/value', { id, path, expected, received }),
  'pythonEnv/raised': ({ id, doing, reason, lastWords }) => new Bl1Error('pythonEnv/raised', { id, doing, reason, lastWords }),
  'pythonEnv/not-installed': ({ python, reason }) => new Bl1Error('pythonEnv/not-installed', { python, reason }),
}

const isRemote = (error: unknown): error is Bl1Error<'bridge/remote'> => error instanceof Bl1Error && error.code === 'bridge/remote'

/**
 * What to throw for an error of the bridge: an answer of the Gymnasium host under its own code, a crash or a time limit as it is.
 * @param id of the Gymnasium environment
 */
export const pythonFailure = (id: string, error: unknown): unknown => {
  if (!isRemote(error)) return error
  return byCode[error.data.code]?.({ ...reported.parse(error.data.data), id }) ?? error
}
