import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CultureAgent, placeRateEncoding, type CultureAgentOptions, type CultureAgentSpec } from '../../../../agents/culture/index.js'
import { Moments } from '../../../../agents/culture/moments.js'
import { startBackend, type Columns } from '../../../../agents/index.js'
import { Box, Discrete, MultiDiscrete, Text } from '../../../../src/spaces/index.js'
import { codeOf } from '../gradientCheck.js'
import { countsOf, numbers, observationsOf, rngOf, roomFor, smallAgent, smallParameters } from './support.js'

const ROWS = 6

/** Steps as a rollout holds them, chosen by the agent itself. */
const stepsOf = (agent: CultureAgent, rows = ROWS): Record<string, Float32Array> => {
  const data = roomFor(agent.columns, rows)
  const streams = Array.from({ length: rows }, (_, row) => rngOf(`row ${row}`))
  data['observation'].set(observationsOf(rows, agent.observationWidth))
  data['spikes'].set(countsOf(rows, agent.moments.width))
  agent.stimulate(data['observation'], { streams, greedy: false }, data['stimulation'], 0)
  agent.decide(data['spikes'], { streams, greedy: false }, data['action'], 0)
  return data
}

const tensorsOf = (agent: CultureAgent, data: Record<string, Float32Array>): Columns =>
  Object.fromEntries(agent.columns.map(({ name, width }) => [name, tf.tensor2d(data[name], [data[name].length / width, width])]))

const gradientNorms = (agent: CultureAgent, loss: () => tf.Scalar): Record<string, number> =>
  tf.tidy(() => {
    const { grads } = tf.variableGrads(loss, agent.groups.flatMap(({ variables }) => [...variables]))
    // none for a variable that the loss does not depend on, whatever the declaration says
    const found: Readonly<Record<string, tf.Tensor | null | undefined>> = grads
    return Object.fromEntries(
      agent.groups.map(({ name, variables }) => [
        name,
        Math.hypot(...variables.map((variable) => numbers(tf.norm(found[variable.name] ?? tf.scalar(0)))[0])),
      ]),
    )
  })

beforeAll(async () => {
  await startBackend('cpu')
})
afterEach(() => {
  tf.disposeVariables()
})

