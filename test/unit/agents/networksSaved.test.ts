import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../../agents/backend.js'
import { linear, loadVariables, mlp, saveVariables } from '../../../agents/networks/index.js'
import { Rng } from '../../../src/rng.js'
import { codeOf, expectNoLeak } from './gradientCheck.js'

const network = (seed: number, hidden: readonly number[] = [4]) =>
  mlp({ name: 'actor', inputs: 3, hidden, outputs: 2, activation: 'relu', outputGain: 1 }, Rng.fromSeed(seed))

describe('saved weights', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('bring another network of the same build to the same outputs, to the bit', () => {
    const [first, second] = [network(1), network(2)]
    const rows = tf.tensor2d([0.1, -2, 3, 0.5, 0.25, -1], [2, 3])
    loadVariables(second.variables, saveVariables(first.variables))
    expect(second.apply(rows).dataSync()).toEqual(first.apply(rows).dataSync())
  })

  it('carry names that are the same in every process, and are copies', () => {
    const { variables } = network(1)
    const saved = saveVariables(variables)
    expect(saved.map(({ name, shape }) => [name, shape])).toEqual([
      ['actor/0/weights', [3, 4]],
      ['actor/0/biases', [4]],
      ['actor/1/weights', [4, 2]],
      ['actor/1/biases', [2]],
    ])
    saved[0].values.fill(7)
    expect(saveVariables(variables)[0].values).not.toEqual(saved[0].values)
  })

  it('of another build are refused, and nothing is changed', () => {
    const { variables } = network(1)
    const before = saveVariables(variables)
    const others = [network(2, [5]), network(2, []), linear({ name: 'actor', inputs: 3, outputs: 2, bias: true, nonNegative: false, gain: 1 }, Rng.fromSeed(1))]
    for (const other of others) expect(codeOf(() => loadVariables(variables, saveVariables(other.variables)))).toBe('agents/architecture')
    expect(codeOf(() => loadVariables(variables, before.slice(1)))).toBe('agents/architecture')
    expect(saveVariables(variables)).toEqual(before)
  })

  it('that are not finite, not whole or not weights at all are refused, and nothing is changed', () => {
    const { variables } = network(1)
    const before = saveVariables(variables)
    const changed = (values: Float32Array) => [...before.slice(0, 3), { ...before[3], values }]
    const wrong = [
      changed(Float32Array.of(0, Number.NaN)),
      changed(Float32Array.of(Number.POSITIVE_INFINITY, 0)),
      changed(Float32Array.of(1)),
      [...before.slice(0, 3), { ...before[3], values: [0, 0] }],
      [...before.slice(0, 3), { ...before[3], more: 1 }],
      'weights',
      null,
      {},
      [null],
    ]
    for (const saved of wrong) expect(codeOf(() => loadVariables(variables, saved))).toBe('agents/weights')
    expect(saveVariables(variables)).toEqual(before)
  })

  it('are saved and loaded without leaking tensors', () => {
    const { variables } = network(1)
    expectNoLeak(() => loadVariables(variables, saveVariables(variables)))
  })
})
