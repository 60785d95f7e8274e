/** Doom played: seeds, ends, events and observations, with the real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOOM_CULTURE_REWARD, DoomEnv, type DoomEvent, type DoomEventName } from '../../../envs/doom/index.js'
import { Rng } from '../../../src/rng.js'
import { errorOf, offsetOf, play, press, type Binary } from './support.js'

const small = { resolution: 'RES_160X120', screen: { format: 'grey' } } as const
const WIDTH = 160

const sizeOf = (events: readonly DoomEvent[], name: DoomEventName): number => events.find((event) => event.name === name)?.size ?? 0
/** All events of an episode, summed. */
const totals = (steps: readonly { readonly info: { readonly events: readonly DoomEvent[] } }[]): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const { info } of steps) for (const { name, size } of info.events) sums[name] = (sums[name] ?? 0) + size
  return sums
}

describe('basic', () => {
  let env: Binary
  beforeAll(async () => {
    env = await DoomEnv.create({ ...small, ticsPerStep: 4, peek: ['labels'], reward: { ...DOOM_CULTURE_REWARD, engine: 1 } })
  })
  afterAll(() => env.close())

  const monster = async (): Promise<number> => {
    const { labels } = await env.peek('labels')
    const found = labels.find(({ name }) => name === 'Cacodemon')
    return found === undefined ? 0 : offsetOf(found, WIDTH)
  }

  it('gives equal variables, rewards and ends for equal seeds, episode after episode, alone or beside another', async () => {
    await using other = await DoomEnv.create({ ...small, reward: { ...DOOM_CULTURE_REWARD, engine: 1 }, peek: ['labels'] })
    const rng = Rng.fromSeed(5).split('actions')
    const actions = Array.from({ length: 80 }, () => env.actionSpace.sample(rng))
    const trace = async (of: Binary, seed?: number) => {
      const { info } = await of.reset(seed === undefined ? {} : { seed })
      const steps = await play(of, (i) => actions[i])
      return [info, ...steps.map((step) => ({ reward: step.reward, terminated: step.terminated, truncated: step.truncated, info: step.info }))]
    }
    const first = [await trace(env, 11), await trace(env), await trace(env)]
    await trace(other, 99)
    const second = [await trace(other, 11), await trace(other), await trace(other)]
    expect(second).toEqual(first)
    expect(first[1]).not.toEqual(first[0])
    const again = await Promise.all([trace(env, 11), trace(other, 12)])
    expect(again[0]).toEqual(first[0])
    expect(again[1]).not.toEqual(first[0])
  })

  it('reports the engine’s seed, which follows from the episode’s', async () => {
    const { info } = await env.reset({ seed: 2 ** 53 - 1 })
    expect(info.seed).toBe(2 ** 53 - 1)
    expect(info.engineSeed).toBe(Rng.fromSeed(2 ** 53 - 1).split('env').uint32())
  })

  it('is truncated by the engine’s timeout after 300 tics, and repeats the last picture', async () => {
    await env.reset({ seed: 3 })
    const steps = await play(env, () => press(env))
    const [before, last] = steps.slice(-2)
    expect(last).toMatchObject({ terminated: false, truncated: true, info: { endReason: 'engineTimeout', staleObservation: true, tic: 300 } })
    expect(steps).toHaveLength(300 / 4)
    expect(last.observation.screen).toEqual(before.observation.screen)
    expect(last.observation.screen).not.toBe(before.observation.screen)
    expect(steps.slice(0, -1).every(({ info }) => info.staleObservation === undefined && info.endReason === undefined)).toBe(true)
    // A living reward of -1 a tic.
    expect(steps.reduce((sum, { info }) => sum + info.engineReward, 0)).toBe(-300)
    expect((await errorOf(env.step(press(env)))).code).toBe('env/over')
  })

  it('has kill, damage and ammunition on the last step, which the monster’s death is', async () => {
    await env.reset({ seed: 4 })
    const steps = await play(env, async () => {
      const offset = await monster()
      if (Math.abs(offset) < 0.04) return press(env, 'ATTACK')
      return press(env, offset < 0 ? 'MOVE_LEFT' : 'MOVE_RIGHT')
    })
    const last = steps[steps.length - 1]
    expect(last).toMatchObject({ terminated: true, truncated: false, info: { endReason: 'goal', staleObservation: true } })
    expect(sizeOf(last.info.events, 'kill')).toBe(1)
    expect(sizeOf(last.info.events, 'damageDealt')).toBeGreaterThan(0)
    expect(sizeOf(last.info.events, 'ammoUsed')).toBe(1)
    expect(sizeOf(last.info.events, 'ammoWasted')).toBe(0)
    // The scenario gives 106 for the kill and -5 a shot, and the engine -1 a tic.
    expect(last.info.rewardTerms).toMatchObject({ kill: 100, ammoUsed: -10 })
    expect(last.reward).toBe(last.info.engineReward + 100 - 10)
    expect(last.info.engineReward).toBeGreaterThan(90)
  })

  it('calls a shot at the wall wasted, once for each bullet', async () => {
    await env.reset({ seed: 4 })
    const steps = await play(env, async (i) => {
      const offset = await monster()
      return i < 20 && Math.abs(offset) < 0.3 ? press(env, offset < 0 ? 'MOVE_RIGHT' : 'MOVE_LEFT') : press(env, 'ATTACK')
    })
    const used = 50 - steps[steps.length - 1].info.variables['AMMO2']
    expect(used).toBeGreaterThan(5)
    expect(totals(steps)).toEqual({ ammoUsed: used, ammoWasted: used })
  })

  it('begins each episode anew: what the last one used is no gain of the next', async () => {
    const { info } = await env.reset({ seed: 4 })
    // The clock too, though the map runs for 14 tics before the first observation.
    expect(info).toMatchObject({ events: [], rewardTerms: {}, engineReward: 0, tic: 0 })
    expect((await env.step(press(env))).info).toMatchObject({ events: [], tic: 4 })
  })

  it('gives observations that do not change later, and are not what it keeps', async () => {
    const { observation } = await env.reset({ seed: 6 })
    const copy = structuredClone(observation)
    const { observation: second } = await env.step(press(env, 'MOVE_LEFT'))
    await play(env, () => press(env, 'MOVE_RIGHT'), () => true)
    expect(observation).toEqual(copy)
    expect(second.screen).not.toEqual(observation.screen)
    second.screen?.fill(0)
    const steps = await play(env, () => press(env))
    const [before, last] = steps.slice(-2)
    const seen = structuredClone(before.observation.screen)
    before.observation.screen?.fill(0)
    expect(last.observation.screen).toEqual(seen)
    await env.reset({ seed: 7 })
    expect(last.observation.screen).toEqual(seen)
  })

  it('refuses what is no option of a reset', async () => {
    expect((await errorOf(env.reset({ options: { map: 'map77' } }))).code).toBe('doom/map')
    expect((await errorOf(env.reset({ options: { skill: 9 } }))).code).toBe('parameter/invalid')
    expect((await errorOf(env.reset({ options: { level: 2 } }))).code).toBe('parameter/unknown')
    await env.reset({ seed: 1 })
  })

  it('cannot be looked at beyond what was asked for', async () => {
    await env.reset({ seed: 1 })
    expect((await env.peek('server')).server.playerCount).toBe(1)
    expect((await errorOf(env.peek('sectors'))).code).toBe('doom/peek-off')
    expect((await errorOf(env.command('god'))).code).toBe('doom/command-off')
  })
})

