/** Reward-modulated STDP in the reference engine: on its own clock, what pairs have marked turns into weight by the dopamine of the moment. */
import type { Network } from '../network.js'
import type { CultureParameters } from '../parameters.js'
import { faded, rewardConstants, rewardCredit, rewarded, type RewardConstants } from '../plasticity.js'
import type { CultureState } from '../state.js'

/** Changes `weight`, `eligibility` and `dopamine` of a state at the end of each interval. */
export class Reinforcement {
  readonly #state: CultureState
  readonly #network: Network
  readonly #weightCap: number
  readonly #constants: RewardConstants

  constructor(state: CultureState, network: Network, parameters: CultureParameters) {
    this.#state = state
    this.#network = network
    this.#weightCap = parameters.stdp.weightCap
    this.#constants = rewardConstants(parameters)
  }

  /**
   * Ends the step. Where an interval ends with it: w <- w + c credit, c <- c e_c, d <- d e_d. What an interval brings, marks and rewards,
   * counts from its beginning.
   */
  after(step: number): void {
    const constants = this.#constants
    if ((step + 1) % constants.intervalSteps !== 0) return
    const { weight, eligibility } = this.#state
    const { post, weightScale } = this.#network
    const credit = rewardCredit(this.#state.dopamine, constants)
    for (let row = 0; row < eligibility.length; row++) {
      weight[row] = rewarded(weight[row], eligibility[row] * credit, this.#weightCap * weightScale[post[row]])
      eligibility[row] = faded(eligibility[row], constants.eligibilityKeep)
    }
    this.#state.dopamine = faded(this.#state.dopamine, constants.dopamineKeep)
  }
}
