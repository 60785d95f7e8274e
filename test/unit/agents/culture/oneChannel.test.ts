/** The code 'one': each window one electrode is pulsed, the chosen one. */
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { oneChannel } from '../../../../agents/culture/encoders/oneChannel.js'
import type { CultureAgentOptions } from '../../../../agents/culture/index.js'
import { categorical, startBackend } from '../../../../agents/index.js'
import { codeOf, expectGradient, expectNoLeak } from '../gradientCheck.js'
import { numbers, observationsOf, rngOf, smallAgent } from './support.js'

const CHANNELS = 5
const CURRENT_UA = 2.7

/** What is written for a chosen channel, in float32. */
const rowOf = (channel: number): number[] => Array.from({ length: CHANNELS }, (_, k) => (k === channel ? Math.fround(CURRENT_UA) : 0))

const logitsOf = (rows: number): number[] => {
  const rng = rngOf('logits')
  return Array.from({ length: rows * CHANNELS }, () => rng.between(-3, 3))
}

beforeAll(async () => {
  await startBackend('cpu')
})
afterEach(() => {
  tf.disposeVariables()
})

describe('a choice of one channel', () => {
  const one = oneChannel(CHANNELS, CURRENT_UA)
  const choice = categorical(CHANNELS)

  it('is a categorical choice written as currents: same probabilities, same entropy, same draws, same mode', () => {
    const rows = 6
    const prepared = one.prepare(tf.tensor2d(logitsOf(rows), [rows, CHANNELS]))
    const values = prepared.dataSync()
    const chosen = Array.from({ length: rows }, (_, row) => row % CHANNELS)
    const logs = numbers(one.logProbability(prepared, tf.tensor2d(chosen.flatMap(rowOf), [rows, CHANNELS])))
    expect(logs).toEqual(numbers(choice.logProbability(prepared, tf.tensor2d(chosen, [rows, 1]))))
    expect(logs).toEqual(chosen.map((channel, row) => values[row * CHANNELS + channel]))
    expect(numbers(one.entropy(prepared))).toEqual(numbers(choice.entropy(prepared)))
    for (let row = 0; row < rows; row++) {
      const [written, index] = [new Float32Array(2 * CHANNELS).fill(9), new Float32Array(2)]
      one.sample(values, row, rngOf(`draw ${row}`), written, 1)
      choice.sample(values, row, rngOf(`draw ${row}`), index, 1)
      expect(Array.from(written)).toEqual([...Array.from({ length: CHANNELS }, () => 9), ...rowOf(index[1])])
      one.mode(values, row, written, 1)
      choice.mode(values, row, index, 1)
      expect(Array.from(written.subarray(CHANNELS))).toEqual(rowOf(index[1]))
    }
  })

  it('each channel is drawn as often as it is likely, and what is drawn is what its log-probability is asked for', () => {
    const logits = logitsOf(1)
    const values = one.prepare(tf.tensor2d(logits, [1, CHANNELS])).dataSync()
    const rng = rngOf('often')
    const draws = 4000
    const counts = new Array<number>(CHANNELS).fill(0)
    const out = new Float32Array(CHANNELS)
    for (let k = 0; k < draws; k++) {
      one.sample(values, 0, rng, out, 0)
      counts[out.indexOf(Math.fround(CURRENT_UA))]++
    }
    for (const [channel, count] of counts.entries()) {
      const p = Math.exp(values[channel])
      // four standard errors of a share
      expect(Math.abs(count / draws - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws))
    }
  })

  it('its gradient is that of the logits', () => {
    const rows = tf.tensor2d([...rowOf(3), ...rowOf(0)], [2, CHANNELS])
    expectGradient((x) => {
      const prepared = one.prepare(tf.reshape(x, [2, CHANNELS]))
      return tf.add(tf.sum(one.logProbability(prepared, rows)), tf.sum(one.entropy(prepared)))
    }, tf.tensor2d(logitsOf(2), [2, CHANNELS]))
  })

  it('leaves no tensors behind, and draws nothing from what is not finite', () => {
    const prepared = one.prepare(tf.tensor2d(logitsOf(1), [1, CHANNELS]))
    const rows = tf.tensor2d(rowOf(2), [1, CHANNELS])
    expectNoLeak(() => {
      tf.dispose([one.logProbability(prepared, rows), one.entropy(prepared)])
    })
    expect(codeOf(() => one.sample([NaN, 0, 0, 0, 0], 0, rngOf('unused'), new Float32Array(CHANNELS), 0))).toBe('agents/draw')
    expect(codeOf(() => oneChannel(0, CURRENT_UA))).toBe('agents/distribution')
  })
})

describe('an agent with the code one', () => {
  const withOne = (encoder: CultureAgentOptions['encoder'] = {}) => smallAgent({ encoder: { code: 'one', channels: [27, 36, 9], ...encoder } })

  it('pulses exactly one electrode a window, chosen or at random', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const agent = withOne({ initialGain: 2 })
        const trains = agent.stimulation.trains()
        const rng = rngOf(`${seed}`)
        const row = new Float32Array(3)
        for (let step = 0; step < 6; step++) {
          if (step % 2 === 0) agent.stimulation.drawAny(rng, row, 0)
          else agent.stimulate(observationsOf(1, 5, `${seed} ${step}`), { streams: [rng], greedy: false }, row, 0)
          expect(Array.from(row.toSorted())).toEqual([0, 0, 3])
          const pulses = trains.emit(row, 0, 100)
          expect(pulses).toMatchObject([{ channel: [27, 36, 9][row.indexOf(3)], offsetMs: 0, currentUa: 3 }])
        }
        agent.dispose()
      }),
      { numRuns: 5 },
    )
  })

  it('draws every channel alike at random', () => {
    const { stimulation } = withOne()
    const rng = rngOf('any')
    const counts = [0, 0, 0]
    const row = new Float32Array(3)
    for (let k = 0; k < 3000; k++) {
      stimulation.drawAny(rng, row, 0)
      counts[row.indexOf(3)]++
    }
    // four standard errors of 1000: 4 sqrt(3000 * 1/3 * 2/3) = 103
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(103)
  })

  it('has no more to choose than which channel', () => {
    const agent = withOne()
    expect(agent.columns.find(({ name }) => name === 'stimulation')?.width).toBe(3)
    for (const encoder of [{ lowestRateHz: 5 }, { lowestCurrentUa: 1 }]) expect(codeOf(() => withOne(encoder))).toBe('agents/encoder-limits')
    expect(codeOf(() => withOne({ channels: [27] }))).toBe('agents/channels')
  })
})
