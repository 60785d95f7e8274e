/** One value as plain JSON and back, as infos, specs and recordings keep it. */
import type { JsonValue } from '../json.js'
import type { Member, Space } from './space.js'

/**
 * A value as plain JSON: typed arrays as lists of numbers; NaN, Infinity, -Infinity and -0, which JSON has not, as those words.
 * @throws Bl1Error `space/value` for a value of a kind of your own that is not plain JSON
 */
export const valueToJSON = <S extends Space>(space: S, value: Member<S>): JsonValue => space.valueToJSON(value)

/**
 * The value that `valueToJSON` wrote. Its form and element types are checked, its bounds are not: what was recorded comes back, NaN
 * included; ask `space.contains` where that matters.
 * @throws Bl1Error `space/value` for anything else
 */
export const valueFromJSON = <S extends Space>(space: S, json: unknown): Member<S> =>
  // A space reads its own values.
  space.valueFromJSON(json) as Member<S>
