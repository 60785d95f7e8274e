/** What dishes are made from. */
import type { z } from 'zod'
import type { CultureOptions, ThreadChoice } from '../../culture/index.js'
import type { MeaOptions } from '../../mea/index.js'
import { group, quantity } from '../../parameters.js'

/** Schema of the clock of a batch of dishes. */
export const dishesParameters = group(
  {
    latencyMs: quantity({ default: 5, unit: 'ms', min: 5, max: 1000, doc: 'from the decision to the pulse', source: 'Kagan et al. 2022: about 5 ms' }),
    blindMs: quantity({ default: 5, unit: 'ms', min: 0, max: 1000, doc: 'the read-out is blind for this long after a pulse', source: 'an open re-implementation of the protocol' }),
    settleSeconds: quantity({ default: 10, unit: 's', min: 0, max: 36_000, doc: 'time every dish lives before the first pulse; what it does then is thrown away', source: 'a grown culture starts at rest, all resources full' }),
  },
  'the dishes that a learner stimulates and reads',
)

/** What dishes are made from: any part of the table, and what lies in them. */
export type DishesOptions = z.input<typeof dishesParameters> & {
  readonly culture?: CultureOptions
  readonly mea?: MeaOptions
  /** Threads that share the dishes; results do not depend on their number. @default 'auto' */
  readonly threads?: ThreadChoice
}
