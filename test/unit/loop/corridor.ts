/** A small game with three heads for the tests of the stepped loop: walk to the end of a corridor, past a beast that bites. */
import { BaseAsyncEnv, BaseEnv, type StepResult } from '../../../src/env/index.js'
import type { GameHappening } from '../../../src/feedback/index.js'
import { channelRateEncoder, groupDecoder, SteppedLoop, type GroupDecoder, type SteppedInfo, type SteppedLoopParts } from '../../../src/loop/index.js'
import type { Encoder, Substrate } from '../../../src/loop/index.js'
import { gradedNoFeedback, type GradedPolicy } from '../../../src/feedback/index.js'
import type { Rng } from '../../../src/rng.js'
import { Box, MultiDiscrete } from '../../../src/spaces/index.js'

const LENGTH = 8
const observationSpace = () => new Box({ low: 0, high: 1, shape: [3], dtype: 'float32' })
/** move: none, forward, back; turn: none, left, right (of no use here); attack: none, attack. */
const actionSpace = () => new MultiDiscrete({ nvec: [3, 3, 2] })

/** The rules. Bites cost 2 a step beside the beast, a kill brings 5, a blow at nothing costs 1, the end of the corridor brings 10. */
class Rules {
  position = 0
  beast = 0
  alive = true
  readonly observation = new Float32Array(3)

  begin(rng: Rng): Float32Array {
    this.position = 0
    this.beast = 2 + rng.integer(LENGTH - 3)
    this.alive = true
    return this.look()
  }

  look(): Float32Array {
    const distance = Math.abs(this.beast - this.position)
    this.observation.set([this.position / LENGTH, this.alive ? 1 - distance / LENGTH : 0, this.alive ? 1 : 0])
    return this.observation
  }

  act([move, , attack]: Int32Array): StepResult<Float32Array, SteppedInfo> {
    const events: GameHappening[] = []
    let reward = 0
    const isNear = () => this.alive && Math.abs(this.beast - this.position) <= 1
    if (attack === 1) {
      if (isNear()) {
        this.alive = false
        reward += 5
        events.push({ name: 'kill', size: 1 })
      } else {
        reward -= 1
        events.push({ name: 'ammoWasted', size: 1 })
      }
    }
    if (move !== 0) this.position = Math.max(0, this.position + (move === 1 ? 1 : -1))
    if (isNear()) {
      reward -= 2
      events.push({ name: 'damageTaken', size: 2 })
    }
    const terminated = this.position >= LENGTH
    if (terminated) reward += 10
    return { observation: this.look(), reward, terminated, truncated: false, info: terminated ? { events, endReason: 'goal' } : { events } }
  }
}

const settings = (maxEpisodeSteps: number) => ({
  spec: { id: 'Corridor-v0', options: {}, maxEpisodeSteps },
  observationSpace: observationSpace(),
  actionSpace: actionSpace(),
})

/** The game, at once. `spoil` may change what a step returns. */
export class Corridor extends BaseEnv<Box, MultiDiscrete, SteppedInfo> {
  readonly #rules = new Rules()
  readonly #spoil: (step: StepResult<Float32Array, SteppedInfo>) => StepResult<Float32Array, SteppedInfo>
  readonly #begun: (seed: number) => void

  constructor({
    maxEpisodeSteps = 40,
    spoil = (step) => step,
    begun = () => undefined,
  }: {
    maxEpisodeSteps?: number
    spoil?: (step: StepResult<Float32Array, SteppedInfo>) => StepResult<Float32Array, SteppedInfo>
    begun?: (seed: number) => void
  } = {}) {
    super(settings(maxEpisodeSteps))
    this.#spoil = spoil
    this.#begun = begun
  }

  override reset(options: { seed?: number } = {}) {
    this.#begun(options.seed ?? NaN)
    return super.reset(options)
  }

  protected onReset() {
    return { observation: this.#rules.begin(this.rng), info: { events: [] } }
  }

  protected onStep(action: Int32Array) {
    return this.#spoil(this.#rules.act(action))
  }
}

/** The same game, answering later. */
export class LateCorridor extends BaseAsyncEnv<Box, MultiDiscrete, SteppedInfo> {
  readonly #rules = new Rules()

  constructor(maxEpisodeSteps = 40) {
    super(settings(maxEpisodeSteps))
  }

  protected async onReset() {
    await Promise.resolve()
    return { observation: this.#rules.begin(this.rng), info: { events: [] } }
  }

  protected async onStep(action: Int32Array) {
    await Promise.resolve()
    return this.#rules.act(action)
  }
}

/** Channels of the groups: sensory, motor and feedback ones apart. */
export const SENSORY = [8, 9, 10]
export const FORWARD = [41, 42, 49]
export const BACK = [50, 51, 58]
export const ATTACK = [32, 33, 34]

export const decoderOf = (): GroupDecoder =>
  groupDecoder({}, [
    { name: 'move', groups: [FORWARD, BACK], names: ['forward', 'back'] },
    { name: 'turn', groups: [[29, 30, 31, 37], [59, 60, 61, 62]] },
    { name: 'attack', groups: [ATTACK] },
  ])

export const encoderOf = (): Encoder =>
  channelRateEncoder({}, SENSORY, (features, out) => {
    for (let k = 0; k < out.length; k++) out[k] = features[k]
  })

/** A stepped loop of the corridor; a hand-made part replaces a default one. */
export const steppedLoopOf = (
  culture: Substrate,
  feedback: GradedPolicy = gradedNoFeedback(),
  parts: Partial<SteppedLoopParts<Box>> = {},
): SteppedLoop<Box> =>
  new SteppedLoop<Box>({
    env: new Corridor(),
    features: (observation) => observation,
    culture,
    encoder: encoderOf(),
    decoder: decoderOf(),
    feedback,
    seed: 5,
    // the dishes of the tests fire as a step begins, which a sensory pulse would often hide
    timing: { blindMs: 0 },
    ...parts,
  })
