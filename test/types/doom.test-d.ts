/** What must and must not compile with Doom. Checked by `tsc`; nothing here runs. */
import { DOOM_CULTURE_REWARD, DoomEnv, type DoomInfo, type DoomOptions } from '../../envs/doom/index.js'
import { make, type AnyEnv, type Env } from '../../src/env/index.js'
import type { Box, Discrete, Member, MultiBinary, MultiDiscrete } from '../../src/spaces/index.js'
import { AsyncVectorEnv } from '../../src/vector/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

export const uses = async (): Promise<void> => {
  // The way to act decides the action space.
  const plain = await DoomEnv.create()
  holds<Same<typeof plain.actionSpace, MultiBinary>>()
  const heads = await DoomEnv.create({ scenario: 'deadly_corridor', actions: 'heads', features: {}, reward: DOOM_CULTURE_REWARD })
  holds<Same<typeof heads.actionSpace, MultiDiscrete>>()
  holds<Same<Member<typeof heads.actionSpace>, Int32Array>>()
  const listed = await DoomEnv.create({ actions: [{ name: 'shoot', press: ['ATTACK'] }] })
  holds<Same<typeof listed.actionSpace, Discrete>>()
  const combined = await DoomEnv.create({ actions: { discrete: { maxPressed: 2 } } })
  holds<Same<typeof combined.actionSpace, Discrete>>()
  const turning = await DoomEnv.create({ actions: 'continuous', buttons: ['TURN_LEFT_RIGHT_DELTA'] })
  holds<Same<typeof turning.actionSpace, Box>>()
  const mixed = await DoomEnv.create({ scenario: 'deathmatch', actions: 'mixed' })
  await mixed.step({ binary: new Uint8Array(17), continuous: new Float32Array(3) })

  const { observation, info } = await heads.step(Int32Array.of(0, 1, 0, 1))
  holds<Same<typeof info, DoomInfo>>()
  holds<Same<typeof observation.features, Float32Array | undefined>>()
  holds<Same<typeof observation.screen, Uint8Array | undefined>>()
  const size: number | undefined = info.events.find(({ name }) => name === 'kill')?.size
  const { labels } = await heads.peek('labels')
  const [left] = labels[0].box

  // @ts-expect-error: heads are an Int32Array
  await heads.step(1)
  // @ts-expect-error: no such event
  info.events.find(({ name }) => name === 'jump')
  // @ts-expect-error: only what was asked for is there
  ;(await heads.peek('labels')).objects
  // @ts-expect-error: a scenario's name, or an absolute path
  await DoomEnv.create({ scenario: 'basik' })
  // @ts-expect-error: no such button
  await DoomEnv.create({ buttons: ['MOVE_LEFTT'] })
  // @ts-expect-error: no such term
  await DoomEnv.create({ reward: { kills: 100 } })
  // @ts-expect-error: an unknown option
  await DoomEnv.create({ frameSkip: 4 })
  // @ts-expect-error: made with create, as processes have to start
  new DoomEnv()
  // @ts-expect-error: there is no done
  ;(await plain.step(new Uint8Array(3))).done

  const options: DoomOptions = { scenario: '/games/mine.cfg', skill: left > (size ?? 0) ? 1 : 5 }
  const made = await make('Doom-v0', options)
  holds<Same<typeof made, DoomEnv>>()
  await DoomEnv.create(options)
  const either: AnyEnv = plain
  // @ts-expect-error: Doom answers later
  const wrong: Env = plain
  await using vec = new AsyncVectorEnv([plain, await DoomEnv.create({ actions: 'multiBinary' })])
  await vec.step([new Uint8Array(3), new Uint8Array(3)])
  await either.close()
  wrong.close()
}
