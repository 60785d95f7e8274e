/** What the base classes of environments and wrapped environments have in common: what they show, and the rules of the order of calls. */
import { Bl1Error } from '../errors.js'
import type { Member, Space } from '../spaces/index.js'
import { requireRenderMode, requireSettings } from './construct.js'
import { describe } from '../describe.js'
import { Lifecycle, type LifecycleState } from './lifecycle.js'
import type { EnvMetadata, EnvSpec, Info, RenderMode, StepResult } from './types.js'

/** What an author's constructor tells the base class. */
export interface BaseEnvOptions<OS extends Space, AS extends Space> {
  readonly spec: EnvSpec
  readonly observationSpace: OS
  readonly actionSpace: AS
  /** @default no render modes */
  readonly metadata?: EnvMetadata
  readonly renderMode?: RenderMode | undefined
  /** @default false */
  readonly reusesBuffers?: boolean
}

/** Spaces, spec and lifecycle of one environment of either kind. */
export abstract class EnvBase<OS extends Space, AS extends Space> {
  readonly spec: EnvSpec
  readonly observationSpace: OS
  readonly actionSpace: AS
  readonly metadata: EnvMetadata
  readonly renderMode: RenderMode | undefined
  readonly reusesBuffers: boolean
  /** Seeds, streams and the order of calls. */
  protected readonly life: Lifecycle

  /** @throws Bl1Error `env/render-mode` for a mode the metadata does not list, `env/spec` for a time limit below one step */
  constructor(options: BaseEnvOptions<OS, AS>, maxEpisodeSteps = options.spec.maxEpisodeSteps) {
    const { spec, metadata = { renderModes: [] } } = options
    requireRenderMode(spec.id, metadata, options.renderMode)
    requireSettings(spec)
    this.spec = spec
    this.observationSpace = options.observationSpace
    this.actionSpace = options.actionSpace
    this.metadata = metadata
    this.renderMode = options.renderMode
    this.reusesBuffers = options.reusesBuffers ?? false
    this.life = new Lifecycle(spec.id, maxEpisodeSteps)
  }

  /** A random action from the environment's own `action` stream. @throws Bl1Error `env/not-reset`, `env/closed` */
  sampleAction(): Member<AS> {
    this.life.requireStarted('sampleAction()')
    // A space samples its own members; the compiler cannot see that through the type parameter.
    return this.actionSpace.sample(this.life.actionRng) as Member<AS>
  }

  /** The error for an action outside the action space. */
  protected badAction(action: unknown): Bl1Error {
    return new Bl1Error('env/action', { id: this.spec.id, expected: JSON.stringify(this.actionSpace), received: describe(action) })
  }

  /** The step at which the time limit cuts the episode off. */
  protected cutOff<O, I extends Info>(result: StepResult<O, I>): StepResult<O, I> {
    return { ...result, truncated: true, info: { ...result.info, endReason: 'timeLimit' } }
  }

  /** The base class's part of a saved state: streams, seed, step count. */
  protected saveLifecycle(): LifecycleState {
    return this.life.save()
  }

  /** Puts that part back. @throws Bl1Error `env/closed`, `rng/state` */
  protected loadLifecycle(saved: LifecycleState): void {
    this.life.load(saved)
  }
}
