/**
 * One culture under one condition: rest, frozen probe, play, frozen probe.
 *
 * All conditions of a culture start from the same prepared moment, so wiring, noise, gains and the game's seeds are the same. The probe
 * after play puts the trained *weights* into the culture as it was before play: potentials, noise and games are those of the probe before,
 * so whatever differs is due to the weights.
 */
import { Culture, dishSideUm, STEP_MS, type CultureOptions, type CultureSnapshot } from '../culture/index.js'
import { Bl1Error } from '../errors.js'
import type { Substrate } from '../loop/index.js'
import { Rng } from '../rng.js'
import { MS_PER_MINUTE, MS_PER_SECOND } from '../units.js'
import { CONDITIONS, namesOf, type ConditionName, type ConditionTexts } from './conditions.js'
import { EmptyDish } from './controls.js'
import type { GameTypes } from './game.js'
import type { Protocol } from './protocol.js'
import type { Raster } from './trialSchema.js'

/** Told now and then how much simulated time has passed. */
export type OnSimulated = (simulatedMs: number) => void

/** A stretch of play as a trial asks for it. */
export interface PlayRequest<G extends GameTypes> {
  readonly seed: number
  /** The frozen probe is shown the game and answered nothing, whatever is compared. */
  readonly condition: ConditionName | 'probe'
  /** The culture, or an empty dish in its place. */
  readonly dish: Substrate
  /** What the decoder found at rest. */
  readonly gains: G['gains']
  /** Sensory electrodes in the random order of this culture. */
  readonly shuffled: boolean
  /** For `open_loop`: what another culture was taught. */
  readonly script?: G['script']
  /** Keep the spikes between these times of play. */
  readonly record?: { readonly fromMs: number; readonly toMs: number }
  readonly onSimulated: OnSimulated
  readonly signal?: AbortSignal
}

/** A game that has been set up: whatever it started is its own until it is closed. */
export interface Arena<G extends GameTypes> {
  /** Lets the culture rest while the decoder finds its gains. */
  rest(culture: Culture, seed: number): G['gains']
  /** Plays under one condition. */
  play(request: PlayRequest<G>): Promise<G['session']>
  /** Ends what it started; never throws. */
  close(): Promise<void>
}

/** What one trial came to, for a game to make its result of. */
export interface TrialPieces<G extends GameTypes> {
  readonly seed: number
  readonly condition: ConditionName
  readonly exchanged: boolean
  readonly session: G['session']
  readonly probeBefore: G['probe'] | null
  readonly probeAfter: G['probe'] | null
  readonly weightRatio: number | null
  readonly raster: Raster | null
}

/** Everything trials are made of: cultures, the protocol, and a game. */
export interface Stage<G extends GameTypes> {
  readonly culture: CultureOptions
  readonly protocol: Protocol
  readonly conditions: ConditionTexts
  /** Whether the exchanged motor regions are this culture's. */
  isExchanged(seed: number): boolean
  /** Longest time that a frozen probe takes, ms. */
  readonly probeMs: number
  /** The culture of a seed. @default one grown from `culture` */
  readonly grow?: (seed: number) => Culture
  /** Sets the game up. */
  open(): Promise<Arena<G>>
  /** What is kept of a session in which weights were frozen. */
  probeOf(session: G['session']): G['probe']
  /** The game's result of a trial. */
  resultOf(pieces: TrialPieces<G>): G['result']
  /** What a trial under the taught condition kept for its yoked twin to replay; null where it kept nothing. */
  scriptOf(result: G['result']): G['script'] | null
}

/** A culture that has settled and rested, and what its first probe showed. Structured-clonable. */
export interface PreparedCulture<G extends GameTypes> {
  readonly seed: number
  readonly snapshot: CultureSnapshot
  readonly gains: G['gains']
  readonly probe: G['probe']
}

/** Options of {@link runTrial} and {@link prepareCulture}. */
export interface WorkOptions {
  readonly onSimulated?: OnSimulated
  /** Stops the work between two steps of a game that can be waited for; Pong plays on to its end. */
  readonly signal?: AbortSignal
}

