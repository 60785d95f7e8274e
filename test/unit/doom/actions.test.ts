/** Ways to act: which spaces they have, and which buttons an action presses. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combinations, countCombinations } from '../../../envs/doom/actions/choices.js'
import { actionTable } from '../../../envs/doom/actions/index.js'
import type { DoomActions } from '../../../envs/doom/actions/options.js'
import { keysOf } from '../../../envs/doom/keys.js'
import { Bl1Error } from '../../../src/errors.js'
import { Rng } from '../../../src/rng.js'
import { Box, Dict, Discrete, MultiBinary, MultiDiscrete } from '../../../src/spaces/index.js'
import type { DoomButtonInfo } from '../../../envs/doom/description.js'

const binary = (...names: string[]): DoomButtonInfo[] => names.map((name) => ({ name, delta: false, max: 1 }))
const corridor = binary('MOVE_LEFT', 'MOVE_RIGHT', 'ATTACK', 'MOVE_FORWARD', 'MOVE_BACKWARD', 'TURN_LEFT', 'TURN_RIGHT')
const turning: DoomButtonInfo = { name: 'TURN_LEFT_RIGHT_DELTA', delta: true, max: 0 }
const looking: DoomButtonInfo = { name: 'LOOK_UP_DOWN_DELTA', delta: true, max: 3 }

const pressed = (buttons: readonly DoomButtonInfo[], actions: DoomActions, action: unknown): number[] => {
  const { codec } = actionTable(buttons, actions, 10)
  expect(codec.space.contains(action)).toBe(true)
  const row = new Float64Array(buttons.length).fill(7)
  codec.write(action, row)
  return [...row]
}
const codeOf = (buttons: readonly DoomButtonInfo[], actions: DoomActions): string => {
  try {
    actionTable(buttons, actions, 10)
  } catch (error) {
    if (error instanceof Bl1Error) return error.code
  }
  return 'none'
}

describe('actions', () => {
  it('press each binary button by itself, and leave delta buttons alone', () => {
    const buttons = [turning, ...binary('ATTACK', 'SPEED')]
    const { space } = actionTable(buttons, 'multiBinary', 10).codec
    expect(space.equals(new MultiBinary({ shape: 2 }))).toBe(true)
    expect(pressed(buttons, 'multiBinary', Uint8Array.of(0, 1))).toEqual([0, 0, 1])
  })

  it('choose heads: the first option presses nothing, the others what they are called', () => {
    const { codec, heads } = actionTable(corridor, 'heads', 10)
    expect(heads).toEqual([
      { name: 'forward', options: ['none', 'MOVE_FORWARD', 'MOVE_BACKWARD'] },
      { name: 'strafe', options: ['none', 'MOVE_LEFT', 'MOVE_RIGHT'] },
      { name: 'turn', options: ['none', 'TURN_LEFT', 'TURN_RIGHT'] },
      { name: 'attack', options: ['none', 'ATTACK'] },
    ])
    expect(codec.space.equals(new MultiDiscrete({ nvec: [3, 3, 3, 2] }))).toBe(true)
    expect(pressed(corridor, 'heads', Int32Array.of(2, 1, 0, 1))).toEqual([1, 0, 1, 0, 1, 0, 0])
    expect(pressed(corridor, 'heads', Int32Array.of(0, 0, 0, 0))).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  it('have heads only for the buttons of the game', () => {
    expect(actionTable(binary('TURN_LEFT', 'TURN_RIGHT', 'MOVE_FORWARD'), 'heads', 10).heads).toEqual([
      { name: 'forward', options: ['none', 'MOVE_FORWARD'] },
      { name: 'turn', options: ['none', 'TURN_LEFT', 'TURN_RIGHT'] },
    ])
  })

  it('choose one of all combinations of up to k buttons, none first', () => {
    const buttons = binary('MOVE_LEFT', 'MOVE_RIGHT', 'ATTACK')
    const { codec, actionNames } = actionTable(buttons, { discrete: { maxPressed: 2 } }, 10)
    expect(codec.space.equals(new Discrete({ n: 7 }))).toBe(true)
    expect(actionNames).toEqual(['none', 'MOVE_LEFT', 'MOVE_RIGHT', 'ATTACK', 'MOVE_LEFT+MOVE_RIGHT', 'MOVE_LEFT+ATTACK', 'MOVE_RIGHT+ATTACK'])
    expect(pressed(buttons, { discrete: { maxPressed: 2 } }, 5)).toEqual([1, 0, 1])
  })

  it('has every combination once, of 0 to k buttons, as many as it counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 10 }), (n, k) => {
        const all = combinations(n, k).map((combination) => combination.join())
        expect(new Set(all).size).toBe(all.length)
        // All subsets of n things of at most k: by brute force over bit masks.
        const subsets = Array.from({ length: 2 ** n }, (_, mask) => mask.toString(2).replaceAll('0', '').length)
        expect(all.length).toBe(subsets.filter((size) => size <= k).length)
        expect(countCombinations(n, k)).toBe(all.length)
      }),
    )
  })

  it('choose from a list by name', () => {
    const list = [
      { name: 'wait', press: [] },
      { name: 'advance', press: ['MOVE_FORWARD', 'ATTACK'] },
    ] as const
    expect(actionTable(corridor, list, 10).actionNames).toEqual(['wait', 'advance'])
    expect(pressed(corridor, list, 1)).toEqual([0, 0, 1, 1, 0, 0, 0])
  })

  it('scale continuous buttons by the largest value of the cfg, else by the limit of the options', () => {
    expect(actionTable([turning, looking], 'continuous', 10).codec.space.equals(new Box({ low: -1, high: 1, shape: [2] }))).toBe(true)
    expect(pressed([turning, looking], 'continuous', Float32Array.of(-0.5, 1))).toEqual([-5, 3])
  })

  it('mix both kinds', () => {
    const buttons = [turning, ...binary('ATTACK'), looking]
    const { space } = actionTable(buttons, 'mixed', 10).codec
    expect(space.equals(new Dict({ binary: new MultiBinary({ shape: 1 }), continuous: new Box({ low: -1, high: 1, shape: [2] }) }))).toBe(true)
    expect(pressed(buttons, 'mixed', { binary: Uint8Array.of(1), continuous: Float32Array.of(1, 0) })).toEqual([10, 1, 0])
  })

  it('refuse what the game has no buttons for', () => {
    expect(codeOf(corridor, 'continuous')).toBe('doom/option')
    expect(codeOf(corridor, 'mixed')).toBe('doom/option')
    expect(codeOf([turning], 'multiBinary')).toBe('doom/option')
    expect(codeOf(binary('USE'), 'heads')).toBe('doom/option')
    expect(codeOf(Array.from({ length: 20 }, (_, i) => ({ name: `B${i}`, delta: false, max: 1 })), { discrete: { maxPressed: 20 } })).toBe('doom/option')
    expect(codeOf(corridor, [{ name: 'run', press: ['SPEED'] }])).toBe('doom/name')
    expect(codeOf(corridor, [{ name: 'a', press: [] }, { name: 'a', press: ['ATTACK'] }])).toBe('doom/option')
  })

  it('press nothing for ever where a sample presses nothing, whatever was pressed before', () => {
    const rng = Rng.fromSeed(1).split('actions')
    for (const actions of ['multiBinary', 'heads', { discrete: { maxPressed: 2 } }] satisfies DoomActions[]) {
      const { codec } = actionTable(corridor, actions, 10)
      const row = new Float64Array(corridor.length)
      codec.write(codec.space.sample(rng), row)
      codec.write(codec.press(), row)
      expect([...row]).toEqual(corridor.map(() => 0))
    }
  })
})

describe('keys', () => {
  it('are those whose buttons the game has, as actions of its space', () => {
    const { codec } = actionTable(corridor, 'heads', 10)
    const keys = keysOf(codec)
    expect(keys?.actions['space']).toEqual(Int32Array.of(0, 0, 0, 1))
    expect(keys?.actions['left']).toEqual(Int32Array.of(0, 0, 1, 0))
    expect(keys?.actions['a']).toEqual(Int32Array.of(0, 1, 0, 0))
    expect(keys?.actions).not.toHaveProperty('e')
    expect(keys?.idle).toEqual(Int32Array.of(0, 0, 0, 0))
  })

  it('of an arrow strafe where the game cannot turn', () => {
    const keys = keysOf(actionTable(binary('MOVE_LEFT', 'MOVE_RIGHT', 'ATTACK'), { discrete: { maxPressed: 1 } }, 10).codec)
    expect(keys).toEqual({ actions: { left: 1, right: 2, a: 1, d: 2, space: 3 }, idle: 0 })
  })

  it('are none where no button is pressed or not', () => {
    expect(keysOf(actionTable([turning], 'continuous', 10).codec)).toBeUndefined()
  })
})
