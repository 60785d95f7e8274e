/** Options that are no plain JSON: given as they are in a program, and as JSON in a spec. */
import { z } from 'zod'
import { Space, spaceFromJSON } from '../spaces/index.js'
import { functionFromJSON } from './named.js'

/**
 * A function, or what `functionJSON` made of it.
 * Reading the JSON throws Bl1Error `wrapper/function` where no function has that name.
 */
export const functionOption = <F extends object>(wrapper: string) =>
  z.union(
    [
      z.custom<F>((x) => typeof x === 'function'),
      // A name belongs to one function, and the spec was written by a wrapper that took it as an F.
      z.strictObject({ function: z.string().nullable() }).transform((json) => functionFromJSON(wrapper, json) as F),
    ],
    { error: 'a function' },
  )

/** A space, or its JSON. Reading the JSON throws Bl1Error `space/json`. */
export const spaceOption = <S extends Space>() =>
  // What a spec holds was written by a wrapper that took it as an S.
  z.union([z.custom<S>((x) => x instanceof Space), z.looseObject({ kind: z.string() }).transform((json) => spaceFromJSON(json) as S)], {
    error: 'a space',
  })
