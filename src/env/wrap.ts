/**
 * `wrap`: an environment with a wrapper around it, of the same kind as the one inside.
 *
 * Wrapping a wrapped environment adds to its hooks instead of nesting, so five wrappers cost one result object a step. Only a wrapper that
 * repeats steps (`again`) begins a new layer, as everything inside it must run once a repetition.
 */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { Rng } from '../rng.js'
import type { Space } from '../spaces/index.js'
import { EnvBase } from './envBase.js'
import { HookStack } from './hookStack.js'
import type { AnyHooks, EnvShape, Hooks, StepDraft, WrapperFactory } from './hooks.js'
import type { JsonObject } from '../json.js'
import { lifecycleJSON } from './lifecycle.js'
import { OneAtATime } from './oneAtATime.js'
import { AsyncAdapter, toAsync } from './toAsync.js'
import { isOver, isSaveable, type AnyEnv, type AsyncEnv, type AsyncSaveable, type Env } from './types.js'
import type { Frame, Info, ResetOptions, ResetResult, Saveable, StepResult } from './types.js'

const wrappedState = z.strictObject({ lifecycle: lifecycleJSON, env: z.record(z.string(), z.json()), wrappers: z.array(z.json()) })

type SavedState = z.output<typeof wrappedState>

/** What both kinds of wrapped environments are made of. */
abstract class Wrapped<E extends AnyEnv> extends EnvBase<Space, Space> {
  /** The environment inside all hooks of this layer. */
  readonly inner: E
  readonly stack: HookStack

  constructor(inner: E, hooks: readonly AnyHooks[]) {
    const stack = new HookStack(inner, hooks)
    const { observationSpace, actionSpace, reusesBuffers } = stack
    const spec = { ...inner.spec, wrappers: [...(inner.spec.wrappers ?? []), ...hooks.map((hook) => hook.wrapper)] }
    // The environment inside keeps its own time limit.
    const { keys, ...others } = inner.metadata
    // The keys of other actions would be the wrong ones.
    const metadata = keys === undefined || actionSpace === inner.actionSpace ? inner.metadata : others
    super({ spec, observationSpace, actionSpace, metadata, renderMode: inner.renderMode, reusesBuffers }, Infinity)
    this.inner = inner
    this.stack = stack
  }

  /** The episode before is gone. The next one begins when all hooks have seen its start: one of them may refuse it. */
  protected started(result: ResetResult<unknown>, options: ResetOptions): ResetResult<unknown> {
    this.life.endEpisode()
    return this.stack.reset(result, options)
  }

  protected stepped(result: StepResult<unknown>): StepDraft {
    const step = this.stack.step(result)
    this.life.countStep(isOver(step))
    return step
  }

  protected stateWith(env: JsonObject): JsonObject {
    return { lifecycle: { ...this.saveLifecycle() }, env, wrappers: this.stack.save() }
  }

  protected parsed(state: unknown): SavedState {
    this.life.requireOpen('load()')
    const parsed = wrappedState.safeParse(state)
    if (!parsed.success) throw new Bl1Error('env/state', { id: this.spec.id, reason: z.prettifyError(parsed.error) })
    this.stack.requireCount(parsed.data.wrappers)
    return parsed.data
  }

  /** The environment inside has its state. Until the hooks have theirs, there is nothing to step: one of them may refuse it. */
  protected loaded({ lifecycle, wrappers }: SavedState): void {
    this.life.endEpisode()
    this.stack.load(wrappers)
    this.loadLifecycle(lifecycle)
  }
}

class WrappedEnv extends Wrapped<Env> implements Env {
  readonly sync = true

  reset(options: ResetOptions = {}): ResetResult<unknown> {
    this.life.requireOpen('reset()')
    try {
      const result = this.inner.reset(options)
      const outer = this.started(result, options)
      if (this.stack.wantsFrame) this.stack.showFrame(this.inner.render(), { isFirst: true, isOver: false })
      this.life.beginEpisode(result.info.seed)
      return outer
    } catch (error) {
      throw this.stack.failed(error)
    }
  }