describe('the two choices of an agent', () => {
  it('the joint log-probability is the sum of its parts, and both learn from it', () => {
    const agent = smallAgent({ encoder: { lowestRateHz: 4, highestRateHz: 40 } })
    const batch = tensorsOf(agent, stepsOf(agent))
    const joint = numbers(agent.evaluate(batch).logProbability)
    const encoder = numbers(agent.evaluateEncoder(batch['observation'], batch['stimulation']).logProbability)
    const decoder = numbers(agent.evaluateDecoder(batch['spikes'], batch['action']).logProbability)
    expect(joint).toHaveLength(ROWS)
    for (const [row, value] of joint.entries()) expect(value).toBeCloseTo(encoder[row] + decoder[row], 5)
    expect(new Set(encoder).size).toBe(ROWS)
    expect(decoder.every((value) => value < 0)).toBe(true)

    const both = gradientNorms(agent, () => tf.sum(agent.evaluate(batch).logProbability))
    expect(both['encoder']).toBeGreaterThan(0)
    expect(both['decoder']).toBeGreaterThan(0)
    // each part's gradient is its own: spikes are data
    const alone = gradientNorms(agent, () => tf.sum(agent.evaluateEncoder(batch['observation'], batch['stimulation']).logProbability))
    expect(alone['encoder']).toBeCloseTo(both['encoder'], 4)
    expect(alone['decoder']).toBe(0)
  })

  it('what an update is told of an action is the probability with which it was drawn, also after the features were centred anew', () => {
    const agent = smallAgent()
    const options = [0, 1, 2]
    for (let update = 0; update < 2; update++) {
      const { spikes } = stepsOf(agent)
      const logs = options.map((action) =>
        numbers(agent.evaluateDecoder(tf.tensor2d(spikes, [ROWS, 2]), tf.mul<tf.Tensor2D>(tf.ones([ROWS, 1]), action)).logProbability),
      )
      const uniforms = Array.from({ length: ROWS }, (_, row) => rngOf(`draw ${row}`).uniform())
      const drawn = new Float32Array(ROWS)
      agent.decide(spikes, { streams: uniforms.map((_, row) => rngOf(`draw ${row}`)), greedy: false }, drawn, 0)
      const greedy = new Float32Array(ROWS)
      agent.decide(spikes, { streams: uniforms.map(() => rngOf('unused')), greedy: true }, greedy, 0)
      for (const [row, uniform] of uniforms.entries()) {
        const cumulative = options.map((_, k) => options.slice(0, k + 1).reduce((sum, action) => sum + Math.exp(logs[action][row]), 0))
        expect(cumulative[2]).toBeCloseTo(1, 5)
        expect(drawn[row]).toBe(cumulative.findIndex((sum) => uniform < sum))
        expect(logs[greedy[row]][row]).toBe(Math.max(...logs.map((log) => log[row])))
      }
      agent.afterUpdate({ rows: ROWS, data: { spikes } })
    }
  })

  it('the features are centred and scaled by what updates saw, and by nothing else', () => {
    const agent = smallAgent()
    const data = stepsOf(agent)
    const batch = tensorsOf(agent, data)
    const before = numbers(agent.evaluate(batch).logProbability)
    expect(numbers(agent.evaluate(batch).logProbability)).toEqual(before)
    agent.afterUpdate({ rows: ROWS, data })
    expect(Array.from(agent.moments.means, (mean) => Number(mean.toFixed(4)))).toEqual(
      [0, 1].map((k) => {
        // the first rows count nearly alike: memory 0.9995
        const weights = Array.from({ length: ROWS }, (_, row) => 0.9995 ** (ROWS - 1 - row))
        const sum = weights.reduce((total, weight, row) => total + weight * data['spikes'][2 * row + k], 0)
        return Number((sum / weights.reduce((a, b) => a + b)).toFixed(4))
      }),
    )
    expect(numbers(agent.evaluate(batch).logProbability)).not.toEqual(before)
  })

  it('a stimulation holds what may vary: rates, currents or both', () => {
    const widthWith = (encoder: CultureAgentOptions['encoder']): number | undefined =>
      smallAgent({ encoder }).columns.find(({ name }) => name === 'stimulation')?.width
    expect(widthWith({})).toBe(2)
    expect(widthWith({ lowestRateHz: 4, highestRateHz: 40 })).toBe(4)
    expect(widthWith({ lowestRateHz: 4, highestRateHz: 40, lowestCurrentUa: 2, highestCurrentUa: 2 })).toBe(2)
  })

  it('what does not vary is at its limit, and what does becomes pulses within the limits', () => {
    const agent = smallAgent({ encoder: { lowestRateHz: 20, highestRateHz: 40, lowestCurrentUa: 2, highestCurrentUa: 2 } })
    const trains = agent.stimulation.trains()
    const pulses = trains.emit(Float32Array.of(20, 40), 0, 1000).map((pulse) => ({ ...pulse }))
    expect(pulses.filter(({ channel }) => channel === 27)).toHaveLength(20)
    expect(pulses.filter(({ channel }) => channel === 36)).toHaveLength(40)
    // one grid: no pulse between its slots of 25 ms
    expect(pulses.every((pulse) => pulse.offsetMs % 25 === 0 && 'currentUa' in pulse && pulse.currentUa === 2)).toBe(true)
    // 2.9 is 2.9000001 in float32, more than this array takes
    const weak = smallAgent({ encoder: { highestCurrentUa: 2.9 } }, { mea: { largestCurrentUa: 2.9 } })
    expect(weak.stimulation.trains().emit(Float32Array.of(2.9, 2.9), 0, 100)).toMatchObject([{ currentUa: 2.9 }, { currentUa: 2.9 }])
  })

  it('a hotter decoder is nearer to chance', () => {
    const [cold, hot] = [1, 10].map((temperature) => {
      const agent = smallAgent({ decoder: { temperature } })
      return numbers(agent.evaluate(tensorsOf(agent, stepsOf(agent))).entropy)
    })
    for (const [row, entropy] of cold.entries()) {
      expect(entropy).toBeLessThan(hot[row])
      expect(hot[row]).toBeLessThan(Math.log(3) + 1e-6)
    }
  })

  it("the stimulation's entropy counts as much as it is told to", () => {
    const [none, all] = [0, 1].map((entropyWeight) => {
      const agent = smallAgent({ encoder: { entropyWeight } })
      const batch = tensorsOf(agent, stepsOf(agent))
      const encoder = numbers(agent.evaluateEncoder(batch['observation'], batch['stimulation']).entropy)
      return { sum: numbers(agent.evaluate(batch).entropy), encoder }
    })
    for (const [row, value] of all.sum.entries()) expect(value).toBeCloseTo(none.sum[row] + none.encoder[row], 4)
  })

  it('plays pads and real numbers too', () => {
    const pad = smallAgent({}, { actionSpace: new MultiDiscrete({ nvec: [3, 2] }) })
    expect(pad.codec.toAction(stepsOf(pad)['action'], 0)).toBeInstanceOf(Int32Array)
    const box = smallAgent({ decoder: { kind: 'mlp', hidden: [4] } }, { actionSpace: new Box({ low: -1, high: 1, shape: [2] }) })
    const batch = tensorsOf(box, stepsOf(box))
    expect(numbers(box.evaluate(batch).logProbability).every(Number.isFinite)).toBe(true)
    expect(box.groups.map(({ name, learningRateScale }) => [name, learningRateScale])).toEqual([['encoder', 4], ['decoder', 1]])
  })

  it('an encoder with convolutions sees the picture', () => {
    const agent = smallAgent(
      { encoder: { kind: 'cnn', baseWidth: 2, hidden: [6] } },
      { observationWidth: 3 + 4 * 6, image: { height: 4, width: 6, channels: 1 } },
    )
    const observation = observationsOf(1, 27)
    const stimulationFor = (pixel: number): number[] => {
      const seen = observation.slice()
      seen[20] = pixel
      const out = new Float32Array(2)
      agent.stimulate(seen, { streams: [rngOf('unused')], greedy: true }, out, 0)
      return Array.from(out)
    }
    expect(stimulationFor(1)).not.toEqual(stimulationFor(0))
  })

  it('a fixed encoder does as it is told and has nothing to learn', () => {
    const parameters = smallParameters({ encoder: { kind: 'fixed', lowestRateHz: 4, highestRateHz: 40 } })
    const probe = smallAgent({ encoder: { lowestRateHz: 4, highestRateHz: 40 } })
    const agent = smallAgent(parameters, { fixed: placeRateEncoding(probe.parameters.encoder) })
    const data = stepsOf(agent)
    const stimulation = new Float32Array(4)
    agent.stimulate(Float32Array.of(0.5, 0.9, 0, 0, 0), { streams: [rngOf('unused')], greedy: false }, stimulation, 0)
    // the second of two channels, half way from 4 to 40 Hz, at 3 uA
    expect(Array.from(stimulation)).toEqual([0, 22, 0, 3])
    expect(agent.groups.map(({ name }) => name)).toEqual(['decoder'])
    const batch = tensorsOf(agent, data)
    const decoder = agent.evaluateDecoder(batch['spikes'], batch['action'])
    expect(numbers(agent.evaluate(batch).logProbability)).toEqual(numbers(decoder.logProbability))
  })

  it('leaves no tensors behind', () => {
    const empty = tf.memory().numTensors
    const agent = smallAgent()
    const data = stepsOf(agent)
    const before = tf.memory().numTensors
    stepsOf(agent)
    tf.tidy(() => {
      agent.evaluate(tensorsOf(agent, data))
    })
    agent.afterUpdate({ rows: ROWS, data })
    agent.load(agent.save())
    expect(tf.memory().numTensors).toBe(before)
    agent.dispose()
    expect(tf.memory().numTensors).toBe(empty)
  })
})

