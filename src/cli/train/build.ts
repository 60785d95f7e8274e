/**
 * The one place that joins what a training config says: environments, dishes, agent, critic, algorithm. Training, evaluation, ablation and comparison
 * all build from here, so that they can only differ in what they are asked to.
 */
import {
  actorCritic,
  Collector,
  convolution,
  CultureAgent,
  cultureActor,
  mlpCritic,
  networkActor,
  networkCritic,
  ppo,
  reinforce,
  Rollout,
  startBackend,
  type ActionCodec,
  type Actor,
  type Backend,
  type Critic,
  type ImageShape,
  type Learner,
  type ObservationScale,
  type Policy,
} from '../../../agents/index.js'
import type { ThreadChoice } from '../../culture/index.js'
import { spikeReplacement, type SpikeReplacementName } from '../../loop/index.js'
import { Rng } from '../../rng.js'
import { flatdim, type Space } from '../../spaces/index.js'
import { makeVector, type AnyVectorEnv, type Autoreset } from '../../vector/index.js'
import '../environments.js'
import { answersOf } from './answers.js'
import type { TrainingConfig } from './experiment.js'
import { fixedEncodingOf } from './fixedEncoding.js'
import { imageOf, scaleByBounds } from './observation.js'
import { agentParametersOf, specOfTraining } from './presets.js'
import { seedOf } from './seeds.js'
import { growSubstrate, type Substrate } from './substrate.js'

/** What another actor for the same agent differs in. */
export interface ActorOptions {
  /** Its draws come from here. */
  readonly rng: Rng
  /** What the decoder is given. @default what the config says */
  readonly spikes?: SpikeReplacementName
  /** Mean of each spike feature, for `rate_matched` and `shuffled_time`. */
  readonly rates?: ArrayLike<number>
  /** Puts a dish into the state in which an episode with a seed of its own begins; see `cultureActor`. */
  readonly begin?: (dish: number, seed: number) => void
}

/** Everything of one training, joined. */
export interface TrainingParts {
  readonly config: TrainingConfig
  readonly backend: Backend
  /** The environments that are trained in. */
  readonly vec: AnyVectorEnv
  readonly observationWidth: number
  readonly observationScale: ObservationScale
  readonly actionSpace: Space
  readonly codec: ActionCodec
  readonly policy: Policy
  readonly critic: Critic
  readonly actor: Actor
  readonly learner: Learner
  readonly rollout: Rollout
  readonly collector: Collector
  /** Under `agent: 'culture'`: the dishes and the policy around them. */
  readonly dishes?: Substrate
  readonly agent?: CultureAgent
  /** Another actor for the same policy and the same dishes. */
  readonly newActor: (options: ActorOptions) => Actor
  /** Environments for playing without learning: as many, with autoreset 'disabled'. Made when first asked for. */
  readonly playVec: () => Promise<AnyVectorEnv>
  /** The exact state of all dishes; null without any. */
  readonly saveSubstrate: () => unknown
  readonly loadSubstrate: (saved: unknown) => void
  /** Closes environments and dishes and frees the weights. */
  readonly close: () => Promise<void>
}

/** What does not change a training's results. */
export interface BuildOptions {
  /** Threads that share the dishes. @default 'auto' */
  readonly threads?: ThreadChoice
}

/** An agent before its actor. */
interface Minds {
  readonly policy: Policy
  readonly critic: Critic
  readonly codec: ActionCodec
  readonly agent?: CultureAgent
  readonly dishes?: Substrate
  readonly newActor: (options: ActorOptions) => Actor
}

/** What agents are built to fit: how observations reach them, and what they choose among. */
export interface Shape {
  readonly observationWidth: number
  readonly observationScale: ObservationScale
  readonly image: ImageShape | undefined
  readonly actionSpace: Space
}

/** The shape of a training's environment. */
export const shapeOf = ({ env: { scaleObservations } }: TrainingConfig, space: Space, actionSpace: Space): Shape => ({
  observationWidth: flatdim(space),
  observationScale: scaleObservations ? scaleByBounds(space) : null,
  image: imageOf(space),
  actionSpace,
})

/** The agent around a culture that a config describes, with its first weights. */
export const newCultureAgent = (config: TrainingConfig, { observationWidth, observationScale, image, actionSpace }: Shape, rng: Rng): CultureAgent => {
  const fixed = fixedEncodingOf(config, observationScale)
  const parameters = agentParametersOf(config)
  return new CultureAgent(
    { observationWidth, actionSpace, parameters, mea: config.mea, ...(image === undefined ? {} : { image }), ...(fixed === undefined ? {} : { fixed }) },
    rng,
  )
}

