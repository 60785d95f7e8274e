import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../../agents/backend.js'
import { Adam, clipScale, gradientNorm, scheduledRate, valuesOf } from '../../../agents/optimiser.js'
import { gradientsOf } from '../../../agents/gradient.js'
import { codeOf } from './gradientCheck.js'

const variable = (...values: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.tensor1d(values)))
const adamOf = (x: tf.Variable, learningRateScale = 1): Adam => new Adam([{ name: 'x', variables: [x], learningRateScale }], 1e-5)

describe('Adam', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('takes the steps of PyTorch', () => {
    const x = variable(1, -2, 3)
    const adam = adamOf(x)
    for (const gradient of [[0.1, -0.2, 3], [0.5, 0, -1]]) adam.apply([Float32Array.from(gradient)], 1, 0.01)
    // torch 2.6.0: Adam([x], lr=0.01, eps=1e-5), two steps with these gradients.
    const expected = [0.98139077, -1.9833003, 2.985998]
    Array.from(valuesOf(x)).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6))
    x.dispose()
  })

  it('moves each group at its own pace', () => {
    const [slow, fast] = [variable(0), variable(0)]
    const adam = new Adam([{ name: 'a', variables: [slow], learningRateScale: 1 }, { name: 'b', variables: [fast], learningRateScale: 4 }], 1e-8)
    adam.apply([Float32Array.of(1), Float32Array.of(1)], 1, 0.01)
    expect(valuesOf(fast)[0] / valuesOf(slow)[0]).toBeCloseTo(4, 5)
    tf.dispose([slow, fast])
  })

  it('goes on bit for bit from what was saved', () => {
    const [through, halted] = [variable(1, 2), variable(1, 2)]
    const steps = [[0.3, -1], [0.2, 5], [-4, 0.1]].map((gradient) => Float32Array.from(gradient))
    const adam = adamOf(through)
    for (const gradient of steps) adam.apply([gradient], 0.7, 0.01)
    const before = adamOf(halted)
    before.apply([steps[0]], 0.7, 0.01)
    const after = adamOf(halted)
    after.load(structuredClone(before.save()))
    for (const gradient of steps.slice(1)) after.apply([gradient], 0.7, 0.01)
    expect(valuesOf(halted)).toEqual(valuesOf(through))
    expect(after.save()).toEqual(adam.save())
    tf.dispose([through, halted])
  })

  it('refuses what is not its own', () => {
    const x = variable(1, 2)
    const adam = adamOf(x)
    const other = variable(1)
    expect(codeOf(() => adam.load(adamOf(other).save()))).toBe('agents/saved')
    for (const saved of [null, {}, { step: -1, moments: [] }]) expect(codeOf(() => adam.load(saved))).toBe('agents/saved')
    tf.dispose([x, other])
  })
})

describe('gradients', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('are right, zero for a variable that does not matter, and leave nothing behind', () => {
    const [x, unused] = [variable(1, 2), variable(5)]
    const before = tf.memory().numTensors
    const { loss, gradients } = gradientsOf([x, unused], () => tf.sum(tf.square(x)))
    expect(loss).toBe(5)
    expect(gradients.map((gradient) => [...gradient])).toEqual([[2, 4], [0]])
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose([x, unused])
  })

  it('are shortened to the largest norm allowed, over all variables together', () => {
    const gradients = [Float32Array.of(3), Float32Array.of(0, 4)]
    expect(gradientNorm(gradients)).toBe(5)
    expect(clipScale(5, 0.5)).toBe(0.1)
    expect(clipScale(0.4, 0.5)).toBe(1)
    expect(gradientNorm([Float32Array.of(1), Float32Array.of(NaN)])).toBeNaN()
  })
})

describe('a schedule', () => {
  it('stays, or falls to zero in a straight line', () => {
    expect([0, 0.25, 1].map((progress) => scheduledRate(8, 'linear', progress))).toEqual([8, 6, 0])
    expect(scheduledRate(8, 'constant', 0.9)).toBe(8)
    expect(scheduledRate(8, 'linear', 1.5)).toBe(0)
  })
})
