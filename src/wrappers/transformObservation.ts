/** TransformObservation: a function of the observation. */
import { z } from 'zod'
import { defineWrapper, optionsOf, type AnyHooks, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Member, Space } from '../spaces/index.js'
import { functionJSON } from './named.js'
import { functionOption, spaceOption } from './options.js'

const NAME = 'TransformObservation'
const schema = z.strictObject({
  transform: functionOption<(observation: unknown) => unknown>(NAME),
  observationSpace: spaceOption().optional(),
})

/** Options of {@link transformObservation} where the observation stays in its space. */
export interface TransformWithinSpaceOptions<O> {
  /** The new observation of an old one, which stays as it is. Give it a name with `named` if the spec must rebuild it. */
  readonly transform: (observation: O) => NoInfer<O>
  readonly observationSpace?: undefined
}

/** Options of {@link transformObservation} where the observation gets a new space. */
export interface TransformToSpaceOptions<O, OS2 extends Space> {
  /** The new observation of an old one. Give it a name with `named` if the spec must rebuild it. */
  readonly transform: (observation: O) => Member<OS2>
  /** What the new observations are members of. */
  readonly observationSpace: OS2
}

function factory<O>(
  options: TransformWithinSpaceOptions<O>,
): <OS extends Space<O>, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I>
function factory<O, OS2 extends Space>(
  options: TransformToSpaceOptions<O, OS2>,
): <OS extends Space<O>, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, OS2, AS, I>
function factory(options: object): (env: EnvShape) => AnyHooks {
  const { transform, observationSpace } = readParameters(schema, options, NAME)
  const json = optionsOf({ transform: functionJSON(transform), observationSpace: observationSpace && { ...observationSpace.toJSON() } })
  return (env) => ({
    wrapper: { name: NAME, options: json },
    // Given in any case, so that the first observation is checked.
    observationSpace: observationSpace ?? env.observationSpace,
    onObservation: transform,
  })
}

/**
 * Replaces each observation by a function of it. Annotate the parameter of the function: its type must be that of the observations.
 *
 * @example
 * ```ts
 * const half = (angle: Float32Array) => angle.map((x) => x / 2)
 * const observationSpace = new Box({ low: [-0.5, -0.5, -4], high: [0.5, 0.5, 4] })
 * const env = wrap(new PendulumEnv(), transformObservation({ transform: half, observationSpace }))
 * console.log(env.reset({ options: { state: [0, 2] } }).observation[2]) // 1
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `wrapper/function`
 */
export const transformObservation = defineWrapper(NAME, factory)
