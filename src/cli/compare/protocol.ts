/** What the command and its worker threads say to each other. */
import type { ConditionName, PreparedCulture, TrialOptions, TrialResult } from '../../bench/index.js'

/** One piece of work. */
export type CompareTask =
  | { readonly type: 'prepare'; readonly seed: number }
  | {
      readonly type: 'trial'
      readonly prepared: PreparedCulture
      readonly condition: ConditionName
      readonly options: Omit<TrialOptions, 'onSimulated'>
    }

/** Its answer. */
export type CompareAnswer = { readonly type: 'prepare'; readonly prepared: PreparedCulture } | { readonly type: 'trial'; readonly result: TrialResult }
