/** DelayObservation: what is seen is some steps old, as in a closed loop with latency. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { valueFromJSON, valueToJSON, type Member, type Space } from '../spaces/index.js'
import { keptValue } from './copyValue.js'
import { readState } from './state.js'
import { zeroValue } from './zeroValue.js'

const NAME = 'DelayObservation'
const schema = z.strictObject({ steps: z.int().min(0) })

/** Options of {@link delayObservation}. */
export interface DelayObservationOptions {
  /** How many steps an observation is late: 0 or more. */
  readonly steps: number
}

/**
 * Shows each observation `steps` steps late. Until the first one arrives, the member of the space nearest to zero is shown, as in
 * Gymnasium. Rewards and the end of an episode are not late, so the last `steps` observations of an episode are never shown.
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), delayObservation({ steps: 1 }))
 * console.log(env.reset({ options: { state: [0, 4] } }).observation.join(' ')) // 0 0 0
 * console.log(env.step(Float32Array.of(0)).observation.join(' ')) // 1 0 4
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space`
 */
export const delayObservation = defineWrapper(NAME, (options: DelayObservationOptions) => {
  const { steps } = readParameters(schema, options, NAME)
  const saved = z.strictObject({ underWay: z.array(z.json()).max(steps) })
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => {
    const space = env.observationSpace
    const zero = zeroValue(env, NAME)
    let underWay: Member<OS>[] = []
    return {
      wrapper: { name: NAME, options: { steps } },
      // Kept observations are copies where the environment writes its own again.
      reusesBuffers: false,
      onReset: () => {
        underWay = []
      },
      onObservation: (observation) => {
        underWay.push(keptValue(observation, env.reusesBuffers))
        const arrived = underWay.length > steps ? underWay.shift() : undefined
        return arrived ?? zero()
      },
      save: () => ({ underWay: underWay.map((observation) => valueToJSON(space, observation)) }),
      load: (state) => {
        underWay = readState(NAME, saved, state).underWay.map((json) => valueFromJSON(space, json))
      },
    }
  }
})
