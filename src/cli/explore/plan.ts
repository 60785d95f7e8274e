/** The settings of an exploration: drawn, checked, named, each with the experiment of every rung. */
import { conditionsOf, drawSettings, mergeRanges, rungsOf, type Rung, type SearchSpace, type SeedRange, type Setting } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { canonicalJson, hashOf } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema, type Experiment } from '../experiment.js'
import { withValues } from './withValues.js'

const ID_DIGITS = 12

/** A setting that is tried. */
export interface PlannedSetting {
  /** Start of the SHA-256 of its varied parameters. */
  readonly id: string
  readonly values: Setting
  /** What `settings/<id>.yaml` holds: the config with these values, and how it was found. */
  readonly experiment: Experiment
}

/** Everything that an exploration is going to do. */
export interface ExplorationPlan {
  readonly space: SearchSpace
  readonly settings: readonly PlannedSetting[]
  readonly rungs: readonly Rung[]
  /** All seeds that cultures of this exploration have. */
  readonly seeds: SeedRange
}

/** The conditions that decide the score. */
const scored = ({ protocol: { taught } }: Experiment, { search: { against } }: SearchSpace) => (against === null ? [taught] : [taught, against])

/** The comparison that scores a setting in a rung. */
export const experimentIn = (experiment: Experiment, space: SearchSpace, { cultures, minutes, seeds: [firstSeed] }: Rung): Experiment => ({
  ...experiment,
  protocol: { ...experiment.protocol, conditions: scored(experiment, space), cultures, playMinutes: minutes, firstSeed },
})

/**
 * Draws the settings and checks each of them in every rung.
 * @param file the space's, for messages
 * @throws Bl1Error `parameter/invalid` for a setting that is no config, `explore/against`, `compare/yoked`
 */
export const planExploration = (file: string, space: SearchSpace, config: Experiment): ExplorationPlan => {
  const drawn = drawSettings(space)
  const rungs = rungsOf(space.search, drawn.length)
  const seeds: SeedRange = [space.search.firstSeed, rungs.at(-1)?.seeds[1] ?? space.search.firstSeed]
  const found = {
    'protocol.settingsTried': config.protocol.settingsTried + drawn.length,
    'protocol.usedSeeds': mergeRanges([...config.protocol.usedSeeds, seeds]),
  }
  const settings = drawn.map((values): PlannedSetting => {
    const id = hashOf(canonicalJson(values), ID_DIGITS)
    const where = `${file}: setting ${JSON.stringify(values)}`
    const experiment = readParameters(experimentSchema, withValues(config, { ...values, ...found }), where)
    const { taught } = experiment.protocol
    if (taught === space.search.against) throw new Bl1Error('explore/against', { file, received: taught, reason: 'it is what is taught' })
    for (const rung of rungs) conditionsOf(readParameters(experimentSchema, experimentIn(experiment, space, rung), where).protocol)
    return { id, values, experiment }
  })
  return { space, settings, rungs, seeds }
}
