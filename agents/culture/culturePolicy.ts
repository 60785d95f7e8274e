/** One culture as a policy, for a loop of your own: observation in, action out. */
import { Bl1Error } from '../../src/errors.js'
import type { CultureOptions } from '../../src/culture/index.js'
import { Dishes, type DishesOptions } from '../../src/loop/index.js'
import type { MeaOptions } from '../../src/mea/index.js'
import { Rng } from '../../src/rng.js'
import { flatdim, type Member, type Space } from '../../src/spaces/index.js'
import type { Actor, StepOutcome } from '../actor.js'
import { startBackend } from '../backend.js'
import { ObservationRows, type ObservationScale } from '../observationRows.js'
import { cultureActor, type CultureActorOptions } from './actor.js'
import { CultureAgent } from './agent.js'
import type { CultureAgentOptions } from './parameters.js'

/** What a culture that plays is made from. */
export interface CulturePolicyOptions<OS extends Space, AS extends Space>
  extends Pick<CultureActorOptions, 'pauseMs' | 'answer' | 'replacement'> {
  /** The environment that is played, or its two spaces. */
  readonly env: { readonly observationSpace: OS; readonly actionSpace: AS }
  /** A trained agent; it stays the caller's. Left out: an untrained one, made from `parameters`, `mea` and the seed. */
  readonly agent?: CultureAgent
  readonly parameters?: CultureAgentOptions
  readonly mea?: MeaOptions
  readonly culture?: CultureOptions
  /** Latency, blind time, settling. */
  readonly dishes?: Omit<DishesOptions, 'culture' | 'mea'>
  /** Of the culture, of first weights and of all draws. */
  readonly seed: number
  /** The mode of each distribution in place of a draw. @default false */
  readonly greedy?: boolean
  /** As the agent was trained with. @default null */
  readonly observationScale?: ObservationScale
}

interface Parts<AS extends Space> {
  readonly agent: CultureAgent
  readonly ownsAgent: boolean
  readonly dishes: Dishes
  readonly actor: Actor
  readonly rows: ObservationRows
  readonly actionSpace: AS
  readonly greedy: boolean
}

const requireFit = (agent: CultureAgent, observationSpace: Space, actionSpace: Space): void => {
  if (!agent.actionSpace.equals(actionSpace)) {
    throw new Bl1Error('agents/action-space', { expected: JSON.stringify(agent.actionSpace), received: JSON.stringify(actionSpace) })
  }
  const width = flatdim(observationSpace)
  if (width === agent.observationWidth) return
  throw new Bl1Error('agents/observation', { expected: `${agent.observationWidth} numbers`, received: `${width}` })
}

/**
 * @example
 * ```ts
 * const policy = await CulturePolicy.grow({ env, culture: { neurons: 1000 }, seed: 7 })
 * let { observation } = env.reset({ seed: 1 })
 * policy.reset()
 * for (let step = 0; step < 1000; step++) {
 *   const result = env.step(policy.act(observation))
 *   policy.outcome(result)
 *   observation = result.observation
 *   if (isOver(result)) {
 *     observation = env.reset().observation
 *     policy.reset()
 *   }
 * }
 * policy.close()
 * ```
 */
export class CulturePolicy<OS extends Space = Space, AS extends Space = Space> {
  readonly #parts: Parts<AS>
  /** What the last step was: a row of each column. */
  readonly last: Readonly<Record<string, Float32Array>>

  private constructor(parts: Parts<AS>) {
    this.#parts = parts
    this.last = Object.fromEntries(parts.actor.columns.map(({ name, width }) => [name, new Float32Array(width)]))
  }

  /**
   * Grows a culture and lets it settle. Starts the backend 'auto' where none runs.
   * @throws Bl1Error `agents/action-space`, `agents/observation` where the agent does not fit the environment, `agents/rollout` for a scale
   * that does not, `agents/backend`, `space/flatten`, `rng/seed` and those of `new CultureAgent` and `Dishes.grow`
   */
  static async grow<OS extends Space, AS extends Space>(options: CulturePolicyOptions<OS, AS>): Promise<CulturePolicy<OS, AS>> {
    const { env, agent: given, parameters, mea, culture, dishes: clock, seed, greedy = false, observationScale = null } = options
    const { pauseMs = 0, answer, replacement } = options
    const rng = Rng.fromSeed(seed)
    await startBackend('auto')
    const rows = new ObservationRows(env.observationSpace, observationScale)
    const spec = { observationWidth: rows.width, actionSpace: env.actionSpace, ...(parameters && { parameters }), ...(mea && { mea }) }
    const agent = given ?? new CultureAgent(spec, rng.split('agent'))
    const ownsAgent = given === undefined
    let dishes: Dishes | undefined
    try {
      requireFit(agent, env.observationSpace, env.actionSpace)
      dishes = Dishes.grow({ ...clock, mea: agent.mea, ...(culture && { culture }) }, [seed])
      const actor = cultureActor({
        agent,
        dishes,
        rng: rng.split('actor'),
        pauseMs,
        ...(answer && { answer }),
        ...(replacement && { replacement }),
      })
      return new CulturePolicy({ agent, ownsAgent, dishes, actor, rows, actionSpace: env.actionSpace, greedy })
    } catch (error) {
      dishes?.close()
      if (ownsAgent) agent.dispose()
      throw error
    }
  }

  /** The agent around the culture. */
  get agent(): CultureAgent {
    return this.#parts.agent
  }

  /** The culture under its array: one dish. */
  get dishes(): Dishes {
    return this.#parts.dishes
  }

  /** Shows an observation to the culture, lets it live for a step and reads its action. @throws Bl1Error `agents/observation` */
  act(observation: Member<OS>): Member<AS> {
    const { actor, rows, actionSpace, agent, greedy } = this.#parts
    actor.act(rows.rowOf(observation), this.last, 0, greedy)
    const action = agent.codec.toAction(this.last['action'], 0)
    if (actionSpace.contains(action)) return action as Member<AS>
    throw new Bl1Error('agents/action-space', { expected: JSON.stringify(actionSpace), received: String(action) })
  }

  /** What came of the action: `answer` hears it. */
  outcome(outcome: StepOutcome): void {
    this.#parts.actor.outcome(0, outcome)
  }

  /** Before the first action of an episode. The culture lives on. */
  reset(): void {
    this.#parts.actor.reset(0)
  }

  /** Frees the culture, and the agent unless it was given. */
  close(): void {
    const { dishes, agent, ownsAgent } = this.#parts
    dishes.close()
    if (ownsAgent) agent.dispose()
  }
}
