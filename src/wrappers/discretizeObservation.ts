/** DiscretizeObservation: bins instead of numbers, for tables of states. */
import { z } from 'zod'
import { defineWrapper, type AnyHooks, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Discrete, MultiDiscrete, type Box, type DType, type Space } from '../spaces/index.js'
import { outputArray } from './outputArray.js'
import { refuseSpace } from './refuseSpace.js'
import { requireBox } from './requireBox.js'

const NAME = 'DiscretizeObservation'
const count = z.int().positive()
const schema = z.strictObject({
  bins: z.union([count, z.array(count)], { error: 'a whole number of 1 or more, or one an element' }),
  multidiscrete: z.boolean().default(false),
})

/** Options of {@link discretizeObservation}. */
export interface DiscretizeObservationOptions<M extends boolean> {
  /** Bins between the bounds: one number for all elements, or one an element. 1 or more. */
  readonly bins: number | readonly number[]
  /** True: the bin of each element (MultiDiscrete). @default false: one number for all (Discrete), the last element counting in ones */
  readonly multidiscrete?: M
}

/** The edges between bins, as np.linspace(low, high, bins + 1) without its ends: computed in float32 for a Box of float32. */
const edgesOf = (low: number, high: number, bins: number, round: (x: number) => number): Float64Array => {
  const width = round(round(high - low) / bins)
  return Float64Array.from({ length: bins - 1 }, (_, i) => round(round((i + 1) * width) + low))
}

/** How many edges are at `value` or below: its bin, as np.digitize finds it. */
const binOf = (edges: Float64Array, value: number): number => {
  let [first, end] = [0, edges.length]
  while (first < end) {
    const middle = (first + end) >>> 1
    if (edges[middle] <= value) first = middle + 1
    else end = middle
  }
  return first
}

const hooksOf = (options: z.output<typeof schema>, env: EnvShape<Box<DType>>): AnyHooks => {
  const { bins, multidiscrete } = options
  const { size, shape, low, high, dtype } = requireBox(env, NAME)
  const nvec = typeof bins === 'number' ? new Array<number>(size).fill(bins) : bins
  const isBounded = low.every(Number.isFinite) && high.every(Number.isFinite)
  const fits = isBounded && nvec.length === size
  if (!fits) refuseSpace(env, NAME, `a Box with finite bounds and ${nvec.length} elements`, env.observationSpace)
  const states = nvec.reduce((product, n) => product * n, 1)
  // First the space, which refuses more bins than can be told apart.
  const observationSpace = multidiscrete ? new MultiDiscrete({ nvec, shape }) : new Discrete<number>({ n: states })
  const edges = nvec.map((n, i) => edgesOf(low[i], high[i], n, dtype === 'float32' ? Math.fround : Number))
  const common = { wrapper: { name: NAME, options: { ...options } }, observationSpace }
  if (multidiscrete) {
    const next = outputArray('int32', size, env.reusesBuffers)
    const onObservation = (observation: ArrayLike<number>): Int32Array => {
      const out = next()
      for (let i = 0; i < size; i++) out[i] = binOf(edges[i], observation[i])
      return out
    }
    return { ...common, onObservation }
  }
  const stateOf = (observation: ArrayLike<number>): number =>
    edges.reduce((index, between, i) => index * nvec[i] + binOf(between, observation[i]), 0)
  return { ...common, reusesBuffers: false, onObservation: stateOf }
}

function factory(
  options: DiscretizeObservationOptions<false>,
): <D extends DType, AS extends Space, I extends Info>(env: EnvShape<Box<D>, AS, I>) => Hooks<Box<D>, AS, I, Discrete, AS, I>
function factory(
  options: DiscretizeObservationOptions<true>,
): <D extends DType, AS extends Space, I extends Info>(env: EnvShape<Box<D>, AS, I>) => Hooks<Box<D>, AS, I, MultiDiscrete, AS, I>
function factory(options: DiscretizeObservationOptions<boolean>): (env: never) => AnyHooks {
  const read = readParameters(schema, options, NAME)
  return (env: EnvShape<Box<DType>>) => hooksOf(read, env)
}

/**
 * Divides the range of each element into bins of equal width. A bin holds its lower edge, the last one both. The number of a state is that
 * of its bins in row-major order: with `bins: [3, 4]`, bins 2 and 1 are state 2 * 4 + 1.
 *
 * @example
 * ```ts
 * const env = wrap(new MountainCarEnv(), discretizeObservation({ bins: [18, 14] }))
 * console.log(env.observationSpace.n) // 252
 * console.log(env.reset({ options: { state: [-0.5, 0] } }).observation) // 105
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space` for infinite bounds or another number of elements,
 * `space/discrete` for more than 2^32 states
 */
export const discretizeObservation = defineWrapper(NAME, factory)
