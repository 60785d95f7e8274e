/** What the decoder reads: sums of features that tell what was sent, found in random stimulation. */
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Calibration } from '../../../../agents/culture/calibration.js'
import { cultureActor, loadAgent, saveAgent, trainedDecoder, trainedEncoder, type CultureAgentOptions } from '../../../../agents/culture/index.js'
import { startBackend } from '../../../../agents/index.js'
import { sampleCorrelation, standardDeviation } from 'simple-statistics'
import type { Rng } from '../../../../src/rng.js'
import { codeOf, expectNoLeak } from '../gradientCheck.js'
import { countsOf, numbers, observationsOf, rngOf, roomFor, smallAgent, smallDishes } from './support.js'

const FEATURES = 4
const CHANNELS = 3
const ROWS = 600

interface Made {
  readonly features: Float32Array
  readonly stimulations: Float32Array
}

/** One of three channels at random; features are noise of SD 1 about 0, to which each channel adds what `gains` says. */
const made = (gains: readonly (readonly number[])[], rng: Rng = rngOf('made'), rows = ROWS): Made => {
  const features = new Float32Array(rows * FEATURES)
  const stimulations = new Float32Array(rows * CHANNELS)
  for (let row = 0; row < rows; row++) {
    const channel = rng.integer(CHANNELS)
    stimulations[row * CHANNELS + channel] = 3
    for (let i = 0; i < FEATURES; i++) features[row * FEATURES + i] = rng.normal() + gains[channel][i]
  }
  for (let i = 0; i < FEATURES; i++) {
    let sum = 0
    for (let row = 0; row < rows; row++) sum += features[row * FEATURES + i]
    for (let row = 0; row < rows; row++) features[row * FEATURES + i] -= sum / rows
  }
  return { features, stimulations }
}

/** Channel 0 excites feature 0, channel 1 feature 2, channel 2 inhibits feature 3. Feature 1 is noise. */
const GAINS = [[4, 0, 0, 0], [0, 0, 4, 0], [0, 0, 0, -4]]

const fitted = ({ features, stimulations }: Made): Calibration => {
  const calibration = new Calibration(FEATURES, CHANNELS)
  calibration.fit(features, stimulations)
  return calibration
}

const columnsOf = (rows: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: width }, (_, k) => Array.from({ length: rows.length / width }, (_unused, row) => rows[row * width + k]))

const sumsOf = (calibration: Calibration, { features }: Made): number[][] =>
  columnsOf(tf.tidy(() => numbers(calibration.apply(tf.tensor2d(features, [features.length / FEATURES, FEATURES])))), CHANNELS)

beforeAll(async () => {
  await startBackend('cpu')
})
afterEach(() => {
  tf.disposeVariables()
})

