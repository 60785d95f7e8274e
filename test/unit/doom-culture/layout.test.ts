import { describe, expect, it } from 'vitest'
import { doomCultureEnv, doomCultureLayout, doomFeedback, type DoomFeedbackCondition } from '../../../envs/doom/culture/index.js'
import { Bl1Error } from '../../../src/errors.js'
import { arrayLayout } from '../../../src/mea/index.js'

const ascending = (a: number, b: number): number => a - b
const layout = doomCultureLayout()
const groups = [layout.encoding, ...Object.values(layout.motor), ...Object.values(layout.feedback)]

describe('the electrodes of the Doom-culture task', () => {
  it('are those of the published trainer', () => {
    expect(layout.encoding).toEqual([8, 9, 10, 17, 18, 25, 27, 28])
    expect(layout.motor).toEqual({
      moveForward: [41, 42, 49],
      moveBackward: [50, 51, 58],
      moveLeft: [13, 14, 21],
      moveRight: [45, 46, 53],
      turnLeft: [29, 30, 31, 37],
      turnRight: [59, 60, 61, 62],
      attack: [32, 33, 34],
    })
  })

  it('have one purpose each and can all be used', () => {
    const channels = groups.flat()
    expect(new Set(channels).size).toBe(channels.length)
    const { unusable } = arrayLayout('cl1')
    expect([...unusable].toSorted(ascending)).toEqual([0, 4, 7, 56, 63])
    expect(channels.filter((channel) => unusable.has(channel) || channel < 0 || channel > 63)).toEqual([])
  })

  it('exchange left and right for counterbalancing, and nothing else', () => {
    const other = doomCultureLayout(true)
    expect(other.motor.moveLeft).toEqual(layout.motor.moveRight)
    expect(other.motor.turnRight).toEqual(layout.motor.turnLeft)
    expect(other.motor.attack).toEqual(layout.motor.attack)
    expect(other.encoding).toEqual(layout.encoding)
    expect(other.feedback).toEqual(layout.feedback)
    expect(Object.values(other.motor).flat().toSorted(ascending)).toEqual(Object.values(layout.motor).flat().toSorted(ascending))
  })

  it('carry the feedback where the layout says, apart from what is read and shown', () => {
    const { kill, armorGained, damageTaken, ammoWasted, rewardGood, rewardBad } = layout.feedback
    const channels = doomFeedback('fep').channels
    expect([...channels].toSorted(ascending)).toEqual([...kill, ...armorGained, ...damageTaken, ...ammoWasted, ...rewardGood, ...rewardBad].toSorted(ascending))
  })
})

describe('doomFeedback', () => {
  it.each<DoomFeedbackCondition>(['fep', 'silent', 'no_feedback', 'rest', 'inverted'])('%s is a policy of that name', (condition) => {
    expect(doomFeedback(condition).name).toBe(condition)
  })

  it('shows nothing at rest and refuses options it does not know', () => {
    expect(doomFeedback('rest').sensory).toBe(false)
    expect(doomFeedback('fep').sensory).toBe(true)
    expect(() => doomFeedback('fep', { largestCurrentUa: Number.NaN })).toThrow(Bl1Error)
  })
})

describe('doomCultureEnv', () => {
  it('asks for features, heads, four tics a step and the reward of the task', () => {
    expect(doomCultureEnv('basic', { skill: 1 })).toMatchObject({
      scenario: 'basic', actions: 'heads', ticsPerStep: 4, screen: null, skill: 1,
      features: { enemies: 5, items: 3, rays: 24 },
      reward: { engine: 0, kill: 100, damageTaken: -5, ammoUsed: -10 },
    })
  })
})
