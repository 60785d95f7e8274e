/** Hands rewards to the culture: those of the policy after an outcome, or those of a script at their times. */
import { Bl1Error } from '../errors.js'
import type { FeedbackPolicy, GameOutcome, ScriptedReward } from '../feedback/index.js'
import type { Substrate } from './types.js'

export class Rewarding {
  /** Every reward so far. */
  readonly given: ScriptedReward[] = []
  readonly #policy: FeedbackPolicy
  readonly #culture: Substrate
  #nextScripted = 0

  /** @throws Bl1Error `loop/no-reward` where the policy rewards a dish that knows no reward */
  constructor(policy: FeedbackPolicy, culture: Substrate) {
    this.#policy = policy
    this.#culture = culture
    const rewards = policy.rewardFor !== undefined || policy.script.rewards.length > 0
    if (rewards && culture.reward === undefined) throw new Bl1Error('loop/no-reward', { policy: policy.name })
  }

  /** Gives the scripted rewards that are due. */
  replay(playMs: number): void {
    const { rewards } = this.#policy.script
    for (; this.#nextScripted < rewards.length && rewards[this.#nextScripted].startMs <= playMs; this.#nextScripted++) {
      this.#give(rewards[this.#nextScripted].amount, playMs)
    }
  }

  /** Lets the policy reward an outcome. */
  respond(outcome: GameOutcome, playMs: number): void {
    const amount = this.#policy.rewardFor?.(outcome) ?? 0
    if (amount !== 0) this.#give(amount, playMs)
  }

  #give(amount: number, playMs: number): void {
    this.#culture.reward?.(amount)
    this.given.push({ startMs: playMs, amount })
  }
}
