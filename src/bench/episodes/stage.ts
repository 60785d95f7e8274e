/** A game of episodes on a stage: it waits for every action, answers later, and has to be closed. */
import type { Culture, CultureOptions } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'
import type { GradedPolicy, ScriptedTrain } from '../../feedback/index.js'
import { SteppedLoop, type Decoder, type Encoder, type GroupDecoder, type SteppedGame, type SteppedTiming, type Substrate } from '../../loop/index.js'
import { ElectrodeArray, type MeaOptions } from '../../mea/index.js'
import { Rng } from '../../rng.js'
import type { Member, Space } from '../../spaces/index.js'
import type { ConditionName } from '../conditions.js'
import { EmptyDish, randomActions } from '../controls.js'
import type { PlayerOf } from '../player.js'
import type { Protocol } from '../protocol.js'
import { electrodeOrder, gameSeed, reporter, type Arena, type PlayRequest, type Stage } from '../trial.js'
import { EPISODE_CONDITIONS } from './conditions.js'
import type { EpisodeTypes } from './types.js'

/** A game and how a culture is joined to it. */
export interface EpisodeGame<OS extends Space> {
  readonly env: SteppedGame<OS>
  /** What of an observation the encoder shows. */
  readonly features: (observation: Member<OS>) => ArrayLike<number>
  /** Sensory electrodes, in order. */
  readonly sensory: readonly number[]
  /** Makes the encoder. @param channels the sensory electrodes, perhaps in another order */
  readonly encoder: (channels: readonly number[]) => Encoder
  /** Makes the decoder. @param exchanged left and right exchanged */
  readonly decoder: (exchanged: boolean) => GroupDecoder
  /** The feedback of a condition; `no_feedback` is also that of the frozen probe. @param script for `open_loop` */
  readonly feedback: (condition: FeedbackCondition, script: readonly ScriptedTrain[]) => GradedPolicy
  /** Trained agents in place of encoder and decoder. */
  readonly player?: PlayerOf<readonly number[]>
}

/** Conditions that differ in what is answered. */
export type FeedbackCondition = 'fep' | 'open_loop' | 'silent' | 'no_feedback' | 'rest' | 'inverted'

/** Everything a comparison in a game of episodes is made of. */
export interface EpisodeParts<OS extends Space> {
  readonly culture: CultureOptions
  readonly mea: MeaOptions
  readonly timing: SteppedTiming
  readonly protocol: Protocol
  /** Episodes of a frozen probe: a number, not a time, so that good and bad players are probed in the same games. */
  readonly probeEpisodes: number
  /** Longest time that an episode and the pause after it take, for the display of progress. */
  readonly longestEpisodeMs: number
  /** Exchange left and right in every second culture. */
  readonly exchangeLeftRight: boolean
  /** Starts a game. It is the trial's own, and closed at its end. */
  readonly start: () => Promise<EpisodeGame<OS>>
  /** The cultures of trained agents. @default grown from `culture` */
  readonly grow?: (seed: number) => Culture
}

type Request = PlayRequest<EpisodeTypes>

const feedbackOf = (condition: ConditionName | 'probe'): FeedbackCondition => {
  switch (condition) {
    case 'probe':
      return 'no_feedback'
    // whoever acts at random is shown nothing
    case 'random_actions':
      return 'rest'
    case 'open_loop':
    case 'silent':
    case 'no_feedback':
    case 'rest':
    case 'inverted':
      return condition
    default:
      return 'fep'
  }
}

/** A plain copy that owns its arrays. */
const copyAnswer = ({ startMs, answer }: ScriptedTrain) => ({
  startMs,
  answer: { ...answer, interrupts: [...answer.interrupts], pulses: answer.pulses.map((pulse) => ({ ...pulse, channels: [...pulse.channels] })) },
})

class EpisodeArena<OS extends Space> implements Arena<EpisodeTypes> {
  readonly #game: EpisodeGame<OS>
  readonly #parts: EpisodeParts<OS>
  readonly #isExchanged: (seed: number) => boolean

  constructor(game: EpisodeGame<OS>, parts: EpisodeParts<OS>, isExchanged: (seed: number) => boolean) {
    this.#game = game
    this.#parts = parts
    this.#isExchanged = isExchanged
  }

  rest(culture: Culture, seed: number): EpisodeTypes['gains'] {
    const { feedback, player } = this.#game
    const groups = this.#game.decoder(this.#isExchanged(seed))
    const decoder = player?.(seed).decoder() ?? groups
    this.#loop(culture, this.#encoderOf(seed, false), decoder, feedback('rest', []), 0).rest(this.#parts.protocol.restMinutes)
    return groups.gains.map((head) => [...head])
  }

