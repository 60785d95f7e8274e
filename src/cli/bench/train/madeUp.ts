/** A policy, a critic and a rollout of made-up numbers: what an update costs does not depend on where they come from. */
import * as agents from '../../../../agents/index.js'
import { Rng } from '../../../rng.js'
import { Discrete } from '../../../spaces/index.js'
import type { UpdateSetup } from './setup.js'

/** What is updated. */
export interface MadeUp {
  readonly policy: agents.Policy
  readonly critic: agents.Critic
  readonly rollout: agents.Rollout
  /** What a policy knows beside its weights, for the other side. */
  readonly constants: readonly NamedNumbers[]
}

/** Numbers under a name, row by row. */
export interface NamedNumbers {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

/** One episode in so many steps ends. */
const EPISODE_STEPS = 100
const LARGEST_COUNT = 4

const row = (name: string, values: ArrayLike<number>): NamedNumbers => ({ name, shape: [values.length], values })

const culturePolicy = (setup: UpdateSetup & { readonly policy: 'culture' }, rng: Rng): Pick<MadeUp, 'policy' | 'constants'> & { readonly agent: agents.CultureAgent } => {
  const agent = new agents.CultureAgent(
    {
      observationWidth: setup.observationWidth,
      actionSpace: new Discrete({ n: setup.choices }),
      parameters: {
        encoder: {
          hidden: [...setup.hidden], channels: [...setup.encoding], lowestRateHz: 10, highestRateHz: 10, lowestCurrentUa: 0, highestCurrentUa: 3, gridMs: 100,
        },
      },
    },
    rng,
  )
  const { stimulation, moments } = agent
  const constants = [
    row('stimulationLow', stimulation.low),
    row('stimulationHigh', stimulation.high),
    row('featureMeans', moments.means),
    // Of moments that have seen nothing yet.
    row('featureGains', new Float32Array(moments.width).fill(1)),
  ]
  return { policy: agent, agent, constants }
}

/** Needs a backend that is started. */
export const makeUp = (setup: UpdateSetup): MadeUp => {
  const rng = Rng.fromSeed(setup.seed)
  const network = { hidden: setup.hidden, activation: setup.policy === 'culture' ? 'silu' : 'tanh' } as const
  const data = rng.split('data')
  const fill = (values: Float32Array, draw: (k: number) => number): void => {
    for (let k = 0; k < values.length; k++) values[k] = draw(k)
  }
  const rolloutOf = (policy: agents.Policy): agents.Rollout => {
    const rollout = new agents.Rollout({ envs: setup.envs, steps: setup.steps, columns: policy.columns })
    fill(rollout.data['observation'], () => data.normal())
    fill(rollout.data['action'], () => data.integer(setup.choices))
    fill(rollout.rewards, () => data.normal())
    fill(rollout.next, () => data.normal())
    for (let k = 0; k < rollout.rows; k++) rollout.terminated[k] = data.integer(EPISODE_STEPS) === 0 ? 1 : 0
    return rollout
  }
  if (setup.policy === 'network') {
    const space = new Discrete({ n: setup.choices })
    const { policy, critic } = agents.actorCritic(setup.observationWidth, space, { policy: network, critic: network }, rng.split('networks'))
    return { policy, critic, rollout: rolloutOf(policy), constants: [] }
  }
  const { policy, agent, constants } = culturePolicy(setup, rng.split('agent'))
  const rollout = rolloutOf(policy)
  const { low, high, width } = agent.stimulation
  fill(rollout.data['stimulation'], (k) => data.between(low[k % width], high[k % width]))
  fill(rollout.data['spikes'], () => data.integer(LARGEST_COUNT + 1))
  return { policy, critic: agents.mlpCritic(setup.observationWidth, network, rng.split('critic')), rollout, constants }
}
