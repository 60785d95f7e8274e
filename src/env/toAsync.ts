/** Serves a synchronous environment where an asynchronous one is wanted. */
import type { Member, Space } from '../spaces/index.js'
import type { JsonObject } from '../json.js'
import { isSaveable, type AsyncEnv, type AsyncSaveable, type Env, type EnvMetadata, type EnvSpec, type Frame, type Info } from './types.js'
import type { RenderMode, ResetOptions, ResetResult, Saveable, StepResult } from './types.js'

/** The methods of `Env` with promises. Errors become rejections. */
export class AsyncAdapter<OS extends Space, AS extends Space, I extends Info> implements AsyncEnv<OS, AS, I> {
  readonly sync = false
  readonly observationSpace: OS
  readonly actionSpace: AS
  readonly spec: EnvSpec
  readonly metadata: EnvMetadata
  readonly renderMode: RenderMode | undefined
  readonly reusesBuffers: boolean
  /** The synchronous environment inside. */
  readonly env: Env<OS, AS, I>

  constructor(env: Env<OS, AS, I>) {
    this.env = env
    this.observationSpace = env.observationSpace
    this.actionSpace = env.actionSpace
    this.spec = env.spec
    this.metadata = env.metadata
    this.renderMode = env.renderMode
    this.reusesBuffers = env.reusesBuffers
  }

  sampleAction(): Member<AS> {
    return this.env.sampleAction()
  }

  async reset(options?: ResetOptions): Promise<ResetResult<Member<OS>, I>> {
    return this.env.reset(options)
  }

  async step(action: Member<AS>): Promise<StepResult<Member<OS>, I>> {
    return this.env.step(action)
  }

  async render(): Promise<Frame | string | undefined> {
    return this.env.render()
  }

  async close(): Promise<void> {
    this.env.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.env.close()
  }
}

class SaveableAsyncAdapter<OS extends Space, AS extends Space, I extends Info> extends AsyncAdapter<OS, AS, I> implements AsyncSaveable {
  readonly #saved: Saveable

  constructor(env: Env<OS, AS, I> & Saveable) {
    super(env)
    this.#saved = env
  }

  async save(): Promise<JsonObject> {
    return this.#saved.save()
  }

  async load(state: unknown): Promise<void> {
    this.#saved.load(state)
  }
}

/** The same environment with promises; it can be saved if the environment can. */
export function toAsync<OS extends Space, AS extends Space, I extends Info>(
  env: Env<OS, AS, I> & Saveable,
): AsyncEnv<OS, AS, I> & AsyncSaveable
export function toAsync<OS extends Space, AS extends Space, I extends Info>(env: Env<OS, AS, I>): AsyncEnv<OS, AS, I>
export function toAsync<OS extends Space, AS extends Space, I extends Info>(env: Env<OS, AS, I>): AsyncEnv<OS, AS, I> {
  return isSaveable(env) ? new SaveableAsyncAdapter(env) : new AsyncAdapter(env)
}
