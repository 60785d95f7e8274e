/** The setting that is to be confirmed: a config, a setting of an exploration, or what an earlier confirmation froze. */
import { mergeRanges } from '../../bench/index.js'
import { loadConfig, type ConfigOverride, type ResolvedConfig } from '../../io/index.js'
import { experimentSchema, type Experiment } from '../experiment.js'
import { frozenSchema, isFrozenFile, readFrozen } from './frozen.js'

const INSIDE = 'experiment.'

/** The options that decide what is confirmed. */
export interface SettingFlags {
  readonly seeds: number
  readonly firstSeed: number
  readonly minutes?: number
  readonly conditions?: string[]
}

const overridesOf = ({ seeds, firstSeed, minutes, conditions }: SettingFlags): ConfigOverride[] => [
  { path: 'protocol.cultures', value: seeds, origin: '--seeds' },
  { path: 'protocol.firstSeed', value: firstSeed, origin: '--first-seed' },
  { path: 'protocol.playMinutes', value: minutes, origin: '--minutes' },
  { path: 'protocol.conditions', value: conditions, origin: '--conditions' },
]

/**
 * Reads a setting with the protocol of its confirmation. The seeds of a frozen setting count as used: it was confirmed on them.
 * @throws Bl1Error `confirm/edited`, and those of loadConfig
 */
export const readSetting = (file: string, flags: SettingFlags): ResolvedConfig<Experiment> => {
  const overrides = overridesOf(flags)
  if (!isFrozenFile(file)) return loadConfig(file, experimentSchema, { overrides })
  const { usedSeeds, seeds } = readFrozen(file)
  const used: ConfigOverride = { path: 'protocol.usedSeeds', value: mergeRanges([...usedSeeds, seeds]), origin: file }
  const { config, origins, files } = loadConfig(file, frozenSchema, {
    overrides: [...overrides, used].map((override) => ({ ...override, path: `${INSIDE}${override.path}` })),
  })
  const own = Object.entries(origins).flatMap(([path, origin]) => (path.startsWith(INSIDE) ? [[path.slice(INSIDE.length), origin]] : []))
  return { config: config.experiment, origins: Object.fromEntries(own), files }
}
