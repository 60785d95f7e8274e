/** The hooks of several wrappers around one environment, called in order. What is the same for `Env` and `AsyncEnv`. */
import { Bl1Error } from '../errors.js'
import type { Space } from '../spaces/index.js'
import { describe } from '../describe.js'
import type { AnyHooks, FrameMoment, ResetDraft, StepDraft } from './hooks.js'
import type { JsonValue } from '../json.js'
import type { AnyEnv, Frame, ResetOptions, ResetResult, StepResult } from './types.js'

type Shown = Frame | string | undefined

/** The part of the hooks that a step calls. */
interface Pass {
  readonly onObservation: AnyHooks['onObservation'] | undefined
  readonly onStep: AnyHooks['onStep'] | undefined
}

/** Hooks from the inside out. */
export class HookStack {
  readonly hooks: readonly AnyHooks[]
  readonly observationSpace: Space
  readonly actionSpace: Space
  readonly reusesBuffers: boolean
  readonly #id: string
  readonly #changesActions: boolean
  /** What a step calls, one like the other, so that the calls stay fast. */
  readonly #passes: readonly Pass[]
  readonly #again: AnyHooks['again']
  /** The rewards of a repetition before its last step. In an array, as a number passed from call to call may cost an object. */
  readonly #earlierReward = new Float64Array(1)
  readonly #wantFrames: readonly number[]
  /** The action of the present step as each wrapper is given it. One array for all steps: a step allocates its result only. */
  readonly #actions: unknown[]

