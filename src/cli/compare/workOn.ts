/** One piece of the work of a comparison, in whatever thread. */
import { prepareCulture, runTrial, type GameTypes, type Stage, type WorkOptions } from '../../bench/index.js'
import type { CompareAnswer, CompareTask } from './protocol.js'

/** Prepares a culture or runs a trial. @throws Bl1Error those of prepareCulture and runTrial */
export const workOn = async <G extends GameTypes>(stage: Stage<G>, task: CompareTask<G>, watch: WorkOptions): Promise<CompareAnswer<G>> => {
  if (task.type === 'prepare') return { type: 'prepare', prepared: await prepareCulture(stage, task.seed, watch) }
  return { type: 'trial', result: await runTrial(stage, task.prepared, task.condition, { ...task.options, ...watch }) }
}
