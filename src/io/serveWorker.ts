/** The worker's side of a pool. */
import { parentPort } from 'node:worker_threads'
import type { MessagePort, Transferable } from 'node:worker_threads'
import { Bl1Error } from '../errors.js'
import type { TaskMessage, WorkerMessage } from './workerProtocol.js'
import { describeFailure } from './workerProtocol.js'

/** What a handler may use while it works on a task. */
export interface WorkerContext<Progress> {
  /** Tells the pool how far the task is. */
  readonly progress: (progress: Progress) => void
  /** Names buffers inside the result to be moved, not copied. */
  readonly transfer: (...buffers: Transferable[]) => void
}

/** Does one task in a worker thread. */
export type WorkerHandler<Task, Result, Progress> = (task: Task, context: WorkerContext<Progress>) => Result | Promise<Result>

/**
 * Answers tasks from inside a worker thread. Call it once, at the top level of the worker's file.
 * @throws Bl1Error `run/not-a-worker`
 *
 * @example
 * ```ts
 * serveWorker((task: { seed: number }, { progress }) => simulate(task.seed, (minutes) => progress({ minutes })))
 * ```
 */
export const serveWorker = <Task, Result, Progress = never>(
  handler: WorkerHandler<Task, Result, Progress>, port: MessagePort | null = parentPort,
): void => {
  if (port === null) throw new Bl1Error('run/not-a-worker', { doing: 'serveWorker()' })
  const send = (message: WorkerMessage<Result, Progress>, buffers: readonly Transferable[] = []): void => port.postMessage(message, buffers)

  const answer = async ({ id, task }: TaskMessage<Task>): Promise<void> => {
    const buffers: Transferable[] = []
    try {
      const result = await handler(task, {
        progress: (progress) => send({ type: 'progress', id, progress }),
        transfer: (...more) => void buffers.push(...more),
      })
      // A result that cannot be cloned throws here, and is reported like any other error of the task.
      send({ type: 'result', id, result }, buffers)
    } catch (error) {
      send({ type: 'error', id, error: describeFailure(error) })
    }
  }
  port.on('message', (message: TaskMessage<Task>) => void answer(message))
  send({ type: 'ready' })
}
