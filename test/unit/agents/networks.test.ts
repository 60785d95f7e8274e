import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../../agents/backend.js'
import { activationNames, convolution, linear, loadVariables, mlp, networkParameters, saveVariables, type Network } from '../../../agents/networks/index.js'
import { convolve } from '../../../agents/networks/convolve.js'
import { maxPool2 } from '../../../agents/networks/pool.js'
import { readParameters } from '../../../src/parameters.js'
import { Rng } from '../../../src/rng.js'
import { codeOf, expectGradient, expectNoLeak, expectVariableGradients } from './gradientCheck.js'

const rng = () => Rng.fromSeed(3).split('network')
const perceptron = (options: Partial<Parameters<typeof mlp>[0]> = {}): Network =>
  mlp({ name: 'net', inputs: 5, hidden: [7, 6], outputs: 3, activation: 'tanh', outputGain: 1, ...options }, rng())
const image = (options: Partial<Parameters<typeof convolution>[0]> = {}): Network =>
  convolution(
    { name: 'cnn', height: 6, width: 5, channels: 2, scalars: 3, baseWidth: 2, hidden: [6], outputs: 2, activation: 'silu', outputGain: 1, ...options },
    rng(),
  )
const decoder = (options: Partial<Parameters<typeof linear>[0]> = {}): Network =>
  linear({ name: 'decoder', inputs: 5, outputs: 3, bias: true, nonNegative: false, gain: 1, ...options }, rng())

const rowsFor = (network: Network, count = 3): tf.Tensor2D => {
  const draws = Rng.fromSeed(5).split('rows')
  return tf.tensor2d(
    Float32Array.from({ length: count * network.inputs }, () => draws.normal()),
    [count, network.inputs],
  )
}
/** A scalar in which every output of every row counts differently. */
const mixed = (y: tf.Tensor): tf.Scalar => tf.sum(tf.mul(y, tf.reshape(tf.cos(tf.range(0, y.size)), y.shape)))

describe.each(['wasm', 'cpu'] as const)('networks on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend)
  })
  afterAll(() => {
    tf.disposeVariables()
  })

  it.each(activationNames)('an mlp with %s has the gradients of its central differences', (activation) => {
    const network = perceptron({ activation })
    expectVariableGradients(() => mixed(network.apply(rowsFor(network))), network.variables)
    expectGradient((x) => mixed(network.apply(tf.reshape(x, [3, 5]))), rowsFor(network))
  })

  it.each([true, false])('a linear network (nonNegative %s) has the gradients of its central differences', (nonNegative) => {
    const network = decoder({ nonNegative })
    expectVariableGradients(() => mixed(network.apply(rowsFor(network))), network.variables)
    expectGradient((x) => mixed(network.apply(tf.reshape(x, [3, 5]))), rowsFor(network))
  })

  it('a convolution has the gradients of its central differences, in its filters, biases, mlp and input', () => {
    const network = image()
    // A small step: a pixel that overtakes another inside a pooling window bends the function.
    const step = { h: 2e-3, tolerance: 1e-2 }
    expectVariableGradients(() => mixed(network.apply(rowsFor(network))), network.variables, step)
    expectGradient((x) => mixed(network.apply(tf.reshape(x, [3, network.inputs]))), rowsFor(network), step)
  })

  it('neither applying nor differentiating leaks tensors, and dispose frees the variables', () => {
    for (const make of [perceptron, image, decoder]) {
      expectNoLeak(() => {
        const network = make()
        const rows = rowsFor(network)
        network.apply(rows).dispose()
        const { value, grads } = tf.variableGrads(() => mixed(network.apply(rows)), [...network.variables])
        tf.dispose([value, grads, rows])
        network.dispose()
      })
    }
  })

  it('pooling has the gradient of its central differences at odd sizes, and equal pixels share it', () => {
    const pixels = tf.reshape(tf.sin(tf.mul(tf.range(0, 60), 2)), [2, 3, 5, 2])
    expectGradient((x) => mixed(maxPool2(tf.reshape(x, [2, 3, 5, 2]))), pixels)
    const flat = tf.grad((x) => tf.sum(maxPool2(tf.reshape(x, [1, 2, 2, 1]))))(tf.ones([4]))
    expect([...flat.dataSync()]).toEqual([0.25, 0.25, 0.25, 0.25])
  })

  it('takes no rows as well as many', () => {
    expect(perceptron().apply(tf.zeros([0, 5])).shape).toEqual([0, 3])
    expect(perceptron().apply(tf.zeros([1000, 5])).shape).toEqual([1000, 3])
  })
})

