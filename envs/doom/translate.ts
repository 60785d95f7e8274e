/** Errors of the Doom host and of the bridge in the words of this environment. */
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'

/** What the host adds to its errors, each what it needs; anything else would be a fault of the host. */
const errorData = z.object({
  path: z.string().default(''),
  kind: z.string().default(''),
  reason: z.string().default(''),
  received: z.string().default(''),
  known: z.array(z.string()).default([]),
  suggestion: z.string().nullish(),
  lines: z.array(z.object({ line: z.int(), text: z.string(), reason: z.string() })).default([]),
  name: z.string().default(''),
  expected: z.string().default(''),
  part: z.string().default(''),
})

/** The environment's error for an error reply of the host; undefined for one that is none of its own. */
const ofHost = ({ code, message, data }: Bl1Error<'bridge/remote'>['data'], because: { readonly cause: unknown }): Bl1Error | undefined => {
  const { path, kind, reason, received, known, suggestion, lines, name, expected, part } = errorData.parse(data)
  switch (code) {
    case 'doom/config':
      return new Bl1Error(code, { path, lines }, because)
    case 'doom/file':
      return new Bl1Error(code, { path, kind, reason }, because)
    case 'doom/name':
      return known.length === 0
        ? new Bl1Error('doom/option', { option: `${kind}s`, asked: received, reason: message }, because)
        : new Bl1Error(code, { kind, received, known, suggestion: suggestion ?? undefined }, because)
    case 'doom/map':
      return new Bl1Error(code, { received, known }, because)
    case 'doom/option':
      return new Bl1Error(code, { option: name, asked: received, reason: `it must be ${expected}` }, because)
    case 'doom/peek-off':
      return new Bl1Error(code, { part }, because)
    case 'doom/no-shared-memory':
      return new Bl1Error(code, { message }, because)
    case 'doom/engine':
    case 'doom/no-audio':
      return new Bl1Error('doom/engine', { message }, because)
    case 'doom/command-off':
      return new Bl1Error(code, { command: received }, because)
    default:
      return undefined
  }
}

const isRemote = (error: Bl1Error): error is Bl1Error<'bridge/remote'> => error.code === 'bridge/remote'
const isCrash = (error: Bl1Error): error is Bl1Error<'bridge/crashed'> => error.code === 'bridge/crashed'

/**
 * Whether the engine took its Python process with it while it started, as it does on game data that it cannot play: the last words are
 * then the trace of Python's fault handler, with the host's file that starts it.
 */
const diedWithEngine = (error: Bl1Error): boolean => {
  if (!isCrash(error)) return false
  const { lastWords } = error.data
  return lastWords.includes('Fatal Python error') && /doom.engine\.py/.test(lastWords)
}

const UNPLAYABLE =
  'it ended while it read its game data, as it does when a file is damaged or made for another engine, or when an argument ends it. Check wad, iwad and args.'

/** Ways of a process to be gone, or in a state that nobody knows: a step that timed out may still be under way. */
const GONE: readonly string[] = ['bridge/crashed', 'bridge/timeout', 'bridge/protocol']

/** The error for what a call of the host threw while the environment was `doing` something; before it `isMade`, nothing can crash. */
export const translate = (thrown: unknown, doing: string, isMade: boolean): unknown => {
  if (!(thrown instanceof Bl1Error)) return thrown
  const because = { cause: thrown }
  if (isRemote(thrown)) {
    const { code, message } = thrown.data
    if (code === 'engine/crashed') return new Bl1Error('doom/crashed', { doing, reason: message }, because)
    return ofHost(thrown.data, because) ?? thrown
  }
  if (!isMade && diedWithEngine(thrown)) return new Bl1Error('doom/engine', { message: UNPLAYABLE }, because)
  return isMade && GONE.includes(thrown.code) ? new Bl1Error('doom/crashed', { doing, reason: thrown.message }, because) : thrown
}