describe('the calibration of a read-out', () => {
  it('finds the directions in which each channel moves the features', () => {
    const calibration = fitted(made(GAINS))
    const [first, second, third] = columnsOf(calibration.save().weights, CHANNELS)
    expect(first.indexOf(Math.max(...first))).toBe(0)
    expect(second.indexOf(Math.max(...second))).toBe(2)
    expect(third.indexOf(Math.min(...third))).toBe(3)
    for (const weights of [first, second, third]) {
      const largest = Math.max(...weights.map(Math.abs))
      // the feature that says nothing has next to no weight
      expect(Math.abs(weights[1])).toBeLessThan(0.1 * largest)
    }
  })

  it('tells what was sent in rows that it was not fitted to', () => {
    const calibration = fitted(made(GAINS))
    const held = made(GAINS, rngOf('held out'))
    const sums = sumsOf(calibration, held)
    const sent = columnsOf(held.stimulations, CHANNELS)
    for (const [k, column] of sums.entries()) expect(sampleCorrelation(column, sent[k])).toBeGreaterThan(0.8)
  })

  it('its sums have SD 1 over what it was fitted to, however loud the features', () => {
    for (const gain of [0.01, 1, 100]) {
      const loud = made(GAINS)
      const scaled = { ...loud, features: loud.features.map((value) => value * gain) }
      for (const sum of sumsOf(fitted(scaled), scaled)) expect(standardDeviation(sum)).toBeCloseTo(1, 4)
    }
  })

  it('is the ridge regression that its equation says', () => {
    // one feature: w = sum z (u - mean u) / (sum z^2 + 0.02 n), of which only the sign is left once SD(z w) = 1
    const calibration = new Calibration(1, 2)
    const z = Float32Array.of(-2, -1, 1, 2)
    calibration.fit(z, Float32Array.of(0, 3, 0, 3, 3, 0, 3, 0))
    const sd = Math.sqrt(10 / 4)
    expect(Array.from(calibration.save().weights)).toEqual([Math.fround(1 / sd), Math.fround(-1 / sd)])
    // two features that are the same share the weight: the ridge keeps the equations solvable
    const twice = new Calibration(2, 1)
    twice.fit(Float32Array.from([...z].flatMap((value) => [value, value])), Float32Array.of(0, 0, 3, 3))
    const [a, b] = twice.save().weights
    expect(a).toBeCloseTo(0.5 / sd, 6)
    expect(b).toBeCloseTo(a, 6)
  })

  it('gives weights of 0 where features or stimulation never vary', () => {
    const { features, stimulations } = made(GAINS)
    const zeros = new Float32Array(FEATURES * CHANNELS)
    expect(fitted({ features: new Float32Array(features.length), stimulations }).save().weights).toEqual(zeros)
    // not quite centred, as a mean of float32 leaves a feature that never varies
    expect(fitted({ features: new Float32Array(features.length).fill(1e-7), stimulations }).save().weights).toEqual(zeros)
    // a rate that is the same in all rows, and features whose mean is not quite 0
    const shifted = features.map((value) => value + 0.1)
    expect(fitted({ features: shifted, stimulations: new Float32Array(stimulations.length).fill(8.73) }).save().weights).toEqual(zeros)
  })

  it('leaves no tensors behind', () => {
    const calibration = fitted(made(GAINS))
    const rows = tf.tensor2d(countsOf(3, FEATURES), [3, FEATURES])
    expectNoLeak(() => calibration.apply(rows).dispose())
  })

  it('comes back as it was saved, also before it was fitted, and refuses anything else', () => {
    const calibration = fitted(made(GAINS))
    const saved = structuredClone(calibration.save())
    const other = new Calibration(FEATURES, CHANNELS)
    const fresh = structuredClone(other.save())
    other.load(saved)
    expect(other.save()).toEqual(saved)
    expect(other.isFitted).toBe(true)
    expect(codeOf(() => new Calibration(FEATURES, 2).load(saved))).toBe('agents/architecture')
    for (const wrong of [null, {}, { weights: [1] }, { weights: saved.weights.map(() => NaN) }]) {
      expect(codeOf(() => other.load(wrong))).toBe('agents/weights')
    }
    expect(other.save()).toEqual(saved)
    other.load(fresh)
    expect(other.isFitted).toBe(false)
    expect(other.save()).toEqual(fresh)
  })
})

const calibrated = (parameters: CultureAgentOptions = {}) =>
  smallAgent({ encoder: { code: 'one', ...parameters.encoder }, decoder: { calibrate: true, warmUpSteps: 20, ...parameters.decoder } })

