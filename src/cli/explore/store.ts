/** What an exploration has finished, on disk: a line for each setting of each rung. */
import { z } from 'zod'
import type { PlayedCulture } from '../../bench/index.js'
import { ResultStore } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import type { Experiment } from '../experiment.js'
import type { ExplorationPlan } from './plan.js'

/** What a setting showed in a rung. */
export interface RungResult {
  /** Every number of every culture; none where the setting failed. */
  readonly cultures: readonly PlayedCulture[]
  /** Why there are none; null where there are. */
  readonly failure: string | null
}

const rungResult = z.strictObject({
  cultures: z.array(z.strictObject({ seed: z.int(), outcomes: z.record(z.string(), z.record(z.string(), z.number().nullable())) })),
  failure: z.string().nullable(),
})

/** Key of a setting's result. */
export const keyOf = (rung: number, id: string): string => `${rung}/${id}`

/** Opens the store of a folder. @throws Bl1Error `results/...` */
export const openStore = (
  folder: string,
  { packageVersion, config, plan, mustExist }: { packageVersion: string; config: Experiment; plan: ExplorationPlan; mustExist: boolean },
): ResultStore<RungResult> => {
  const fingerprint = { packageVersion, config, space: plan.space, settings: plan.settings.map(({ id }) => id) }
  return ResultStore.open<RungResult>(folder, fingerprint, { read: (json) => readParameters(rungResult, json, 'a stored setting'), mustExist })
}
