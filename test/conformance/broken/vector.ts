/** One vector environment for each rule of the checker that breaks it and no other. */
import { batchSpace } from '../../../src/spaces/index.js'
import { SyncVectorEnv, type AnyVectorEnv, type SingleFactory, type VectorOptions, type VectorRule } from '../../../src/vector/index.js'
import { WalkEnv } from '../walkEnv.js'
import { forgive, nextNumber, override, put } from './patch.js'

type Vector = SyncVectorEnv<WalkEnv['observationSpace'], WalkEnv['actionSpace']>
type Step = ReturnType<Vector['step']>

interface VectorBreakage {
  readonly breaks: (vec: Vector) => void
  readonly options?: VectorOptions
  readonly single?: SingleFactory
}

/** Environments whose episodes end at different steps. */
const LENGTHS = [3, 4, 5]
export const singleWalk = (index: number): WalkEnv => new WalkEnv({ length: LENGTHS[index] })

/** A vector environment that keeps every rule. */
export const walkVector = (options?: VectorOptions): Vector => new SyncVectorEnv(LENGTHS.map((_, i) => () => singleWalk(i)), options)

const onStep = (vec: Vector, to: (step: Step, actions: readonly number[]) => object): void =>
  override(vec, 'step', (step) => (...args) => {
    const result = step(...args) as Step
    return { ...result, ...to(result, args[0] as number[]) }
  })

/** Changes the observations of environments within their episodes. */
const changeObservations = (vec: Vector, to: (x: number, i: number, actions: readonly number[]) => number): void =>
  onStep(vec, ({ observations, terminated }, actions) => ({
    observations: observations.map((x, i) => (terminated[i] === 1 ? x : to(x, i, actions))),
  }))

const changeFinals = (vec: Vector, to: (final: NonNullable<Step['finals'][number]>) => object | undefined): void =>
  onStep(vec, ({ finals }) => ({ finals: finals.map((final) => (final === undefined ? undefined : to(final))) }))

const readMask = (options: unknown): readonly unknown[] | undefined =>
  Reflect.get(Object(options), 'mask') as readonly unknown[] | undefined

export const vectorBreakages: Readonly<Record<VectorRule, VectorBreakage>> = {
  'vector/interface': { breaks: (vec) => put(vec, 'autoreset', 'nextStep') },
  'vector/throws': {
    breaks: (vec) =>
      put(vec, 'sampleActions', () => {
        throw new Error('no dice')
      }),
  },
  'vector/promise': { breaks: (vec) => override(vec, 'step', (step) => async (actions) => step(actions)) },
  'vector/spaces': { breaks: (vec) => put(vec, 'actionSpace', batchSpace(vec.singleActionSpace, 2)) },
  'vector/shape': { breaks: (vec) => onStep(vec, ({ rewards }) => ({ rewards: Array.from(rewards) })) },
  'vector/in-space': { breaks: (vec) => changeObservations(vec, () => 99) },
  'vector/reward-finite': {
    breaks: (vec) => {
      onStep(vec, ({ rewards }) => ({ rewards: rewards.map(() => NaN) }))
      changeFinals(vec, (final) => ({ ...final, episode: { ...final.episode, return: NaN } }))
    },
  },
  'vector/flags': { breaks: (vec) => onStep(vec, ({ terminated }) => ({ truncated: terminated.slice() })) },
  'vector/info-json': {
    breaks: (vec) => onStep(vec, ({ infos }) => ({ infos: infos.map((info) => ({ ...info, spikes: new Float32Array(2) })) })),
  },
  'vector/end-reason': {
    breaks: (vec) => onStep(vec, ({ infos }) => ({ infos: infos.map((info) => ({ ...info, endReason: 'goal' })) })),
  },
  'vector/finals': { breaks: (vec) => changeFinals(vec, () => undefined) },
  'vector/final-observation': { breaks: (vec) => changeFinals(vec, (final) => ({ ...final, observation: new Float32Array([99]) })) },
  'vector/final-episode': {
    breaks: (vec) => changeFinals(vec, (final) => ({ ...final, episode: { ...final.episode, length: final.episode.length + 1 } })),
  },
  'vector/next-episode': {
    breaks: (vec) =>
      onStep(vec, ({ observations, finals }) => ({ observations: observations.map((x, i) => finals[i]?.observation[0] ?? x) })),
  },
  'vector/disabled': {
    options: { autoreset: 'disabled' },
    breaks: (vec) => {
      let last: unknown
      override(vec, 'step', (step) => (actions) => (last = step(actions)))
      forgive(vec, 'step', 'vector/over', () => last)
    },
  },
  'vector/mask': {
    breaks: (vec) =>
      override(vec, 'reset', (reset) => (options) => {
        const result = reset(options)
        return readMask(options)?.includes(true) === true ? reset({}) : result
      }),
  },
  'vector/reset-seeds': {
    breaks: (vec) =>
      override(vec, 'reset', (reset) => (options) => {
        const seed: unknown = Reflect.get(Object(options), 'seed')
        const isPlain = Number.isSafeInteger(seed) && Number(seed) >= 0 && !Object.hasOwn(Object(options), 'seeds')
        return reset(isPlain ? { seeds: LENGTHS.map((_, i) => Number(seed) + i) } : options)
      }),
  },
  'vector/reset-refused': {
    breaks: (vec) =>
      override(vec, 'reset', (reset) => (options) => {
        const hasBoth = ['seed', 'seeds'].every((name) => Object.hasOwn(Object(options), name))
        return reset(hasBoth ? { seed: 1 } : options)
      }),
  },
  'vector/before-reset': {
    breaks: (vec) =>
      forgive(vec, 'step', 'vector/not-reset', ([actions]) => {
        vec.reset()
        return vec.step(actions as number[])
      }),
  },
  'vector/actions-refused': {
    breaks: (vec) =>
      override(vec, 'step', (step) => (actions) => step(Array.isArray(actions) ? actions.slice(0, LENGTHS.length) : actions)),
  },
  'vector/sample-actions': { breaks: (vec) => put(vec, 'sampleActions', () => [7, 7, 7]) },
  'vector/seed-repeat': { breaks: (vec) => changeObservations(vec, () => nextNumber() % 10) },
  'vector/independent': { breaks: (vec) => changeObservations(vec, (x, i, actions) => (i === 0 ? actions[1] : x)) },
  'vector/single': { breaks: (vec) => changeObservations(vec, (x, i) => (i === 1 ? x / 2 : x)), single: singleWalk },
  'vector/alias': { options: { reuseBuffers: true }, breaks: (vec) => put(vec, 'reusesBuffers', false) },
  'vector/alias-state': {
    breaks: (vec) => {
      // Goes on from the array it handed out.
      let last = new Float32Array(LENGTHS.length)
      const keep = (result: unknown): unknown => {
        last = Reflect.get(Object(result), 'observations')
        return result
      }
      changeObservations(vec, (x, i) => (i === 0 ? last[0] : x))
      for (const name of ['reset', 'step']) override(vec, name, (original) => (...args) => keep(original(...args)))
    },
  },
  'vector/close-idempotent': {
    breaks: (vec) => {
      let closes = 0
      override(vec, 'close', (close) => () => {
        if (++closes === 2) throw new Error('closed already')
        return close()
      })
    },
  },
  'vector/close-after': { breaks: (vec) => put(vec, 'close', () => undefined) },
}

/** A vector environment that breaks `rule`. */
export const brokenVector = (rule: VectorRule): AnyVectorEnv => {
  const { breaks, options } = vectorBreakages[rule]
  const vec = walkVector(options)
  breaks(vec)
  return vec
}