describe('networks', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('the same seed gives the same weights and outputs to the bit, another seed others', () => {
    for (const make of [perceptron, image, decoder]) {
      const [first, second] = [make(), make()]
      const rows = rowsFor(first)
      expect(second.apply(rows).dataSync()).toEqual(first.apply(rows).dataSync())
      expect(second.variables.map((v) => v.dataSync())).toEqual(first.variables.map((v) => v.dataSync()))
    }
    const other = mlp({ name: 'net', inputs: 5, hidden: [7, 6], outputs: 3, activation: 'tanh', outputGain: 1 }, Rng.fromSeed(4))
    expect(other.variables[0].dataSync()).not.toEqual(perceptron().variables[0].dataSync())
  })

  it('orthogonal first weights: W Wᵀ is gain² times the identity on the shorter side, biases are 0', () => {
    for (const [inputs, width] of [[40, 24], [24, 40], [32, 32]]) {
      const network = mlp({ name: 'net', inputs, hidden: [width], outputs: 2, activation: 'relu', outputGain: 0.01 }, rng())
      const [weights, biases, last] = network.variables
      const product = tf.tidy(() => {
        const w = tf.reshape(weights, [inputs, width])
        const wt = tf.transpose(w)
        return [...(inputs <= width ? tf.matMul(w, wt) : tf.matMul(wt, w)).dataSync()]
      })
      const side = Math.min(inputs, width)
      // Entries are sums of about 40 float32 products below 2: 40 eps = 5e-6.
      for (const [i, entry] of product.entries()) expect(entry).toBeCloseTo(i % (side + 1) === 0 ? 2 : 0, 4)
      expect([...biases.dataSync()].every((b) => b === 0)).toBe(true)
      expect(Math.hypot(...last.dataSync()) / 0.01).toBeCloseTo(Math.SQRT2, 4)
    }
  })

  it('Xavier-uniform first weights keep to their bound and fill it; without bias there is none', () => {
    const network = decoder({ inputs: 60, outputs: 40, bias: false, gain: 2 })
    const bound = 2 * Math.sqrt(6 / 100)
    const values = [...network.variables[0].dataSync()]
    const largest = Math.max(...values.map(Math.abs))
    expect(largest).toBeLessThanOrEqual(Math.fround(bound))
    // 2,400 uniform draws all below 0.99 of the bound: 0.99^2400 < 1e-10.
    expect(largest).toBeGreaterThan(0.99 * bound)
    expect(network.variables.length).toBe(1)
  })

  it('with nonNegative weights more of an input is never less of an output, whatever was learned', () => {
    const network = decoder({ nonNegative: true, bias: false })
    tf.tidy(() => network.variables[0].assign(tf.sub(tf.zeros([5, 3]), 7)))
    const outputs = network.apply(tf.eye(5)).dataSync()
    expect(Math.min(...outputs)).toBeGreaterThan(0)
  })

  it('an mlp computes what its equation says', () => {
    const network = perceptron({ inputs: 2, hidden: [2], outputs: 1 })
    const [w0, b0, w1, b1] = network.variables
    tf.tidy(() => {
      w0.assign(tf.tensor2d([1, -1, 0.5, 2], [2, 2]))
      b0.assign(tf.tensor1d([0.1, -0.2]))
      w1.assign(tf.tensor2d([2, 3], [2, 1]))
      b1.assign(tf.tensor1d([0.25]))
    })
    const expected = 2 * Math.tanh(0.3 + 0.5 * -0.4 + 0.1) + 3 * Math.tanh(-0.3 + 2 * -0.4 - 0.2) + 0.25
    expect(network.apply(tf.tensor2d([0.3, -0.4], [1, 2])).dataSync()[0]).toBeCloseTo(expected, 6)
  })

  it('a convolution sees its scalars and its pixels where the row holds them, whatever the batch', () => {
    const network = image()
    const rows = rowsFor(network, 4)
    const together = network.apply(rows).dataSync()
    const third = network.apply(tf.slice2d(rows, [2, 0], [1, -1])).dataSync()
    expect(third[0]).toBeCloseTo(together[4], 5)
  })

  it('a convolution is the sum that its definition says, zeros around the image, biases added, and pooling takes the largest of four', () => {
    const draws = Rng.fromSeed(8)
    const [h, w, c, o] = [5, 4, 2, 3]
    const pixels = Float32Array.from({ length: h * w * c }, () => draws.normal())
    const filter = Float32Array.from({ length: 9 * c * o }, () => draws.normal())
    const maps = convolve(tf.tensor4d(pixels, [1, h, w, c]), tf.tensor4d(filter, [3, 3, c, o]), tf.tensor1d([0, 0.5, -1]))
    const pixel = (y: number, x: number, k: number) => (y < 0 || x < 0 || y >= h || x >= w ? 0 : pixels[(y * w + x) * c + k])
    const expected = (y: number, x: number, to: number): number => {
      let sum = [0, 0.5, -1][to]
      for (let place = 0; place < 9; place++) {
        for (let k = 0; k < c; k++) sum += pixel(y + Math.floor(place / 3) - 1, x + (place % 3) - 1, k) * filter[(place * c + k) * o + to]
      }
      return sum
    }
    const found = maps.dataSync()
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) for (let to = 0; to < o; to++) expect(found[(y * w + x) * o + to]).toBeCloseTo(expected(y, x, to), 4)
    const pooled = maxPool2(maps)
    expect(pooled.shape).toEqual([1, 2, 2, o])
    const four = [expected(2, 2, 1), expected(2, 3, 1), expected(3, 2, 1), expected(3, 3, 1)]
    expect(pooled.dataSync()[(1 * 2 + 1) * o + 1]).toBeCloseTo(Math.max(...four), 4)
  })

  it('an image of odd size, and one without scalars, have the widths that they claim', () => {
    const network = image({ height: 7, width: 9, channels: 1, scalars: 0 })
    expect(network.inputs).toBe(63)
    expect(network.apply(rowsFor(network)).shape).toEqual([3, 2])
  })

  it('refuses widths and gains that cannot be', () => {
    const wrong = [Number.NaN, 0, -1, 2.5, Number.POSITIVE_INFINITY]
    for (const width of wrong) {
      expect(codeOf(() => perceptron({ inputs: width }))).toBe('agents/network')
      expect(codeOf(() => perceptron({ hidden: [4, width] }))).toBe('agents/network')
      expect(codeOf(() => decoder({ outputs: width }))).toBe('agents/network')
      expect(codeOf(() => image({ height: width }))).toBe('agents/network')
      expect(codeOf(() => image({ baseWidth: width }))).toBe('agents/network')
    }
    expect(codeOf(() => image({ width: 3 }))).toBe('agents/network')
    expect(codeOf(() => image({ scalars: -1 }))).toBe('agents/network')
    expect(codeOf(() => perceptron({ outputGain: Number.NaN }))).toBe('agents/network')
    expect(codeOf(() => decoder({ gain: -1 }))).toBe('agents/network')
  })

  it('a refused network leaves no variables behind', () => {
    expectNoLeak(() => {
      expect(codeOf(() => image({ hidden: [0] }))).toBe('agents/network')
      expect(codeOf(() => image({ outputGain: Number.NaN }))).toBe('agents/network')
      expect(codeOf(() => decoder({ gain: Number.NaN }))).toBe('agents/network')
    })
  })

  it('parameters: two layers of 64 with tanh unless told otherwise; wrong ones are named', () => {
    expect(readParameters(networkParameters, {}, 'test')).toEqual({ hidden: [64, 64], activation: 'tanh' })
    expect(codeOf(() => readParameters(networkParameters, { hidden: [0] }, 'test'))).toBe('parameter/invalid')
    expect(codeOf(() => readParameters(networkParameters, { activation: 'gelu' }, 'test'))).toBe('parameter/invalid')
    expect(codeOf(() => readParameters(networkParameters, { layers: 2 }, 'test'))).toBe('parameter/unknown')
  })
})

