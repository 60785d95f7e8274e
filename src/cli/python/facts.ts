/** What an interpreter says of itself: its version and what is installed. It is asked, because starting pip for that takes seconds. */
import { tmpdir } from 'node:os'
import { z } from 'zod'
import { execute, lastLines, type ExecuteOptions } from './execute.js'

/** The oldest Python with which this release was tested: 3.10. */
export const OLDEST_MINOR = 10
/** A disk that is asleep takes seconds; nothing takes longer. */
const LIMIT_MS = 30_000

/** Runs in any Python 3: an old one must be able to say how old it is. Modules of the folder it runs in are none of its business. */
const PROGRAM = `
import json, sys
sys.path = [folder for folder in sys.path if folder != '']
packages, pip = {}, False
try:
    from importlib import metadata, util
    pip = util.find_spec('pip') is not None
    for name in sys.argv[1:]:
        try:
            packages[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            packages[name] = None
except ImportError:
    pass
print(json.dumps({'version': '%d.%d.%d' % sys.version_info[:3], 'prefix': sys.prefix, 'venv': sys.prefix != sys.base_prefix,
                  'pip': pip, 'packages': packages}))
`

const factsSchema = z.object({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** Its folder. */
  prefix: z.string(),
  /** It is a virtual environment. */
  venv: z.boolean(),
  /** pip can be imported. */
  pip: z.boolean(),
  /** Versions of the packages asked for; null for what is not installed. */
  packages: z.record(z.string(), z.string().nullable()),
})

/** What an interpreter said of itself. */
export type PythonFacts = z.output<typeof factsSchema>

/** Either what it said, or why it said nothing. */
export type PythonAnswer = { readonly facts: PythonFacts } | { readonly facts: undefined; readonly reason: string; readonly isMissing: boolean }

const parsed = (stdout: string): PythonFacts | undefined => {
  // What a site's own start-up code prints comes before it.
  const line = stdout.trim().split('\n').at(-1) ?? ''
  try {
    return factsSchema.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

/** Asks an interpreter for its version and those of these packages. Never throws. */
export const askPython = async (
  python: string, packages: readonly string[], { env, signal }: Pick<ExecuteOptions, 'env' | 'signal'> = {},
): Promise<PythonAnswer> => {
  const outcome = await execute(python, ['-c', PROGRAM, ...packages], {
    folder: tmpdir(),
    limitMs: LIMIT_MS,
    ...(env === undefined ? {} : { env }),
    ...(signal === undefined ? {} : { signal }),
  })
  const facts = outcome.code === 0 ? parsed(outcome.stdout) : undefined
  if (facts !== undefined) return { facts }
  const said = lastLines(outcome.output)
  return { facts, reason: said === '' ? `it ended with code ${outcome.code ?? 'none'} and said nothing` : said, isMissing: outcome.isMissing }
}
