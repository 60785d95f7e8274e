/** Remembers what an environment returned, to see whether it changes later; and writes into it, to see whether the environment notices. */
import { difference, same } from './difference.js'

/** A returned value and what it was then. */
export class AliasWatch {
  readonly #clone: (given: unknown) => unknown
  #given: unknown
  #copy: unknown

  /** @param clone a copy that shares no memory, not even shared memory */
  constructor(clone: (given: unknown) => unknown = structuredClone) {
    this.#clone = clone
  }

  watch(given: unknown): void {
    this.#given = given
    this.#copy = this.#clone(given)
  }

  get changed(): boolean {
    return !same(this.#given, this.#copy)
  }
}

/** Overwrites every typed array in a value, as a learner does that scales observations in place. Says whether there was any. */
export const scribble = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    bytes.fill(bytes[0] === 1 ? 2 : 1)
    return true
  }
  return Object.values(value).map(scribble).includes(true)
}

/** A short text of where two recordings differ. */
export const whereDiffer = (a: unknown, b: unknown): string => {
  const found = difference(a, b)
  return found === undefined ? 'nowhere' : `first at ${found.path}`
}
