/** DtypeObservation: the same numbers in another element type. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { ArraySpace } from '../spaces/arraySpace.js'
import { dtypeNames, dtypes } from '../spaces/dtypes.js'
import { Box, Discrete, type DType, type Member, type MultiBinary, type MultiDiscrete, type Space } from '../spaces/index.js'
import { outputArray } from './outputArray.js'
import { refuseSpace } from './refuseSpace.js'

const NAME = 'DtypeObservation'
const schema = z.strictObject({ dtype: z.enum(dtypeNames) })

/** Options of {@link dtypeObservation}. */
export interface DtypeObservationOptions<D extends DType> {
  /** The new element type. */
  readonly dtype: D
}

/** Spaces of numbers, which can change their element type. */
export type NumberSpace = Box<DType> | Discrete | MultiDiscrete | MultiBinary

interface Numbers {
  readonly shape: readonly number[]
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
}

const numbersOf = (space: Space): Numbers | undefined => {
  if (space instanceof ArraySpace) return space
  return space instanceof Discrete ? { shape: [], low: [space.start], high: [space.start + space.n - 1] } : undefined
}

/**
 * Converts observations to another element type. Floats lose their fraction in an integer type, towards 0; large numbers are rounded in a
 * smaller float type. A Box, and the Boxes that a Discrete (shape []), MultiDiscrete and MultiBinary turn into, have their bounds converted
 * in the same way, and an integer type that cannot hold them is refused (Gymnasium lets them overflow, keeps a MultiDiscrete, and gives a
 * Discrete a bound of one too many).
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), dtypeObservation({ dtype: 'float64' }))
 * console.log(env.reset({ seed: 1 }).observation instanceof Float64Array) // true
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space`
 */
export const dtypeObservation = defineWrapper(NAME, <D extends DType>(options: DtypeObservationOptions<D>) => {
  // The schema's words are the names of the element types, and D is among them.
  const dtype = readParameters(schema, options, NAME).dtype as D
  return <OS extends NumberSpace, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I, Box<D>, AS, I> => {
    const space: Space = env.observationSpace
    const numbers = numbersOf(space)
    if (numbers === undefined) return refuseSpace(env, NAME, 'a Box, Discrete, MultiDiscrete or MultiBinary of observations', space)
    const { shape, low, high } = numbers
    const { integer, min, max, create } = dtypes[dtype]
    const fits = (bound: number): boolean => !integer || (Math.trunc(bound) >= min && Math.trunc(bound) <= max)
    const areHeld = Array.from(low).every(fits) && Array.from(high).every(fits)
    if (!areHeld) refuseSpace(env, NAME, `bounds from ${min} to ${max}, which ${dtype} can hold`, space)
    const lows = create(low.length)
    const highs = create(high.length)
    lows.set(low)
    highs.set(high)
    const next = outputArray(dtype, low.length, env.reusesBuffers)
    return {
      wrapper: { name: NAME, options: { dtype } },
      observationSpace: new Box({ low: lows, high: highs, shape, dtype }),
      onObservation: (observation: Member<OS>) => {
        const out = next()
        if (typeof observation === 'number') out[0] = observation
        else out.set(observation)
        return out
      },
    }
  }
})
