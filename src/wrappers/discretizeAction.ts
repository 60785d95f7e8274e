/** DiscretizeAction: cuts continuous actions into a few choices. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Discrete, MultiDiscrete, type Box, type Member, type Space } from '../spaces/index.js'
import { actionOf, requireFiniteBox, type FloatType } from './boxActions.js'
import { refuseSpace } from './refuseSpace.js'

const NAME = 'DiscretizeAction'
const count = z.int().positive()
const schema = z.strictObject({
  bins: z.union([count, z.array(count)], { error: 'a whole number of 1 or more, or a list with one an element' }),
  multidiscrete: z.boolean().default(false),
})

/** Options of {@link discretizeAction}. */
export interface DiscretizeActionOptions {
  /** How many choices each element has: one number for all, or one an element in row-major order; 1 or more. */
  readonly bins: number | readonly number[]
  /** True: one choice an element (a MultiDiscrete). False: one number for all of them, the last element's choice fastest. @default false */
  readonly multidiscrete?: boolean
}

type OneChoice = <OS extends Space, D extends FloatType, I extends Info>(env: EnvShape<OS, Box<D>, I>) => Hooks<OS, Box<D>, I, OS, Discrete, I>
type Choices = <OS extends Space, D extends FloatType, I extends Info>(env: EnvShape<OS, Box<D>, I>) => Hooks<OS, Box<D>, I, OS, MultiDiscrete, I>

/** What both forms share: how many bins each element has, and the action of a choice for each. */
const cut = <OS extends Space, D extends FloatType>(env: EnvShape<OS, Box<D>>, bins: number | readonly number[]) => {
  const box = requireFiniteBox(env, NAME)
  const nvec = typeof bins === 'number' ? new Array<number>(box.size).fill(bins) : bins
  if (nvec.length !== box.size) return refuseSpace(env, NAME, `actions of as many elements as bins has (${nvec.length})`, box)
  const { low, high } = box
  // The middle of bin k of n equal ones: low + (k + 1/2) (high - low) / n
  const choose = (choiceOf: (element: number) => number): Member<Box<D>> =>
    actionOf(box, (i) => low[i] + ((choiceOf(i) + 0.5) * (high[i] - low[i])) / nvec[i])
  return { nvec, choose }
}

function build(options: DiscretizeActionOptions & { readonly multidiscrete: true }): Choices
function build(options: DiscretizeActionOptions & { readonly multidiscrete?: false }): OneChoice
function build(options: DiscretizeActionOptions): OneChoice | Choices {
  const { bins, multidiscrete } = readParameters(schema, options, NAME)
  const wrapper = { name: NAME, options: { bins, multidiscrete } }
  const choices: Choices = (env) => {
    const { nvec, choose } = cut(env, bins)
    return { wrapper, actionSpace: new MultiDiscrete({ nvec, shape: env.actionSpace.shape }), onAction: (each) => choose((i) => each[i]) }
  }
  const oneChoice: OneChoice = (env) => {
    const { nvec, choose } = cut(env, bins)
    // Element i counts up every stride[i] choices: the product of the bins of the elements after it.
    const stride = nvec.map((_, i) => nvec.slice(i + 1).reduce((all, n) => all * n, 1))
    return {
      wrapper,
      actionSpace: new Discrete<number>({ n: nvec.reduce((all, n) => all * n, 1) }),
      onAction: (choice) => choose((i) => Math.floor(choice / stride[i]) % nvec[i]),
    }
  }
  return multidiscrete ? choices : oneChoice
}

/**
 * The action space outside has `bins` choices for each element of the environment's actions: the middles of as many equal parts of its range.
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), discretizeAction({ bins: 5 })) // torques -1.6, -0.8, 0, 0.8 and 1.6 N m
 * env.reset({ seed: 1 })
 * console.log(env.actionSpace.n) // 5
 * const plain = new PendulumEnv()
 * plain.reset({ seed: 1 })
 * console.log(env.step(2).reward === plain.step(Float32Array.of(0)).reward) // true
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; when wrapping, `env/wrapper-space` for actions that are no finite Box of
 * float32 or float64 with as many elements as `bins`, `space/discrete` for more than 2^32 choices in all
 */
export const discretizeAction = defineWrapper(NAME, build)
