/** Reads a space file, and refuses parameters that do not exist and values that they cannot take, before anything runs. */
import { closest } from 'fastest-levenshtein'
import { CONDITIONS, searchSpaceOf, type Dimension, type Search, type SearchSpace } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { loadConfig, type ResolvedConfig } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema, type Experiment } from '../experiment.js'
import { withValues } from './withValues.js'

/** What cannot vary, and why. */
const SET_BY_SEARCH: Readonly<Record<string, string>> = {
  title: 'it decides nothing',
  game: 'all settings of a search play one game',
  'protocol.cultures': 'search.cultures says how many play in the first rung',
  'protocol.firstSeed': 'search.firstSeed says which cultures play',
  'protocol.playMinutes': 'search.minutes says how long they play in the first rung',
  'protocol.conditions': 'what plays is the taught condition and search.against',
  'protocol.settingsTried': 'the search counts the settings itself',
  'protocol.usedSeeds': 'the search notes its seeds itself',
}

/** Paths of single values; whatever stands in the list of seeds is one. */
const pathsOf = ({ origins }: ResolvedConfig<Experiment>): string[] => [
  ...new Set([...Object.keys(origins).filter((path) => !path.startsWith('protocol.usedSeeds.')), ...Object.keys(SET_BY_SEARCH)]),
]

const isCode = <C extends Bl1Error['code']>(error: unknown, code: C): error is Bl1Error<C> => error instanceof Bl1Error && error.code === code

/** Of the hundreds of paths of a config, a message names those beside the one that was probably meant. */
const withFewerNames = (error: unknown): unknown => {
  if (!isCode(error, 'parameter/unknown') || !error.data.path.startsWith('parameters.')) return error
  const { suggestion, known } = error.data
  const group = suggestion?.split('.').slice(0, -1).join('.')
  return new Bl1Error(error.code, { ...error.data, known: known.filter((path) => path.split('.').slice(0, -1).join('.') === group) }, { cause: error })
}

/** A number between the ends of a range that is not whole: what a parameter of whole numbers refuses. */
const partNumber = (from: number, to: number): number => from + (to - from) / Math.PI

/** Refuses what the parameter itself refuses; what depends on other parameters is checked with every drawn setting. */
const checkValue = (file: string, experiment: Experiment, path: string, value: unknown): void => {
  const changed = withValues(experiment, { [path]: value })
  const result = experimentSchema.safeParse(changed)
  const own = result.error?.issues.some((issue) => issue.code !== 'custom' && `${issue.path.join('.')}.`.startsWith(`${path}.`)) ?? false
  if (own) readParameters(experimentSchema, changed, `${file}: parameters.${path}`)
}

const checkDimension = (file: string, experiment: Experiment, path: string, { values, from, to, whole }: Dimension): void => {
  for (const value of values ?? [from, to]) checkValue(file, experiment, path, value)
  if (from === undefined || to === undefined || whole || from === to) return
  try {
    checkValue(file, experiment, path, partNumber(from, to))
  } catch (error) {
    if (!isCode(error, 'parameter/invalid')) throw error
    const { expected } = error.data
    throw new Bl1Error('parameter/invalid', { path: `parameters.${path}.whole`, expected: `true, as ${path} must be ${expected}`, received: 'false', where: file, remedy: `Add 'whole: true'.` }, { cause: error })
  }
}

/**
 * Reads what is to be searched.
 * @param file YAML or JSON
 * @param resolved the config whose parameters vary
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `explore/set-by-search`, `config/...`
 */
export const readSpace = (file: string, resolved: ResolvedConfig<Experiment>): SearchSpace => {
  let space: SearchSpace
  try {
    space = loadConfig(file, searchSpaceOf(pathsOf(resolved))).config
  } catch (error) {
    throw withFewerNames(error)
  }
  for (const [path, dimension] of Object.entries(space.parameters)) {
    const instead = SET_BY_SEARCH[path]
    if (instead !== undefined) throw new Bl1Error('explore/set-by-search', { file, path, instead })
    if (dimension !== undefined) checkDimension(file, resolved.config, path, dimension)
  }
  return space
}

/** What a game can score by. */
interface Scores {
  readonly metrics: Readonly<Partial<Record<string, string>>>
  readonly primaryMetric: string
}

/** Refuses a score that no setting could have. @throws Bl1Error `explore/metric`, `explore/against` */
export const checkScore = (file: string, { metric, against }: Search, { metrics, primaryMetric }: Scores): void => {
  const known = Object.keys(metrics)
  if (!known.includes(metric)) throw new Bl1Error('explore/metric', { file, received: metric, known, suggestion: closest(metric, known) })
  if (against === null || CONDITIONS[against].cells || metric !== primaryMetric) return
  throw new Bl1Error('explore/against', { file, received: against, reason: `it has no cells, and so no ${metric}` })
}
