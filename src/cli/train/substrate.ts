/** What the agent stimulates and reads: as many copies of one culture as there are environments, or what stands in its place. */
import { Dishes, EmptyDishes, NetworkDishes, type DishesOptions } from '../../loop/index.js'
import type { ThreadChoice } from '../../culture/index.js'
import type { TrainingConfig } from './experiment.js'
import { seedOf } from './seeds.js'

/** What may live in the dishes. */
export type Substrate = Dishes | NetworkDishes | EmptyDishes

const growAny = ({ substrate }: TrainingConfig, options: DishesOptions, seeds: readonly number[]): Substrate => {
  if (substrate === 'network') return NetworkDishes.grow(options, seeds)
  if (substrate === 'none') return EmptyDishes.grow(options, seeds)
  return Dishes.grow(options, seeds)
}

/**
 * The dishes of a training. One read-out fits one wiring, so all hold the same culture, that of the config's seed; from the end of its settling
 * on each lives with a noise of its own.
 * @throws Bl1Error those of Dishes.grow
 */
export const growSubstrate = (config: TrainingConfig, threads: ThreadChoice): Substrate => {
  const { culture, mea, seed, env, dishes: { pauseMs: _pause, ...clock } } = config
  const dishes = growAny(config, { ...clock, culture, mea, threads }, Array.from({ length: env.count }, () => seed))
  for (let dish = 0; dish < env.count; dish++) dishes.loadOne(dish, dishes.saveOne(dish), seedOf(config, 'noise', dish))
  return dishes
}