describe('agents that cannot be', () => {
  const refused = (parameters: CultureAgentOptions, spec: Partial<CultureAgentSpec> = {}): unknown =>
    codeOf(() => smallAgent(parameters, spec))

  it.each([
    [{ highestRateHz: 300 }],
    [{ highestRateHz: 20, gridMs: 100 }],
    [{ lowestRateHz: 20 }],
    [{ lowestCurrentUa: 3, highestCurrentUa: 2 }],
    [{ lowestCurrentUa: 2, highestCurrentUa: 2 }],
    [{ highestCurrentUa: 3.1 }],
    [{ phaseWidthUs: 130 }],
    [{ phaseWidthUs: 1100 }],
  ])('refuses an encoder beyond the limits: %j', (encoder) => {
    expect(refused({ encoder })).toBe('agents/encoder-limits')
  })

  it('refuses channels that are pulsed and read, named twice, unusable or unknown', () => {
    expect(refused({ decoder: { readout: [27, 28] } })).toBe('agents/channels')
    expect(refused({ encoder: { channels: [27, 27] } })).toBe('agents/channels')
    expect(refused({ decoder: { readout: null, groups: [[28, 35], [35]] } })).toBe('agents/channels')
    expect(refused({ decoder: { readout: [28], groups: [[35]] } })).toBe('agents/channels')
    expect(refused({ encoder: { channels: [0] } })).toBe('mea/channel-forbidden')
    expect(refused({ decoder: { readout: [64] } })).toBe('mea/channel-unknown')
  })

  it('reads every usable electrode that is not pulsed, or groups of them', () => {
    const all = smallAgent({ decoder: { readout: null } })
    expect(all.channels.readout).toHaveLength(57)
    expect(all.channels.readout).not.toContain(27)
    const grouped = smallAgent({ decoder: { readout: null, groups: [[28, 35], [3]] } })
    const out = new Float32Array(4)
    grouped.readFeatures(Float64Array.from({ length: 64 }, (_, channel) => channel), out, 1)
    expect(Array.from(out)).toEqual([0, 0, 63, 3])
  })

  it('refuses what does not fit, and keeps nothing of it', () => {
    const before = tf.memory().numTensors
    const actionSpace = new Box({ low: -1, high: 1, shape: [2] })
    expect(refused({}, { actionSpace: new Text({ maxLength: 3 }) })).toBe('agents/action-space')
    expect(refused({ encoder: { kind: 'cnn' } }, { actionSpace })).toBe('agents/encoder')
    expect(refused({ encoder: { kind: 'cnn' } }, { actionSpace, image: { height: 4, width: 4, channels: 1 } })).toBe('agents/encoder')
    expect(refused({ encoder: { kind: 'fixed' } }, { actionSpace })).toBe('agents/encoder')
    expect(refused({}, { observationWidth: 0 })).toBe('agents/observation')
    expect(refused({ stepMs: 100.3 })).toBe('time/not-a-multiple')
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses observations of another width, and those that are not finite', () => {
    const agent = smallAgent()
    const stimulate = (observation: Float32Array) => () =>
      agent.stimulate(observation, { streams: [rngOf('unused')], greedy: true }, new Float32Array(2), 0)
    expect(codeOf(stimulate(new Float32Array(4)))).toBe('agents/observation')
    expect(codeOf(stimulate(Float32Array.of(0, 0, NaN, 0, 0)))).toBe('agents/observation')
  })

  it('refuses stimulation beyond the limits from a fixed encoding', () => {
    const write = (value: number) => smallAgent({ encoder: { kind: 'fixed' } }, { fixed: (_, frequencyHz) => void frequencyHz.fill(value) })
    for (const value of [11, -1, NaN]) expect(codeOf(() => stepsOf(write(value)))).toBe('agents/encoder-limits')
  })

  it('refuses saved weights that are not its own, and changes nothing', () => {
    const agent = smallAgent()
    agent.moments.add(countsOf(ROWS))
    const before = agent.save()
    const other = smallAgent({ encoder: { hidden: [9] } }).save()
    expect(codeOf(() => agent.load(other))).toBe('agents/architecture')
    const { moments } = smallAgent({ decoder: { readout: [28] } }).save()
    expect(codeOf(() => agent.load({ ...before, moments }))).toBe('agents/architecture')
    expect(codeOf(() => agent.load({ ...before, moments: { weight: NaN } }))).toBe('agents/weights')
    expect(codeOf(() => agent.load(7))).toBe('agents/saved')
    expect(agent.save()).toEqual(before)
  })
})