  /** @throws Bl1Error `env/wrapper-render` where a hook wants pictures of an environment without a render mode */
  constructor(inner: AnyEnv, hooks: readonly AnyHooks[]) {
    this.hooks = hooks
    this.observationSpace = hooks.findLast((hook) => hook.observationSpace !== undefined)?.observationSpace ?? inner.observationSpace
    this.actionSpace = hooks.findLast((hook) => hook.actionSpace !== undefined)?.actionSpace ?? inner.actionSpace
    this.reusesBuffers = hooks.findLast((hook) => hook.reusesBuffers !== undefined)?.reusesBuffers ?? inner.reusesBuffers
    this.#id = inner.spec.id
    this.#changesActions = hooks.some((hook) => hook.onAction !== undefined)
    this.#wantFrames = hooks.flatMap((hook, i) => (hook.onFrame === undefined ? [] : [i]))
    this.#actions = hooks.map(() => undefined)
    this.#passes = hooks.map((hook) => ({ onObservation: hook.onObservation?.bind(hook), onStep: hook.onStep?.bind(hook) }))
    this.#again = hooks[0]?.again?.bind(hooks[0])
    const watcher = hooks[this.#wantFrames[0] ?? -1]
    if (watcher !== undefined && inner.renderMode === undefined) {
      throw new Bl1Error('env/wrapper-render', { id: this.#id, wrapper: watcher.wrapper.name, modes: inner.metadata.renderModes })
    }
  }

  /** The action for the environment inside. @throws Bl1Error `env/action` */
  act(action: unknown): unknown {
    this.#earlierReward[0] = 0
    if (!this.#changesActions) {
      const actions = this.#actions
      for (let i = 0; i < actions.length; i++) actions[i] = action
      return action
    }
    this.#actions[this.hooks.length - 1] = action
    if (!this.actionSpace.contains(action)) {
      throw new Bl1Error('env/action', { id: this.#id, expected: JSON.stringify(this.actionSpace), received: describe(action) })
    }
    let inner = action
    for (let i = this.hooks.length - 1; i >= 0; i--) {
      this.#actions[i] = inner
      const hook = this.hooks[i]
      if (hook.onAction !== undefined) inner = hook.onAction(inner)
    }
    return inner
  }

  /** Whether the innermost wrapper takes the action once more; adds the reward up if so. */
  again(result: StepResult<unknown>): boolean {
    if (this.#again === undefined || !this.#again(result)) return false
    this.#earlierReward[0] += result.reward
    return true
  }

  /** Passes a step through all hooks, as one new object. */
  step(result: StepResult<unknown>): StepDraft {
    const draft: StepDraft = {
      observation: result.observation,
      reward: this.#again === undefined ? result.reward : this.#earlierReward[0] + result.reward,
      terminated: result.terminated,
      truncated: result.truncated,
      info: result.info,
    }
    const passes = this.#passes
    for (let i = 0; i < passes.length; i++) {
      const hook = passes[i]
      if (hook.onObservation !== undefined) draft.observation = hook.onObservation(draft.observation)
      if (hook.onStep !== undefined) hook.onStep(draft, this.#actions[i])
    }
    return draft
  }

  /** Passes a reset through all hooks. @throws Bl1Error `env/wrapper-observation` where a wrapper's observation is not in its space */
  reset(result: ResetResult<unknown>, options: ResetOptions): ResetResult<unknown> {
    const draft: ResetDraft = { info: result.info }
    let { observation } = result
    for (const hook of this.hooks) {
      hook.onReset?.(draft, options)
      if (hook.onObservation !== undefined) observation = hook.onObservation(observation)
      const space = hook.observationSpace
      if (space !== undefined && !space.contains(observation)) {
        const found = { id: this.#id, wrapper: hook.wrapper.name, expected: JSON.stringify(space), received: describe(observation) }
        throw new Bl1Error('env/wrapper-observation', found)
      }
    }
    return { observation, info: draft.info }
  }

  /** Whether a hook wants the present picture. */
  get wantsFrame(): boolean {
    if (this.#wantFrames.length === 0) return false
    for (const i of this.#wantFrames) if (this.hooks[i].wantsFrame?.() !== false) return true
    return false
  }

  /** Hands a picture of the environment inside to the hooks that want it, each as the wrappers below it change it. */
  showFrame(shown: Shown, moment: FrameMoment): void {
    if (shown === undefined) return
    let seen = shown
    for (const hook of this.hooks) {
      if (hook.onFrame !== undefined && hook.wantsFrame?.() !== false) hook.onFrame(seen, moment)
      if (hook.onRender !== undefined) seen = hook.onRender(seen)
    }
  }

  /** What `render` shows outside. */
  render(shown: Shown): Shown {
    if (shown === undefined) return undefined
    return this.hooks.reduce((seen, hook) => hook.onRender?.(seen) ?? seen, shown)
  }

  /** Tells every hook of an error and returns the one to throw: an action refused inside is the fault of the wrapper that made it. */
  failed(error: unknown): unknown {
    for (const hook of this.hooks) hook.onError?.(error)
    const isRefusal = this.#changesActions && error instanceof Bl1Error && error.code === 'env/action'
    if (!isRefusal || !this.actionSpace.contains(this.#actions.at(-1))) return error
    const wrappers = this.hooks.filter((hook) => hook.onAction !== undefined).map((hook) => hook.wrapper.name)
    return new Bl1Error('env/wrapper-action', { id: this.#id, wrappers, reason: error.message })
  }

  /** Every hook is closed, whatever one of them throws; the first error is thrown at the end. */
  close(): void {
    const errors: unknown[] = []
    for (const hook of this.hooks.toReversed()) {
      try {
        hook.onClose?.()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }

  save(): JsonValue[] {
    return this.hooks.map((hook) => hook.save?.() ?? null)
  }

  /** @throws Bl1Error `env/state` unless there is one state a wrapper */
  requireCount(states: readonly JsonValue[]): void {
    if (states.length !== this.hooks.length) this.#refuse(`it has ${states.length} wrappers, not ${this.hooks.length}`)
  }

  /** @throws Bl1Error `env/state` where a wrapper refuses its state, or keeps none and is given one */
  load(states: readonly JsonValue[]): void {
    for (const [i, hook] of this.hooks.entries()) {
      const state = states[i] ?? null
      if (hook.load === undefined && state !== null) this.#refuse(`${hook.wrapper.name} keeps no state, but ${describe(state)} came`)
      try {
        hook.load?.(state)
      } catch (error) {
        this.#refuse(`${hook.wrapper.name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }

  #refuse(reason: string): never {
    throw new Bl1Error('env/state', { id: this.#id, reason })
  }
}