const actor = (seed: number, hidden: readonly number[] = [4]) =>
  mlp({ name: 'actor', inputs: 3, hidden, outputs: 2, activation: 'relu', outputGain: 1 }, Rng.fromSeed(seed))

describe('saved weights', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('bring another network of the same build to the same outputs, to the bit', () => {
    const [first, second] = [actor(1), actor(2)]
    const rows = tf.tensor2d([0.1, -2, 3, 0.5, 0.25, -1], [2, 3])
    loadVariables(second.variables, saveVariables(first.variables))
    expect(second.apply(rows).dataSync()).toEqual(first.apply(rows).dataSync())
  })

  it('carry names that are the same in every process, and are copies', () => {
    const { variables } = actor(1)
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
    const { variables } = actor(1)
    const before = saveVariables(variables)
    const others = [actor(2, [5]), actor(2, []), linear({ name: 'actor', inputs: 3, outputs: 2, bias: true, nonNegative: false, gain: 1 }, Rng.fromSeed(1))]
    for (const other of others) expect(codeOf(() => loadVariables(variables, saveVariables(other.variables)))).toBe('agents/architecture')
    expect(codeOf(() => loadVariables(variables, before.slice(1)))).toBe('agents/architecture')
    expect(saveVariables(variables)).toEqual(before)
  })

  it('that are not finite, not whole or not weights at all are refused, and nothing is changed', () => {
    const { variables } = actor(1)
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
    const { variables } = actor(1)
    expectNoLeak(() => loadVariables(variables, saveVariables(variables)))
  })
})
