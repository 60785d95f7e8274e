/** What the command and its worker threads say to each other. */
import type { ConditionName, GameTypes, PreparedCulture, TrialOptions } from '../../bench/index.js'
import type { Experiment } from '../experiment.js'

/** What every thread is given. */
export interface CompareData {
  readonly experiment: Experiment
  /** Checkpoints of trained agents; none: fixed encoders and decoders. */
  readonly agents: readonly string[]
  /** Name of the channel on which the threads are told to stop. */
  readonly stopChannel: string
}

/** One piece of work. */
export type CompareTask<G extends GameTypes> =
  | { readonly type: 'prepare'; readonly seed: number }
  | {
      readonly type: 'trial'
      readonly prepared: PreparedCulture<G>
      readonly condition: ConditionName
      readonly options: Omit<TrialOptions<G>, 'onSimulated' | 'signal'>
    }

/** Its answer. */
export type CompareAnswer<G extends GameTypes> =
  | { readonly type: 'prepare'; readonly prepared: PreparedCulture<G> }
  | { readonly type: 'trial'; readonly result: G['result'] }
