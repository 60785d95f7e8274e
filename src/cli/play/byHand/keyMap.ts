/** Which key does what in an environment. */
import { Bl1Error } from '../../../errors.js'
import type { AnyEnv, KeyMap } from '../../../env/index.js'
import { Discrete } from '../../../spaces/index.js'

/** Keys that `bl1 play` itself needs. */
const RESERVED = ['q', 'r', 'p']
const MAX_DIGITS = 10

const digitsOf = ({ n, start }: Discrete): KeyMap => ({
  actions: Object.fromEntries(Array.from({ length: n }, (_, i) => [String(i), start + i])),
})

/** The environment's own keys, or digits for a few choices. @throws Bl1Error `cli/no-keys` */
export const keyMapOf = ({ spec, metadata, actionSpace }: AnyEnv): KeyMap => {
  const own = metadata.keys
  if (own !== undefined && !Object.keys(own.actions).some((key) => RESERVED.includes(key))) return own
  if (actionSpace instanceof Discrete && actionSpace.n <= MAX_DIGITS) return digitsOf(actionSpace)
  throw new Bl1Error('cli/no-keys', { id: spec.id, actionSpace: JSON.stringify(actionSpace) })
}

const show = (action: unknown): string => (ArrayBuffer.isView(action) ? `[${Object.values(action).join(', ')}]` : JSON.stringify(action))

/** The keys on one line. */
export const keyHelp = ({ actions, idle }: KeyMap): string => {
  const keys = Object.entries(actions).map(([key, action]) => `${key} ${show(action)}`)
  return [...keys, ...(idle === undefined ? [] : [`no key ${show(idle)}`]), 'p pause', 'r new episode', 'q quit'].join(' · ')
}
