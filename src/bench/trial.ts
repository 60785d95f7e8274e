/**
 * One culture under one condition: rest, frozen probe, play, frozen probe.
 *
 * All conditions of a culture start from the same prepared moment, so wiring, noise, gains and serves are the same. The probe after
 * play puts the trained *weights* into the culture as it was before play: potentials, noise and serves are those of the probe before,
 * so whatever differs is due to the weights.
 */
import { Culture, dishSideUm, STEP_MS, type CultureOptions, type CultureSnapshot } from '../culture/index.js'
import { fep, inverted, NO_ANSWER, noFeedback, openLoop, rest, silent, type FeedbackOptions, type FeedbackPolicy, type ScriptedAnswer } from '../feedback/index.js'
import {
  boardLayout,
  ClosedLoop,
  motorRegionDecoder,
  placeRateEncoder,
  type DecoderOptions,
  type EncoderOptions,
  type Encounter,
  type Game,
  type LoopOptions,
} from '../loop/index.js'
import { ElectrodeArray, type MeaOptions } from '../mea/index.js'
import { Bl1Error } from '../errors.js'
import { Rng } from '../rng.js'
import { MS_PER_MINUTE, MS_PER_SECOND } from '../units.js'
import { CONDITIONS, type ConditionName } from './conditions.js'
import { EmptyDish, randomPaddle } from './controls.js'
import type { Protocol } from './protocol.js'
import type { TrialResult } from './trialResult.js'

/** Everything a trial is made of. */
export interface TrialParts {
  readonly culture: CultureOptions
  readonly mea: MeaOptions
  readonly encoder: EncoderOptions
  readonly decoder: DecoderOptions
  readonly loop: LoopOptions
  readonly feedback: FeedbackOptions
  readonly protocol: Protocol
  /** Makes the game; `bounce` when a miss must not end the rally. */
  readonly makeGame: (afterMiss: 'end' | 'bounce') => Game
}

/** A culture that has settled and rested, and what its first probe showed. Structured-clonable. */
export interface PreparedCulture {
  readonly seed: number
  readonly snapshot: CultureSnapshot
  readonly gains: { readonly up: number; readonly down: number }
  readonly probe: Encounter[]
}

/** Told now and then how much simulated time has passed. */
export type OnSimulated = (simulatedMs: number) => void

const REPORT_EVERY_MS = 2000
const RASTER_MS = 30_000
const NEUTRAL: FeedbackPolicy = { name: 'probe', sensory: true, missEndsRally: true, script: [], answer: () => NO_ANSWER }

const isExchanged = (parts: TrialParts, seed: number): boolean => parts.protocol.exchangeUpDown && seed % 2 === 1
const gameSeed = (seed: number, purpose: string): number => Rng.fromSeed(seed).split(purpose).uint32()

/** Whole cultures share the machine: one thread each is faster than many for one. */
const SIDE_BY_SIDE = { threads: 1 } as const

/** Adds up what the ticks of a loop report, so that a display hears of it every few simulated seconds. */
const reporter = (onSimulated: OnSimulated) => {
  let reportedMs = 0
  return ({ playMs }: { playMs: number }): void => {
    if (playMs - reportedMs < REPORT_EVERY_MS) return
    onSimulated(playMs - reportedMs)
    reportedMs = playMs
  }
}

/** Sensory electrodes of a trial: in order, or shuffled once for the culture. */
const sensoryChannels = (seed: number, shuffled: boolean): readonly number[] => {
  const { sensory } = boardLayout()
  return shuffled ? Rng.fromSeed(seed).split('electrode order').shuffle([...sensory]) : sensory
}

/** The frozen probe: nothing can be learned in it and nothing is answered, and every miss is followed by the next serve at once. */
const probe = (
  parts: TrialParts,
  snapshot: CultureSnapshot,
  weights: Float32Array | undefined,
  gains: PreparedCulture['gains'],
  shuffled: boolean,
  onSimulated: OnSimulated,
): Encounter[] => {
  const culture = Culture.restore(snapshot, SIDE_BY_SIDE)
  culture.setPlasticity({ stdp: false, homeostasis: false })
  if (weights !== undefined) culture.setWeights(weights)
  const decoder = motorRegionDecoder(parts.decoder, boardLayout(isExchanged(parts, snapshot.seed)))
  decoder.setGains(gains)
  const loop = new ClosedLoop({
    env: parts.makeGame('end'),
    culture,
    encoder: placeRateEncoder(parts.encoder, sensoryChannels(snapshot.seed, shuffled)),
    decoder,
    feedback: NEUTRAL,
    array: new ElectrodeArray(culture.population, parts.mea),
    seed: gameSeed(snapshot.seed, 'probe'),
    timing: parts.loop,
  })
  return [...loop.play({ minutes: parts.protocol.probeMinutes, onTick: reporter(onSimulated) }).encounters]
}

/** Grows a culture, lets it settle and rest, and probes it. */
export const prepareCulture = (parts: TrialParts, seed: number, onSimulated: OnSimulated = () => undefined): PreparedCulture => {
  const { settleSeconds, restMinutes } = parts.protocol
  const culture = Culture.grow(parts.culture, seed, SIDE_BY_SIDE)
  if (settleSeconds > 0) culture.advance(settleSeconds * MS_PER_SECOND)
  const decoder = motorRegionDecoder(parts.decoder, boardLayout(isExchanged(parts, seed)))
  const array = new ElectrodeArray(culture.population, parts.mea)
  const loop = new ClosedLoop({ env: parts.makeGame('end'), culture, encoder: placeRateEncoder(parts.encoder), decoder, feedback: rest(), array, timing: parts.loop })
  loop.rest(restMinutes)
  onSimulated(settleSeconds * MS_PER_SECOND + restMinutes * MS_PER_MINUTE)
  const snapshot = culture.snapshot()
  const gains = { up: decoder.gains.up, down: decoder.gains.down }
  return { seed, snapshot, gains, probe: probe(parts, snapshot, undefined, gains, false, onSimulated) }
}

