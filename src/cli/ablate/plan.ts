/** Which ways to play an agent has, and how each of those that are trained anew is trained. */
import { ABLATION_NAMES, ablationText, type AblationName } from '../../bench/index.js'
import type { TrainingConfig } from '../train/experiment.js'

/** What is asked for beside the agents. */
export interface Retraining {
  /** Train anew too. */
  readonly retrain: boolean
  /** Budget of training anew, steps; null: that of the agent itself. */
  readonly steps: number | null
}

type Change = (config: TrainingConfig) => TrainingConfig

const freeze = (part: 'encoder' | 'decoder'): Change => (config) => ({
  ...config,
  cultureAgent: { ...config.cultureAgent, [part]: { ...config.cultureAgent[part], trainable: false } },
})

/** What is changed in the config of the agent. */
const CHANGES: Readonly<Partial<Record<AblationName, Change>>> = {
  retrained: (config) => config,
  retrained_encoder_frozen: freeze('encoder'),
  retrained_decoder_frozen: freeze('decoder'),
  retrained_without_spikes: (config) => ({ ...config, spikes: 'zero' }),
  retrained_network_dish: (config) => ({ ...config, substrate: 'network' }),
  retrained_no_culture: (config) => ({ ...config, agent: 'network' }),
}

/** Whether it is another training that plays this way. */
export const isTrainedAnew = (condition: AblationName): boolean => CHANGES[condition] !== undefined

/** The config of what is trained anew. */
export const retrainedConfig = (config: TrainingConfig, condition: AblationName, steps: number | null): TrainingConfig => {
  const changed = CHANGES[condition]?.(config) ?? config
  return { ...changed, title: `${config.title}: ${ablationText(condition).label}`, training: { ...changed.training, steps: steps ?? changed.training.steps } }
}

const learns = (part: 'encoder' | 'decoder', { cultureAgent }: TrainingConfig): boolean =>
  cultureAgent[part].trainable && !(part === 'encoder' && cultureAgent.encoder.kind === 'fixed')

const applies = (condition: AblationName, config: TrainingConfig, { retrain, steps }: Retraining): boolean => {
  switch (condition) {
    case 'encoder_initial':
      return learns('encoder', config)
    case 'decoder_initial':
      return learns('decoder', config)
    case 'plasticity_off':
      return config.substrate === 'culture' && (config.culture.stdp.enabled || config.culture.homeostasis.enabled)
    case 'retrained':
      return retrain && steps !== null && steps !== config.training.steps
    case 'retrained_encoder_frozen':
      return retrain && learns('encoder', config)
    case 'retrained_decoder_frozen':
      return retrain && learns('decoder', config)
    case 'retrained_network_dish':
      return retrain && config.substrate === 'culture'
    case 'retrained_without_spikes':
    case 'retrained_no_culture':
      return retrain
    default:
      return true
  }
}

/** Every way to play that says something about agents of this config, in reporting order. */
export const planOf = (config: TrainingConfig, retraining: Retraining): AblationName[] => ABLATION_NAMES.filter((name) => applies(name, config, retraining))
