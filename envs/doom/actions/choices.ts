/** One of several combinations of buttons: all of up to k, or those on a list. */
import { Discrete } from '../../../src/spaces/index.js'
import type { ActionCodec } from './codec.js'

/** A combination by its columns in the engine's row and by the names of its buttons. */
export interface Choice {
  readonly columns: readonly number[]
  readonly buttons: readonly string[]
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((name) => b.includes(name))

/** One of these combinations, in this order. */
export const choiceCodec = (choices: readonly Choice[]): ActionCodec<Discrete> => ({
  space: new Discrete({ n: choices.length }),
  write: (action, out) => {
    out.fill(0)
    for (const column of choices[action].columns) out[column] = 1
  },
  press: (...buttons) => {
    const index = choices.findIndex((choice) => isSame(choice.buttons, buttons))
    return index < 0 ? undefined : index
  },
})

/** All combinations of up to `maxPressed` of n things: none, each, each pair and so on, each in the order of the things. */
export const combinations = (n: number, maxPressed: number): number[][] => {
  let last: number[][] = [[]]
  const all = [...last]
  for (let pressed = 1; pressed <= Math.min(n, maxPressed); pressed++) {
    last = last.flatMap((combination) => {
      const from = (combination.at(-1) ?? -1) + 1
      return Array.from({ length: n - from }, (_, i) => [...combination, from + i])
    })
    all.push(...last)
  }
  return all
}

/** How many combinations there are of up to `maxPressed` of n things. */
export const countCombinations = (n: number, maxPressed: number): number => {
  let ofSize = 1
  let total = 1
  for (let pressed = 1; pressed <= Math.min(n, maxPressed); pressed++) {
    // C(n, k) = C(n, k - 1) (n - k + 1) / k
    ofSize = (ofSize * (n - pressed + 1)) / pressed
    total += ofSize
  }
  return total
}
