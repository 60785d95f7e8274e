/** Breaks a good environment: replaces its properties and methods, whatever their types say, as broken ones come from plain JavaScript. */
import type { WalkEnv } from '../walkEnv.js'

/** Replaces a property or method. */
export const put = (target: object, name: PropertyKey, value: unknown): void => {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: true })
}

type AnyMethod = (...args: unknown[]) => unknown

/** Replaces a method by one that gets the original. */
export const override = (target: object, name: string, change: (original: AnyMethod) => AnyMethod): void => {
  const original: unknown = Reflect.get(target, name)
  if (typeof original !== 'function') throw new TypeError(name)
  put(target, name, change((...args) => Reflect.apply(original, target, args)))
}

/** The fields of a result, to be changed. */
export interface Result {
  readonly observation: Float32Array
  readonly terminated: boolean
  readonly truncated: boolean
  readonly info: Readonly<Record<string, unknown>>
}

/** Changes what every reset or step returns. */
export const change = (env: WalkEnv, method: 'reset' | 'step', to: (result: Result) => unknown): void =>
  override(env, method, (original) => (...args) => to(original(...args) as Result))

/** Changes every observation. */
export const observe = (env: WalkEnv, to: (observation: Float32Array) => unknown): void => {
  for (const method of ['reset', 'step'] as const) change(env, method, (result) => ({ ...result, observation: to(result.observation) }))
}

/** Changes the last step of every episode. */
export const endWith = (env: WalkEnv, fields: object): void =>
  change(env, 'step', (result) => (result.terminated || result.truncated ? { ...result, ...fields } : result))

/** Runs `instead` where the original throws an error of this code. */
export const forgive = (env: object, method: string, code: string, instead: (args: unknown[]) => unknown): void =>
  override(env, method, (original) => (...args) => {
    try {
      return original(...args)
    } catch (thrown) {
      if (Reflect.get(Object(thrown), 'code') === code) return instead(args)
      throw thrown
    }
  })

/** Takes the ability to be saved away. */
export const unsaveable = (env: WalkEnv): void => put(env, 'save', undefined)

let count = 0
/** A number that no seed governs: 1, 2, 3 and so on for all instances together. */
export const nextNumber = (): number => ++count
