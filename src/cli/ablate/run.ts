/** Plays all agents in all their ways on worker threads; what is finished is kept, and never played again. */
import { ablationText, showNumber, type AblationName } from '../../bench/index.js'
import { formatDuration, WorkerPool, type ResultStore } from '../../io/index.js'
import { newStopChannel, StoppablePool } from '../stopChannel.js'
import type { TrainedAgent } from '../trainedAgent.js'
import type { AblateAnswer, AblateData, AblateProgress, AblateTask } from './protocol.js'

/** Training stops between two updates and writes where it was. */
const STOP_LIMIT_MS = 60_000
/** The longest silence of a training, ms. */
const TELL_EVERY_MS = 30_000

/** All of it. */
export interface AblationWork {
  readonly agents: readonly TrainedAgent[]
  readonly plan: readonly AblationName[]
  readonly store: ResultStore<AblateAnswer>
  readonly data: Omit<AblateData, 'stopChannel' | 'threads'>
  readonly jobs: number
  readonly signal: AbortSignal
  /** A line for the user. */
  readonly tell: (line: string) => void
}

/** Of values that are not none. */
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * @returns every agent in every way, by agent, then in the order of the plan
 * @throws Bl1Error `run/interrupted`, and whatever an agent throws
 */
export const runAblations = async ({ agents, plan, store, data, jobs, signal, tell }: AblationWork): Promise<AblateAnswer[]> => {
  const stopChannel = newStopChannel()
  const workerData: AblateData = { ...data, threads: jobs === 1 ? 'auto' : 1, stopChannel }
  const workers = new WorkerPool<AblateTask, AblateAnswer, AblateProgress>(new URL('./worker.js', import.meta.url), { size: jobs, workerData })
  const pool = new StoppablePool(workers, stopChannel, { signal, stopLimitMs: STOP_LIMIT_MS })
  const began = performance.now()
  const total = agents.length * plan.length
  const keyOf = (agent: TrainedAgent, condition: AblationName): string => `${agent.name}/${condition}`
  let done = agents.flatMap((agent) => plan.filter((condition) => store.has(keyOf(agent, condition)))).length

  const play = async (agent: TrainedAgent, condition: AblationName, rates: readonly number[]): Promise<AblateAnswer> => {
    const kept = store.get(keyOf(agent, condition))
    if (kept !== undefined) return kept
    const name = `${agent.name}, ${ablationText(condition).label}`
    let toldMs = performance.now()
    const onProgress = ({ steps, totalSteps, recentReturn }: AblateProgress): void => {
      if (performance.now() - toldMs < TELL_EVERY_MS) return
      toldMs = performance.now()
      tell(`${name}: ${steps} of ${totalSteps} steps, return ${showNumber(recentReturn, 2)}`)
    }
    const answer = await pool.run({ agent: agent.name, checkpoint: agent.file, condition, rates }, onProgress)
    done++
    tell(`${name}: return ${showNumber(average(answer.returns), 2)} (${done} of ${total}, ${formatDuration(performance.now() - began)})`)
    return store.add(keyOf(agent, condition), answer)
  }
  // what takes the place of the spikes has their mean rates: those are known once the agent has played as trained
  const playAgent = async (agent: TrainedAgent): Promise<AblateAnswer[]> => {
    const trained = await play(agent, 'trained', [])
    const others = plan.filter((condition) => condition !== 'trained')
    return [trained, ...(await Promise.all(others.map((condition) => play(agent, condition, trained.featureMeans))))]
  }
  try {
    return (await Promise.all(agents.map(playAgent))).flat()
  } finally {
    await pool.close()
  }
}
