import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../../agents/backend.js'
import {
  categorical,
  diagonalGaussian,
  distributionFor,
  multiCategorical,
  scaledBeta,
  type ActionDistribution,
} from '../../../agents/distributions/index.js'
import { drawGamma } from '../../../agents/distributions/gammaDraw.js'
import { binet, digammaRest } from '../../../agents/distributions/gammaFunctions.js'
import { Rng } from '../../../src/rng.js'
import { Box, Dict, Discrete, MultiBinary, MultiDiscrete } from '../../../src/spaces/index.js'
import { codeOf, expectGradient, expectNoLeak, expectVariableGradients } from './gradientCheck.js'

const kinds: readonly (readonly [string, () => ActionDistribution])[] = [
  ['categorical', () => categorical(4)],
  ['multiCategorical', () => multiCategorical([3, 2, 4])],
  ['diagonalGaussian', () => diagonalGaussian(3, { initialLogSd: -0.3 })],
  ['scaledBeta', () => scaledBeta([4, -1, 0], [40, 2.5, 0.5])],
]

const ROWS = 3
/** Output rows as a network would put out, and actions drawn for them. */
const example = (distribution: ActionDistribution): { output: tf.Tensor2D; prepared: tf.Tensor2D; actions: tf.Tensor2D } => {
  const rng = Rng.fromSeed(11)
  const output = tf.tensor2d(Float32Array.from({ length: ROWS * distribution.inputs }, () => rng.normal()), [ROWS, distribution.inputs])
  const prepared = distribution.prepare(output)
  const values = prepared.dataSync()
  const drawn = new Float32Array(ROWS * distribution.width)
  for (let row = 0; row < ROWS; row++) distribution.sample(values, row, rng, drawn, row)
  return { output, prepared, actions: tf.tensor2d(drawn, [ROWS, distribution.width]) }
}
/** Rows that count differently. */
const mixed = (perRow: tf.Tensor): tf.Scalar => tf.sum(tf.mul(perRow, tf.tensor1d([1, -0.6, 0.7])))
const number = (x: tf.Tensor): number => x.dataSync()[0]

describe.each(['wasm', 'cpu'] as const)('distributions on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend)
  })

  it.each(kinds)('%s: log-probability and entropy have the gradients of their central differences', (_, make) => {
    const distribution = make()
    const { output, actions } = example(distribution)
    const prepared = (x: tf.Tensor) => distribution.prepare(tf.reshape(x, [ROWS, distribution.inputs]))
    expectGradient((x) => mixed(distribution.logProbability(prepared(x), actions)), output)
    expectGradient((x) => mixed(distribution.entropy(prepared(x))), output)
    if (distribution.variables.length === 0) return
    expectVariableGradients(() => mixed(distribution.logProbability(distribution.prepare(output), actions)), distribution.variables)
    expectVariableGradients(() => mixed(distribution.entropy(distribution.prepare(output))), distribution.variables)
  })

  it.each(kinds)('%s: neither computing nor differentiating leaks tensors', (_, make) => {
    expectNoLeak(() => {
      const distribution = make()
      const { output, prepared, actions } = example(distribution)
      const loss = (x: tf.Tensor) => tf.add(mixed(distribution.logProbability(distribution.prepare(tf.reshape(x, output.shape)), actions)), mixed(distribution.entropy(prepared)))
      tf.dispose([distribution.logProbability(prepared, actions), distribution.entropy(prepared), tf.grad(loss)(output)])
      tf.dispose([output, prepared, actions, [...distribution.variables]])
    })
  })
})