describe('other scenarios', () => {
  it('end with death: the fatal step has its damage, up to the health there was', async () => {
    await using env = await DoomEnv.create({ ...small, scenario: 'defend_the_center', reward: DOOM_CULTURE_REWARD })
    const { observation } = await env.reset({ seed: 1 })
    const seen = structuredClone(observation)
    const steps = await play(env, () => press(env))
    expect(observation).toEqual(seen)
    const last = steps[steps.length - 1]
    expect(last).toMatchObject({ terminated: true, truncated: false, info: { endReason: 'death', staleObservation: true } })
    expect(totals(steps)).toEqual({ damageTaken: 100, death: 1 })
    expect(sizeOf(last.info.events, 'death')).toBe(1)
    expect(sizeOf(last.info.events, 'damageTaken')).toBeGreaterThan(0)
    expect(steps.reduce((sum, { reward }) => sum + reward, 0)).toBe(-500)
  })

  it('take neither a change of the weapon nor a pick-up for use of ammunition, from the first step on', async () => {
    await using env = await DoomEnv.create({ ...small, scenario: 'defend_the_center', allowCommands: true, buttons: ['ATTACK', 'SELECT_NEXT_WEAPON'] })
    await env.reset({ seed: 1 })
    await env.command('give GreenArmor')
    await env.command('give Shotgun')
    const first = await env.step(press(env))
    expect(first.info.events).toEqual([
      { name: 'armorGained', size: 100 },
      { name: 'ammoGained', size: 8 },
    ])
    const weapons = new Set<number>()
    const steps = await play(env, () => press(env), ({ info }) => weapons.add(info.variables['SELECTED_WEAPON']).size > 1, 30)
    expect(totals(steps)).not.toHaveProperty('ammoUsed')
    const shot = await play(env, () => press(env, 'ATTACK'), ({ info }) => sizeOf(info.events, 'ammoUsed') > 0, 30)
    expect(sizeOf(shot[shot.length - 1].info.events, 'ammoUsed')).toBe(1)
    expect(shot[shot.length - 1].info.variables['AMMO3']).toBe(7)
  })

  it('play another skill for one episode', async () => {
    await using env = await DoomEnv.create({ ...small, scenario: 'deadly_corridor' })
    const firstBlow = async (options: Readonly<Record<string, unknown>>): Promise<number> => {
      await env.reset({ seed: 2, options })
      const steps = await play(env, () => press(env, 'MOVE_FORWARD'), ({ info }) => sizeOf(info.events, 'damageTaken') > 0)
      return sizeOf(steps[steps.length - 1].info.events, 'damageTaken')
    }
    const usual = await firstBlow({})
    // At skill 1 damage is halved; 5 is the scenario's own.
    expect(await firstBlow({ skill: 1 })).toBeLessThan(usual)
    expect(await firstBlow({ skill: 5 })).toBe(usual)
    expect(await firstBlow({ skill: 1, map: 'MAP01' })).toBeLessThan(usual)
    expect(await firstBlow({})).toBe(usual)
  })

  it('end with the map: the armour of the corridor is the goal', async () => {
    await using env = await DoomEnv.create({ ...small, scenario: 'deadly_corridor', allowCommands: true })
    await env.reset({ seed: 2 })
    const wounded = await play(env, () => press(env, 'MOVE_FORWARD'), ({ info }) => sizeOf(info.events, 'damageTaken') > 0)
    expect(wounded.length).toBeGreaterThan(0)
    // The engine takes no cheats at skill 5, the scenario's own.
    await env.reset({ seed: 2, options: { skill: 3 } })
    await env.command('god')
    const steps = await play(env, () => press(env, 'MOVE_FORWARD'))
    const last = steps[steps.length - 1]
    expect(last).toMatchObject({ terminated: true, truncated: false, info: { endReason: 'goal' } })
    expect(last.info.engineReward).toBeGreaterThan(500)
    expect(totals(steps)).not.toHaveProperty('death')
  })

  it('heal with a medikit and hurt with acid', async () => {
    await using env = await DoomEnv.create({ ...small, scenario: 'health_gathering', peek: ['labels'] })
    await env.reset({ seed: 1 })
    const steps = await play(
      env,
      async () => {
        const { labels } = await env.peek('labels')
        const kits = labels.filter(({ name }) => name.includes('Medikit'))
        const nearest = kits.sort((a, b) => b.box[3] - a.box[3])[0]
        if (nearest === undefined) return press(env, 'TURN_LEFT')
        const offset = offsetOf(nearest, WIDTH)
        return press(env, 'MOVE_FORWARD', ...(Math.abs(offset) < 0.05 ? [] : [offset < 0 ? 'TURN_LEFT' : 'TURN_RIGHT']))
      },
      ({ info }) => sizeOf(info.events, 'healthGained') > 0,
    )
    const sums = totals(steps)
    // Acid takes 8 points at a time.
    expect(sums['damageTaken'] % 8).toBe(0)
    expect(sums['healthGained']).toBeGreaterThan(0)
    expect(92 + sums['healthGained'] - sums['damageTaken']).toBe(steps[steps.length - 1].info.variables['HEALTH'])
  })
})
