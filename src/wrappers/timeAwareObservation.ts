/** TimeAwareObservation: the steps since the episode began beside the observation, so that a time limit can be seen coming. */
import { z } from 'zod'
import { defineWrapper, optionsOf, type AnyHooks, type EnvShape, type EnvSpec, type Hooks, type Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { readParameters } from '../parameters.js'
import { dtypes } from '../spaces/dtypes.js'
import { Box, Dict, flattenSpace, Tuple, type DType, type Space } from '../spaces/index.js'
import { outputArray } from './outputArray.js'
import { refuseSpace } from './refuseSpace.js'
import { readState } from './state.js'

const NAME = 'TimeAwareObservation'
const steps = z.int().positive().max(dtypes.int32.max)
const schema = z.strictObject({
  flatten: z.boolean().default(true),
  normalize: z.boolean().default(false),
  timeKey: z.string().default('time'),
  maxEpisodeSteps: steps.optional(),
})
const saved = z.strictObject({ next: z.int().min(0) })

/** Options of {@link timeAwareObservation}. */
export interface TimeAwareObservationOptions<F extends boolean, N extends boolean, K extends string> {
  /** True: one flat array, the time at its end. False: a Dict or Tuple with the time in it. @default true */
  readonly flatten?: F
  /** True: the time goes from 0 to 1, float32. False: it is a number of steps, int32. @default false */
  readonly normalize?: N
  /** The name of the time in a Dict. @default 'time' */
  readonly timeKey?: K
  /** The most steps an episode has. @default the shortest limit of the spec and of the TimeLimits in it */
  readonly maxEpisodeSteps?: number
}

/** The space of the time: a Box of one float32 or int32. */
export type TimeSpace<N extends boolean> = N extends true ? Box : Box<'int32'>

/** A space with the time in it: a Dict and a Tuple get one more part, everything else becomes a Dict. */
export type TimedSpace<OS extends Space, N extends boolean, K extends string> =
  OS extends Dict<infer S>
    ? Dict<S & { readonly [P in K]: TimeSpace<N> }>
    : OS extends Tuple<infer S>
      ? Tuple<readonly [...S, TimeSpace<N>]>
      : Dict<{ readonly observation: OS } & { readonly [P in K]: TimeSpace<N> }>

/** The same, flattened. */
export type FlatTimedSpace<OS extends Space, N extends boolean> = OS extends Box
  ? Box<N extends true ? 'float32' : 'float64'>
  : Box<DType>

const limitOf = ({ id, maxEpisodeSteps, wrappers = [] }: EnvSpec): number => {
  const limits = wrappers.filter(({ name }) => name === 'TimeLimit').map(({ options }) => options['maxEpisodeSteps'])
  const known = [maxEpisodeSteps, ...limits].filter((limit) => typeof limit === 'number')
  if (known.length > 0) return Math.min(...known)
  const expected = 'a time limit: maxEpisodeSteps among its options, or of the environment, or a TimeLimit inside'
  throw new Bl1Error('env/wrapper-space', { id, wrapper: NAME, expected, received: 'none' })
}

interface Timed {
  readonly space: Space
  readonly join: (observation: unknown, time: unknown) => unknown
}

const timed = (env: EnvShape, timeSpace: Space, timeKey: string): Timed => {
  const inner = env.observationSpace
  if (inner instanceof Tuple) {
    return { space: new Tuple([...inner.spaces, timeSpace]), join: (observation, time) => [...(observation as readonly unknown[]), time] }
  }
  const isDict = inner instanceof Dict
  const spaces: Readonly<Record<string, Space>> = isDict ? inner.spaces : { observation: inner }
  if (Object.hasOwn(spaces, timeKey)) refuseSpace(env, NAME, `observations without a part '${timeKey}' (see timeKey)`, inner)
  return {
    space: new Dict({ ...spaces, [timeKey]: timeSpace }),
    join: (observation, time) => (isDict ? { ...(observation as object), [timeKey]: time } : { observation, [timeKey]: time }),
  }
}

const hooksOf = (options: z.output<typeof schema>, env: EnvShape): AnyHooks => {
  const { flatten, normalize, timeKey, maxEpisodeSteps } = options
  const limit = maxEpisodeSteps ?? limitOf(env.spec)
  const timeSpace = normalize ? new Box({ low: 0, high: 1, shape: [1] }) : new Box({ low: 0, high: limit, shape: [1], dtype: 'int32' })
  const { space, join } = timed(env, timeSpace, timeKey)
  let next = 0
  /** The observation with the time in it; time stands still at the limit. */
  const withTime = (observation: unknown): unknown => {
    const time = normalize ? Float32Array.of(next / limit) : Int32Array.of(next)
    next = Math.min(next + 1, limit)
    return join(observation, time)
  }
  const hooks: AnyHooks = {
    wrapper: { name: NAME, options: optionsOf({ flatten, normalize, timeKey, maxEpisodeSteps }) },
    observationSpace: space,
    onReset: () => {
      next = 0
    },
    onObservation: withTime,
    save: () => ({ next }),
    load: (state) => {
      next = readState(NAME, saved, state).next
    },
  }
  if (!flatten) return hooks
  const flat = space.flat ?? refuseSpace(env, NAME, 'observations that can be flattened (or flatten: false)', env.observationSpace)
  const output = outputArray(flat.dtype, flat.length, env.reusesBuffers)
  const onObservation = (observation: unknown): unknown => {
    const out = output()
    flat.write(withTime(observation), out, 0)
    return out
  }
  return { ...hooks, observationSpace: flattenSpace(space), onObservation }
}

function factory<N extends boolean = false>(
  options?: TimeAwareObservationOptions<true, N, string>,
): <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, FlatTimedSpace<OS, N>, AS, I>
function factory<N extends boolean = false, const K extends string = 'time'>(
  options: TimeAwareObservationOptions<false, N, K> & { readonly flatten: false },
): <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, TimedSpace<OS, N, K>, AS, I>
function factory(options: TimeAwareObservationOptions<boolean, boolean, string> = {}): (env: never) => AnyHooks {
  const read = readParameters(schema, options, NAME)
  return (env: EnvShape) => hooksOf(read, env)
}

/**
 * Adds the time to the observation: the steps since the reset, 0 for the first observation, at most `maxEpisodeSteps`. It goes into a Dict
 * under `timeKey`, to the end of a Tuple, and with anything else into a Dict `{ observation, time }` (Gymnasium: `obs`); then all of it is
 * flattened unless `flatten` is false. The time is the last part; Gymnasium sorts it among the names of a Dict.
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv({}, { maxEpisodeSteps: 200 }), timeAwareObservation())
 * env.reset({ seed: 1 })
 * console.log(env.step(Float32Array.of(0)).observation[3]) // 1
 * const apart = wrap(new PendulumEnv(), timeAwareObservation({ flatten: false, normalize: true, maxEpisodeSteps: 2 }))
 * apart.reset({ seed: 1 })
 * console.log(apart.step(Float32Array.of(0)).observation.time[0]) // 0.5
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space` where no limit is known, or a Dict has that key already
 */
export const timeAwareObservation = defineWrapper(NAME, factory)
