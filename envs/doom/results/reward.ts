/** The reward of a step: the sum of its terms, each a weight times what happened. */
import type { Counters, DoomEventName } from './events.js'
import type { DoomReward } from './rewardParameters.js'

/** What a reward is computed from. */
export interface RewardedStep {
  /** What happened, by name: 0 for what did not. */
  readonly sizes: Readonly<Record<DoomEventName, number>>
  /** The reward that the engine gave. */
  readonly engineReward: number
  /** The counters at the observations before and after the step. */
  readonly before: Counters
  readonly after: Counters
  /** Whether the engine ended the episode. */
  readonly isLast: boolean
}

type TermName = Exclude<keyof DoomReward, 'original'>

/** The amounts that the weights multiply. */
const amountsOf = (step: RewardedStep, original: boolean): Record<TermName, number> => {
  const { sizes, engineReward, before, after, isLast } = step
  const amounts = { ...sizes, engine: engineReward, remainingHealth: isLast ? Math.max(0, after['HEALTH']) : 0 }
  if (!original) return amounts
  const loss = (name: string): number => Math.max(0, before[name] - after[name])
  return {
    ...amounts,
    // The trainer reads health from the state, and the state of a finished episode is none: its last reading is the one before.
    damageTaken: isLast ? 0 : loss('HEALTH'),
    remainingHealth: isLast ? before['HEALTH'] : 0,
    ammoUsed: loss('SELECTED_WEAPON_AMMO'),
  }
}

const isTerm = (name: string): name is TermName => name !== 'original'

/** Computes rewards by one set of weights. */
export class Rewarder {
  readonly #weights: DoomReward
  readonly #terms: readonly TermName[]

  constructor(weights: DoomReward) {
    this.#weights = weights
    this.#terms = Object.keys(weights).filter(isTerm).filter((name) => weights[name] !== 0)
  }

  /** Each term of weight other than 0 with what it gives; the reward is their sum. */
  terms(step: RewardedStep): Record<string, number> {
    const amounts = amountsOf(step, this.#weights.original)
    // + 0 makes 0 of -0, which JSON cannot carry.
    return Object.fromEntries(this.#terms.map((name) => [name, this.#weights[name] * amounts[name] + 0]))
  }
}
