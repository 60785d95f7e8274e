/** Snapshots are exact copies, and damaged ones are refused. */
import { describe, expect, it } from 'vitest'
import { Culture, CultureBatch, type CultureOptions, type CultureSnapshot, type Depolarisations } from '../../../src/culture/index.js'
import { callLoosely, codeOf, fire, spikesOf } from './cultures.js'

const OPTIONS: CultureOptions = { neurons: 120, homeostasis: { intervalMs: 300, gainPerHzPerSecond: 0.01 } }
const REWARDED: CultureOptions = { ...OPTIONS, rewardModulation: { enabled: true, baselineDopamine: 0.001 } }
/** A copy of a column with its entry `at` replaced. */
const spoilt = (column: Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array, value: number, at = 0): ArrayBufferView => {
  const copy = column.slice()
  copy[at] = value
  return copy
}
/** Fires forty cells in a step, so that axons are full just after it. */
const volley = (step: number): Depolarisations => fire(...Array.from({ length: 40 }, (_, k) => [step, 3 * k] as const))
const aged = (options: CultureOptions = OPTIONS): Culture => {
  const culture = Culture.grow(options, 4)
  culture.advance(777)
  return culture
}

describe('a restored culture', () => {
  it('goes on bit for bit, with all plasticity on, whatever the moment', () => {
    for (const momentMs of [0.5, 50, 777]) {
      const whole = Culture.grow(OPTIONS, 4)
      const initialWeight = whole.state.weight.slice()
      whole.advance(momentMs, volley(momentMs * 2 - 1))
      const snapshot = structuredClone(whole.snapshot())
      const expected = spikesOf(whole, 1500)
      const restored = Culture.restore(snapshot)
      expect(spikesOf(restored, 1500)).toEqual(expected)
      expect(restored.state).toEqual(whole.state)
      expect(restored.state.weight).not.toEqual(initialWeight)
      expect(snapshot.flight.steps.length).toBeGreaterThanOrEqual(40)
    }
  })

  it('keeps what STDP remembers, also when the switch stood other than the parameters say', () => {
    const culture = Culture.grow({ ...OPTIONS, homeostasis: { enabled: false } }, 4)
    culture.advance(777, volley(1553))
    culture.setPlasticity({ stdp: false, homeostasis: true })
    const restored = Culture.restore(culture.snapshot())
    expect(restored.plasticity).toEqual({ stdp: false, homeostasis: true })
    expect(restored.state).toEqual(culture.state)
    expect(restored.state.historyTrace.some((trace) => trace >= 1)).toBe(true)
    expect(spikesOf(restored, 800)).toEqual(spikesOf(culture, 800))
    expect(restored.state).toEqual(culture.state)
  })

  it('keeps what pairs have marked and what is left of a reward, whatever the moment', () => {
    for (const momentMs of [3, 777]) {
      const whole = Culture.grow(REWARDED, 4)
      whole.advance(momentMs, volley(2))
      whole.reward(0.3)
      const snapshot = structuredClone(whole.snapshot())
      expect(snapshot.state.dopamine).toBe(0.3)
      expect(snapshot.state.eligibility.some((mark) => mark !== 0)).toBe(true)
      const restored = Culture.restore(snapshot)
      for (const culture of [whole, restored]) {
        culture.advance(64.5)
        culture.reward(-0.1)
      }
      expect(spikesOf(restored, 500)).toEqual(spikesOf(whole, 500))
      expect(restored.state).toEqual(whole.state)
      expect(restored.state.weight).not.toEqual(snapshot.state.weight)
    }
  })

  it('is read from the format before, of cultures that knew no rewards, alone and in a batch', () => {
    const culture = aged()
    const { parameters: { rewardModulation: _group, ...parameters }, state: { eligibility: _marks, dopamine: _left, ...state }, ...rest } = culture.snapshot()
    const old = { ...rest, format: 2, parameters, state }
    const restored = callLoosely(Culture, 'restore', old)
    if (!(restored instanceof Culture)) return expect.unreachable()
    const batch = CultureBatch.grow({ neurons: 5 }, [1, 2], { threads: 1 })
    callLoosely(batch, 'replace', 1, old)
    const now = culture.snapshot()
    expect(restored.snapshot()).toEqual(now)
    expect(batch.cultures[1].snapshot()).toEqual(now)
    const again = callLoosely(CultureBatch, 'restore', [old], { threads: 1 })
    expect(again instanceof CultureBatch && again.cultures[0].snapshot()).toEqual(now)
    expect([now.format, now.parameters.rewardModulation.enabled, now.state.dopamine, now.state.eligibility.length]).toEqual([3, false, 0, 0])
    expect(spikesOf(restored, 300)).toEqual(spikesOf(culture, 300))
    expect(codeOf(() => restored.reward(1))).toBe('culture/no-reward')
    expect(codeOf(() => callLoosely(Culture, 'restore', { ...old, format: 3 }))).toBe('culture/snapshot')
    expect(codeOf(() => callLoosely(Culture, 'restore', { ...old, state: null }))).toBe('culture/snapshot')
  })

  it('holds the spikes that still travel, and those alone: of the steps of the longest delay, by step and cell', () => {
    const culture = aged()
    const { step, network: { maxDelaySteps } } = culture
    const events = [[0, 5], [0, 70], [1, 5], [2, 119], [3, 1], [3, 2], [4, 5]] as const
    const spikes = spikesOf(culture, 2.5, fire(...events.map(([after, cell]) => [step + after, cell] as const)))
    expect(spikes.length).toBeGreaterThanOrEqual(events.length)
    for (const one of [culture, Culture.restore(culture.snapshot())]) {
      const { steps, neurons, releases } = one.snapshot().flight
      expect(Array.from(steps, (at, k) => [at, neurons[k]])).toEqual(spikes.filter(([at]) => at >= step + 5 - maxDelaySteps))
      expect(releases.every((release) => release > 0 && release <= 1)).toBe(true)
    }
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
  const culture = aged(REWARDED)
  culture.advance(0.5, volley(1554))
  const good = culture.snapshot()
  const refused = (snapshot: unknown): string | undefined => codeOf(() => callLoosely(Culture, 'restore', snapshot))
  type Part = 'state' | 'population' | 'network' | 'flight'
  const changed = (part: Part, name: string, value: unknown): CultureSnapshot => ({ ...good, [part]: { ...good[part], [name]: value } })
  const columns = (['state', 'population', 'network', 'flight'] as const).flatMap((part) =>
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
      expect(refused(changed(part, name, spoilt(column, bad, column.length - 1)))).toBe('culture/snapshot')
    }
  })

  const { step } = good.state
  const { maxDelaySteps, synapses, incoming } = good.network
  it.each<[string, Part, string, ArrayBufferView]>([
    ['a synapse onto a cell that does not exist', 'network', 'post', spoilt(good.network.post, 120)],
    ['a synapse onto a negative cell', 'network', 'post', spoilt(good.network.post, -1)],
    ['a synapse without delay', 'network', 'delaySteps', spoilt(good.network.delaySteps, 0)],
    ['a delay beyond the longest', 'network', 'delaySteps', spoilt(good.network.delaySteps, maxDelaySteps + 1, synapses - 1)],
    ['synapses that are not sorted', 'network', 'delaySteps', good.network.delaySteps.toReversed()],
    ['rows that overlap', 'network', 'rowStart', spoilt(good.network.rowStart, synapses, 5)],
    ['rows that are left out', 'network', 'rowStart', spoilt(good.network.rowStart, synapses - 1, 120)],
    ['a type that does not exist', 'population', 'type', spoilt(good.population.type, 5)],
    ['a cell outside the dish', 'population', 'xUm', spoilt(good.population.xUm, -1, 119)],
    ['a cell far outside the dish', 'population', 'yUm', spoilt(good.population.yUm, -1e9, 3)],
    ['a last spike in the future', 'state', 'lastSpikeStep', spoilt(good.state.lastSpikeStep, step)],
    ['a remembered spike in the future', 'state', 'historyStep', spoilt(good.state.historyStep, step)],
    ['a slot that does not exist', 'state', 'historyNext', spoilt(good.state.historyNext, 8)],
    ['a negative weight', 'state', 'weight', spoilt(good.state.weight, -1)],
    ['a negative count of spikes', 'state', 'spikesSinceScaling', spoilt(good.state.spikesSinceScaling, -1)],
    ['a spike in flight from the future', 'flight', 'steps', spoilt(good.flight.steps, step, good.flight.steps.length - 1)],
    ['a spike in flight that has arrived everywhere', 'flight', 'steps', spoilt(good.flight.steps, step - maxDelaySteps - 1)],
    ['a spike in flight of a cell that does not exist', 'flight', 'neurons', spoilt(good.flight.neurons, 120)],
    ['a spike in flight of a negative cell', 'flight', 'neurons', spoilt(good.flight.neurons, -1)],
    ['a negative release', 'flight', 'releases', spoilt(good.flight.releases, -1)],
    ['spikes in flight that are not sorted', 'flight', 'neurons', good.flight.neurons.toReversed()],
  ])('is refused: %s', (_, part, name, column) => {
    expect(refused(changed(part, name, column))).toBe('culture/snapshot')
  })

  it.each<[string, string, ArrayBufferView | undefined]>([
    ['a start beyond the rows', 'start', incoming && spoilt(incoming.start, 1e6, 7)],
    ['starts that do not rise', 'start', incoming && spoilt(incoming.start, 0, 60)],
    ['a row that is not excitatory', 'row', incoming && spoilt(incoming.row, synapses - 1)],
    ['an origin that is not excitatory', 'origin', incoming && spoilt(incoming.origin, 119 * 256 + 1)],
    ['rows of other cells', 'row', incoming?.row.toReversed()],
    ['a row entered twice', 'row', incoming && spoilt(incoming.row, incoming.row[1])],
    ['a delay that is not that of the synapse', 'origin', incoming && spoilt(incoming.origin, incoming.origin[9] ^ 1, 9)],
    ['an input that another cell has', 'start', incoming && spoilt(incoming.start, incoming.start[60] + 1, 60)],
    ['a column missing', 'origin', undefined],
  ])('is refused: of the way back to the inputs, %s', (_, name, column) => {
    expect(refused(changed('network', 'incoming', { ...incoming, [name]: column }))).toBe('culture/snapshot')
  })

  it('is refused: STDP in a culture grown without it, or none of its columns in one grown with it', () => {
    const without = Culture.grow({ ...OPTIONS, stdp: { enabled: false } }, 4).snapshot()
    expect(refused(without)).toBeUndefined()
    expect(refused({ ...without, plasticity: { stdp: true, homeostasis: true } })).toBe('culture/snapshot')
    expect(refused({ ...without, network: good.network })).toBe('culture/snapshot')
    expect(refused({ ...good, network: without.network })).toBe('culture/snapshot')
    expect(refused(changed('network', 'incoming', null))).toBe('culture/snapshot')
  })

  it.each([NaN, Infinity, undefined, null, '7'])('is refused: dopamine %s', (value) => {
    expect(refused(changed('state', 'dopamine', value))).toBe('culture/snapshot')
  })

  it('is refused: marks in a culture grown without rewards', () => {
    const { state, ...without } = aged().snapshot()
    expect(refused({ ...without, state: { ...state, eligibility: new Float32Array(good.state.eligibility.length) } })).toBe('culture/snapshot')
  })

  it.each([NaN, -1, 0.5, 2 ** 31, undefined, '7'])('is refused: step %s', (value) => {
    expect(refused(changed('state', 'step', value))).toBe('culture/snapshot')
  })

  it('is refused: another format, a part missing, nothing at all', () => {
    for (const snapshot of [{ ...good, format: 1 }, { ...good, format: undefined }, {}, null, undefined, 'snapshot', 7]) {
      expect(refused(snapshot)).toBe('culture/snapshot')
    }
    for (const part of ['state', 'population', 'network', 'parameters', 'plasticity', 'flight'] as const) {
      expect(refused({ ...good, [part]: undefined })).toBe('culture/snapshot')
      expect(refused({ ...good, [part]: null })).toBe('culture/snapshot')
    }
    expect(refused({ ...good, population: {} })).toBe('culture/snapshot')
    expect(refused({ ...good, network: {} })).toBe('culture/snapshot')
    expect(refused({ ...good, plasticity: { stdp: 1, homeostasis: true } })).toBe('culture/snapshot')
  })

  it('is refused: parameters that would fall back on defaults', () => {
    const { parameters } = good
    expect(refused({ ...good, parameters: {} })).toBe('culture/snapshot')
    expect(refused({ ...good, parameters: { ...parameters, engine: undefined } })).toBe('culture/snapshot')
    const shortTerm = { ...parameters.shortTerm, inhibitoryU: undefined }
    expect(() => callLoosely(Culture, 'restore', { ...good, parameters: { ...parameters, shortTerm } })).toThrow('shortTerm.inhibitoryU is missing')
    expect(refused({ ...good, parameters: Object.fromEntries(Object.entries(parameters).toReversed()) })).toBeUndefined()
  })

  it('is refused: seed, parameters or stream that are none', () => {
    expect(refused({ ...good, seed: NaN })).toBe('rng/seed')
    expect(refused({ ...good, parameters: { ...good.parameters, neurons: -1 } })).toBe('parameter/invalid')
    expect(refused(changed('state', 'slowNoiseStream', { key: [1, 2, 3], state: [1, 2, 3, 4] }))).toBe('rng/state')
  })
})
