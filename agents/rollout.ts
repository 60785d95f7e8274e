/** The steps of all environments between two updates, in arrays that are allocated once. */
import type { EndReason } from '../src/env/index.js'
import { Bl1Error } from '../src/errors.js'
import type { Column } from './policy.js'

/** What a rollout holds. */
export interface RolloutShape {
  /** Steps of each environment. */
  readonly steps: number
  readonly envs: number
  /** What is kept of each step: the policy's columns. */
  readonly columns: readonly Column[]
}

/** A step that was the last of a truncated episode. */
export interface TruncatedRow {
  readonly row: number
  /** What was seen after it: what the future is worth is read from here. */
  readonly observation: Float32Array
}

/** An episode that ended within a rollout; it may have begun in an earlier one. */
export interface FinishedEpisode {
  readonly env: number
  /** Sum of the environment's own rewards, undiscounted. */
  readonly return: number
  readonly length: number
  readonly endReason: EndReason | undefined
}

const requireCount = (name: string, value: number): number => {
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new Bl1Error('agents/rollout', { expected: `a whole number of ${name}, 1 or more`, received: String(value) })
}

/**
 * One row a step of an environment: row = step * envs + env.
 *
 * @example
 * ```ts
 * const rollout = new Rollout({ steps: 128, envs: 8, columns: policy.columns })
 * await collector.collect(rollout)
 * rollout.data['observation'] // 1,024 rows one after the other
 * ```
 */
export class Rollout {
  readonly steps: number
  readonly envs: number
  /** steps * envs */
  readonly rows: number
  readonly columns: readonly Column[]
  /** Of each column its rows one after the other. */
  readonly data: Readonly<Record<string, Float32Array>>
  /** The environments' own rewards. */
  readonly rewards: Float32Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
  /** The observation after the last step, a row an environment: where an episode has ended there, the first of the next. */
  readonly next: Float32Array
  /** The rows that were truncated, in order. */
  readonly finals: TruncatedRow[] = []
  /** The episodes that ended, in order. */
  readonly episodes: FinishedEpisode[] = []

  /** @throws Bl1Error `agents/rollout` for no steps, no environments, or columns without 'observation' */
  constructor({ steps, envs, columns }: RolloutShape) {
    this.steps = requireCount('steps', steps)
    this.envs = requireCount('environments', envs)
    this.rows = steps * envs
    this.columns = columns
    const observation = columns.find(({ name }) => name === 'observation')
    if (observation === undefined) {
      const received = columns.map(({ name }) => name).join(', ')
      throw new Bl1Error('agents/rollout', { expected: "a column 'observation'", received: received === '' ? 'no column' : received })
    }
    this.data = Object.fromEntries(columns.map(({ name, width }) => [name, new Float32Array(this.rows * width)]))
    this.rewards = new Float32Array(this.rows)
    this.terminated = new Uint8Array(this.rows)
    this.truncated = new Uint8Array(this.rows)
    this.next = new Float32Array(envs * observation.width)
  }

  /** Forgets what was collected: the arrays are written again from the first row. */
  clear(): void {
    this.finals.length = 0
    this.episodes.length = 0
  }
}
