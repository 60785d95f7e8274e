/** What `bl1 explore` and its worker threads say to each other: the work of a comparison, with the setting that it is of. */
import type { GameTypes } from '../../bench/index.js'
import type { CompareAnswer, CompareTask } from '../compare/protocol.js'
import type { Experiment } from '../experiment.js'

/** What every thread is given. */
export interface ExploreData {
  /** Name of the channel on which the threads are told to stop. */
  readonly stopChannel: string
}

/** One piece of work. */
export interface ExploreTask<G extends GameTypes> {
  readonly experiment: Experiment
  readonly work: CompareTask<G>
}

/** Its answer. */
export type ExploreAnswer<G extends GameTypes> = CompareAnswer<G>
