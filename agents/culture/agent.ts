/**
 * The agent around a culture: an encoder that chooses how to stimulate it, and a decoder that chooses an action from its spikes.
 *
 * One decision has two random choices, stimulation u and action a, and the culture lies between them:
 *  log pi(u, a | observation, spikes) = log pi_encoder(u | observation) + log pi_decoder(a | spikes)
 * Spikes are data: no gradient goes through them, and none is needed, since how the culture answers does not depend on the weights.
 */
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { STEP_MS } from '../../src/culture/index.js'
import { Bl1Error } from '../../src/errors.js'
import { arrayLayout, meaParameters, type ArrayLayout, type MeaParameters } from '../../src/mea/index.js'
import { readParameters } from '../../src/parameters.js'
import type { Rng } from '../../src/rng.js'
import type { Space } from '../../src/spaces/index.js'
import { wholeSteps } from '../../src/units.js'
import { distributionFor, type ActionCodec } from '../distributions/index.js'
import { numbersOf } from '../gradient.js'
import { loadVariables, saveVariables } from '../networks/index.js'
import type { Column, Columns, Evaluation, ParameterGroup, Policy, SavedPolicy, StoredSteps } from '../policy.js'
import { agentChannels, readFeatures, type AgentChannels } from './channels.js'
import { Calibration, type SavedCalibration } from './calibration.js'
import type { Choice, Draw } from './choice.js'
import { spikeDecoder } from './decoders/spikeDecoder.js'
import { fixedEncoder } from './encoders/fixedEncoder.js'
import { checkEncoderLimits } from './encoders/limits.js'
import { networkEncoder } from './encoders/networkEncoder.js'
import { StimulationCode } from './encoders/stimulation.js'
import { Moments, type SavedMoments } from './moments.js'
import { cultureAgentParameters, type CultureAgentParameters } from './parameters.js'
import type { CultureAgentSpec, CultureAgentSpecJSON } from './spec.js'

/** The weights, the running mean and SD of the spike features, and the calibration of the read-out. */
export interface SavedCulturePolicy extends SavedPolicy {
  readonly moments: SavedMoments
  /** null: the decoder is given the features themselves. */
  readonly calibration: SavedCalibration | null
}

const requireWarmUp = ({ calibrate, warmUpSteps }: CultureAgentParameters['decoder']): void => {
  if (!calibrate || warmUpSteps > 0) return
  throw new Bl1Error('agents/calibration', {
    reason: 'decoder.calibrate is on and decoder.warmUpSteps is 0, so the decoder would read nothing',
    remedy: 'Set decoder.warmUpSteps to some hundred, or decoder.calibrate to false.',
  })
}

const savedCulturePolicy = z.strictObject({ weights: z.unknown(), moments: z.unknown(), calibration: z.unknown() })

const requireWidth = (width: number): number => {
  if (Number.isSafeInteger(width) && width >= 1) return width
  throw new Bl1Error('agents/observation', { expected: 'rows of a whole number of observations, 1 or more', received: String(width) })
}

/**
 * @example
 * ```ts
 * const agent = new CultureAgent({ observationWidth: 5, actionSpace: new Discrete({ n: 3 }) }, rng.split('agent'))
 * const actor = cultureActor({ agent, dishes: Dishes.grow({}, [1, 2, 3, 4]), rng: rng.split('actor') })
 * const learner = ppo(agent, mlpCritic(5, agent.parameters.critic, rng.split('critic')), {}, rng.split('learner'))
 * ```
 */
export class CultureAgent implements Policy {
  readonly parameters: CultureAgentParameters
  readonly observationWidth: number
  readonly actionSpace: Space
  /** Turns rows of the column 'action' into members of the action space. */
  readonly codec: ActionCodec
  readonly layout: ArrayLayout
  readonly mea: MeaParameters
  readonly channels: AgentChannels
  /** What a row of the column 'stimulation' means. */
  readonly stimulation: StimulationCode
  /** Running mean and SD of the features. They change in `afterUpdate`, and before the first step of a training. */
  readonly moments: Moments
  /** 'observation'; 'stimulation' (rates in Hz, then currents in uA, as far as they are chosen); 'spikes' (raw features); 'action'. */
  readonly columns: readonly Column[]
  readonly groups: readonly ParameterGroup[]
  /** Plain JSON that builds this agent again. */
  readonly spec: CultureAgentSpecJSON
  readonly #calibration: Calibration | undefined
  readonly #encoder: Choice
  readonly #decoder: Choice

