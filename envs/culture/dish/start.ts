/** Where every episode starts: a culture that was grown, has settled and was watched at rest. Made once for each culture of a vector. */
import type { ThreadChoice } from '../../../src/culture/index.js'
import { Dishes } from '../../../src/loop/index.js'
import { MS_PER_SECOND } from '../../../src/units.js'
import type { CultureEnvParameters } from '../parameters.js'
import type { Home } from './home.js'

/** What is needed to grow. */
export type GrowParameters = Pick<CultureEnvParameters, 'culture' | 'cultureSeed' | 'mea' | 'dish' | 'stepMs'>

/** Dishes with freshly grown cultures in them, which have lived for `settleSeconds`. @throws Bl1Error those of Dishes.grow */
export const growDishes = ({ culture, mea, dish }: GrowParameters, seeds: readonly number[], settleSeconds: number, threads: ThreadChoice): Dishes =>
  Dishes.grow({ culture, mea, ...dish, settleSeconds, threads }, seeds)

/**
 * A dish of one's own: the culture of `cultureSeed` is grown, settles and is watched at rest.
 * @param restSeconds at least this long, in whole steps
 * @throws Bl1Error those of Dishes.grow
 */
export const settledHome = (parameters: GrowParameters, restSeconds: number): Home => {
  const { cultureSeed, dish, stepMs } = parameters
  const dishes = growDishes(parameters, [cultureSeed], dish.settleSeconds, 1)
  const rest = Array.from({ length: Math.ceil((restSeconds * MS_PER_SECOND) / stepMs) }, () => {
    dishes.live(stepMs)
    return dishes.counts[0].slice()
  })
  return { dishes, dish: 0, start: { saved: dishes.saveOne(0), rest } }
}