const networkMinds = (config: TrainingConfig, { observationWidth, actionSpace }: Shape, rng: Rng): Minds => {
  const { policy, critic, codec } = actorCritic(observationWidth, actionSpace, { policy: config.network, critic: config.network }, rng)
  return { policy, critic, codec, newActor: (options) => networkActor(policy, options.rng) }
}

/** A critic that sees what the encoder sees, a picture through convolutions of its own. */
const cultureCritic = (config: TrainingConfig, { observationWidth, image }: Shape, rng: Rng): Critic => {
  const { encoder, critic: { hidden } } = config.cultureAgent
  const { activation, baseWidth } = encoder
  if (encoder.kind !== 'cnn' || image === undefined) return mlpCritic(observationWidth, { hidden, activation }, rng)
  const scalars = observationWidth - image.height * image.width * image.channels
  return networkCritic(convolution({ name: 'critic', ...image, scalars, baseWidth, hidden, activation, outputs: 1, outputGain: 1 }, rng))
}

const cultureMinds = (config: TrainingConfig, shape: Shape, rng: Rng, threads: ThreadChoice): Minds => {
  const agent = newCultureAgent(config, shape, rng.split('agent'))
  const dishes = growSubstrate(config, threads)
  const answer = answersOf(config, dishes, agent.channels.encoding)
  return {
    policy: agent,
    critic: cultureCritic(config, shape, rng.split('critic')),
    codec: agent.codec,
    agent,
    dishes,
    newActor: ({ rng: own, spikes = config.spikes, rates, begin }) =>
      cultureActor({
        agent,
        dishes,
        rng: own.split('actor'),
        replacement: spikeReplacement(spikes, {
          width: agent.channels.groups.length,
          dishes: dishes.count,
          rng: own.split('replacement'),
          ...(rates === undefined ? {} : { rates }),
        }),
        pauseMs: config.dishes.pauseMs,
        ...(answer === undefined ? {} : { answer }),
        ...(begin === undefined ? {} : { begin }),
      }),
  }
}

const makeEnvs = (config: TrainingConfig, autoreset: Autoreset): Promise<AnyVectorEnv> =>
  makeVector(specOfTraining(config), { count: config.env.count, autoreset })

/**
 * Builds a training from its config. Parts of one config always begin with the same weights, the same culture and the same episodes.
 * @throws Bl1Error whatever a part says about its share of the config: `env/...`, `agents/action-space`, `agents/channels`, `agents/encoder-limits`,
 * `agents/backend`, `culture/...`
 */
export const buildParts = async (config: TrainingConfig, { threads = 'auto' }: BuildOptions = {}): Promise<TrainingParts> => {
  const backend = await startBackend(config.training.backend)
  const vec = await makeEnvs(config, 'sameStep')
  const open: { close(): unknown }[] = [vec]
  try {
    const { singleObservationSpace: space, singleActionSpace: actionSpace } = vec
    const shape = shapeOf(config, space, actionSpace)
    const { observationWidth, observationScale } = shape
    const rng = Rng.fromSeed(seedOf(config, 'training'))
    const minds = config.agent === 'culture' ? cultureMinds(config, shape, rng, threads) : networkMinds(config, shape, rng.split('networks'))
    const { policy, critic, codec, dishes, agent, newActor } = minds
    if (dishes !== undefined) open.push(dishes)
    const actor = newActor({ rng: rng.split('acting') })
    const learn = rng.split('learner')
    const learner = config.algorithm === 'ppo' ? ppo(policy, critic, config.ppo, learn) : reinforce(policy, critic, config.reinforce, learn)
    let playing: Promise<AnyVectorEnv> | undefined
    const playVec = (): Promise<AnyVectorEnv> => (playing ??= makeEnvs(config, 'disabled'))
    return {
      config,
      backend,
      vec,
      observationWidth,
      observationScale,
      actionSpace,
      codec,
      policy,
      critic,
      actor,
      learner,
      rollout: new Rollout({ steps: config.training.rolloutSteps, envs: vec.count, columns: policy.columns }),
      collector: new Collector({ vec, actor, codec, seed: seedOf(config, 'training'), observationScale }),
      ...(dishes === undefined ? {} : { dishes }),
      ...(agent === undefined ? {} : { agent }),
      newActor,
      playVec,
      saveSubstrate: () => dishes?.save() ?? null,
      loadSubstrate: (saved) => dishes?.load(saved),
      close: async () => {
        const made = await Promise.allSettled(playing === undefined ? [] : [playing])
        for (const result of made) if (result.status === 'fulfilled') open.push(result.value)
        await Promise.all(open.splice(0).map(async (one) => one.close()))
        policy.dispose()
        critic.dispose()
      },
    }
  } catch (error) {
    await Promise.allSettled(open.map(async (one) => one.close()))
    throw error
  }
}