describe('an agent whose read-out is calibrated', () => {
  const observation = observationsOf(1)

  it('is stimulated at random before its first action, and never again', () => {
    const agent = calibrated()
    const dishes = smallDishes([1, 1])
    const actor = cultureActor({ agent, dishes, rng: rngOf('actor') })
    const data = roomFor(actor.columns, 2)
    const both = Float32Array.from([...observation, ...observation])
    expect(agent.needsWarmUp).toBe(true)
    actor.act(both, data, 0, false)
    expect(dishes.timeMs(0)).toBe(2100)
    expect(agent.needsWarmUp).toBe(false)
    const { calibration, moments } = agent.save()
    expect(calibration?.weights.some((weight) => weight !== 0)).toBe(true)
    actor.act(both, data, 0, false)
    expect(dishes.timeMs(0)).toBe(2200)
    expect(agent.save()).toMatchObject({ calibration, moments })
    // a saved agent goes on without
    const again = loadAgent(structuredClone(saveAgent(agent)))
    expect(saveAgent(again)).toEqual(saveAgent(agent))
    expect(again.needsWarmUp).toBe(false)
  })

  it('reads the fitted sums and nothing else', () => {
    const agent = calibrated()
    // two channels, of which each is answered at one electrode
    const stimulations = Float32Array.from({ length: 40 }, (_, k) => (k % 4 === 0 || k % 4 === 3 ? 3 : 0))
    const spikes = stimulations.map((current) => current * 2)
    agent.calibrate(stimulations, spikes)
    const logits = (...counts: number[]): number[] =>
      tf.tidy(() => [0, 1, 2].map((action) => numbers(agent.evaluateDecoder(tf.tensor2d(counts, [1, 2]), tf.tensor2d([action], [1, 1])).logProbability)[0]))
    // sums of the two channels are each other's opposite here: what both electrodes have in common says nothing
    const apart = logits(6, 0)
    const together = logits(6, 6)
    // the features are centred by a mean that forgets 0.05 % a row
    for (const log of together) expect(log).toBeCloseTo(-Math.log(3), 2)
    expect(Math.max(...apart.map((log) => Math.abs(log + Math.log(3))))).toBeGreaterThan(0.05)
  })

  it('acts in a loop as it does in training', () => {
    const agent = calibrated()
    const dishes = smallDishes([3])
    const actor = cultureActor({ agent, dishes, rng: rngOf('play') })
    const data = roomFor(actor.columns, 10)
    actor.act(observation, data, 0, true)
    const [encoder, decoder] = [trainedEncoder(agent, { rng: rngOf('play'), greedy: true }), trainedDecoder(agent, { rng: rngOf('play'), greedy: true })]
    for (let step = 0; step < 10; step++) {
      const seen = observationsOf(1, 5, `step ${step}`)
      actor.act(seen, data, step, true)
      const pulsed = encoder.encode(seen, 100).map(({ channel }) => channel)
      expect(pulsed).toEqual([[27, 36][data['stimulation'].subarray(2 * step, 2 * step + 2).indexOf(3)]])
      expect(decoder.decode(dishes.counts[0], 100)).toBe(data['action'][step])
    }
  })

  it('is not made without a warm-up, and decides nothing before it', () => {
    expect(codeOf(() => calibrated({ decoder: { warmUpSteps: 0 } }))).toBe('agents/calibration')
    const before = tf.memory().numTensors
    expect(codeOf(() => calibrated({ decoder: { warmUpSteps: 0 } }))).toBe('agents/calibration')
    expect(tf.memory().numTensors).toBe(before)
    const agent = calibrated()
    // centred alone is not enough
    agent.moments.add(countsOf(4))
    const decide = () => agent.decide(Float32Array.of(1, 2), { streams: [rngOf('unused')], greedy: true }, new Float32Array(1), 0)
    expect(codeOf(decide)).toBe('agents/calibration')
    expect(codeOf(() => trainedDecoder(agent, { rng: rngOf('play') }))).toBe('agents/calibration')
  })

  it('refuses rows that do not belong together or say nothing, and stays as it is', () => {
    const agent = calibrated()
    const before = agent.save()
    const rows = (count: number): Float32Array => new Float32Array(2 * count)
    const wrong: [Float32Array, Float32Array][] = [
      [rows(3), rows(4)],
      [rows(0), rows(0)],
      [rows(1), rows(1)],
      [new Float32Array(5), new Float32Array(5)],
      [rows(2), Float32Array.of(1, 2, NaN, 4)],
      [Float32Array.of(3, 0, Infinity, 0), rows(2)],
    ]
    for (const [stimulations, spikes] of wrong) expect(codeOf(() => agent.calibrate(stimulations, spikes))).toBe('agents/calibration')
    expect(agent.save()).toEqual(before)
  })

  it('does not load weights that were learned with another read-out, and stays as it is', () => {
    const [sums, plain] = [calibrated(), smallAgent({ encoder: { code: 'one' } })]
    const [saved, other] = [sums.save(), plain.save()]
    expect(codeOf(() => plain.load({ ...other, calibration: { weights: new Float32Array(4) } }))).toBe('agents/architecture')
    expect(codeOf(() => sums.load({ ...saved, calibration: null }))).toBe('agents/architecture')
    expect(sums.save()).toEqual(saved)
    expect(plain.save()).toEqual(other)
  })
})