describe('distributions', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it.each(kinds)('%s: draws have the log-probability that is claimed (its mean over draws is minus the entropy)', (_, make) => {
    const distribution = make()
    const { prepared } = example(distribution)
    const values = prepared.dataSync().slice(0, distribution.parameters)
    const draws = 4000
    const rng = Rng.fromSeed(21)
    const rows = new Float32Array(draws * distribution.width)
    for (let i = 0; i < draws; i++) distribution.sample(values, 0, rng, rows, i)
    const many = tf.tile(tf.tensor2d(values, [1, distribution.parameters]), [draws, 1])
    const logs = [...distribution.logProbability(many, tf.tensor2d(rows, [draws, distribution.width])).dataSync()]
    const mean = logs.reduce((sum, x) => sum + x, 0) / draws
    const sd = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws)
    const entropy = number(distribution.entropy(tf.tensor2d(values, [1, distribution.parameters])))
    // Five standard errors: one seed in a million fails.
    expect(Math.abs(mean + entropy)).toBeLessThan((5 * sd) / Math.sqrt(draws))
  })

  it.each(kinds)('%s: the same stream draws the same actions to the bit', (_, make) => {
    expect(example(make()).actions.dataSync()).toEqual(example(make()).actions.dataSync())
  })

  it.each(kinds)('%s: nothing is drawn from a row that is not a number', (_, make) => {
    const distribution = make()
    const out = new Float32Array(distribution.width)
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const row = new Float32Array(distribution.parameters).fill(wrong, 1)
      expect(codeOf(() => distribution.sample(row, 0, Rng.fromSeed(1), out, 0))).toBe('agents/draw')
      expect(codeOf(() => distribution.mode(row, 0, out, 0))).toBe('agents/draw')
    }
    expect([...out].every((value) => value === 0)).toBe(true)
  })

  it('categorical agrees with torch.distributions.Categorical 2.6.0, and holds at extreme logits', () => {
    const distribution = categorical(3)
    const prepared = distribution.prepare(tf.tensor2d([1, -2, 0.5, 500, -500, 0], [2, 3]))
    const logs = distribution.logProbability(prepared, tf.tensor2d([2, 0], [2, 1])).dataSync()
    const entropies = distribution.entropy(prepared).dataSync()
    expect(logs[0]).toBeCloseTo(-1.0046, 4)
    expect(entropies[0]).toBeCloseTo(0.7779, 4)
    expect(logs[1]).toBe(0)
    expect(entropies[1]).toBeCloseTo(0, 6)
    const out = new Float32Array(2)
    distribution.sample(prepared.dataSync(), 1, Rng.fromSeed(1), out, 1)
    distribution.mode(prepared.dataSync(), 0, out, 0)
    expect([...out]).toEqual([0, 0])
  })

  it('categorical draws each option as often as its probability', () => {
    const distribution = categorical(3)
    const chances = [0.2, 0.5, 0.3]
    const rng = Rng.fromSeed(31)
    const counts = [0, 0, 0]
    const out = new Float32Array(1)
    const prepared = chances.map(Math.log)
    for (let i = 0; i < 20_000; i++) {
      distribution.sample(prepared, 0, rng, out, 0)
      counts[out[0]]++
    }
    // Five SDs of a binomial count of 20,000.
    for (const [i, p] of chances.entries()) expect(Math.abs(counts[i] - 20_000 * p)).toBeLessThan(5 * Math.sqrt(20_000 * p * (1 - p)))
  })

  it('several heads are that many choices: log-probabilities and entropies are sums of the single ones', () => {
    const both = multiCategorical([3, 2])
    const logits = [0.3, -1, 2, 0.1, 0.7]
    const [first, second] = [categorical(3), categorical(2)]
    const prepared = both.prepare(tf.tensor2d(logits, [1, 5]))
    const one = first.prepare(tf.tensor2d(logits.slice(0, 3), [1, 3]))
    const two = second.prepare(tf.tensor2d(logits.slice(3), [1, 2]))
    const joint = number(both.logProbability(prepared, tf.tensor2d([2, 0], [1, 2])))
    expect(joint).toBeCloseTo(number(first.logProbability(one, tf.tensor2d([2], [1, 1]))) + number(second.logProbability(two, tf.tensor2d([0], [1, 1]))), 5)
    expect(number(both.entropy(prepared))).toBeCloseTo(number(first.entropy(one)) + number(second.entropy(two)), 5)
    const out = new Float32Array(2)
    both.mode(prepared.dataSync(), 0, out, 0)
    expect([...out]).toEqual([2, 1])
  })

  it('the Gaussian agrees with torch.distributions.Normal 2.6.0', () => {
    const distribution = diagonalGaussian(2, { initialLogSd: 0 })
    const prepared = tf.tensor2d([0.5, -1, 0.3, 2], [1, 4])
    expect(number(distribution.logProbability(prepared, tf.tensor2d([0.1, 0.7], [1, 2])))).toBeCloseTo(-4.2082, 4)
    expect(number(distribution.entropy(prepared))).toBeCloseTo(5.1379, 4)
    const out = new Float32Array(2)
    distribution.mode(prepared.dataSync(), 0, out, 0)
    expect([...out]).toEqual([0.5, -1])
  })

  // alpha, beta, u, ln density, entropy: torch.distributions.Beta 2.6.0 in float64.
  it.each([
    [1, 1, 0.3, 0, 0],
    [2, 5, 0.3, 0.7705248015812898, -0.48453071499548894],
    [1.5, 1.0001, 0.999999, 0.40421108851015525, -0.07210726324967627],
    [30, 4, 0.9, 2.0424583481263454, -1.5520854875445025],
    [900, 1100, 0.45, 3.5795583615581563, -3.079941909169065],
    [20_000, 30_000, 0.4003, 5.194880475639366, -4.704519898223225],
  ])('Beta(%d, %d) at %d agrees with torch, also where ln Gamma is in the hundred thousands', (alpha, beta, u, density, entropy) => {
    const distribution = scaledBeta([0], [1])
    const prepared = tf.tensor2d([alpha, beta], [1, 2])
    // Each shape multiplies a logarithm whose argument carries float32 rounding, 1.2e-7.
    const found = number(distribution.logProbability(prepared, tf.tensor2d([u], [1, 1])))
    expect(Math.abs(found - density)).toBeLessThan(1e-5 + 1.2e-7 * (alpha + beta))
    expect(number(distribution.entropy(prepared))).toBeCloseTo(entropy, 4)
  })

  it('stretching a Beta to its bounds takes ln(range) off the density and adds it to the entropy', () => {
    const [plain, stretched] = [scaledBeta([0], [1]), scaledBeta([4], [40])]
    const prepared = tf.tensor2d([2, 5], [1, 2])
    const density = number(plain.logProbability(prepared, tf.tensor2d([0.3], [1, 1])))
    expect(number(stretched.logProbability(prepared, tf.tensor2d([4 + 36 * 0.3], [1, 1])))).toBeCloseTo(density - Math.log(36), 4)
    expect(number(stretched.entropy(prepared))).toBeCloseTo(number(plain.entropy(prepared)) + Math.log(36), 5)
    const out = new Float32Array(1)
    stretched.mode([2, 5], 0, out, 0)
    expect(out[0]).toBeCloseTo(4 + (36 * 2) / 7, 5)
  })

  it('Beta draws stay inside their bounds, with the mean and variance of the distribution, and at a bound the density is finite', () => {
    const distribution = scaledBeta([4], [40])
    const [alpha, beta] = [1.2, 6]
    const rng = Rng.fromSeed(41)
    const n = 20_000
    const out = new Float32Array(n)
    for (let i = 0; i < n; i++) distribution.sample([alpha, beta], 0, rng, out, i)
    expect(Math.min(...out)).toBeGreaterThanOrEqual(4)
    expect(Math.max(...out)).toBeLessThanOrEqual(40)
    const mean = out.reduce((sum, x) => sum + x, 0) / n
    const variance = out.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n
    const expected = (36 ** 2 * alpha * beta) / ((alpha + beta) ** 2 * (alpha + beta + 1))
    expect(Math.abs(mean - (4 + (36 * alpha) / (alpha + beta)))).toBeLessThan(5 * Math.sqrt(expected / n))
    // The variance of a variance is below (kurtosis - 1) / n, kurtosis below 5 here.
    expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(4 / n))
    const atBounds = distribution.logProbability(tf.tensor2d([3, 3, 3, 3], [2, 2]), tf.tensor2d([4, 40], [2, 1])).dataSync()
    expect([...atBounds].every(Number.isFinite)).toBe(true)
  })

  it('the prepared shapes of a Beta are 1 or more, whatever the network puts out', () => {
    const shapes = scaledBeta([0], [1]).prepare(tf.tensor2d([-1000, 1000], [1, 2])).dataSync()
    expect([...shapes]).toEqual([1, 1001])
  })

  it('ln Gamma, digamma and trigamma (as gradient) hold their float32 digits from 0.5 to 1e6', () => {
    // torch 2.6.0, float64.
    const x = [0.5, 1, 2, 3.7, 10, 100, 1e4, 1e6]
    const logGammas = [0.5723649429247001, 0, 0, 1.428072326665388, 12.801827480081469, 359.1342053695754, 82099.71749644238, 12815504.569147611]
    const digammas = [-1.9635100260214229, -0.5772156649015328, 0.422784335098467, 1.1671535393615111, 2.251752589066721, 4.600161852738088, 9.21029037114285, 13.81551005796419]
    const trigammas = [4.934802202073678, 1.6449340676383375, 0.6449340670881899, 0.3100378577128614, 0.10516633568216657, 0.010050166663333571, 0.00010000500016666666, 1.0000005000001667e-6]
    const shapes = tf.tensor1d(x)
    const rests = binet(shapes).dataSync()
    const digammaRests = digammaRest(shapes).dataSync()
    const binetSlopes = tf.grad((y) => tf.sum(binet(y)))(shapes).dataSync()
    const digammaSlopes = tf.grad((y) => tf.sum(digammaRest(y)))(shapes).dataSync()
    for (const [i, value] of x.entries()) {
      const rest = logGammas[i] - ((value - 0.5) * Math.log(value) - value + 0.5 * Math.log(2 * Math.PI))
      // Terms of size 3 cancel: 3 x 6e-8, some roundings of it.
      expect(Math.abs(rests[i] - rest)).toBeLessThan(2e-6)
      expect(Math.abs(digammaRests[i] - (digammas[i] - Math.log(value)))).toBeLessThan(1e-6 * Math.max(1, 2 / value))
      expect(Math.abs(binetSlopes[i] - (digammas[i] - Math.log(value) + 0.5 / value))).toBeLessThan(1e-6 * Math.max(1, 2 / value))
      expect(Math.abs(digammaSlopes[i] - (trigammas[i] - 1 / value))).toBeLessThan(2e-6 * Math.max(1, 1 / value))
    }
  })

  it('gamma draws have the mean and variance of their shape', () => {
    const rng = Rng.fromSeed(51)
    for (const shape of [1, 4.5]) {
      const draws = Array.from({ length: 20_000 }, () => drawGamma(shape, rng))
      const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
      const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length
      expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / draws.length))
      // The kurtosis of a gamma distribution is 3 + 6 / shape.
      expect(Math.abs(variance / shape - 1)).toBeLessThan(5 * Math.sqrt((2 + 6 / shape) / draws.length))
    }
  })

  it('refuses arguments that cannot be', () => {
    const wrong = [
      () => categorical(0),
      () => categorical(Number.NaN),
      () => multiCategorical([]),
      () => multiCategorical([3, 1.5]),
      () => diagonalGaussian(0, { initialLogSd: 0 }),
      () => diagonalGaussian(2, { initialLogSd: Number.NaN }),
      () => scaledBeta([], []),
      () => scaledBeta([0], [1, 2]),
      () => scaledBeta([1], [1]),
      () => scaledBeta([0], [Number.POSITIVE_INFINITY]),
      () => scaledBeta([Number.NaN], [1]),
    ]
    for (const make of wrong) expect(codeOf(make)).toBe('agents/distribution')
  })
})