  /**
   * @param rng of the first weights
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `time/not-a-multiple` (stepMs, of 0.5 ms), `agents/channels`,
   * `mea/channel-unknown`, `mea/channel-forbidden`, `agents/encoder-limits`, `agents/calibration`, `agents/encoder`, `agents/observation`, `agents/action-space`
   */
  constructor(spec: CultureAgentSpec, rng: Rng) {
    const parameters = readParameters(cultureAgentParameters, spec.parameters ?? {}, 'culture agent')
    const mea = readParameters(meaParameters, spec.mea ?? {}, 'array parameters')
    const observationWidth = requireWidth(spec.observationWidth)
    wholeSteps(parameters.stepMs, STEP_MS, 'stepMs')
    checkEncoderLimits(parameters.encoder, mea)
    requireWarmUp(parameters.decoder)
    this.parameters = parameters
    this.mea = mea
    this.observationWidth = observationWidth
    this.actionSpace = spec.actionSpace
    this.layout = arrayLayout(mea.layout)
    this.channels = agentChannels(parameters, this.layout)
    this.stimulation = new StimulationCode(parameters.encoder, this.channels.encoding)
    this.moments = new Moments(this.channels.groups.length, parameters.decoder.meanMemory)
    this.#calibration = parameters.decoder.calibrate ? new Calibration(this.moments.width, this.stimulation.width) : undefined
    const { distribution, codec } = distributionFor(spec.actionSpace)
    this.codec = codec
    try {
      this.#encoder = this.#encoderOf(spec, rng.split('encoder'))
    } catch (error) {
      tf.dispose([...distribution.variables])
      throw error
    }
    this.#decoder = spikeDecoder(parameters.decoder, { moments: this.moments, calibration: this.#calibration }, distribution, rng.split('decoder'))
    this.columns = [
      { name: 'observation', width: observationWidth },
      { name: 'stimulation', width: this.stimulation.width },
      { name: 'spikes', width: this.moments.width },
      { name: 'action', width: distribution.width },
    ]
    this.groups = [
      { name: 'encoder', variables: this.#encoder.variables, ...parameters.encoder },
      { name: 'decoder', variables: this.#decoder.variables, ...parameters.decoder },
    ]
      .filter(({ variables, trainable }) => trainable && variables.length > 0)
      .map(({ name, variables, learningRateScale }) => ({ name, variables, learningRateScale }))
    const image = spec.image === undefined ? null : { ...spec.image }
    this.spec = { observationWidth, image, actionSpace: spec.actionSpace.toJSON(), parameters, mea }
  }

  evaluate({ observation, stimulation, spikes, action }: Columns): Evaluation {
    const { entropyWeight } = this.parameters.encoder
    return tf.tidy(() => {
      const encoder = this.#encoder.evaluate(observation, stimulation, entropyWeight > 0)
      const decoder = this.#decoder.evaluate(spikes, action, true)
      return {
        logProbability: tf.add<tf.Tensor1D>(encoder.logProbability, decoder.logProbability),
        entropy: entropyWeight > 0 ? tf.add<tf.Tensor1D>(tf.mul(encoder.entropy, entropyWeight), decoder.entropy) : decoder.entropy,
      }
    })
  }

  /** What the encoder alone says about stimulations: its part of `evaluate`. */
  evaluateEncoder(observation: tf.Tensor2D, stimulation: tf.Tensor2D): Evaluation {
    return this.#encoder.evaluate(observation, stimulation, true)
  }

  /** What the decoder alone says about actions: its part of `evaluate`. @param spikes raw counts of each feature */
  evaluateDecoder(spikes: tf.Tensor2D, action: tf.Tensor2D): Evaluation {
    return this.#decoder.evaluate(spikes, action, true)
  }

  /**
   * Chooses stimulations.
   * @param observations as many rows as there are streams
   * @param out of the column 'stimulation': rows `firstRow` on are written
   */
  stimulate(observations: Float32Array, draw: Draw, out: Float32Array, firstRow: number): void {
    const rows = draw.streams.length
    const fits = observations.length === rows * this.observationWidth
    if (!fits || !observations.every(Number.isFinite)) {
      const received = fits ? 'a number that is not finite' : `${observations.length}`
      throw new Bl1Error('agents/observation', { expected: `${rows} rows of ${this.observationWidth} finite numbers`, received })
    }
    this.#encoder.choose(observations, draw, out, firstRow)
  }

  /** Writes a row of the column 'spikes'. @param counts spikes of each channel */
  readFeatures(counts: ArrayLike<number>, out: Float32Array, row: number): void {
    readFeatures(this.channels, counts, out, row)
  }

  /**
   * Chooses actions.
   * @param spikes as many rows of raw features as there are streams
   * @param out of the column 'action': rows `firstRow` on are written
   * @throws Bl1Error `agents/calibration` for an agent that was never calibrated, `agents/draw`
   */
  decide(spikes: Float32Array, draw: Draw, out: Float32Array, firstRow: number): void {
    this.requireCalibrated()
    this.#decoder.choose(spikes, draw, out, firstRow)
  }

  /**
   * What the decoder knows of a read-out before it has learned anything: mean and SD of the features, and the calibration.
   * @param stimulations rows that no observation led to
   * @param spikes rows of raw features that followed them
   * @throws Bl1Error `agents/calibration` for fewer than two rows, rows that do not belong together, and numbers that are not finite
   */
  calibrate(stimulations: Float32Array, spikes: Float32Array): void {
    const { width } = this.moments
    this.#requireRows(stimulations, spikes)
    this.moments.add(spikes)
    if (this.#calibration === undefined) return
    const centred = numbersOf(() => this.moments.apply(tf.tensor2d(spikes, [spikes.length / width, width])))
    this.#calibration.fit(centred, stimulations)
  }

  /** Whether mean and SD of the features, or the calibration, are still missing: `calibrate` gives both. */
  get needsWarmUp(): boolean {
    return this.moments.isEmpty || this.#calibration?.isFitted === false
  }

  /** @throws Bl1Error `agents/calibration` where the decoder would read nothing */
  requireCalibrated(): void {
    if (this.#calibration?.isFitted !== false) return
    throw new Bl1Error('agents/calibration', {
      reason: 'the agent has not been stimulated at random yet, so its decoder would read nothing',
      remedy: 'Let cultureActor act, which does it first, call calibrate(), load a trained agent, or set decoder.calibrate to false.',
    })
  }

  /** Renews the moments of the features with what the rollout saw. */
  afterUpdate({ data, rows }: StoredSteps): void {
    this.moments.add(data['spikes'].subarray(0, rows * this.moments.width))
  }

  /** Weights, moments and calibration. */
  save(): SavedCulturePolicy {
    return { weights: saveVariables(this.#variables), moments: this.moments.save(), calibration: this.#calibration?.save() ?? null }
  }

  /** Weights, moments and calibration; where one is refused nothing changes. @throws Bl1Error `agents/saved`, `agents/weights`, `agents/architecture` */
  load(saved: unknown): void {
    const read = savedCulturePolicy.safeParse(saved)
    if (!read.success) throw new Bl1Error('agents/saved', { what: 'culture agent', reason: read.error.issues[0]?.message ?? 'unreadable' })
    const { weights, moments, calibration } = read.data
    if (this.#calibration === undefined && calibration !== null) {
      throw new Bl1Error('agents/architecture', { expected: 'a decoder of the features themselves', received: 'one of calibrated sums' })
    }
    if (this.#calibration !== undefined && calibration === null) {
      throw new Bl1Error('agents/architecture', { expected: 'a decoder of calibrated sums', received: 'one of the features themselves' })
    }
    const present = { moments: this.moments.save(), calibration: this.#calibration?.save() }
    try {
      this.moments.load(moments)
      this.#calibration?.load(calibration)
      loadVariables(this.#variables, weights)
    } catch (error) {
      this.moments.load(present.moments)
      this.#calibration?.load(present.calibration)
      throw error
    }
  }

  dispose(): void {
    this.#encoder.dispose()
    this.#decoder.dispose()
  }

  get #variables(): readonly tf.Variable[] {
    return [...this.#encoder.variables, ...this.#decoder.variables]
  }

  #requireRows(stimulations: Float32Array, spikes: Float32Array): void {
    const refuse = (reason: string): never => {
      const { width } = this.stimulation
      const remedy = `Pass rows of ${width} stimulations and as many rows of ${this.moments.width} features, two or more.`
      throw new Bl1Error('agents/calibration', { reason, remedy })
    }
    const [sent, seen] = [stimulations.length / this.stimulation.width, spikes.length / this.moments.width]
    if (!Number.isInteger(sent) || sent < 2 || sent !== seen) refuse(`there are ${sent} rows of stimulations and ${seen} of spikes`)
    if (!stimulations.every(Number.isFinite) || !spikes.every(Number.isFinite)) refuse('a number is not finite')
  }

  #encoderOf({ image, fixed }: CultureAgentSpec, rng: Rng): Choice {
    const { encoder } = this.parameters
    if (encoder.kind !== 'fixed') {
      return networkEncoder({ parameters: encoder, observationWidth: this.observationWidth, image, code: this.stimulation }, rng)
    }
    if (fixed === undefined) throw new Bl1Error('agents/encoder', { kind: 'fixed', expected: 'the function `fixed`', received: 'none' })
    return fixedEncoder(fixed, encoder, this.observationWidth, this.channels.encoding.length)
  }
}