  step(action: unknown): StepResult<unknown> {
    this.life.requireRunning()
    let advanced = false
    try {
      const innerAction = this.stack.act(action)
      let result = this.inner.step(innerAction)
      while (!isOver(result) && this.stack.again(result)) result = this.inner.step(innerAction)
      advanced = true
      const step = this.stepped(result)
      if (this.stack.wantsFrame) this.stack.showFrame(this.inner.render(), { isFirst: false, isOver: isOver(step) })
      return step
    } catch (error) {
      // A hook threw: the result is lost, and some hooks have not seen it. What the environment inside throws is its own matter.
      if (advanced) this.life.endEpisode()
      throw this.stack.failed(error)
    }
  }

  render(): Frame | string | undefined {
    this.life.requireStarted('render()')
    return this.stack.render(this.inner.render())
  }

  close(): void {
    if (this.life.closed) return
    this.life.close()
    try {
      this.stack.close()
    } finally {
      this.inner.close()
    }
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

class SaveableWrappedEnv extends WrappedEnv implements Saveable {
  readonly #saved: Saveable

  constructor(inner: Env & Saveable, hooks: readonly AnyHooks[]) {
    super(inner, hooks)
    this.#saved = inner
  }

  save(): JsonObject {
    return this.stateWith(this.#saved.save())
  }

  load(state: unknown): void {
    const parsed = this.parsed(state)
    this.#saved.load(parsed.env)
    this.loaded(parsed)
  }
}

class WrappedAsyncEnv extends Wrapped<AsyncEnv> implements AsyncEnv {
  readonly sync = false
  /** The hooks are given one call at a time: the environment inside may be one that takes several. */
  protected readonly calls = new OneAtATime(this.spec.id)

  async reset(options: ResetOptions = {}): Promise<ResetResult<unknown>> {
    return this.calls.run('reset()', () => this.#reset(options))
  }

  async step(action: unknown): Promise<StepResult<unknown>> {
    return this.calls.run('step()', () => this.#step(action))
  }

  async render(): Promise<Frame | string | undefined> {
    return this.calls.run('render()', () => this.#render())
  }

  async #reset(options: ResetOptions): Promise<ResetResult<unknown>> {
    this.life.requireOpen('reset()')
    try {
      const result = await this.inner.reset(options)
      const outer = this.started(result, options)
      if (this.stack.wantsFrame) this.stack.showFrame(await this.inner.render(), { isFirst: true, isOver: false })
      this.life.beginEpisode(result.info.seed)
      return outer
    } catch (error) {
      throw this.stack.failed(error)
    }
  }

  async #step(action: unknown): Promise<StepResult<unknown>> {
    this.life.requireRunning()
    let advanced = false
    try {
      const innerAction = this.stack.act(action)
      let result = await this.inner.step(innerAction)
      while (!isOver(result) && this.stack.again(result)) result = await this.inner.step(innerAction)
      advanced = true
      const step = this.stepped(result)
      if (this.stack.wantsFrame) this.stack.showFrame(await this.inner.render(), { isFirst: false, isOver: isOver(step) })
      return step
    } catch (error) {
      if (advanced) this.life.endEpisode()
      throw this.stack.failed(error)
    }
  }

  async #render(): Promise<Frame | string | undefined> {
    this.life.requireStarted('render()')
    return this.stack.render(await this.inner.render())
  }

  async close(): Promise<void> {
    if (this.life.closed) return
    this.life.close()
    try {
      this.stack.close()
    } finally {
      await this.inner.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

class SaveableWrappedAsyncEnv extends WrappedAsyncEnv implements AsyncSaveable {
  readonly #saved: AsyncSaveable

  constructor(inner: AsyncEnv & AsyncSaveable, hooks: readonly AnyHooks[]) {
    super(inner, hooks)
    this.#saved = inner
  }

  async save(): Promise<JsonObject> {
    return this.calls.run('save()', async () => this.stateWith(await this.#saved.save()))
  }

  async load(state: unknown): Promise<void> {
    return this.calls.run('load()', async () => {
      const parsed = this.parsed(state)
      await this.#saved.load(parsed.env)
      this.loaded(parsed)
    })
  }
}

const shapeOf = (env: AnyEnv): EnvShape => {
  const { observationSpace, actionSpace, spec, metadata, renderMode, reusesBuffers } = env
  const depth = spec.wrappers?.length ?? 0
  const stream = (seed: number): Rng => Rng.fromSeed(seed).split(`wrapper/${depth}`)
  return { observationSpace, actionSpace, spec, metadata, renderMode, reusesBuffers, stream }
}

/** The outermost layer of hooks, where there is one. Adapted before or after wrapping: the layers, and so the saved state, are the same. */
const layerOf = (env: AnyEnv): { readonly inner: AnyEnv; readonly hooks: readonly AnyHooks[] } | undefined => {
  if (env instanceof Wrapped) return { inner: env.inner, hooks: env.stack.hooks }
  const adapted = env instanceof AsyncAdapter ? env.env : undefined
  return adapted instanceof WrappedEnv ? { inner: toAsync(adapted.inner), hooks: adapted.stack.hooks } : undefined
}

const build = (inner: AnyEnv, hooks: readonly AnyHooks[]): AnyEnv => {
  if (inner.sync) return isSaveable(inner) ? new SaveableWrappedEnv(inner, hooks) : new WrappedEnv(inner, hooks)
  return isSaveable(inner) ? new SaveableWrappedAsyncEnv(inner, hooks) : new WrappedAsyncEnv(inner, hooks)
}

/**
 * Puts a wrapper around an environment. What comes back is of the same kind (`Env` or `AsyncEnv`), can be saved if the environment can, and
 * has the spaces and infos that the wrapper declares. Use the outer one from then on: the state of the hooks is shared.
 *
 * @example
 * ```ts
 * const env = wrap(wrap(new PongEnv(), timeLimit({ maxEpisodeSteps: 500 })), recordEpisodeStatistics())
 * ```
 * @throws Bl1Error `env/wrapper-render`, and what the wrapper says about spaces that do not suit it
 */
export function wrap<OS extends Space, AS extends Space, I extends Info, OS2 extends Space, AS2 extends Space, I2 extends Info>(
  env: Env<OS, AS, I> & Saveable,
  wrapper: (env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, OS2, AS2, I2>,
): Env<OS2, AS2, I2> & Saveable
export function wrap<OS extends Space, AS extends Space, I extends Info, OS2 extends Space, AS2 extends Space, I2 extends Info>(
  env: Env<OS, AS, I>,
  wrapper: (env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, OS2, AS2, I2>,
): Env<OS2, AS2, I2>
export function wrap<OS extends Space, AS extends Space, I extends Info, OS2 extends Space, AS2 extends Space, I2 extends Info>(
  env: AsyncEnv<OS, AS, I> & AsyncSaveable,
  wrapper: (env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, OS2, AS2, I2>,
): AsyncEnv<OS2, AS2, I2> & AsyncSaveable
export function wrap<OS extends Space, AS extends Space, I extends Info, OS2 extends Space, AS2 extends Space, I2 extends Info>(
  env: AsyncEnv<OS, AS, I>,
  wrapper: (env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, OS2, AS2, I2>,
): AsyncEnv<OS2, AS2, I2>
export function wrap(env: AnyEnv, wrapper: (env: EnvShape) => AnyHooks): AnyEnv {
  const hooks = wrapper(shapeOf(env))
  const layer = hooks.again === undefined ? layerOf(env) : undefined
  return layer === undefined ? build(env, [hooks]) : build(layer.inner, [...layer.hooks, hooks])
}

/** The environment directly inside, if this one is a wrapped or adapted one. */
const insideOf = (env: AnyEnv): AnyEnv | undefined => {
  if (env instanceof Wrapped) return env.inner
  return env instanceof AsyncAdapter ? env.env : undefined
}

/** The environment inside all wrappers. */
export const unwrapped = (env: AnyEnv): AnyEnv => {
  const inside = insideOf(env)
  return inside === undefined ? env : unwrapped(inside)
}

/**
 * The outermost wrapper of a kind around an environment, to read what it keeps; undefined where there is none.
 *
 * @example
 * ```ts
 * const env = wrap(new PongEnv(), recordEpisodeStatistics())
 * console.log(find(env, recordEpisodeStatistics)?.returns) // []
 * ```
 */
export const find = <F extends WrapperFactory>(env: AnyEnv, factory: F): ReturnType<ReturnType<F>> | undefined => {
  const hooks = env instanceof Wrapped ? env.stack.hooks.findLast(({ wrapper }) => wrapper.name === factory.wrapperName) : undefined
  // A name stands for one factory, in specs as here, so hooks of the name are hooks the factory made.
  if (hooks !== undefined) return hooks as ReturnType<ReturnType<F>>
  const inside = insideOf(env)
  return inside === undefined ? undefined : find(inside, factory)
}