  async play(request: Request): Promise<EpisodeTypes['session']> {
    const { seed, condition, dish, shuffled, script = [], record, signal } = request
    const isProbe = condition === 'probe'
    const policy = this.#game.feedback(feedbackOf(condition), script)
    const loop = this.#loop(dish, this.#encoderOf(seed, shuffled), this.#decoderOf(request), policy, gameSeed(seed, isProbe ? 'probe' : 'play'))
    const report = reporter(request.onSimulated)
    const session = await loop.play({
      ...(isProbe ? { episodes: this.#parts.probeEpisodes } : { minutes: this.#parts.protocol.playMinutes }),
      onStep: report,
      ...(record === undefined ? {} : { record }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (session.interrupted) throw new Bl1Error('run/interrupted', { doing: `the play of culture ${seed}` })
    return session
  }

  /** Joins what each condition is played with, and plays nothing. */
  check(): void {
    const { feedback, decoder, player } = this.#game
    const { conditions, firstSeed } = this.#parts.protocol
    for (const condition of conditions) {
      const own = player?.(firstSeed).decoder() ?? decoder(false)
      this.#loop(new EmptyDish(0), this.#encoderOf(firstSeed, false), own, feedback(feedbackOf(condition), []), 0)
    }
  }

  async close(): Promise<void> {
    await this.#game.env.close()
  }

  #decoderOf({ condition, seed, gains }: Request): Decoder<readonly number[]> {
    if (condition === 'random_actions') return randomActions(Rng.fromSeed(seed).split('random actions'), [...this.#game.env.actionSpace.nvec])
    const { player } = this.#game
    if (player !== undefined) return player(seed).decoder()
    const decoder = this.#game.decoder(this.#isExchanged(seed))
    decoder.setGains(gains)
    return decoder
  }

  #encoderOf(seed: number, shuffled: boolean): Encoder {
    const { sensory, encoder, player } = this.#game
    const trained = player?.(seed)
    const channels = electrodeOrder(trained?.sensory ?? sensory, seed, shuffled)
    return trained?.encoder(channels) ?? encoder(channels)
  }

  #loop(dish: Substrate, encoder: Encoder, decoder: Decoder<readonly number[]>, feedback: GradedPolicy, seed: number): SteppedLoop<OS> {
    const { env, features } = this.#game
    const { mea, timing } = this.#parts
    const array = new ElectrodeArray(dish.population, mea)
    return new SteppedLoop({ env, features, culture: dish, encoder, decoder, feedback, array, seed, timing })
  }
}

/** Cultures that play a game of episodes. */
export const episodesStage = <OS extends Space>(parts: EpisodeParts<OS>): Stage<EpisodeTypes> => {
  const isExchanged = (seed: number): boolean => parts.exchangeLeftRight && seed % 2 === 1
  return {
    culture: parts.culture,
    protocol: parts.protocol,
    conditions: EPISODE_CONDITIONS,
    isExchanged,
    probeMs: parts.probeEpisodes * parts.longestEpisodeMs,
    ...(parts.grow === undefined ? {} : { grow: parts.grow }),
    open: async () => new EpisodeArena(await parts.start(), parts, isExchanged),
    probeOf: ({ episodes }) => episodes.map(copyEpisode),
    resultOf: ({ session, probeBefore, probeAfter, weightRatio, raster, ...identity }) => ({
      ...identity,
      durationMs: session.durationMs,
      episodes: session.episodes.map(copyEpisode),
      probeBefore,
      probeAfter,
      answers: identity.condition === 'fep' ? session.answers.map(copyAnswer) : null,
      electrodeSpikes: [...session.electrodeSpikes],
      spikes: session.spikes,
      pulses: session.pulses,
      steps: session.steps,
      actionShares: session.actionShares.map((head) => [...head]),
      weightRatio,
      raster,
    }),
    scriptOf: ({ answers }) => answers,
  }
}

/** Starts a game, sees whether every condition could be played in it, and closes it. Rejects with what the first trial would reject with. */
export const checkEpisodes = async <OS extends Space>(parts: EpisodeParts<OS>): Promise<void> => {
  const arena = new EpisodeArena(await parts.start(), parts, () => false)
  try {
    arena.check()
  } finally {
    await arena.close()
  }
}

/** A plain copy that can be kept and sent. */
const copyEpisode = (episode: EpisodeTypes['session']['episodes'][number]) => ({ ...episode, events: structuredClone({ ...episode.events }) })
