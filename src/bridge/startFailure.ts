/** Why a process never came to serve, read from how it ended. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Exit } from './child.js'

/** The exit status of `versions.py`, whose last line says what is wrong. */
const PROBLEM_STATUS = 78
const PREFIX = 'bl1_bridge: '

const problem = z.discriminatedUnion('problem', [
  z.object({ problem: z.literal('python-old'), version: z.string(), needed: z.string() }),
  z.object({ problem: z.literal('not-installed'), module: z.string(), reason: z.string(), interpreter: z.string() }),
])

/** How an end reads in a message. */
export const describeExit = ({ code, signal }: Exit): string => (signal === null ? `exit code ${code}` : `signal ${signal}`)

/** The error of a process that ended before its hello. */
export const startFailure = (python: string, exit: Exit, lastWords: string): Bl1Error => {
  if (exit.error?.code === 'ENOENT') return new Bl1Error('bridge/no-python', { looked: [python] }, { cause: exit.error })
  if (exit.error !== undefined) return new Bl1Error('bridge/start', { python, reason: exit.error.message, lastWords }, { cause: exit.error })
  const told = exit.code === PROBLEM_STATUS ? parse(lastWords) : undefined
  if (told?.problem === 'python-old') return new Bl1Error('bridge/python-old', { python, version: told.version, needed: told.needed })
  if (told?.problem === 'not-installed')
    return new Bl1Error('bridge/not-installed', { python: told.interpreter, module: told.module, reason: told.reason })
  return new Bl1Error('bridge/start', { python, reason: `it ended with ${describeExit(exit)}`, lastWords })
}

const parse = (lastWords: string): z.output<typeof problem> | undefined => {
  const line = lastWords.split('\n').findLast((one) => one.startsWith(PREFIX))
  if (line === undefined) return undefined
  try {
    return problem.parse(JSON.parse(line.slice(PREFIX.length)))
  } catch {
    return undefined
  }
}
