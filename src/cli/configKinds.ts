/** The kinds of configs: which one a file is, by the keys at its top level, and the schema of each. */
import { z } from 'zod'
import { loadConfig } from '../io/index.js'
import { experimentSchema } from './experiment.js'

/** What a config may be of. */
export const CONFIG_KINDS = ['experiment', 'training'] as const
export type ConfigKind = (typeof CONFIG_KINDS)[number]

/** Top-level keys that only a training has. */
const TRAINING_KEYS: readonly string[] = ['env', 'agent', 'substrate', 'spikes', 'dishes', 'cultureAgent', 'network', 'algorithm', 'ppo', 'reinforce', 'training']

/** File name of each kind's JSON schema in `configs/`, where editors look for it. */
export const SCHEMA_IDS: Readonly<Record<ConfigKind, string>> = {
  experiment: 'bl1-experiment.schema.json',
  training: 'bl1-training.schema.json',
}

/** The schema of a kind. That of a training brings the learning library in, so it is loaded when it is asked for. */
export const schemaOfKind = async (kind: ConfigKind): Promise<z.ZodType> =>
  kind === 'experiment' ? experimentSchema : (await import('./train/experiment.js')).trainingSchema

/** What a file is a config of. @throws Bl1Error `config/...` where it cannot be read */
export const kindOfConfig = (file: string): ConfigKind => {
  const { config } = loadConfig(file, z.looseObject({}))
  return TRAINING_KEYS.some((key) => Object.hasOwn(config, key)) ? 'training' : 'experiment'
}
