/** The config of a training: every room's parameters under one roof. `bl1 train`, the JSON schema and `bl1 config` come from it. */
import { z } from 'zod'
import { cultureAgentParameters } from '../../../agents/culture/parameters.js'
import { networkParameters } from '../../../agents/networks/parameters.js'
import { ppoParameters } from '../../../agents/ppo/parameters.js'
import { reinforceParameters } from '../../../agents/reinforce/parameters.js'
import { DOOM_CULTURE_TICS } from '../../../envs/doom/culture/env.js'
import { cultureParameters } from '../../culture/index.js'
import { feedbackParameters } from '../../feedback/parameters.js'
import { dishesParameters } from '../../loop/dishes/parameters.js'
import { meaParameters } from '../../mea/index.js'
import { choice, flag, group, quantity } from '../../parameters.js'
import { timeOfTics } from '../doomGame.js'

const MOST_STEPS = 1e10

/** What lives in a dish: 'culture', or what stands in its place as a control. */
export const SUBSTRATES = ['culture', 'network', 'none'] as const
/** What the decoder is given while training: the spikes, or nothing as a control. */
export const SPIKE_SOURCES = ['real', 'zero'] as const
/** How hits and misses are answered. */
export const TRAINING_FEEDBACK = ['none', 'fep', 'inverted', 'silent'] as const

const env = group(
  {
    id: z.string().min(1).default('Pong-v0').meta({ description: "a registered environment: 'bl1 check' lists them" }),
    options: z.record(z.string(), z.json()).default({}).meta({ description: "the environment's own options; the clock of Pong-v0 and the view of Doom-v0 are filled in where left out" }),
    count: quantity({ default: 8, unit: 'environments', integer: true, min: 1, max: 1024, doc: 'environments side by side, each with a copy of the culture that lives on its own' }),
    maxEpisodeSteps: z.int().min(1).max(1e9).nullable().default(null).meta({ description: "steps after which an episode is truncated; null: the environment's own limit", unit: 'steps' }),
    scaleObservations: flag(true, 'numbers with bounds in the observation space are scaled to -1 to 1 for the encoder, the network and the critic; fixed numbers, nothing is learned'),
  },
  'the environment',
)

const training = group(
  {
    steps: quantity({ default: 200_000, unit: 'steps', integer: true, min: 1, max: MOST_STEPS, doc: 'steps of all environments together' }),
    rolloutSteps: quantity({ default: 256, unit: 'steps', integer: true, min: 1, max: 1e6, doc: 'steps of each environment between two updates' }),
    checkpointEverySteps: quantity({ default: 20_000, unit: 'steps', integer: true, min: 1, max: MOST_STEPS, doc: 'last.ckpt is written at the first update after so many steps' }),
    evaluateEverySteps: quantity({ default: 50_000, unit: 'steps', integer: true, min: 0, max: MOST_STEPS, doc: 'the agent plays the validation episodes after so many steps; 0: never' }),
    evaluationEpisodes: quantity({ default: 20, unit: 'episodes', integer: true, min: 1, max: 1e6, doc: 'validation episodes, always the same; the best mean return makes best.ckpt' }),
    backend: choice(['auto', 'node-gpu', 'node', 'wasm', 'cpu'], 'auto', "what computes the networks; 'auto': the first of the others that is installed and starts"),
  },
  'how long, and what is looked at meanwhile',
)

const parameters = z.strictObject({
  title: z.string().min(1).max(200).default('BL-1 training').meta({ description: 'what the run is called' }),
  seed: quantity({ default: 1, unit: '1', integer: true, min: 0, max: Number.MAX_SAFE_INTEGER, doc: 'of the culture, the first weights, every draw and every episode' }),
  env,
  agent: choice(['culture', 'network'], 'culture', "'culture': encoder, culture, decoder (substrate to cultureAgent below); 'network': an ordinary network in their place (network below)"),
  substrate: choice(SUBSTRATES, 'culture', "what lives in the dish: 'culture'; as controls 'network' (rate units in its place, of the same size) and 'none' (no cells)"),
  spikes: choice(SPIKE_SOURCES, 'real', "what the decoder is given: 'real' spikes, or as a control 'zero', none"),
  culture: cultureParameters,
  mea: meaParameters,
  dishes: group(
    {
      ...dishesParameters.unwrap().shape,
      pauseMs: quantity({ default: 0, unit: 'ms', min: 0, max: 600_000, doc: 'time after each episode in which its culture lives on and no game is shown' }),
    },
    'the dishes that the agent stimulates and reads',
  ),
  cultureAgent: cultureAgentParameters,
  feedback: group(
    { policy: choice(TRAINING_FEEDBACK, 'none', "how the culture itself is answered in Pong-v0: 'none', or as in the experiments on feedback"), ...feedbackParameters.unwrap().shape },
    'stimulation after hits and misses, beside the training of encoder and decoder',
  ),
  network: networkParameters,
  algorithm: choice(['ppo', 'reinforce'], 'ppo', 'what improves the agent'),
  ppo: ppoParameters,
  reinforce: reinforceParameters,
  training,
})

/** A training with every value set. */
export type TrainingConfig = z.output<typeof parameters>

/** Schema of a training config. What no group can check alone is checked here, before anything runs. */
export const trainingSchema = parameters.superRefine(({ env: { id, options, count }, agent, cultureAgent, feedback, algorithm, ppo, reinforce, training: { rolloutSteps } }, context) => {
  const refuse = (path: readonly string[], message: string): void => context.addIssue({ code: 'custom', path: [...path], message })
  const rows = rolloutSteps * count
  const { minibatches } = algorithm === 'ppo' ? ppo : reinforce
  if (minibatches > rows) refuse([algorithm, 'minibatches'], `at most the rows of a rollout (${rows})`)
  if (agent !== 'culture') return
  const tickMs = options['tickMs']
  if (id === 'Pong-v0' && tickMs !== undefined && tickMs !== cultureAgent.stepMs) {
    refuse(['env', 'options', 'tickMs'], `cultureAgent.stepMs (${cultureAgent.stepMs}), so that game and culture keep one time`)
  }
  const { ticsPerStep = DOOM_CULTURE_TICS } = options
  if (id === 'Doom-v0' && typeof ticsPerStep === 'number' && timeOfTics(ticsPerStep) !== cultureAgent.stepMs) {
    refuse(['cultureAgent', 'stepMs'], `${timeOfTics(ticsPerStep)}, the time of ${ticsPerStep} tics (env.options.ticsPerStep), so that game and culture keep one time`)
  }
  if (feedback.policy !== 'none' && id !== 'Pong-v0') refuse(['feedback', 'policy'], `'none' in ${id}: hits and misses are known of Pong-v0 alone`)
})
