/** Pong on a stage: its sessions are closed loops of 10 ms ticks, over at once, with nothing to open or close. */
import type { CultureOptions } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'
import { NO_ANSWER, NO_SCRIPT, openLoop, rest, type FeedbackOptions, type FeedbackPolicy, type SessionScript } from '../../feedback/index.js'
import {
  boardLayout,
  ClosedLoop,
  motorRegionDecoder,
  placeRateEncoder,
  sessionScript,
  type BoardOptions,
  type ClosedLoopParts,
  type Decoder,
  type DecoderOptions,
  type Encoder,
  type EncoderOptions,
  type Game,
  type LoopOptions,
} from '../../loop/index.js'
import { ElectrodeArray, type MeaOptions } from '../../mea/index.js'
import { Rng } from '../../rng.js'
import { MS_PER_MINUTE } from '../../units.js'
import { randomPaddle } from '../controls.js'
import type { PlayerOf } from '../player.js'
import type { Protocol } from '../protocol.js'
import { electrodeOrder, gameSeed, reporter, type PlayRequest, type Stage } from '../trial.js'
import { pongConditions } from './conditions.js'
import { pongPolicy } from './policies.js'
import type { PongTypes } from './types.js'

/** Everything a comparison in Pong is made of. */
export interface PongParts {
  readonly culture: CultureOptions
  readonly mea: MeaOptions
  readonly encoder: EncoderOptions
  readonly decoder: DecoderOptions
  readonly board: BoardOptions
  readonly loop: LoopOptions
  readonly feedback: FeedbackOptions
  readonly protocol: Protocol
  /** Makes the game; `bounce` when a miss must not end the rally. */
  readonly makeGame: (afterMiss: 'end' | 'bounce') => Game
  /** Trained agents in place of encoder, decoder and freshly grown cultures. */
  readonly player?: PlayerOf<number>
}

type Request = PlayRequest<PongTypes>

/** Every miss is followed by the next serve at once. */
const NEUTRAL: FeedbackPolicy = { name: 'probe', sensory: true, missEndsRally: true, script: NO_SCRIPT, answer: () => NO_ANSWER }

const policyOf = ({ condition, script }: Request, { feedback, protocol: { taught } }: PongParts): FeedbackPolicy => {
  switch (condition) {
    case 'probe':
      return NEUTRAL
    case 'open_loop':
      if (script === undefined) throw new Bl1Error('compare/no-script', { condition })
      return openLoop(script)
    default:
      return pongPolicy(condition, taught, feedback)
  }
}

/** A plain copy that owns its arrays. */
const copyScript = ({ answers, pauses, rewards }: SessionScript) => ({
  answers: answers.map(({ startMs, answer }) => ({
    startMs,
    answer: { ...answer, pulses: answer.pulses.map((pulse) => ({ ...pulse, channels: [...pulse.channels] })) },
  })),
  pauses: [...pauses],
  rewards: rewards.map((one) => ({ ...one })),
})

/** Cultures that play Pong. */
export const pongStage = (parts: PongParts): Stage<PongTypes> => {
  const { protocol, player } = parts
  const isExchanged = (seed: number): boolean => protocol.exchangeUpDown && seed % 2 === 1
  const decoderFor = (seed: number) => motorRegionDecoder(parts.decoder, boardLayout(isExchanged(seed), parts.board))
  const loopOf = (own: Pick<ClosedLoopParts, 'env' | 'culture' | 'encoder' | 'decoder' | 'feedback' | 'seed'>): ClosedLoop =>
    new ClosedLoop({ ...own, array: new ElectrodeArray(own.culture.population, parts.mea), timing: parts.loop })
  const encoderOf = (seed: number, shuffled: boolean): Encoder => {
    const trained = player?.(seed)
    const { places, sensory } = boardLayout(false, parts.board)
    const channels = electrodeOrder(trained?.sensory ?? sensory, seed, shuffled)
    if (trained !== undefined) return trained.encoder(channels)
    let next = 0
    return placeRateEncoder(parts.encoder, places.map(({ length }) => channels.slice(next, (next += length))))
  }
  const decoderOf = ({ condition, seed, gains }: Request, actions: number): Decoder => {
    if (condition === 'random_paddle') return randomPaddle(Rng.fromSeed(seed).split('random paddle'), actions)
    if (player !== undefined) return player(seed).decoder()
    const regions = decoderFor(seed)
    regions.setGains(gains)
    return regions
  }

  const play = (request: Request) => {
    const { seed, condition, dish, shuffled, record } = request
    const policy = policyOf(request, parts)
    const env = parts.makeGame(policy.missEndsRally ? 'end' : 'bounce')
    const isProbe = condition === 'probe'
    const loop = loopOf({
      env,
      culture: dish,
      encoder: encoderOf(seed, shuffled),
      decoder: decoderOf(request, env.actionSpace.n),
      feedback: policy,
      seed: gameSeed(seed, isProbe ? 'probe' : 'play'),
    })
    return loop.play({
      minutes: isProbe ? protocol.probeMinutes : protocol.playMinutes,
      onTick: reporter(request.onSimulated),
      ...(record === undefined ? {} : { record }),
    })
  }

  return {
    culture: parts.culture,
    protocol,
    conditions: pongConditions(protocol.taught),
    isExchanged,
    probeMs: protocol.probeMinutes * MS_PER_MINUTE,
    ...(player === undefined ? {} : { grow: (seed: number) => player(seed).grow() }),
    open: () =>
      Promise.resolve({
        rest: (culture, seed) => {
          const regions = decoderFor(seed)
          const decoder = player?.(seed).decoder() ?? regions
          loopOf({ env: parts.makeGame('end'), culture, encoder: encoderOf(seed, false), decoder, feedback: rest() }).rest(protocol.restMinutes)
          return { up: regions.gains.up, down: regions.gains.down }
        },
        play: (request) => Promise.resolve(request).then(play),
        close: () => Promise.resolve(),
      }),
    probeOf: ({ encounters }) => [...encounters],
    resultOf: ({ session, probeBefore, probeAfter, weightRatio, raster, ...identity }) => ({
      ...identity,
      durationMs: session.durationMs,
      encounters: [...session.encounters],
      probeBefore,
      probeAfter,
      script: identity.condition === protocol.taught ? copyScript(sessionScript(session)) : null,
      electrodeSpikes: [...session.electrodeSpikes],
      spikes: session.spikes,
      pulses: session.pulses,
      actionShares: [...session.actionShares],
      weightRatio,
      raster,
    }),
    scriptOf: ({ script }) => script,
  }
}
