/** A small game of episodes, and cultures that play it: something to shoot comes nearer on the left or on the right. */
import { episodesStage, protocolParameters, type EpisodeGame, type EpisodeParts, type EpisodeTypes, type Protocol, type Stage } from '../../../src/bench/index.js'
import { BaseAsyncEnv, type EndReason } from '../../../src/env/index.js'
import {
  gradedFeedback,
  gradedInverted,
  gradedNoFeedback,
  gradedOpenLoop,
  gradedRest,
  gradedSilent,
  type GradedFeedbackOptions,
} from '../../../src/feedback/index.js'
import { channelRateEncoder, groupDecoder, type SteppedInfo } from '../../../src/loop/index.js'
import { Box, MultiDiscrete } from '../../../src/spaces/index.js'

const LONGEST = 12

/** What happened to the games of a test. */
export interface TurretLog {
  started: number
  closed: number
  /** Seeds of the episodes of each game, in order. */
  readonly seeds: number[][]
}
export const turretLog = (): TurretLog => ({ started: 0, closed: 0, seeds: [] })

/** The turret's aim: nothing, left or right; and its trigger. A shot at the right side ends the episode with a kill, one at the wrong side wastes a round. */
class Turret extends BaseAsyncEnv<Box, MultiDiscrete, SteppedInfo> {
  readonly #log: TurretLog
  readonly #seeds: number[] = []
  readonly #failsAt: number
  #steps = 0
  #side = 0
  #near = 0

  constructor(log: TurretLog, failsAt: number) {
    super({
      spec: { id: 'Turret-v0', options: {} },
      observationSpace: new Box({ low: 0, high: 1, shape: [2], dtype: 'float32' }),
      actionSpace: new MultiDiscrete({ nvec: [3, 2] }),
    })
    this.#log = log
    this.#failsAt = failsAt
    log.started++
    log.seeds.push(this.#seeds)
  }

  override async reset(options: Parameters<BaseAsyncEnv<Box, MultiDiscrete, SteppedInfo>['reset']>[0] = {}) {
    const result = await super.reset(options)
    this.#seeds.push(result.info.seed)
    return result
  }

  protected async onReset() {
    this.#side = this.rng.integer(2)
    this.#near = 0
    return { observation: this.#shown(), info: { events: [] } }
  }

  protected async onStep(action: Int32Array) {
    if (++this.#steps === this.#failsAt) throw new Error('the turret jammed')
    this.#near++
    const [aim, trigger] = action
    const isHit = trigger === 1 && aim === this.#side + 1
    const isMissed = trigger === 1 && !isHit
    const isOver = !isHit && this.#near >= LONGEST
    const endReason: EndReason | undefined = isHit ? 'goal' : isOver ? 'death' : undefined
    const events = isHit ? [{ name: 'kill', size: 1 }] : isMissed ? [{ name: 'ammoWasted', size: 1 }] : []
    const used = trigger === 1 ? [{ name: 'ammoUsed', size: 1 }] : []
    return {
      observation: this.#shown(),
      reward: isHit ? 100 : isMissed ? -10 : isOver ? -50 : 0,
      terminated: endReason !== undefined,
      truncated: false,
      info: { events: [...events, ...used], ...(endReason === undefined ? {} : { endReason }) },
    }
  }

  protected override async onClose(): Promise<void> {
    this.#log.closed++
  }

  #shown(): Float32Array {
    const near = (1 + this.#near) / (1 + LONGEST)
    return Float32Array.of(this.#side === 0 ? near : 0, this.#side === 1 ? near : 0)
  }
}

const LEFT = [18, 34, 35]
const RIGHT = [21, 29, 37]

/** Answers strong enough to tell conditions apart, on channels of their own. */
const FEEDBACK: GradedFeedbackOptions = {
  events: {
    kill: { good: true, channels: [1, 2], pulses: 4 },
    ammoWasted: { good: false, channels: [3, 5], unpredictable: true, unpredictableMs: 200, restMs: 100 },
  },
}

/** Seconds of rest, play and probe. */
export const turretProtocol = (changes: Partial<Protocol> = {}): Protocol => ({
  ...protocolParameters.parse({}),
  cultures: 3,
  settleSeconds: 1,
  restMinutes: 0.5,
  playMinutes: 0.2,
  ...changes,
})

/** Cultures of 100 cells, active enough to shoot and to change their weights within seconds. */
export const turretStage = (
  log: TurretLog = turretLog(),
  changes: Partial<EpisodeParts<Box>> = {},
  failsAt = Infinity,
): Stage<EpisodeTypes> => {
  const start = async (): Promise<EpisodeGame<Box>> => ({
    env: new Turret(log, failsAt),
    features: (observation) => Array.from(observation),
    sensory: [25, 33, 30, 38],
    encoder: (channels) =>
      channelRateEncoder({}, channels, (features, out) => {
        out.fill(features[0], 0, 2)
        out.fill(features[1], 2, 4)
      }),
    decoder: (exchanged) =>
      groupDecoder({ aloneShare: 1, fewestRestSpikes: 0 }, [
        { name: 'aim', groups: exchanged ? [RIGHT, LEFT] : [LEFT, RIGHT] },
        { name: 'trigger', groups: [[43, 44, 51, 52]] },
      ]),
    feedback: (condition, script) => {
      switch (condition) {
        case 'fep':
          return gradedFeedback(FEEDBACK)
        case 'inverted':
          return gradedInverted(FEEDBACK)
        case 'silent':
          return gradedSilent(FEEDBACK)
        case 'open_loop':
          return gradedOpenLoop(script)
        case 'no_feedback':
          return gradedNoFeedback()
        case 'rest':
          return gradedRest()
      }
    },
  })
  return episodesStage({
    culture: { neurons: 100, dishUm: 1342, cells: { bias: 2.5 }, stdp: { amplitudePlus: 0.05, amplitudeMinus: 0.02 } },
    mea: {},
    timing: { pauseMs: 100 },
    protocol: turretProtocol(),
    probeEpisodes: 12,
    longestEpisodeMs: LONGEST * 114.5 + 100,
    exchangeLeftRight: true,
    start,
    ...changes,
  })
}
