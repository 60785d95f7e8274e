/** An ordinary agent without a culture: a network chooses, another judges. */
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { rngJSON, saveRng } from '../src/env/index.js'
import { Bl1Error } from '../src/errors.js'
import { group, readParameters, type InputOf } from '../src/parameters.js'
import { Rng } from '../src/rng.js'
import type { Space } from '../src/spaces/index.js'
import type { Actor } from './actor.js'
import { mlpCritic } from './critic.js'
import { distributionFor, type ActionCodec, type ActionDistribution } from './distributions/index.js'
import { numbersOf } from './gradient.js'
import { loadVariables, mlp, networkParameters, saveVariables, type Network } from './networks/index.js'
import type { Column, Columns, Critic, Evaluation, ParameterGroup, Policy, SavedPolicy } from './policy.js'

const savedPolicy = z.strictObject({ weights: z.unknown() })

/** What a network policy is made of. */
export interface NetworkPolicyParts {
  /** Reads observations; as many outputs as the distribution has inputs. */
  readonly network: Network
  readonly distribution: ActionDistribution
}

/** A policy that is a network: observation -> network -> distribution of the action. */
export class NetworkPolicy implements Policy {
  readonly columns: readonly Column[]
  readonly groups: readonly ParameterGroup[]
  readonly network: Network
  readonly distribution: ActionDistribution

  /** @throws Bl1Error `agents/architecture` where the network's outputs are not what the distribution reads */
  constructor({ network, distribution }: NetworkPolicyParts) {
    if (network.outputs !== distribution.inputs) {
      throw new Bl1Error('agents/architecture', {
        expected: `a network with ${distribution.inputs} outputs for the ${distribution.name} distribution`,
        received: `one with ${network.outputs}`,
      })
    }
    this.network = network
    this.distribution = distribution
    this.columns = [
      { name: 'observation', width: network.inputs },
      { name: 'action', width: distribution.width },
    ]
    this.groups = [{ name: 'policy', variables: [...network.variables, ...distribution.variables], learningRateScale: 1 }]
  }

  /** The distribution's prepared row of each observation. Call it inside `tf.tidy`. */
  prepare(observations: tf.Tensor2D): tf.Tensor2D {
    return this.distribution.prepare(this.network.apply(observations))
  }

  evaluate(batch: Columns): Evaluation {
    const prepared = this.prepare(batch['observation'])
    return { logProbability: this.distribution.logProbability(prepared, batch['action']), entropy: this.distribution.entropy(prepared) }
  }

  /** Nothing is renewed: all it knows is in its weights. */
  afterUpdate(): void {}

  /** The weights. */
  save(): SavedPolicy {
    return { weights: saveVariables(this.#variables()) }
  }

  load(saved: unknown): void {
    const result = savedPolicy.safeParse(saved)
    if (!result.success) throw new Bl1Error('agents/saved', { what: 'policy', reason: result.error.issues[0].message })
    loadVariables(this.#variables(), result.data.weights)
  }

  dispose(): void {
    this.network.dispose()
    tf.dispose([...this.distribution.variables])
  }

  #variables(): tf.Variable[] {
    return this.groups.flatMap(({ variables }) => [...variables])
  }
}

const savedActor = z.strictObject({ streams: z.array(rngJSON) })

class NetworkActor implements Actor {
  readonly columns: readonly Column[]
  readonly seconds = { policy: 0, culture: 0 }
  readonly #policy: NetworkPolicy
  readonly #rng: Rng
  readonly #streams: Rng[] = []

  constructor(policy: NetworkPolicy, rng: Rng) {
    this.#policy = policy
    this.#rng = rng
    this.columns = policy.columns.filter(({ name }) => name === 'action')
  }

  act(observations: Float32Array, into: Readonly<Record<string, Float32Array>>, firstRow: number, greedy: boolean): void {
    const began = performance.now()
    const { network, distribution } = this.#policy
    const count = observations.length / network.inputs
    const prepared = numbersOf(() => this.#policy.prepare(tf.tensor2d(observations, [count, network.inputs])))
    for (let env = 0; env < count; env++) {
      if (greedy) distribution.mode(prepared, env, into['action'], firstRow + env)
      else distribution.sample(prepared, env, this.#streamOf(env), into['action'], firstRow + env)
    }
    this.seconds.policy += (performance.now() - began) / 1000
  }

  /** It learns from rollouts only. */
  outcome(): void {}

  reset(env: number, seed?: number): void {
    if (seed !== undefined) this.#streams[env] = Rng.fromSeed(seed).split('actor')
  }

  /** The weights. */
  save(): unknown {
    return { streams: Array.from(this.#streams, (_, env) => saveRng(this.#streamOf(env))) }
  }

  load(saved: unknown): void {
    const result = savedActor.safeParse(saved)
    if (!result.success) throw new Bl1Error('agents/saved', { what: 'actor', reason: result.error.issues[0].message })
    this.#streams.length = 0
    this.#streams.push(...result.data.streams.map((stream) => Rng.load(stream)))
  }

  #streamOf(env: number): Rng {
    this.#streams[env] ??= this.#rng.split(`env/${env}`)
    return this.#streams[env]
  }
}

/** Acts with a network policy. @param rng each environment draws from a stream of its own */
export const networkActor = (policy: NetworkPolicy, rng: Rng): Actor => new NetworkActor(policy, rng)

/** The two networks of an ordinary agent. */
export const actorCriticParameters = group({ policy: networkParameters, critic: networkParameters }, 'the networks of an agent without a culture')

/** What `actorCritic` makes. */
export interface ActorCritic {
  readonly policy: NetworkPolicy
  readonly critic: Critic
  /** Turns action rows into members of the action space. */
  readonly codec: ActionCodec
}

/**
 * Policy, critic and codec for flat observations and an action space: two multilayer perceptrons that share nothing. The policy's last layer
 * starts with gain 0.01, so that at first all actions are alike.
 *
 * @example
 * ```ts
 * const { policy, critic, codec } = actorCritic(flatdim(vec.singleObservationSpace), vec.singleActionSpace, {}, rng.split('networks'))
 * const learner = ppo(policy, critic, {}, rng.split('learner'))
 * ```
 * @throws Bl1Error `agents/action-space`, `parameter/invalid`, `parameter/unknown`
 */
export const actorCritic = (observationWidth: number, actionSpace: Space, options: InputOf<typeof actorCriticParameters>, rng: Rng): ActorCritic => {
  const settings = readParameters(actorCriticParameters, options, 'actorCritic')
  const { distribution, codec } = distributionFor(actionSpace)
  const widths = { name: 'policy', inputs: observationWidth, outputs: distribution.inputs, outputGain: 0.01 }
  const network = mlp({ ...widths, ...settings.policy }, rng.split('policy'))
  return { policy: new NetworkPolicy({ network, distribution }), critic: mlpCritic(observationWidth, settings.critic, rng.split('critic')), codec }
}