/** Options of {@link runTrial}. */
export interface TrialOptions<G extends GameTypes> extends WorkOptions {
  /** For `open_loop`: what another culture was taught, as {@link Stage.scriptOf} has it. */
  readonly script?: G['script']
  /** Keep the last half minute of play as a raster. */
  readonly keepRaster?: boolean
}

const REPORT_EVERY_MS = 2000
const RASTER_MS = 30_000

/** Whole cultures share the machine: one thread each is faster than many for one. */
const SIDE_BY_SIDE = { threads: 1 } as const

/** Seed of a culture's games: the same under every condition, another for the probes. */
export const gameSeed = (seed: number, purpose: 'play' | 'probe'): number => Rng.fromSeed(seed).split(purpose).uint32()

/** Sensory electrodes of a trial: in order, or shuffled once for the culture. */
export const electrodeOrder = (sensory: readonly number[], seed: number, shuffled: boolean): readonly number[] =>
  shuffled ? Rng.fromSeed(seed).split('electrode order').shuffle([...sensory]) : sensory

/** Adds up what the steps of a loop report, so that a display hears of it every few simulated seconds. */
export const reporter = (onSimulated: OnSimulated) => {
  let reportedMs = 0
  return ({ playMs }: { playMs: number }): void => {
    if (playMs - reportedMs < REPORT_EVERY_MS) return
    onSimulated(playMs - reportedMs)
    reportedMs = playMs
  }
}

/** Errors that say enough alone: what was asked for is wrong, or somebody stopped it. */
const isOwnWord = (error: unknown): boolean => error instanceof Bl1Error && (error.code === 'run/interrupted' || error.code.startsWith('compare/'))

/** Sets a game up, works with it, and closes it however the work ends. An error says whose work failed. */
const inArena = async <G extends GameTypes, T>(
  stage: Stage<G>,
  seed: number,
  work: ConditionName | 'prepare',
  use: (arena: Arena<G>) => Promise<T>,
): Promise<T> => {
  try {
    const arena = await stage.open()
    try {
      return await use(arena)
    } finally {
      await arena.close()
    }
  } catch (error) {
    if (isOwnWord(error)) throw error
    const code = error instanceof Bl1Error ? error.code : undefined
    const reason = error instanceof Error ? error.message : String(error)
    throw new Bl1Error('run/trial-failed', { seed, work, reason, code }, { cause: error })
  }
}

/** The frozen probe: nothing can be learned in it and nothing is answered. */
const probe = async <G extends GameTypes>(
  stage: Stage<G>,
  arena: Arena<G>,
  { snapshot, gains }: Pick<PreparedCulture<G>, 'snapshot' | 'gains'>,
  weights: Float32Array | undefined,
  shuffled: boolean,
  options: Pick<PlayRequest<G>, 'onSimulated' | 'signal'>,
): Promise<G['probe']> => {
  const culture = Culture.restore(snapshot, SIDE_BY_SIDE)
  culture.setPlasticity({ stdp: false, homeostasis: false })
  if (weights !== undefined) culture.setWeights(weights)
  return stage.probeOf(await arena.play({ ...options, seed: snapshot.seed, condition: 'probe', dish: culture, gains, shuffled }))
}

/** What play may report and be stopped by. */
const watched = ({ onSimulated = () => undefined, signal }: WorkOptions) => ({ onSimulated, ...(signal === undefined ? {} : { signal }) })

