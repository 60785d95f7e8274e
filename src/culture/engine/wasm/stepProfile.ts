/** What a step of the fast engine costs, part by part, measured on copies: the culture itself is only read. */
import { median } from 'simple-statistics'
import { Bl1Error } from '../../../errors.js'
import { Culture } from '../../culture.js'
import { stepsOf } from '../../input.js'
import { STEP_MS } from '../../parameters.js'
import type { CultureSnapshot } from '../../snapshot.js'
import { noiseKeyOf } from '../createEngine.js'
import { createMemory, KERNEL_BYTES } from './arena.js'
import { Field } from './assembly/fields.js'
import { soloKernel, soloRunner } from './soloRunner.js'
import { bytesOf, sizeOf, WasmEngine } from './wasmEngine.js'

/** Cost of a step on one thread, in ns a neuron. The four parts add up to `total`. */
export interface StepProfile {
  /** Whole step, plasticity as the culture has it. */
  readonly total: number
  /** Conductances, potential and recovery of all cells, without the noise. */
  readonly update: number
  /** Drawing the background current. */
  readonly noise: number
  /** Delivering spikes to synapses, firing, short-term plasticity, slow noise: what is left of a step without long-term plasticity. */
  readonly scatter: number
  /** STDP and homeostasis: a step with them minus one without. */
  readonly plasticity: number
  /** Spikes a neuron and step in the copy with plasticity. */
  readonly spikes: number
}

/** The copies take turns this often; the median of the turns forgets what slowed the machine for a while. */
const TURNS = 16
/** Short calls first: what is called often is compiled well. */
const WARM_UP_CALLS = 50
const NS_PER_MS = 1e6
/** mV/ms: far from firing, whatever the noise. */
const HELD_CURRENT = -30

/**
 * The update and the noise on their own. All cells are held where nothing fires them: a cell that fires belongs to the spikes, and one that
 * is not reset would leave the numbers.
 */
const partsOf = (snapshot: CultureSnapshot) => {
  const size = sizeOf(snapshot, 1)
  const memory = createMemory(bytesOf(size), size.neurons, false)
  const kernel = soloKernel(memory)
  const { record } = new WasmEngine(snapshot, noiseKeyOf(snapshot.seed), size, memory, KERNEL_BYTES, soloRunner(kernel))
  const current = new Uint32Array(memory.buffer, record)[Field.current]
  new Float32Array(memory.buffer, current, size.neurons).fill(HELD_CURRENT)
  return {
    update: (steps: number) => kernel.repeatUpdate(record, 0, steps),
    noise: (steps: number) => void kernel.repeatNoise(record, 0, steps),
  }
}

/**
 * Measures for about four times as long as the culture takes for `steps` steps.
 * @param culture of the engine `wasm`; it is not advanced
 * @param steps of each part; rounded up to a multiple of 16
 * @throws Bl1Error `culture/duration` where steps is not a positive whole number, `culture/profile-engine` for another engine
 */
export const profileStep = (culture: Culture, steps: number): StepProfile => {
  const { engine } = culture.parameters
  if (engine !== 'wasm') throw new Bl1Error('culture/profile-engine', { engine })
  stepsOf(steps * STEP_MS, 0)
  const snapshot = culture.snapshot()
  const withPlasticity = Culture.restore(snapshot, { threads: 1 })
  const without = Culture.restore(snapshot, { threads: 1 })
  without.setPlasticity({ stdp: false, homeostasis: false })
  const { update, noise } = partsOf(snapshot)
  let fired = 0
  const work: readonly ((count: number) => void)[] = [
    (count) => (fired += withPlasticity.advance(count * STEP_MS).count),
    (count) => without.advance(count * STEP_MS),
    update,
    noise,
  ]
  for (const part of work) for (let call = 0; call < WARM_UP_CALLS; call++) part(1)
  fired = 0
  const turnSteps = Math.ceil(steps / TURNS)
  const turnsMs = work.map((): number[] => [])
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [k, part] of work.entries()) {
      const startedMs = performance.now()
      part(turnSteps)
      turnsMs[k].push(performance.now() - startedMs)
    }
  }
  const { neurons } = culture.population
  const [total, plain, updateAndNoise, noiseAlone] = turnsMs.map((ms) => (median(ms) * NS_PER_MS) / (neurons * turnSteps))
  return {
    total,
    update: updateAndNoise - noiseAlone,
    noise: noiseAlone,
    scatter: plain - updateAndNoise,
    plasticity: total - plain,
    spikes: fired / (neurons * turnSteps * TURNS),
  }
}
