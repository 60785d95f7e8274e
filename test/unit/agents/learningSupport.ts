/** What the tests of learning share: an environment without chance, and ready-made parts around it. */
import { actorCritic, Collector, networkActor, ppo, Rollout, type ActorCritic, type Learner, type PpoOptions } from '../../../agents/index.js'
import { BaseEnv, type StepResult } from '../../../src/env/index.js'
import { Rng } from '../../../src/rng.js'
import { Box, Discrete } from '../../../src/spaces/index.js'
import { SyncVectorEnv } from '../../../src/vector/index.js'

/** Observes [steps of the episode, seed below 1,000]; a reward of 1 for action 1; terminates or is truncated after `length` steps. It cannot be saved. */
export class CountingEnv extends BaseEnv<Box, Discrete> {
  readonly #end: { readonly length: number; readonly terminates: boolean; readonly reward: number }

  constructor(end: { readonly length: number; readonly terminates: boolean; readonly reward?: number }) {
    super({
      spec: { id: 'Counting-v0', options: {} },
      observationSpace: new Box({ low: 0, high: 1000, shape: [2], dtype: 'float32' }),
      actionSpace: new Discrete({ n: 2 }),
    })
    this.#end = { reward: 1, ...end }
  }

  protected onReset(): { readonly observation: Float32Array; readonly info: Record<string, never> } {
    return { observation: this.#observe(), info: {} }
  }

  protected onStep(action: number): StepResult<Float32Array> {
    const { length, terminates, reward } = this.#end
    const over = this.life.steps + 1 >= length
    const info = over ? ({ endReason: terminates ? 'goal' : 'timeLimit' } as const) : {}
    return { observation: this.#observe(1), reward: action === 1 ? reward : 0, terminated: over && terminates, truncated: over && !terminates, info }
  }

  #observe(ahead = 0): Float32Array {
    return Float32Array.of(this.life.steps + ahead, this.rng.integer(1000))
  }
}

/** A small agent for `CountingEnv`, and all that trains it. */
export interface SmallParts extends ActorCritic {
  readonly vec: SyncVectorEnv
  readonly collector: Collector
  readonly rollout: Rollout
  readonly learner: Learner
}

const SMALL = { hidden: [4] }

/** Two observed numbers, two actions, hidden layers of four. */
export const smallParts = (vec: SyncVectorEnv, seed: number, steps: number, options: PpoOptions = {}): SmallParts => {
  const rng = Rng.fromSeed(seed)
  const width = vec.singleObservationSpace.flat?.length ?? 0
  const agent = actorCritic(width, vec.singleActionSpace, { policy: SMALL, critic: SMALL }, rng.split('networks'))
  const collector = new Collector({ vec, actor: networkActor(agent.policy, rng.split('actor')), codec: agent.codec, seed })
  const rollout = new Rollout({ steps, envs: vec.count, columns: agent.policy.columns })
  return { ...agent, vec, collector, rollout, learner: ppo(agent.policy, agent.critic, options, rng.split('learner')) }
}

/** `count` counting environments. */
export const countingVector = (count: number, length: number, terminates: boolean, reward = 1): SyncVectorEnv =>
  new SyncVectorEnv(Array.from({ length: count }, () => () => new CountingEnv({ length, terminates, reward })))
