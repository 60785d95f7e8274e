/** Dishes without cells: pulses leave and nothing answers. What a learner reaches with them it reaches without a culture. */
import { z } from 'zod'
import { completeCultureParameters, dishSideUm } from '../../culture/index.js'
import { ArrayedDishes, readDishSetting } from './arrayedDishes.js'
import { EmptyDish } from './emptyDish.js'
import type { DishesOptions } from './parameters.js'
import { readSaved } from './saved.js'
import { SoloTissues, type SoloKind } from './soloTissues.js'

const savedTissue = z.strictObject({ sideUm: z.number().min(0), step: z.int().min(0) })

const KIND: SoloKind<EmptyDish> = {
  save: ({ step, population: { sideUm } }) => ({ step, sideUm }),
  restore: (saved) => {
    const { sideUm, step } = readSaved(savedTissue, saved)
    return new EmptyDish(sideUm, step)
  },
}

/** A batch of {@link EmptyDish}. */
export class EmptyDishes extends ArrayedDishes<SoloTissues<EmptyDish>> {
  protected readonly kind = 'empty'

  /**
   * As many dishes as seeds, as large and as old as those of `Dishes.grow` with these options.
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `time/not-a-multiple`, `loop/no-dish`
   */
  static grow(options: DishesOptions, seeds: readonly number[]): EmptyDishes {
    const setting = readDishSetting(options)
    const sideUm = dishSideUm(completeCultureParameters(options.culture ?? {}))
    const dishes = new EmptyDishes(new SoloTissues(seeds.map(() => new EmptyDish(sideUm)), KIND), setting)
    dishes.settle(setting.settleSeconds)
    return dishes
  }

  /** There is nothing to switch. */
  setPlasticity(): void {}

  protected restoreTissues(saved: readonly unknown[]): SoloTissues<EmptyDish> {
    return new SoloTissues(saved.map(KIND.restore), KIND)
  }

  /** There is no noise. */
  protected withNoise(saved: unknown): unknown {
    return saved
  }
}
