/** The space of a search in one table: which parameters vary, over what, and how the search goes through them. */
import { z } from 'zod'
import { choice, group, quantity } from '../../parameters.js'
import { CONDITION_NAMES } from '../conditions.js'

/** Schema of how a search is run. */
export const searchParameters = group(
  {
    settings: quantity({ default: 24, unit: 'settings', integer: true, min: 1, max: 10_000, doc: 'settings drawn at random for the first rung' }),
    keep: quantity({ default: 0.34, unit: '1', above: 0, max: 0.95, doc: 'share of the settings of a rung that goes on to the next; the work on each grows by 1/keep' }),
    rungs: quantity({ default: 3, unit: 'rungs', integer: true, min: 1, max: 12, doc: 'rungs of successive halving; 1: a plain random search' }),
    cultures: quantity({ default: 2, unit: 'cultures', integer: true, min: 1, max: 1000, doc: 'cultures of each setting in the first rung' }),
    minutes: quantity({ default: 4, unit: 'min', above: 0, max: 1440, doc: 'play in the first rung' }),
    firstSeed: quantity({ default: 1, unit: '1', integer: true, min: 0, max: 2 ** 31, doc: 'first seed of the cultures that are explored on; every rung takes the next ones' }),
    seed: quantity({ default: 1, unit: '1', integer: true, min: 0, max: 2 ** 53 - 1, doc: 'seed of the draws of settings' }),
    metric: z.string().min(1).default('probeGain').meta({ description: 'what a setting is scored by' }),
    against: z.enum(CONDITION_NAMES).nullable().default('open_loop')
      .meta({ description: 'condition whose metric is taken from that of the taught one, culture by culture; null: the taught condition alone' }),
  },
  'random search with successive halving',
)

const isInOrder = ({ from = -Infinity, to = Infinity }: { from?: number | undefined; to?: number | undefined }): boolean => from <= to

/** One varied parameter: a list of values, or a range. */
const dimension = z
  .strictObject({
    values: z.array(z.unknown()).min(1).optional().meta({ description: 'one of these, each as likely' }),
    from: z.number().optional().meta({ description: 'smallest value' }),
    to: z.number().optional().meta({ description: 'largest value' }),
    scale: choice(['linear', 'log'], 'linear', "'log': every factor is as likely, for values over orders of magnitude"),
    whole: z.boolean().default(false).meta({ description: 'whole numbers only' }),
  })
  .superRefine((given, context) => {
    const { values, from, to, scale, whole } = given
    const refuse = (key: string, message: string): void => context.addIssue({ code: 'custom', path: key === '' ? [] : [key], message })
    if (values !== undefined) {
      if (from !== undefined || to !== undefined) refuse('', "either 'values' or 'from' and 'to', not both")
      return
    }
    if (from === undefined || to === undefined) return refuse('', "'values', or both 'from' and 'to'")
    if (!isInOrder(given)) return refuse('from', `at most 'to' (${to})`)
    if (scale === 'log' && from <= 0) return refuse('from', 'above 0 on a logarithmic scale')
    if (whole && Math.ceil(from) > Math.floor(to)) refuse('to', `such that a whole number lies between it and 'from' (${from})`)
  })

/** One varied parameter with every default set. */
export type Dimension = z.output<typeof dimension>
/** How a search is run, every value set. */
export type Search = z.output<typeof searchParameters>

/** What is searched, and how. */
export interface SearchSpace {
  /** By dotted path in the config, in the config's order. */
  readonly parameters: Readonly<Record<string, Dimension | undefined>>
  readonly search: Search
}

/**
 * Schema of a space file.
 * @param paths dotted paths of the parameters that may vary
 */
export const searchSpaceOf = (paths: readonly string[]) =>
  z.strictObject({
    parameters: z
      .strictObject(Object.fromEntries(paths.map((path) => [path, dimension.optional()])))
      .refine((parameters) => Object.keys(parameters).length > 0, 'at least one path of the config with its values or its range')
      .meta({ description: 'what varies: paths of the config, such as culture.cells.bias' }),
    search: searchParameters,
  })
