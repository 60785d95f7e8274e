/** What must and must not compile of environments in Python. Checked by `tsc`; nothing here runs. */
import { PythonEnv, type PythonInfo } from '../../envs/python/index.js'
import { make, type AsyncEnv, type Env } from '../../src/env/index.js'
import { Box } from '../../src/spaces/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

export const uses = async (): Promise<void> => {
  const env = await make('Python-v0', { id: 'CartPole-v1', kwargs: { sutton_barto_reward: true }, bridge: { transport: 'pipe' } })
  holds<Same<typeof env, PythonEnv>>()
  const { observation, info } = await env.step(1)
  holds<Same<typeof observation, unknown>>()
  holds<Same<typeof info, PythonInfo>>()
  const also: true | undefined = info.alsoTruncated

  // A space says what its values are.
  const space = env.observationSpace
  if (space instanceof Box && space.contains(observation)) observation.length.toFixed()

  const either: AsyncEnv = env
  // @ts-expect-error: it answers later
  const wrong: Env = env
  // @ts-expect-error: a promise has no observation
  env.step(1).observation
  // @ts-expect-error: it needs an id
  await make('Python-v0', { kwargs: {} })
  // @ts-expect-error: the id stands in front
  await PythonEnv.create('CartPole-v1', { id: 'CartPole-v1' })
  // @ts-expect-error: arguments are plain JSON
  await PythonEnv.create('CartPole-v1', { kwargs: { draw: () => 1 } })
  // @ts-expect-error: a process has to start
  new PythonEnv()
  // @ts-expect-error: Gymnasium does not tell of time limits as terminated
  await PythonEnv.create('CartPole-v1', { endReason: 'timeLimit' })
  void [also, either, wrong]
}
