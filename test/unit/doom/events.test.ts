/** Events of a step from the engine's counters, and what of them the reward counts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventsOf, sizesBetween, type Counters } from '../../../envs/doom/results/events.js'
import { Rewarder, type RewardedStep } from '../../../envs/doom/results/reward.js'
import {
  DOOM_CULTURE_REWARD,
  DOOM_CULTURE_REWARD_ORIGINAL,
  doomRewardParameters,
  type DoomRewardOptions,
} from '../../../envs/doom/results/rewardParameters.js'
import { readParameters } from '../../../src/parameters.js'

const NAMES = ['KILLCOUNT', 'HEALTH', 'ARMOR', 'DAMAGECOUNT', 'DAMAGE_TAKEN', 'HITCOUNT', 'ITEMCOUNT', 'SECRETCOUNT', 'SELECTED_WEAPON_AMMO']
const SLOTS = Array.from({ length: 10 }, (_, slot) => `AMMO${slot}`)
const start: Counters = { ...Object.fromEntries([...NAMES, ...SLOTS].map((name) => [name, 0])), HEALTH: 100, AMMO2: 50, AMMO4: 50, SELECTED_WEAPON_AMMO: 50 }
const eventsAfter = (changes: Counters, died = false, before = start) => eventsOf(sizesBetween(before, { ...before, ...changes }, died))

describe('events of a step', () => {
  it('has none where nothing changed', () => {
    expect(eventsAfter({})).toEqual([])
  })

  it('counts a shot once, though two weapons share the bullets', () => {
    expect(eventsAfter({ AMMO2: 49, AMMO4: 49, SELECTED_WEAPON_AMMO: 49, HITCOUNT: 1, DAMAGECOUNT: 15, KILLCOUNT: 1 })).toEqual([
      { name: 'kill', size: 1 },
      { name: 'damageDealt', size: 15 },
      { name: 'ammoUsed', size: 1 },
    ])
  })

  it('calls ammunition wasted that was used without a hit', () => {
    expect(eventsAfter({ AMMO2: 47, AMMO4: 47 })).toEqual([
      { name: 'ammoUsed', size: 3 },
      { name: 'ammoWasted', size: 3 },
    ])
  })

  it('takes a change of the weapon for no use of ammunition', () => {
    // As measured in defend_the_center: from the pistol to the shotgun and back.
    expect(eventsAfter({ SELECTED_WEAPON_AMMO: 8 })).toEqual([])
    expect(eventsAfter({ SELECTED_WEAPON_AMMO: -1 })).toEqual([])
  })

  it('counts slots of one kind apart where a game fills them apart', () => {
    expect(eventsAfter({ AMMO6: 40, AMMO7: 20 })).toEqual([{ name: 'ammoGained', size: 60 }])
    expect(eventsAfter({ AMMO6: 40, AMMO7: 40 })).toEqual([{ name: 'ammoGained', size: 40 }])
  })

  it('tells damage and healing of one step apart', () => {
    // 30 points lost, 25 gained.
    expect(eventsAfter({ HEALTH: 95, DAMAGE_TAKEN: 30 })).toEqual([
      { name: 'damageTaken', size: 30 },
      { name: 'healthGained', size: 25 },
    ])
    expect(eventsAfter({ HEALTH: 125 })).toEqual([{ name: 'healthGained', size: 25 }])
  })

  it('counts the fatal blow up to the health there was, and death once', () => {
    // As measured in defend_the_center: health 8, a blow of 36; and by the command kill, which is no blow.
    expect(eventsAfter({ HEALTH: -28, DAMAGE_TAKEN: 36 }, true, { ...start, HEALTH: 8 })).toEqual([
      { name: 'damageTaken', size: 8 },
      { name: 'death', size: 1 },
    ])
    expect(eventsAfter({ HEALTH: -999_900 }, true)).toEqual([
      { name: 'damageTaken', size: 100 },
      { name: 'death', size: 1 },
    ])
  })

  it('knows armour, items and secrets', () => {
    expect(eventsAfter({ ARMOR: 100, ITEMCOUNT: 1, SECRETCOUNT: 2 })).toEqual([
      { name: 'armorGained', size: 100 },
      { name: 'item', size: 1 },
      { name: 'secret', size: 2 },
    ])
    expect(eventsAfter({ ARMOR: 88 }, false, { ...start, ARMOR: 100 })).toEqual([{ name: 'armorLost', size: 12 }])
  })

  it('accounts for every point of health of a life', () => {
    const steps = fc.array(fc.record({ damage: fc.nat(30), healing: fc.nat(10) }), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (life) => {
        let now = start
        let [lost, gained] = [0, 0]
        for (const { damage, healing } of life) {
          const HEALTH = now['HEALTH'] + healing - damage
          const died = HEALTH <= 0
          const after = { ...now, HEALTH, DAMAGE_TAKEN: now['DAMAGE_TAKEN'] + damage }
          const sizes = sizesBetween(now, after, died)
          lost += sizes.damageTaken
          gained += sizes.healthGained
          now = after
          if (died) break
        }
        expect(100 + gained - lost).toBe(Math.max(0, now['HEALTH']))
      }),
    )
  })
})

const rewarded = (options: DoomRewardOptions, after: Counters, more: Partial<RewardedStep> = {}, before = start): Record<string, number> => {
  const now = { ...before, ...after }
  const isDead = now['HEALTH'] <= 0
  const step = { sizes: sizesBetween(before, now, isDead), engineReward: -4, before, after: now, isLast: isDead, ...more }
  return new Rewarder(readParameters(doomRewardParameters, options, 'test')).terms(step)
}

describe('the reward', () => {
  it('is the engine’s unless told otherwise', () => {
    expect(rewarded({}, { HEALTH: 50 })).toEqual({ engine: -4 })
  })

  it('has the terms with a weight, and no other', () => {
    expect(rewarded({ engine: 0, kill: 2, item: 1 }, { KILLCOUNT: 3 })).toEqual({ kill: 6, item: 0 })
  })

  it('of a culture counts the damage of the fatal step, and no health that is left', () => {
    const hit = { HEALTH: 70, DAMAGE_TAKEN: 30, AMMO2: 49, AMMO4: 49, SELECTED_WEAPON_AMMO: 49 }
    expect(rewarded(DOOM_CULTURE_REWARD, hit)).toEqual({ kill: 0, damageTaken: -150, ammoUsed: -10 })
    const fatal = { HEALTH: -5, DAMAGE_TAKEN: 75 }
    expect(rewarded(DOOM_CULTURE_REWARD, fatal, {}, { ...start, HEALTH: 70 })).toEqual({ kill: 0, damageTaken: -350, ammoUsed: 0 })
    expect(rewarded(DOOM_CULTURE_REWARD, {}, { isLast: true })).toEqual({ kill: 0, damageTaken: 0, ammoUsed: 0 })
  })

  it('of the original charges what health was left, whatever became of it, and a changed weapon', () => {
    // doom-neuron 3.7: with 100 health and no healing, the health terms of every episode add up to -500.
    const fatal = rewarded(DOOM_CULTURE_REWARD_ORIGINAL, { HEALTH: -5, DAMAGE_TAKEN: 75 }, {}, { ...start, HEALTH: 70 })
    expect(fatal).toEqual({ kill: 0, damageTaken: 0, ammoUsed: 0, remainingHealth: -350 })
    const timeUp = rewarded(DOOM_CULTURE_REWARD_ORIGINAL, {}, { isLast: true })
    expect(timeUp['remainingHealth']).toBe(-500)
    const changed = rewarded(DOOM_CULTURE_REWARD_ORIGINAL, { SELECTED_WEAPON_AMMO: 8 })
    expect(changed['ammoUsed']).toBe(-420)
  })
})