describe('action spaces', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  const spaces = [
    new Discrete({ n: 5, start: -2 }),
    new MultiDiscrete({ nvec: [3, 2, 4, 1], shape: [2, 2], start: [0, 5, -1, 2] }),
    new MultiBinary({ shape: [2, 3] }),
    new Box({ low: [-2, 0], high: [2, 1] }),
    new Box({ low: Number.NEGATIVE_INFINITY, high: 3, shape: [2, 2], dtype: 'float64' }),
  ]

  it.each(spaces.map((space) => [space.kind, space] as const))('every draw for a %s becomes a member of it, and not always the same', (_, space) => {
    const { distribution, codec } = distributionFor(space)
    const rng = Rng.fromSeed(61)
    const prepared = distribution.prepare(tf.zeros([1, distribution.inputs])).dataSync()
    const rows = new Float32Array(200 * distribution.width)
    const seen = new Set<string>()
    for (let row = 0; row < 200; row++) {
      distribution.sample(prepared, 0, rng, rows, row)
      const action = codec.toAction(rows, row)
      expect(space.contains(action)).toBe(true)
      seen.add(JSON.stringify(action))
    }
    expect(seen.size).toBeGreaterThanOrEqual(5)
  })

  it('a draw beyond the bounds of a Box is learned from as it is and acts at the bound', () => {
    const { codec } = distributionFor(new Box({ low: [-2, 0], high: [2, 1] }))
    const rows = Float32Array.of(0, 0, 7, -3)
    expect(codec.toAction(rows, 1)).toEqual(Float32Array.of(2, 0))
    expect([...rows]).toEqual([0, 0, 7, -3])
  })

  it('refuses other spaces by name', () => {
    const others = [new Dict({ a: new Discrete({ n: 2 }) }), new Box({ low: 0, high: 255, shape: [2], dtype: 'uint8' })]
    for (const space of others) expect(codeOf(() => distributionFor(space))).toBe('agents/action-space')
  })
})
