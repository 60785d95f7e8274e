/** One culture in two engines, advanced side by side and compared bit for bit. */
import { expect } from 'vitest'
import { createEngine, noiseKeyOf } from '../../../../src/culture/engine/createEngine.js'
import type { Engine } from '../../../../src/culture/engine/engine.js'
import { ReferenceEngine, type Precision } from '../../../../src/culture/engine/reference.js'
import { growSnapshot } from '../../../../src/culture/grow.js'
import type { CultureOptions, CultureSnapshot, CultureState, Depolarisations, SpikeColumns } from '../../../../src/culture/index.js'
import { copyState } from '../../../../src/culture/state.js'
import type { Rng } from '../../../../src/rng.js'

/** Spikes in columns of their own. */
export const noSpikes = (): SpikeColumns => ({ count: 0, steps: new Int32Array(1024), neurons: new Int32Array(1024) })

/** What an engine fires in a stretch, as [step, neuron] one behind the other. */
export const run = (engine: Engine, steps: number, stimulation?: Depolarisations): Int32Array => {
  const spikes = noSpikes()
  engine.run(steps, stimulation, spikes)
  return Int32Array.from({ length: 2 * spikes.count }, (_, k) => (k % 2 === 0 ? spikes.steps : spikes.neurons)[k >> 1])
}

/** The reference engine for a snapshot, which it leaves alone. */
export const referenceOf = (snapshot: CultureSnapshot, precision: Precision): ReferenceEngine =>
  new ReferenceEngine({ ...snapshot, state: copyState(snapshot.state) }, noiseKeyOf(snapshot.seed), precision)

/** The same grown culture in the fast engine and in the reference. */
export const twins = (options: CultureOptions, seed: number, precision: Precision = 'single', threads = 1): [fast: Engine, reference: Engine] => {
  const snapshot = growSnapshot(options, seed)
  return [createEngine(snapshot, { threads }), referenceOf(snapshot, precision)]
}

/** What a culture of these parameters is when this engine holds it. */
export const snapshotOf = (engine: Engine, { format, seed, parameters, population }: CultureSnapshot): CultureSnapshot => {
  const { network, plasticity } = engine
  return { format, seed, parameters, population, network, plasticity: { ...plasticity }, state: copyState(engine.state), flight: engine.inFlight() }
}

/** The columns of a state by name. */
export const columnsOf = (state: CultureState): [name: string, column: ArrayBufferView][] =>
  Object.entries(state).filter((entry): entry is [string, ArrayBufferView] => ArrayBuffer.isView(entry[1]))

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength)

/** Bit for bit the same state: every column, the clock and the streams. */
export const expectSameState = (a: CultureState, b: CultureState): void => {
  const others = new Map(columnsOf(b))
  const differing = columnsOf(a).flatMap(([name, column]) => {
    const other = others.get(name)
    return other !== undefined && Buffer.compare(bytesOf(column), bytesOf(other)) === 0 ? [] : [name]
  })
  expect(differing).toEqual([])
  expect([a.step, a.dopamine, a.slowNoiseStream]).toEqual([b.step, b.dopamine, b.slowNoiseStream])
}

/** Advances both, expects the same spikes, state and spikes in flight, and returns the number of spikes. */
export const expectSameRun = (a: Engine, b: Engine, steps: number, stimulation?: Depolarisations): number => {
  const spikes = run(a, steps, stimulation)
  expect(Buffer.compare(bytesOf(spikes), bytesOf(run(b, steps, stimulation)))).toBe(0)
  expectSameState(a.state, b.state)
  expect(a.inFlight()).toEqual(b.inFlight())
  return spikes.length / 2
}

/** Rewards cultures as Culture.reward does. */
export const reward = (engines: readonly Engine[], amount: number): void => {
  for (const { state, plasticity } of engines) if (state.eligibility.length > 0 && plasticity.stdp) state.dopamine += amount
}

/**
 * Random pulses over `steps` steps from `first` on, in one step of five: on any cells, several on the same one, up and down, some so strong
 * that they make a cell fire or meet the floor.
 */
export const randomPulses = (rng: Rng, neurons: number, first: number, steps: number): Depolarisations => {
  const events: [step: number, neuron: number, amplitudeMv: number][] = []
  for (let step = first; step < first + steps; step++) {
    if (rng.uniform() > 0.2) continue
    for (let k = rng.integer(12); k >= 0; k--) {
      const neuron = rng.integer(neurons)
      const amplitudeMv = [rng.between(-5, 5), rng.between(-300, 300), 300, -300][rng.integer(4)]
      for (let again = rng.integer(3); again >= 0; again--) events.push([step, neuron, again === 1 ? -amplitudeMv : amplitudeMv])
    }
  }
  const column = (k: 0 | 1 | 2): number[] => events.map((event) => event[k])
  return { count: events.length, steps: column(0), neurons: column(1), amplitudesMv: column(2) }
}

/** Pulses that make every cell fire in each of these steps. */
export const volleys = (neurons: number, first: number, steps: number): Depolarisations => {
  const count = neurons * steps
  const column = (value: (k: number) => number): Int32Array => Int32Array.from({ length: count }, (_, k) => value(k))
  return { count, steps: column((k) => first + Math.floor(k / neurons)), neurons: column((k) => k % neurons), amplitudesMv: column(() => 500) }
}
