/** Compares what was asked with what the engine made of it: the engine itself ignores what it cannot do without a word. */
import { Bl1Error } from '../../src/errors.js'
import type { JsonObject, JsonValue } from '../../src/json.js'
import type { DoomDescription } from './description.js'

/** What the engine reports of an option, by the name of the option. */
const resolvedOptions = ({ game, buttons, variables }: DoomDescription): JsonObject => ({
  map: game['map'],
  skill: game['skill'],
  mode: game['mode'],
  ticrate: game['ticrate'],
  timeoutTics: game['episodeTimeout'],
  startTic: game['episodeStartTime'],
  buttons: buttons.map(({ name }) => name),
  variables,
  reward: game['rewards'],
})

const isObject = (x: JsonValue): x is JsonObject => typeof x === 'object' && x !== null && !Array.isArray(x)

/** Names of maps are written in capitals or not. */
const isSame = (asked: JsonValue, resolved: JsonValue): boolean =>
  typeof asked === 'string' && typeof resolved === 'string'
    ? asked.toLowerCase() === resolved.toLowerCase()
    : JSON.stringify(asked) === JSON.stringify(resolved)

const requireSame = (asked: JsonObject, resolved: JsonObject, path: string): void => {
  for (const [key, got] of Object.entries(resolved)) {
    const wanted = asked[key] ?? null
    // What was not asked is the scenario's own.
    if (wanted === null) continue
    if (isObject(wanted) && isObject(got)) requireSame(wanted, got, `${path}${key}.`)
    else if (!isSame(wanted, got)) {
      throw new Bl1Error('doom/option', { option: `${path}${key}`, asked: JSON.stringify(wanted), reason: `the engine resolved it to ${JSON.stringify(got)}` })
    }
  }
}

/** @throws Bl1Error `doom/option` for the first option that the engine resolved to something else */
export const requireResolved = (asked: JsonObject, description: DoomDescription): void => requireSame(asked, resolvedOptions(description), '')
