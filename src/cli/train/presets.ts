/** What a training fills in for the games that the project knows: their clock, what is shown of them, the electrodes that are pulsed. */
import { doomCultureEnv } from '../../../envs/doom/culture/env.js'
import { doomCultureLayout } from '../../../envs/doom/culture/layout.js'
import { registeredSpec, type EnvSpec } from '../../env/index.js'
import { arrayLayout } from '../../mea/index.js'
import type { JsonObject } from '../../json.js'
import type { TrainingConfig } from './experiment.js'

interface Preset {
  /** Options of the environment, under those of the config. */
  readonly options: (config: TrainingConfig) => JsonObject
  /** Electrodes that the encoder pulses where the config names none. */
  readonly encoding: readonly number[]
  /** Electrodes that answers to the game's events are given at, which cannot be read too: the decoder reads them only where the config names them. */
  readonly feedback: readonly number[]
}

/**
 * Spread over the array, so that each has read-out electrodes of its own around it: neighbours in one row fire the same cells. Which of
 * these was pulsed can be told from the spikes at all others.
 */
const SPREAD_ELECTRODES = [9, 12, 14, 27, 30, 41, 44, 54] as const

const ANY_GAME: Preset = { options: () => ({}), encoding: SPREAD_ELECTRODES, feedback: [] }

const PRESETS: Readonly<Record<string, Preset>> = {
  'Pong-v0': { options: ({ cultureAgent: { stepMs } }) => ({ tickMs: stepMs }), encoding: SPREAD_ELECTRODES, feedback: [] },
  'Doom-v0': {
    // plain JSON, like every option of an environment
    options: () => ({ ...doomCultureEnv('basic') }) as JsonObject,
    encoding: doomCultureLayout().encoding,
    feedback: Object.values(doomCultureLayout().feedback).flat(),
  },
}

const presetOf = ({ env: { id } }: TrainingConfig): Preset => PRESETS[id] ?? ANY_GAME

/** The spec of the training's environment. @throws Bl1Error `env/unknown`, `env/namespace`, `env/version`, `env/id` */
export const specOfTraining = (config: TrainingConfig): EnvSpec => {
  const { id, options, maxEpisodeSteps } = config.env
  const spec = registeredSpec(id)
  return { ...spec, options: { ...presetOf(config).options(config), ...options }, ...(maxEpisodeSteps === null ? {} : { maxEpisodeSteps }) }
}

/** What is read: all that can be used and is neither pulsed nor answered at. */
const readoutOf = ({ mea }: TrainingConfig, taken: readonly number[]): number[] => {
  const { channels, unusable } = arrayLayout(mea.layout)
  return Array.from({ length: channels }, (_, channel) => channel).filter((channel) => !unusable.has(channel) && !taken.includes(channel))
}

/** The parameters of the agent with the electrodes filled in. */
export const agentParametersOf = (config: TrainingConfig): TrainingConfig['cultureAgent'] => {
  const { encoder, decoder, ...rest } = config.cultureAgent
  const preset = presetOf(config)
  const channels = encoder.channels ?? [...preset.encoding]
  const readout = decoder.groups === null ? (decoder.readout ?? readoutOf(config, [...channels, ...preset.feedback])) : decoder.readout
  return { ...rest, encoder: { ...encoder, channels }, decoder: { ...decoder, readout } }
}
