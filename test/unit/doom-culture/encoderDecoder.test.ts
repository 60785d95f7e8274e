import { describe, expect, it } from 'vitest'
import { doomCultureLayout, doomGroupDecoder, doomPlaceRateEncoder, doomRateKey, viewDrive } from '../../../envs/doom/culture/index.js'
import { Bl1Error } from '../../../src/errors.js'

const ascending = (a: number, b: number): number => a - b
const slot = (kind: string, k: number): string[] => ['visible', 'bearing', 'distance'].map((name) => `${kind}${k}.${name}`)
const rays = Array.from({ length: 16 }, (_, k) => `ray${k}`)
const NAMES = ['health', ...rays, ...slot('enemy', 0), ...slot('enemy', 1), ...slot('item', 0)]

/** Features by name; the rest are 0. */
const featuresOf = (values: Readonly<Record<string, number>>): number[] => NAMES.map((name) => values[name] ?? 0)
const enemy = (k: number, bearing: number, distance: number) => ({ [`enemy${k}.visible`]: 1, [`enemy${k}.bearing`]: bearing, [`enemy${k}.distance`]: distance })
const item = { 'item0.visible': 1, 'item0.bearing': 0.99, 'item0.distance': 0.5 }
const open = Object.fromEntries(rays.map((name, k) => [name, k / 20]))

const driveOf = (values: Readonly<Record<string, number>>, shares = { itemShare: 0.5, openShare: 0.2 }): number[] => {
  const out = new Float64Array(8)
  viewDrive(NAMES, shares)(featuresOf(values), out)
  return [...out].map((value) => Number(value.toFixed(6)))
}

describe('viewDrive', () => {
  it('drives the part of the view where an enemy is, by how near it is, and no other', () => {
    // bearing 0.3 lies at 0.65 of the view's width: part 5 of 0 to 7; nearness 1 - 0.2
    expect(driveOf({ ...enemy(0, 0.3, 0.2), ...item, ...open })).toEqual([0, 0, 0, 0, 0, 0.8, 0, 0])
  })

  it('takes the nearest of two in one part, and shows two in two', () => {
    expect(driveOf({ ...enemy(0, -0.9, 0.1), ...enemy(1, -0.8, 0.6) })).toEqual([0.9, 0, 0, 0, 0, 0, 0, 0])
    expect(driveOf({ ...enemy(0, -1, 0.1), ...enemy(1, 1, 0.6) })).toEqual([0.9, 0, 0, 0, 0, 0, 0, 0.4])
  })

  it('shows items where there is no enemy, and open space where there is neither, each at its share', () => {
    expect(driveOf({ ...item, ...open })).toEqual([0, 0, 0, 0, 0, 0, 0, 0.25])
    // two rays a part: means 0.5/20, 2.5/20 ... times 0.2
    expect(driveOf(open)).toEqual([0.005, 0.025, 0.045, 0.065, 0.085, 0.105, 0.125, 0.145])
  })

  it('keeps what lies beyond the edges in the outermost parts', () => {
    expect(driveOf(enemy(0, -1.4, 0.5))).toEqual([0.5, 0, 0, 0, 0, 0, 0, 0])
    expect(driveOf(enemy(0, 1.4, 0.5))).toEqual([0, 0, 0, 0, 0, 0, 0, 0.5])
  })

  it('refuses features that show nothing', () => {
    expect(() => viewDrive(['health', 'ammo'], { itemShare: 1, openShare: 1 })).toThrow(expect.objectContaining({ code: 'doom/features' }))
  })
})

describe('doomPlaceRateEncoder', () => {
  const pulsesIn = (values: Readonly<Record<string, number>>, seconds: number) => {
    const encoder = doomPlaceRateEncoder({}, NAMES)
    return Array.from({ length: seconds * 10 }, () => encoder.encode(featuresOf(values), 100).map((pulse) => ({ ...pulse }))).flat()
  }

  it('pulses the electrode of that part, at 4 + 36 d Hz, 2.5 uA and 120 us a phase', () => {
    const pulses = pulsesIn(enemy(0, 0.3, 0.5), 10)
    // d = 0.5: 22 Hz (the published range: 4 to 40 Hz, 1.0 to 2.5 uA, of which only the strongest is used)
    expect(Math.abs(pulses.length - 220)).toBeLessThanOrEqual(1)
    expect(pulses.every((pulse) => pulse.channel === doomCultureLayout().encoding[5])).toBe(true)
    expect(pulses[0]).toMatchObject({ currentUa: 2.5, phaseWidthUs: 120 })
  })

  it('takes other electrodes, and refuses bad options', () => {
    const encoder = doomPlaceRateEncoder({}, NAMES, [1, 2])
    expect(encoder.channels).toEqual([1, 2])
    expect(() => doomPlaceRateEncoder({ openShare: 2 }, NAMES)).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    expect(() => doomPlaceRateEncoder({ openShare: Number.NaN }, NAMES)).toThrow(Bl1Error)
  })
})

describe('doomGroupDecoder', () => {
  const heads = [
    { name: 'turn', options: ['none', 'TURN_LEFT', 'TURN_RIGHT'] },
    { name: 'attack', options: ['none', 'ATTACK'] },
  ]
  const { motor } = doomCultureLayout()
  /** Spikes of a second at some channels, over one everywhere. */
  const counts = (channels: readonly number[], spikes: number): Float64Array =>
    Float64Array.from({ length: 64 }, (_, channel) => (channels.includes(channel) ? spikes : 1))
  const rested = (layout = doomCultureLayout()) => {
    const decoder = doomGroupDecoder({}, heads, layout)
    for (let k = 0; k < 20; k++) decoder.adapt(counts([], 0), 100)
    return decoder
  }

  it('presses the button whose electrodes are most active', () => {
    expect([...rested().decode(counts(motor.turnLeft, 5), 100)]).toEqual([1, 0])
    expect([...rested().decode(counts(motor.turnRight, 5), 100)]).toEqual([2, 0])
    expect([...rested().decode(counts(motor.attack, 5), 100)]).toEqual([0, 1])
    expect([...rested().decode(counts([], 0), 100)]).toEqual([0, 0])
  })

  it('reads only the electrodes of the heads there are, and says their rates by button', () => {
    const decoder = rested()
    expect([...decoder.channels].toSorted(ascending)).toEqual([...motor.turnLeft, ...motor.turnRight, ...motor.attack].toSorted(ascending))
    decoder.decode(counts(motor.turnLeft, 3), 100)
    // three times the resting rate, which the gain maps to 20 Hz
    expect(decoder.rates[doomRateKey('turn', 'TURN_LEFT')]).toBeCloseTo(60)
    expect(decoder.rates[doomRateKey('attack', 'ATTACK')]).toBeCloseTo(20)
  })

  it('exchanges left and right with the layout', () => {
    expect([...rested(doomCultureLayout(true)).decode(counts(motor.turnLeft, 5), 100)]).toEqual([2, 0])
  })

  it('refuses a button without electrodes', () => {
    expect(() => doomGroupDecoder({}, [{ name: 'jump', options: ['none', 'JUMP'] }])).toThrow(expect.objectContaining({ code: 'doom/no-motor-group' }))
  })
})