describe('first weights', () => {
  it('the same seed gives the same ones, and another seed others', () => {
    const build = (seed: string): unknown =>
      new CultureAgent({ observationWidth: 5, actionSpace: new Discrete({ n: 3 }), parameters: smallParameters() }, rngOf(seed)).save()
    expect(build('a')).toEqual(build('a'))
    expect(build('a')).not.toEqual(build('b'))
  })
})

const applied = (moments: Moments, values: readonly number[]): number[] =>
  tf.tidy(() => numbers(moments.apply(tf.tensor2d([...values], [values.length / moments.width, moments.width]))))


describe('running mean and SD of the spike features', () => {
  it('are those of the rows where nothing is forgotten', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 30 }), (counts) => {
        const moments = new Moments(1, 0.999999)
        moments.add(Float32Array.from(counts))
        const mean = counts.reduce((sum, x) => sum + x, 0) / counts.length
        const sd = Math.sqrt(counts.reduce((sum, x) => sum + (x - mean) ** 2, 0) / counts.length)
        // beside float32, up to 30 rows of weights that differ by 1e-6 each
        expect(moments.means[0]).toBeCloseTo(mean, 2)
        const [z] = applied(moments, [mean + 1])
        expect(z).toBeCloseTo(Math.min(5, 1 / Math.max(0.5, sd)), 2)
      }),
      { numRuns: 50 },
    )
  })

  it('forget: with a memory of m a row counts m^k as much after k others', () => {
    const moments = new Moments(1, 0.5)
    moments.add(Float32Array.of(8, 0, 0))
    // 8 / 4 of weights 1/4, 1/2, 1
    expect(moments.means[0]).toBeCloseTo(8 / 4 / 1.75, 6)
  })

  it('leave counts as they are until something was seen, and keep features within 5 SD', () => {
    const moments = new Moments(2, 0.9)
    expect(applied(moments, [3, 0, 1, 100])).toEqual([3, 0, 1, 5])
    moments.add(Float32Array.of(0, 0, 0, 0))
    // an electrode that was silent: SD counts as 0.5 spikes
    expect(applied(moments, [1, 100])).toEqual([2, 5])
  })

  it('come back as they were saved, and refuse anything else', () => {
    const moments = new Moments(2, 0.9)
    moments.add(Float32Array.of(1, 2, 3, 4))
    const saved = structuredClone(moments.save())
    const other = new Moments(2, 0.9)
    other.load(saved)
    other.add(Float32Array.of(5, 6))
    moments.add(Float32Array.of(5, 6))
    expect(other.save()).toEqual(moments.save())
    expect(codeOf(() => new Moments(3, 0.9).load(saved))).toBe('agents/architecture')
    expect(codeOf(() => other.load({ ...saved, sums: Float64Array.of(NaN, 0) }))).toBe('agents/weights')
    expect(codeOf(() => other.load({ ...saved, weight: -1 }))).toBe('agents/weights')
    expect(other.save()).toEqual(moments.save())
  })
})
