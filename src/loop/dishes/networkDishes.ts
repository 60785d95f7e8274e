/** Networks of rate units in place of cultures: what a learner reaches with them it reaches with any fixed random network of that size. */
import { z } from 'zod'
import type { CultureOptions } from '../../culture/index.js'
import { columnFault } from '../../culture/columns.js'
import { readParameters } from '../../parameters.js'
import { ArrayedDishes, readDishSetting } from './arrayedDishes.js'
import { NetworkDish, networkDishParameters, noiseOf } from './networkDish.js'
import type { DishesOptions } from './parameters.js'
import { growRateNetwork } from './rateNetwork.js'
import { readSaved, refuseSaved } from './saved.js'
import { SoloTissues, type SoloKind } from './soloTissues.js'

/** What networks in place of cultures are made from: that of the cultures, and the units. */
export type NetworkDishesOptions = DishesOptions & {
  readonly network?: z.input<typeof networkDishParameters>
}

const words = z.tuple([z.int(), z.int(), z.int(), z.int()])
const floats = z.instanceof(Float64Array)
const singles = z.instanceof(Float32Array)

const savedTissue = z.strictObject({
  parameters: networkDishParameters,
  sideUm: z.number().gt(0),
  xUm: singles,
  yUm: singles,
  rowStart: z.instanceof(Int32Array),
  post: z.instanceof(Int32Array),
  weight: singles,
  state: z.strictObject({ step: z.int().min(0), potential: floats, impulse: floats, stream: z.strictObject({ key: words, state: words }) }),
})
type SavedTissue = z.output<typeof savedTissue>

/** An index that leads nowhere would write beside the network. */
const checkColumns = ({ xUm, yUm, rowStart, post, weight, state: { potential, impulse } }: SavedTissue): void => {
  const units = xUm.length
  const synapses = post.length
  const rules = [
    ['xUm', xUm, { type: Float32Array, length: Math.max(1, units) }],
    ['yUm', yUm, { type: Float32Array, length: units }],
    ['rowStart', rowStart, { type: Int32Array, length: units + 1, below: synapses + 1 }],
    ['post', post, { type: Int32Array, length: synapses, below: units }],
    ['weight', weight, { type: Float32Array, length: synapses }],
    ['potential', potential, { type: Float64Array, length: units }],
    ['impulse', impulse, { type: Float64Array, length: units }],
  ] as const
  for (const [name, column, rule] of rules) {
    const fault = columnFault(column, rule)
    if (fault !== undefined) refuseSaved(`the column ${name} ${fault}`)
  }
}

const KIND: SoloKind<NetworkDish> = {
  save: (dish) => {
    const { parameters, network: { population: { sideUm, xUm, yUm }, rowStart, post, weight } } = dish
    return { parameters, sideUm, xUm, yUm, rowStart, post, weight, state: dish.state() }
  },
  restore: (saved) => {
    const tissue = readSaved(savedTissue, saved)
    checkColumns(tissue)
    const { parameters, sideUm, xUm, yUm, rowStart, post, weight, state } = tissue
    return new NetworkDish({ population: { neurons: xUm.length, sideUm, xUm, yUm }, rowStart, post, weight }, parameters, state)
  },
}

/** A batch of echo-state networks with the places, the wiring and the electrodes of cultures: no spiking dynamics, no adaptation, no plasticity. */
export class NetworkDishes extends ArrayedDishes<SoloTissues<NetworkDish>> {
  protected readonly kind = 'network'

  /**
   * One network a seed: that of the culture which `Dishes.grow` grows with these options.
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `rng/seed`, `time/not-a-multiple`, `loop/no-dish`, `culture/too-large`
   */
  static grow({ network, ...options }: NetworkDishesOptions, seeds: readonly number[]): NetworkDishes {
    const setting = readDishSetting(options)
    const parameters = readParameters(networkDishParameters, network, 'rate network')
    const culture: CultureOptions = options.culture ?? {}
    const grown = seeds.map((seed) => new NetworkDish(growRateNetwork(culture, parameters.spectralRadius, seed), parameters, { seed }))
    const dishes = new NetworkDishes(new SoloTissues(grown, KIND), setting)
    dishes.settle(setting.settleSeconds)
    return dishes
  }

  /** There is nothing to switch. */
  setPlasticity(): void {}

  protected restoreTissues(saved: readonly unknown[]): SoloTissues<NetworkDish> {
    return new SoloTissues(saved.map(KIND.restore), KIND)
  }

  protected withNoise(saved: unknown, seed: number): unknown {
    const tissue = readSaved(savedTissue, saved)
    return { ...tissue, state: { ...tissue.state, stream: noiseOf(seed).save() } }
  }
}
