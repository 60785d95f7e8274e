/** What must and must not compile. Checked by `tsc`; nothing here runs. */
import { PongEnv, type PongInfo } from '../../envs/pong/index.js'
import { make, toAsync, type AnyEnv, type Env } from '../../src/env/index.js'
import { Box, Discrete, type Member } from '../../src/spaces/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

// A value's type comes from its space.
holds<Same<Member<Box>, Float32Array>>()
holds<Same<Member<Box<'uint8'>>, Uint8Array>>()
holds<Same<Member<Discrete<3>>, number>>()
const image = new Box({ low: 0, high: 255, shape: [4], dtype: 'uint8' })
holds<Same<Member<typeof image>, Uint8Array>>()
const buttons = new Discrete({ n: 3 })
holds<Same<typeof buttons.n, 3>>()

// @ts-expect-error: no such element type
new Box({ low: 0, high: 1, dtype: 'float16' })
// @ts-expect-error: a Discrete needs n
new Discrete({ start: 1 })

export const uses = async (): Promise<void> => {
  const env = await make('Pong-v0', { rules: 'serve', paper: { paddleHeight: 0.5 } })
  holds<Same<typeof env, PongEnv>>()
  const { observation, info } = env.step(1)
  holds<Same<typeof observation, Float32Array>>()
  holds<Same<typeof info, PongInfo>>()
  const height: number | undefined = info.event?.targetHeight

  // @ts-expect-error: an action is a number
  env.step('up')
  // @ts-expect-error: an action is one number, not an array
  env.step([1])
  // @ts-expect-error: there is no done
  env.step(1).done
  // @ts-expect-error: an unknown id
  await make('Pnog-v0')
  // @ts-expect-error: an id that is not known while compiling goes into a spec
  await make(String(height))
  // @ts-expect-error: an unknown option
  await make('Pong-v0', { paddle: 0.5 })
  // @ts-expect-error: an option of another type
  await make('Pong-v0', { rules: 'tennis' })
  // @ts-expect-error: the same for the constructor
  new PongEnv({ paper: { paddleHeight: '1/3' } })
  // @ts-expect-error: a mode that Pong does not have
  new PongEnv({ renderMode: 'human' })

  // A forgotten await on an asynchronous environment does not compile.
  const remote = toAsync(env)
  const step = await remote.step(1)
  holds<Same<typeof step.observation, Float32Array>>()
  // @ts-expect-error: a promise has no observation
  remote.step(1).observation
  // @ts-expect-error: an asynchronous environment is no synchronous one
  const wrong: Env = remote

  // Loops that serve both kinds take AnyEnv.
  const either: AnyEnv[] = [env, remote, wrong]
  await either[0]?.step(0)
}
