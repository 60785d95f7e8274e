/** What the tests of this room share: play a vector of any kind and write everything down. */
import type { AnyVectorEnv } from '../../../src/vector/index.js'

/** All that a vector of any kind answers to random actions; ended episodes go on with a masked reset where nothing else resets them. */
export const play = async (vec: AnyVectorEnv, seed: number, steps: number): Promise<unknown[]> => {
  const seen: unknown[] = [structuredClone(await vec.reset({ seed }))]
  for (let t = 0; t < steps; t++) {
    const actions = vec.sampleActions()
    const step = await vec.step(actions)
    seen.push(actions, structuredClone(step))
    const over = Array.from(step.terminated, (terminated, i) => terminated === 1 || step.truncated[i] === 1)
    if (vec.autoreset === 'disabled' && over.includes(true)) seen.push(structuredClone(await vec.reset({ mask: over })))
  }
  return seen
}

/** How many episodes a played trace has ended. */
export const countEnds = (seen: readonly unknown[]): number =>
  seen.reduce<number>((ends, entry) => {
    const isStep = typeof entry === 'object' && entry !== null
    const flags = ['terminated', 'truncated'].map((name): unknown => (isStep ? Reflect.get(entry, name) : undefined))
    return ends + flags.reduce<number>((sum, flag) => sum + (flag instanceof Uint8Array ? flag.reduce((a, b) => a + b, 0) : 0), 0)
  }, 0)
