/** The states of all environments of a vector, to keep and to put back. */
import { isSaveable, type AnyEnv, type AsyncSaveable, type Saveable } from '../src/env/index.js'
import type { AnyVectorEnv } from '../src/vector/index.js'

type Keeper = Saveable | AsyncSaveable

const isKeeper = (x: object): x is Keeper => 'save' in x && typeof x.save === 'function' && 'load' in x && typeof x.load === 'function'

const saveables = (envs: readonly AnyEnv[]): Keeper[] => envs.filter((env) => isSaveable(env))

/** What holds the state: the vector itself where it can, else its environments where all of them can. */
const keepersOf = (vec: AnyVectorEnv): readonly Keeper[] | undefined => {
  if (isKeeper(vec)) return [vec]
  const keepers = saveables(vec.envs ?? [])
  return keepers.length === vec.count ? keepers : undefined
}

/** The states, as plain JSON; null where they cannot be kept (another program, worker threads). */
export const saveVector = async (vec: AnyVectorEnv): Promise<readonly unknown[] | null> => {
  const keepers = keepersOf(vec)
  return keepers === undefined ? null : Promise.all(keepers.map(async (keeper) => keeper.save()))
}

/** Puts states back into environments that are running; says whether that was possible. */
export const loadVector = async (vec: AnyVectorEnv, states: readonly unknown[] | null): Promise<boolean> => {
  const keepers = keepersOf(vec)
  if (states === null || keepers === undefined || keepers.length !== states.length) return false
  await Promise.all(keepers.map(async (keeper, i) => keeper.load(states[i])))
  return true
}