/** Grows a culture, lets it settle and rest, and probes it. @throws Bl1Error `run/trial-failed`, `run/interrupted` */
export const prepareCulture = <G extends GameTypes>(stage: Stage<G>, seed: number, options: WorkOptions = {}): Promise<PreparedCulture<G>> =>
  inArena(stage, seed, 'prepare', async (arena) => {
    const { settleSeconds, restMinutes } = stage.protocol
    const watch = watched(options)
    const culture = stage.grow?.(seed) ?? Culture.grow(stage.culture, seed, SIDE_BY_SIDE)
    if (settleSeconds > 0) culture.advance(settleSeconds * MS_PER_SECOND)
    const gains = arena.rest(culture, seed)
    watch.onSimulated(settleSeconds * MS_PER_SECOND + restMinutes * MS_PER_MINUTE)
    const snapshot = culture.snapshot()
    return { seed, snapshot, gains, probe: await probe(stage, arena, { snapshot, gains }, undefined, false, watch) }
  })

const rasterOf = (session: GameTypes['session'], record: { readonly fromMs: number; readonly toMs: number }, culture: Culture): Raster | null => {
  const { recording } = session
  if (recording === undefined) return null
  return {
    ...record,
    timesMs: Array.from(recording.steps, (step) => step * STEP_MS - session.startMs),
    neurons: [...recording.neurons],
    neuronCount: culture.population.neurons,
    excitatory: culture.population.excitatory,
  }
}

/**
 * Runs one condition on a prepared culture.
 * @throws Bl1Error `compare/condition`, `compare/no-script`, `run/trial-failed`, `run/interrupted`
 */
export const runTrial = async <G extends GameTypes>(
  stage: Stage<G>,
  prepared: PreparedCulture<G>,
  condition: ConditionName,
  options: TrialOptions<G> = {},
): Promise<G['result']> => {
  const { script, keepRaster = false } = options
  const { seed, snapshot, gains } = prepared
  const known = namesOf(stage.conditions)
  if (!known.includes(condition)) throw new Bl1Error('compare/condition', { condition, known })
  if (condition === 'open_loop' && script === undefined) throw new Bl1Error('compare/no-script', { condition })
  const shuffled = condition === 'shuffled_electrodes'
  const watch = watched(options)
  const played = { ...watch, seed, condition, gains, shuffled, ...(script === undefined ? {} : { script }) }
  const common = { seed, condition, exchanged: stage.isExchanged(seed) }

  return inArena(stage, seed, condition, async (arena) => {
    if (!CONDITIONS[condition].cells) {
      const session = await arena.play({ ...played, dish: new EmptyDish(dishSideUm(snapshot.parameters)) })
      return stage.resultOf({ ...common, session, probeBefore: null, probeAfter: null, weightRatio: null, raster: null })
    }
    const culture = Culture.restore(snapshot, SIDE_BY_SIDE)
    if (condition === 'plasticity_off') culture.setPlasticity({ stdp: false, homeostasis: false })
    const weightBefore = culture.meanExcitatoryWeight()
    const durationMs = stage.protocol.playMinutes * MS_PER_MINUTE
    const record = { fromMs: Math.max(0, durationMs - RASTER_MS), toMs: durationMs }
    const session = await arena.play({ ...played, dish: culture, ...(keepRaster ? { record } : {}) })
    return stage.resultOf({
      ...common,
      session,
      probeBefore: shuffled ? await probe(stage, arena, prepared, undefined, true, watch) : prepared.probe,
      probeAfter: await probe(stage, arena, prepared, culture.state.weight, shuffled, watch),
      weightRatio: weightBefore > 0 ? culture.meanExcitatoryWeight() / weightBefore : null,
      raster: rasterOf(session, record, culture),
    })
  })
}

/** Simulated time of a whole comparison, ms, by condition and for the preparation: what a progress display counts towards. */
export const plannedMs = ({ protocol, probeMs }: Pick<Stage<GameTypes>, 'protocol' | 'probeMs'>, condition: ConditionName | 'prepare'): number => {
  if (condition === 'prepare') return protocol.settleSeconds * MS_PER_SECOND + protocol.restMinutes * MS_PER_MINUTE + probeMs
  const probes = CONDITIONS[condition].cells ? (condition === 'shuffled_electrodes' ? 2 : 1) : 0
  return protocol.playMinutes * MS_PER_MINUTE + probes * probeMs
}