const policyOf = (condition: ConditionName, parts: TrialParts, script: readonly ScriptedAnswer[] | undefined): FeedbackPolicy => {
  switch (condition) {
    case 'open_loop':
      if (script === undefined) throw new Bl1Error('compare/no-script', { condition })
      return openLoop(script)
    case 'silent':
      return silent(parts.feedback)
    case 'no_feedback':
      return noFeedback()
    case 'rest':
      return rest()
    case 'inverted':
      return inverted(parts.feedback)
    default:
      return fep(parts.feedback)
  }
}

/** A plain copy that owns its arrays. */
const copyAnswer = ({ startMs, answer }: ScriptedAnswer) => ({
  startMs,
  answer: { ...answer, pulses: answer.pulses.map((pulse) => ({ ...pulse, channels: [...pulse.channels] })) },
})

/** Options of {@link runTrial}. */
export interface TrialOptions {
  /** For `open_loop`: the answers of the `fep` trial of another culture. */
  readonly script?: readonly ScriptedAnswer[]
  /** Keep the last half minute of play as a raster. */
  readonly keepRaster?: boolean
  readonly onSimulated?: OnSimulated
}

/** Runs one condition on a prepared culture. @throws Bl1Error `compare/no-script` */
export const runTrial = (parts: TrialParts, prepared: PreparedCulture, condition: ConditionName, options: TrialOptions = {}): TrialResult => {
  const { script, keepRaster = false, onSimulated = () => undefined } = options
  const { seed, snapshot, gains } = prepared
  const { playMinutes } = parts.protocol
  const shuffled = condition === 'shuffled_electrodes'
  const exchanged = isExchanged(parts, seed)
  const policy = policyOf(condition, parts, script)
  const env = parts.makeGame(policy.missEndsRally ? 'end' : 'bounce')
  const encoder = placeRateEncoder(parts.encoder, sensoryChannels(seed, shuffled))
  const shared = { env, encoder, feedback: policy, seed: gameSeed(seed, 'play'), timing: parts.loop }
  const onTick = reporter(onSimulated)
  const common = { seed, condition, exchanged }

  if (!CONDITIONS[condition].cells) {
    const dish = new EmptyDish(dishSideUm(snapshot.parameters))
    const decoder = condition === 'random_paddle'
      ? randomPaddle(Rng.fromSeed(seed).split('random paddle'), env.actionSpace.n)
      : motorRegionDecoder(parts.decoder, boardLayout(exchanged))
    const session = new ClosedLoop({ ...shared, culture: dish, decoder, array: new ElectrodeArray(dish.population, parts.mea) }).play({ minutes: playMinutes, onTick })
    return {
      ...common,
      durationMs: session.durationMs,
      encounters: [...session.encounters],
      probeBefore: null,
      probeAfter: null,
      answers: null,
      electrodeSpikes: [...session.electrodeSpikes],
      spikes: session.spikes,
      pulses: session.pulses,
      actionShares: [...session.actionShares],
      weightRatio: null,
      raster: null,
    }
  }

  const culture = Culture.restore(snapshot, SIDE_BY_SIDE)
  if (condition === 'plasticity_off') culture.setPlasticity({ stdp: false, homeostasis: false })
  const decoder = motorRegionDecoder(parts.decoder, boardLayout(exchanged))
  decoder.setGains(gains)
  const weightBefore = culture.meanExcitatoryWeight()
  const durationMs = playMinutes * MS_PER_MINUTE
  const record = { fromMs: Math.max(0, durationMs - RASTER_MS), toMs: durationMs }
  const loop = new ClosedLoop({ ...shared, culture, decoder, array: new ElectrodeArray(culture.population, parts.mea) })
  const session = loop.play({ minutes: playMinutes, onTick, ...(keepRaster ? { record } : {}) })
  const { recording } = session
  return {
    ...common,
    durationMs: session.durationMs,
    encounters: [...session.encounters],
    probeBefore: shuffled ? probe(parts, snapshot, undefined, gains, true, onSimulated) : prepared.probe,
    probeAfter: probe(parts, snapshot, culture.state.weight, gains, shuffled, onSimulated),
    answers: condition === 'fep' ? session.answers.map(copyAnswer) : null,
    electrodeSpikes: [...session.electrodeSpikes],
    spikes: session.spikes,
    pulses: session.pulses,
    actionShares: [...session.actionShares],
    weightRatio: weightBefore > 0 ? culture.meanExcitatoryWeight() / weightBefore : null,
    raster:
      recording === undefined
        ? null
        : {
            ...record,
            timesMs: Array.from(recording.steps, (step) => step * STEP_MS - session.startMs),
            neurons: [...recording.neurons],
            neuronCount: culture.population.neurons,
            excitatory: culture.population.excitatory,
          },
  }
}

/** Simulated time of a whole comparison, ms, by condition and for the preparation: what a progress display counts towards. */
export const plannedMs = (protocol: Protocol, condition: ConditionName | 'prepare'): number => {
  const probeMs = protocol.probeMinutes * MS_PER_MINUTE
  if (condition === 'prepare') return protocol.settleSeconds * MS_PER_SECOND + protocol.restMinutes * MS_PER_MINUTE + probeMs
  const probes = CONDITIONS[condition].cells ? (condition === 'shuffled_electrodes' ? 2 : 1) : 0
  return protocol.playMinutes * MS_PER_MINUTE + probes * probeMs
}
