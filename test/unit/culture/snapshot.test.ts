/** Snapshots are exact copies, and damaged ones are refused. */
import { describe, expect, it } from 'vitest'
import { Culture, type CultureOptions, type CultureSnapshot } from '../../../src/culture/index.js'
import { callLoosely, codeOf, spikesOf } from './cultures.js'

const OPTIONS: CultureOptions = { neurons: 120, homeostasis: { intervalMs: 300, gainPerHzPerSecond: 0.01 } }
const aged = (options: CultureOptions = OPTIONS): Culture => {
  const culture = Culture.grow(options, 4)
  culture.advance(777)
  return culture
}

describe('a restored culture', () => {
  it('goes on bit for bit, with all plasticity on, whatever the moment', () => {
    for (const momentMs of [0.5, 50, 777]) {
      const whole = Culture.grow(OPTIONS, 4)
      whole.advance(momentMs)
      const snapshot = structuredClone(whole.snapshot())
      const expected = spikesOf(whole, 1500)
      const restored = Culture.restore(snapshot)
      expect(spikesOf(restored, 1500)).toEqual(expected)
      expect(restored.state).toEqual(whole.state)
      expect(restored.state.weight).not.toEqual(restored.network.initialWeight)
    }
  })

  it('keeps what STDP remembers, also when the switch stood other than the parameters say', () => {
    const culture = Culture.grow({ ...OPTIONS, stdp: { enabled: false } }, 4)
    culture.setPlasticity({ stdp: true, homeostasis: false })
    culture.advance(777)
    const restored = Culture.restore(culture.snapshot())
    expect(restored.plasticity).toEqual({ stdp: true, homeostasis: false })
    expect(restored.state).toEqual(culture.state)
    expect(spikesOf(restored, 800)).toEqual(spikesOf(culture, 800))
    expect(restored.state).toEqual(culture.state)
  })

  it('shares no state with the culture, nor with another restored one', () => {
    const culture = aged()
    const snapshot = culture.snapshot()
    const kept = structuredClone(snapshot)
    culture.advance(500)
    const restored = Culture.restore(snapshot)
    restored.advance(500)
    expect(snapshot).toEqual(kept)
    expect(restored.state).toEqual(culture.state)
  })
})

describe('a bad snapshot', () => {
  const good = aged().snapshot()
  const refused = (snapshot: unknown): string | undefined => codeOf(() => callLoosely(Culture, 'restore', snapshot))
  type Part = 'state' | 'population' | 'network'
  const changed = (part: Part, name: string, value: unknown): CultureSnapshot => ({ ...good, [part]: { ...good[part], [name]: value } })
  const columns = (['state', 'population', 'network'] as const).flatMap((part) =>
    Object.entries(good[part]).flatMap(([name, column]) =>
      ArrayBuffer.isView(column) ? [{ part, name, column: column as Float64Array | Float32Array | Int32Array | Uint8Array }] : [],
    ),
  )

  it('starts from a good one', () => {
    expect(columns.length).toBeGreaterThan(30)
    expect(refused(good)).toBeUndefined()
  })

  it.each(columns)('is refused: $part.$name truncated, too long, of the wrong type, missing, or with a bad number', ({ part, name, column }) => {
    for (const value of [column.slice(0, -1), [...column, 0], Array.from(column), new Uint16Array(column.length), undefined, null]) {
      expect(refused(changed(part, name, value))).toBe('culture/snapshot')
    }
    for (const bad of column instanceof Float64Array || column instanceof Float32Array ? [NaN, Infinity] : []) {
      const spoilt = column.slice()
      spoilt[spoilt.length - 1] = bad
      expect(refused(changed(part, name, spoilt))).toBe('culture/snapshot')
    }
  })

  it.each(['flightNeuron', 'flightCount'] as const)('is refused: %s leads out of the culture', (name) => {
    const column = good.state[name].slice()
    column[0] = 121
    expect(refused(changed('state', name, column))).toBe('culture/snapshot')
    column[0] = -1
    expect(refused(changed('state', name, column))).toBe('culture/snapshot')
  })

  it('is refused: a synapse onto a cell that does not exist', () => {
    const post = good.network.post.slice()
    post[0] = 120
    expect(refused(changed('network', 'post', post))).toBe('culture/snapshot')
  })

  it.each([NaN, -1, 0.5, undefined, '7'])('is refused: step %s', (step) => {
    expect(refused(changed('state', 'step', step))).toBe('culture/snapshot')
  })

  it('is refused: another format, a part missing, nothing at all', () => {
    for (const snapshot of [{ ...good, format: 2 }, { ...good, format: undefined }, {}, null, undefined, 'snapshot', 7]) {
      expect(refused(snapshot)).toBe('culture/snapshot')
    }
    for (const part of ['state', 'population', 'network', 'parameters', 'plasticity'] as const) {
      expect(refused({ ...good, [part]: undefined })).toBe('culture/snapshot')
      expect(refused({ ...good, [part]: null })).toBe('culture/snapshot')
    }
    expect(refused({ ...good, population: {} })).toBe('culture/snapshot')
    expect(refused({ ...good, network: {} })).toBe('culture/snapshot')
    expect(refused({ ...good, plasticity: { stdp: 1, homeostasis: true } })).toBe('culture/snapshot')
  })

  it('is refused: seed, parameters or stream that are none', () => {
    expect(refused({ ...good, seed: NaN })).toBe('rng/seed')
    expect(refused({ ...good, parameters: { ...good.parameters, neurons: -1 } })).toBe('parameter/invalid')
    expect(refused(changed('state', 'slowNoiseStream', { key: [1, 2, 3], state: [1, 2, 3, 4] }))).toBe('rng/state')
  })
})
