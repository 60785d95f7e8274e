/** What the vector environments have in common: what they show, the order of calls, the check of actions, random actions. */
import { z } from 'zod'
import { describe, type EnvSpec, type Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { choice, flag, readParameters } from '../parameters.js'
import { Rng } from '../rng.js'
import { batchSpace, type BatchOf, type Member, type Space } from '../spaces/index.js'
import { planReset, type ResetPlan } from './planReset.js'
import { Phase, type Sheet, type SheetOptions } from './sheet.js'
import type { Autoreset, VectorProperties, VectorResetOptions } from './types.js'

/** The options of every vector environment, to be spread into others. */
export const vectorParameters = {
  autoreset: choice(['sameStep', 'disabled'], 'sameStep', 'whether an environment is reset within the step that ends its episode'),
  reuseBuffers: flag(false, 'write every result into the same arrays: copy what you keep'),
}

const vectorSchema = z.strictObject(vectorParameters)

/** @throws Bl1Error `parameter/invalid`, `parameter/unknown` */
export const readVectorOptions = (options: unknown, where: string): SheetOptions => readParameters(vectorSchema, options, where)

/** What a vector environment is made of. */
export interface VectorParts<OS extends Space, AS extends Space, I extends Info> extends SheetOptions {
  readonly observationSpace: OS
  readonly actionSpace: AS
  readonly spec: EnvSpec | undefined
  readonly sheet: Sheet<OS, I>
}

interface ActionStream {
  readonly episode: number
  readonly rng: Rng
}

export abstract class VectorBase<OS extends Space, AS extends Space, I extends Info> implements VectorProperties<OS, AS> {
  readonly count: number
  readonly singleObservationSpace: OS
  readonly singleActionSpace: AS
  readonly observationSpace: BatchOf<OS>
  readonly actionSpace: BatchOf<AS>
  readonly autoreset: Autoreset
  readonly reusesBuffers: boolean
  readonly spec: EnvSpec | undefined
  protected readonly sheet: Sheet<OS, I>
  readonly #streams: ActionStream[] = []
  #closedBecause: string | undefined

  constructor({ observationSpace, actionSpace, autoreset, reuseBuffers, spec, sheet }: VectorParts<OS, AS, I>) {
    this.count = sheet.finals.length
    this.singleObservationSpace = observationSpace
    this.singleActionSpace = actionSpace
    this.observationSpace = batchSpace(observationSpace, this.count)
    this.actionSpace = batchSpace(actionSpace, this.count)
    this.autoreset = autoreset
    this.reusesBuffers = reuseBuffers
    this.spec = spec
    this.sheet = sheet
  }

  get closed(): boolean {
    return this.#closedBecause !== undefined
  }

  /** @throws Bl1Error `vector/not-reset`, `vector/closed` */
  sampleActions(): Member<AS>[] {
    this.requireOpen('sampleActions()')
    this.#requireStarted('sampleActions()')
    // A space samples its own members; the compiler cannot see that through the type parameter.
    return Array.from({ length: this.count }, (_, i) => this.singleActionSpace.sample(this.#actionRng(i)) as Member<AS>)
  }

  /** Every later call but `close` is an error that says why. */
  protected markClosed(reason: string): void {
    this.#closedBecause ??= reason
  }

  /** @throws Bl1Error `vector/closed` */
  protected requireOpen(doing: string): void {
    if (this.#closedBecause !== undefined) throw new Bl1Error('vector/closed', { doing, reason: this.#closedBecause })
  }

  /** What each environment's reset is given. @throws Bl1Error `vector/reset`, `vector/not-reset`, `rng/seed` */
  protected planReset(options: VectorResetOptions): ResetPlan {
    const plan = planReset(options, this.count)
    const left = this.#withPhase(Phase.new).filter((i) => plan[i] === undefined)
    if (left.length > 0) throw new Bl1Error('vector/not-reset', { indices: left, doing: 'reset({ mask })' })
    return plan
  }

  /** @throws Bl1Error `vector/not-reset`, `vector/over`, `vector/actions`, `vector/action` */
  protected requireSteppable(actions: ArrayLike<Member<AS>>): void {
    const { phases } = this.sheet.memory
    for (let i = 0; i < phases.length; i++) if (phases[i] !== Phase.running) this.#refuseStep()
    const length: unknown = actions?.length
    if (length !== this.count) {
      throw new Bl1Error('vector/actions', { count: this.count, received: typeof length === 'number' ? String(length) : describe(actions) })
    }
    const space = this.singleActionSpace
    for (let i = 0; i < phases.length; i++) if (!space.contains(actions[i])) this.#refuseAction(i, actions[i])
  }

  #refuseStep(): never {
    this.#requireStarted('step()')
    throw new Bl1Error('vector/over', { indices: this.#withPhase(Phase.over) })
  }

  #refuseAction(index: number, action: unknown): never {
    throw new Bl1Error('vector/action', { index, expected: JSON.stringify(this.singleActionSpace), received: describe(action) })
  }

  #requireStarted(doing: string): void {
    const indices = this.#withPhase(Phase.new)
    if (indices.length > 0) throw new Bl1Error('vector/not-reset', { indices, doing })
  }

  #withPhase(phase: number): number[] {
    return Array.from(this.sheet.memory.phases, (_, i) => i).filter((i) => this.sheet.memory.phases[i] === phase)
  }

  /** The same stream that the environment's own `sampleAction` draws from. */
  #actionRng(i: number): Rng {
    const episode = this.sheet.memory.episodes[i]
    const known = this.#streams[i]
    if (known?.episode === episode) return known.rng
    const rng = Rng.fromSeed(this.sheet.memory.seeds[i]).split('action')
    this.#streams[i] = { episode, rng }
    return rng
  }
}
