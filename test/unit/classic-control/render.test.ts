/** Pictures and texts show what happens. */
import { describe, expect, it } from 'vitest'
import { classicControlIds } from '../../../envs/classic-control/index.js'
import type { Frame } from '../../../src/env/index.js'
import { build, type ClassicEnv, type ClassicId } from './anyEnv.js'

const shownBy = (env: ClassicEnv): Frame => {
  const frame = env.render()
  if (typeof frame !== 'object') throw new Error('no frame')
  return frame
}

const frameOf = (id: ClassicId, state: readonly number[]): Frame => {
  const env = build(id, { renderMode: 'rgb_array' })
  env.reset({ seed: 1, options: { state } })
  return shownBy(env)
}

/** (vitest takes seconds to compare a million pixels.) */
const isEqual = (a: Frame, b: Frame): boolean => a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i])

const textOf = (id: ClassicId, state: readonly number[]): string => {
  const env = build(id, { renderMode: 'ansi' })
  env.reset({ seed: 1, options: { state } })
  const text = env.render()
  if (typeof text !== 'string') throw new Error('no text')
  return text
}

/** The middle of all pixels of one colour, as parts of width and height. */
const middleOf = ({ width, height, data }: Frame, color: readonly number[]): [number, number] => {
  let [count, sumX, sumY] = [0, 0, 0]
  for (let i = 0; i < width * height; i++) {
    if (!color.every((channel, k) => data[4 * i + k] === channel)) continue
    count++
    sumX += i % width
    sumY += Math.floor(i / width)
  }
  return [sumX / count / width, sumY / count / height]
}

const states: Readonly<Record<ClassicId, readonly [number[], number[]]>> = {
  'Acrobot-v1': [[0, 0, 0, 0], [2, 0.5, 0, 0]],
  'CartPole-v1': [[0, 0, 0, 0], [1, 0, 0.2, 0]],
  'MountainCar-v0': [[-0.5, 0], [0.3, 0]],
  'MountainCarContinuous-v0': [[-0.5, 0], [0.3, 0]],
  'Pendulum-v1': [[0, 0], [2, 0]],
}

describe.each(classicControlIds)('%s', (id) => {
  const [one, other] = states[id]

  it('draws opaque RGBA frames that change with the state', () => {
    const { width, height, data } = frameOf(id, one)
    expect([width, height]).toEqual(id === 'Acrobot-v1' || id === 'Pendulum-v1' ? [500, 500] : [600, 400])
    expect(data).toHaveLength(width * height * 4)
    expect(data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true)
    expect(isEqual(frameOf(id, one), frameOf(id, one))).toBe(true)
    expect(isEqual(frameOf(id, one), frameOf(id, other))).toBe(false)
  })

  it('writes 20 lines and a caption, at most 60 characters wide, that change with the state', () => {
    const lines = textOf(id, one).split('\n')
    expect(lines).toHaveLength(21)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
    expect(lines.slice(0, 20).join('')).toMatch(/[\u2801-\u28ff]/)
    expect(textOf(id, other).split('\n').slice(0, 20)).not.toEqual(lines.slice(0, 20))
  })
})

describe('what is where', () => {
  it('the cart moves right, its pole leans right', () => {
    const [cartX] = middleOf(frameOf('CartPole-v1', [1.2, 0, 0, 0]), [38, 44, 58])
    // 1.2 of 4.8 m to the right of the middle.
    expect(cartX).toBeCloseTo(0.75, 2)
    const pole = [199, 142, 84]
    const [leaning] = middleOf(frameOf('CartPole-v1', [0, 0, 0.2, 0]), pole)
    expect(leaning).toBeGreaterThan(0.51)
    expect(middleOf(frameOf('CartPole-v1', [0, 0, 0, 0]), pole)[0]).toBeCloseTo(0.5, 2)
  })

  it('the car stands in the valley, or high on the hill', () => {
    const car = [38, 44, 58]
    const [left, low] = middleOf(frameOf('MountainCar-v0', [-Math.PI / 6, 0]), car)
    const [right, high] = middleOf(frameOf('MountainCar-v0', [0.4, 0]), car)
    expect(left).toBeLessThan(right)
    expect(low).toBeGreaterThan(high + 0.5)
  })

  it('the pendulum stands upright at 0 and turns counter-clockwise', () => {
    const rod = [204, 92, 84]
    expect(middleOf(frameOf('Pendulum-v1', [0, 0]), rod)[1]).toBeLessThan(0.45)
    expect(middleOf(frameOf('Pendulum-v1', [Math.PI / 2, 0]), rod)[0]).toBeLessThan(0.45)
    expect(middleOf(frameOf('Pendulum-v1', [Math.PI, 0]), rod)[1]).toBeGreaterThan(0.55)
  })

  it('shows the torque of the last step, also after loading', () => {
    const env = build('Pendulum-v1', { renderMode: 'rgb_array' })
    env.reset({ seed: 1 })
    env.step(Float32Array.of(2))
    const saved = env.save()
    const still = frameOf('Pendulum-v1', saved.state.slice(0, 2))
    expect(isEqual(shownBy(env), still)).toBe(false)
    const other = build('Pendulum-v1', { renderMode: 'rgb_array' })
    other.load(saved)
    expect(isEqual(shownBy(other), shownBy(env))).toBe(true)
  })

  it('the acrobot hangs at 0 and swings to the right with a positive angle', () => {
    const link = [54, 138, 148]
    expect(middleOf(frameOf('Acrobot-v1', [0, 0, 0, 0]), link)[1]).toBeGreaterThan(0.55)
    expect(middleOf(frameOf('Acrobot-v1', [Math.PI / 2, 0, 0, 0]), link)[0]).toBeGreaterThan(0.55)
  })
})
