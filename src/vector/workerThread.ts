/** What runs in each thread of a worker vector: a vector of its own over shared memory, driven by messages. */
import { parentPort } from 'node:worker_threads'
import { make, registeredSpec, type AnyEnv, type Info, type JsonObject } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { iterate, type Space } from '../spaces/index.js'
import '../wrappers/register.js'
import { viewBatch } from './batchMemory.js'
import { reasonText } from './envFailed.js'
import { viewSheetMemory, type SheetMemory } from './sheet.js'
import type { AnyVectorEnv, Final, VectorReset, VectorStep } from './types.js'
import { vectorOf } from './vectorOf.js'
import type {
  MadeAnswer,
  MakeRequest,
  Reply,
  Request,
  ResetRequest,
  ResultAnswer,
  ShareRequest,
  Sparse,
  StepRequest,
  ThreadFailure,
} from './workerProtocol.js'

/** What there is after `share`. */
interface Shared {
  readonly vec: AnyVectorEnv
  readonly memory: SheetMemory<Space>
  readonly actions: unknown
}

const importModule = async (name: string): Promise<void> => {
  try {
    await import(name)
  } catch (error) {
    const remedy = "Pass the name of a package, or the URL of a file: import.meta.resolve('./my-env.js')."
    throw new Error(`the module '${name}' cannot be imported: ${reasonText(error)} ${remedy}`, { cause: error })
  }
}

class ThreadVector {
  readonly #envs: AnyEnv[] = []
  #from = 0
  #shared: Shared | undefined

  async make({ modules, spec, envOptions, from, to }: MakeRequest): Promise<MadeAnswer> {
    this.#from = from
    for (const name of modules) await importModule(name)
    // Options of an id are validated by the environment's builder.
    const full = typeof spec === 'string' ? { ...registeredSpec(spec), options: (envOptions ?? {}) as JsonObject } : spec
    for (let i = from; i < to; i++) this.#envs.push(await make(full))
    const [env] = this.#envs
    return { observationSpace: env.observationSpace.toJSON(), actionSpace: env.actionSpace.toJSON(), spec: env.spec }
  }

  share({ autoreset, memory, actions }: ShareRequest): undefined {
    const envs = this.#envs
    const [from, to] = [this.#from, this.#from + envs.length]
    const part = viewSheetMemory(envs[0].observationSpace, memory, from, to)
    const vec = vectorOf(envs, { autoreset, reuseBuffers: true }, part)
    this.#shared = { vec, memory: part, actions: viewBatch(actions, from, to, memory.rewards.length) }
  }

  async reset({ plan }: ResetRequest): Promise<ResultAnswer> {
    const options = plan.find((own) => own !== undefined)?.options
    const seeds = plan.map((own) => own?.seed)
    const mask = plan.map((own) => own !== undefined)
    return this.#answer(await this.#ready.vec.reset({ seeds, mask, ...(options === undefined ? {} : { options }) }), [])
  }

  async step({ actions }: StepRequest): Promise<ResultAnswer> {
    const { vec, actions: batch } = this.#ready
    const step = await vec.step(actions ?? iterate(vec.singleActionSpace, batch))
    return this.#answer(step, step.finals)
  }

  async close(): Promise<void> {
    if (this.#shared !== undefined) return this.#shared.vec.close()
    for (const env of this.#envs) await env.close()
  }

  get #ready(): Shared {
    if (this.#shared === undefined) throw new Error('a worker thread was asked to play before it was given memory')
    return this.#shared
  }

  #answer({ infos, observations }: VectorReset, finals: VectorStep['finals']): ResultAnswer {
    const space = this.#ready.vec.singleObservationSpace
    const told = infos.flatMap((info, i): Sparse<Info> => (Object.keys(info).length > 0 ? [[i, info]] : []))
    const ended = finals.flatMap((final, i): Sparse<Final> => (final === undefined ? [] : [[i, final]]))
    return { infos: told, finals: ended, observations: space.isFixedSize ? undefined : iterate(space, observations) }
  }
}

const isEnvFailure = (error: unknown): error is Bl1Error<'vector/env-failed'> =>
  error instanceof Bl1Error && error.code === 'vector/env-failed'

const failureOf = (error: unknown): ThreadFailure => {
  const thrown = isEnvFailure(error) ? error.cause : error
  const isError = thrown instanceof Error
  return {
    index: isEnvFailure(error) ? error.data.index : undefined,
    message: reasonText(thrown),
    stack: isError ? (thrown.stack ?? '') : '',
    code: isError && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined,
  }
}

const port = parentPort
if (port === null) throw new Bl1Error('run/not-a-worker', { doing: 'workerThread.js' })
const vector = new ThreadVector()

const answerTo = (request: Exclude<Request, { type: 'close' }>): Promise<ResultAnswer | MadeAnswer> | undefined => {
  switch (request.type) {
    case 'make':
      return vector.make(request)
    case 'share':
      return vector.share(request)
    case 'reset':
      return vector.reset(request)
    case 'step':
      return vector.step(request)
  }
}

const serve = async (request: Request): Promise<void> => {
  const reply = (message: Reply): void => port.postMessage(message)
  try {
    // An answer that cannot be cloned throws here, and is reported like any other error.
    if (request.type === 'close') await vector.close()
    else reply({ ok: true, answer: await answerTo(request) })
  } catch (error) {
    reply({ ok: false, to: request.type, failure: failureOf(error) })
  }
  // Whatever an environment left open would keep the thread alive.
  if (request.type === 'close') process.exit(0)
}
port.on('message', (request: Request) => void serve(request))
