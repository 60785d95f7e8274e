/** TransformAction: a function of the action. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info, type JsonObject } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Member, Space } from '../spaces/index.js'
import { functionJSON } from './named.js'
import { functionOption, spaceOption } from './options.js'

const NAME = 'TransformAction'

/** Options of {@link transformAction} where the actions outside are of the space inside. */
export interface TransformActionOptions<A> {
  /** The environment's action for the one given. Give it a name with `named` if the spec must rebuild it. */
  readonly transform: (action: A) => NoInfer<A>
}

/** Options of {@link transformAction} where the actions outside are of another space. */
export interface TransformActionSpaceOptions<A, S extends Space> {
  /** The environment's action for the one given. Give it a name with `named` if the spec must rebuild it. */
  readonly transform: (action: Member<S>) => A
  /** The space of the actions outside. */
  readonly actionSpace: S
}

const schemaOf = <A, S extends Space>() =>
  z.strictObject({ transform: functionOption<(action: Member<S>) => A>(NAME), actionSpace: spaceOption<S>().optional() })

/** A space that takes what the function returns; a method, so that one of several members (0 or 1 of all numbers) will do. */
type Taking<A> = Space & { valueToJSON(value: A): unknown }

/** What the wrapper does to the environment: the same actions outside, or those of `S`. */
type SameActions<A> = <OS extends Space, AS extends Taking<A>, I extends Info>(env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I>
type OtherActions<A, S extends Space> = <OS extends Space, AS extends Taking<A>, I extends Info>(
  env: EnvShape<OS, AS, I>,
) => Hooks<OS, AS, I, OS, S, I>

// First what asks for more: the compiler settles the type of the function's parameter with the first form that may fit.
function build<A, S extends Space>(options: TransformActionSpaceOptions<A, S>): OtherActions<A, S>
function build<A>(options: TransformActionOptions<A>): SameActions<A>
function build<A, S extends Space>(options: object): OtherActions<A, S> {
  const { transform, actionSpace } = readParameters(schemaOf<A, S>(), options, NAME)
  const spec: JsonObject = { transform: functionJSON(transform), ...(actionSpace === undefined ? {} : { actionSpace: { ...actionSpace.toJSON() } }) }
  return <OS extends Space, AS extends Taking<A>, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I, OS, S, I> => ({
    wrapper: { name: NAME, options: spec },
    ...(actionSpace === undefined ? {} : { actionSpace }),
    // The space inside holds actions of type A; the compiler cannot see that through the type parameter.
    onAction: (action) => transform(action) as Member<AS>,
  })
}

/**
 * Gives the environment a function of each action. With `actionSpace`, the actions outside are of that space.
 *
 * @example
 * ```ts
 * const mirrored = wrap(new CartPoleEnv(), transformAction({ transform: (action: number) => 1 - action }))
 * const named = wrap(new CartPoleEnv(), transformAction({
 *   transform: (push) => (push === 'left' ? 0 : 1),
 *   actionSpace: new Text({ minLength: 4, maxLength: 5 }),
 * }))
 * const plain = new CartPoleEnv()
 * for (const env of [mirrored, named, plain]) env.reset({ seed: 1 })
 * console.log(mirrored.step(0).observation[1] === named.step('right').observation[1]) // true
 * console.log(plain.step(1).observation[1] > 0) // true
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `wrapper/function`
 */
export const transformAction = defineWrapper(NAME, build)
