/**
 * What a pool and its workers say to one another: plain messages, so that a worker may also be written in plain JavaScript.
 *
 * The worker says `ready` once it listens. Then, one at a time: the pool sends `task`, the worker answers with any number of
 * `progress` and exactly one `result` or `error`, all with the task's `id`.
 */

/** Pool to worker. */
export interface TaskMessage<Task> {
  readonly type: 'task'
  readonly id: number
  readonly task: Task
}

/** Worker to pool. */
export type WorkerMessage<Result, Progress> =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'result'; readonly id: number; readonly result: Result }
  | { readonly type: 'error'; readonly id: number; readonly error: WorkerFailure }

/** A thrown error as it crosses the border: structured clones lose the class and own fields of errors. */
export interface WorkerFailure {
  readonly name: string
  readonly message: string
  readonly stack: string
  /** The code of a Bl1Error. */
  readonly code: string | undefined
}

/** An error made ready to be sent. */
export const describeFailure = (error: unknown): WorkerFailure => {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '', code: undefined }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { name: error.name, message: error.message, stack: error.stack ?? '', code }
}
