/**
 * The fast engine: the model of reference.ts in WebAssembly, four cells at a time in single precision, on one thread or on several.
 *
 * All columns of the culture, network included, lie in WebAssembly memory; what `state` and `network` show are views of it. With several
 * threads the cells are divided into as many partitions; each computes its own cells and the synapses onto them, and results do not
 * depend on how many there are.
 */
import { Bl1Error } from '../../../errors.js'
import type { Network } from '../../network.js'
import { STEP_MS } from '../../parameters.js'
import { decayTable } from '../../plasticity.js'
import { patchOfCells, SLOW_NOISE_STEPS, SlowNoise } from '../../slowNoise.js'
import type { CultureSnapshot } from '../../snapshot.js'
import { patchesPerSide, type CultureState, type SpikesInFlight } from '../../state.js'
import { reserveSpikes, type Depolarisations, type Engine, type PlasticitySwitches, type SpikeColumns } from '../engine.js'
import { NOTHING } from '../membrane.js'
import { Arena } from './arena.js'
import { Field, LINE_BYTES, RECORD_BYTES } from './assembly/fields.js'
import { chunkStepsOf, layColumns, type Columns, type CultureSize } from './columns.js'
import { writeConstants, writeCounts, writeReals } from './record.js'
import type { WasmMemory } from './webAssembly.js'

/** Partitions begin on whole cache lines of single precision cells. */
const CELLS_PER_LINE = LINE_BYTES / Float32Array.BYTES_PER_ELEMENT
/** Potential and current of the cells beyond the last: 0.04 v^2 + 5 v + 140 + I = 0 where one step takes any small deviation back to 0. */
const PADDING_MV = -87.5
const PADDING_CURRENT = -8.75
/** Columns that the memory holds of the state. */
const STATE_COLUMNS = [
  'v', 'u', 'ampa', 'nmdaRise', 'nmdaDecay', 'gabaA', 'gabaBRise', 'gabaBDecay', 'afterhyperpolarisation', 'resources', 'utilisation',
  'lastSpikeStep', 'weight', 'spikeTrace', 'historyStep', 'historyTrace', 'historyNext', 'eligibility', 'rateHz', 'spikesSinceScaling',
] as const
/** Words between the claims of two partitions. */
const LINE = LINE_BYTES / Int32Array.BYTES_PER_ELEMENT

/** What the columns of a culture need. */
export const sizeOf = ({ population, network, parameters, state }: CultureSnapshot, partitions: number): CultureSize => ({
  neurons: population.neurons,
  excitatory: population.excitatory,
  synapses: network.synapses,
  plasticSynapses: network.incoming?.row.length,
  eligibleSynapses: state.eligibility.length,
  maxDelaySteps: network.maxDelaySteps,
  partitions,
  slowLength: 1 + patchesPerSide(population, parameters) ** 2,
  gainLength: decayTable(parameters.stdp.tauPlusMs).length,
  lossLength: decayTable(parameters.stdp.tauMinusMs).length,
})

/** Bytes a culture takes in WebAssembly memory. */
export const bytesOf = (size: CultureSize): number => {
  const arena = new Arena(undefined, 0, RECORD_BYTES)
  layColumns(arena, size)
  return arena.bytes
}

/** How the steps of a chunk are computed, once the record says which: alone or with others. */
export interface Runner {
  readonly threads: number
  /** @param culture address of the record */
  run(culture: number, first: number, end: number): void
  /** Index of the first cell whose potential is not a finite number, or -1. */
  notFinite(culture: number): number
  close(): void
  /** Throws where a lost thread has left the culture between two steps. @throws Bl1Error `culture/thread-lost` */
  assertWhole(): void
}

/** One culture in WebAssembly memory. */
export class WasmEngine implements Engine {
  readonly state: CultureState
  readonly plasticity: PlasticitySwitches
  /** The wiring, as views of the engine's own memory. */
  readonly network: Network
  readonly threads: number
  /** Address of the record. */
  readonly record: number
  readonly #columns: Columns
  readonly #fields: Int32Array
  readonly #size: CultureSize
  readonly #slowNoise: SlowNoise
  readonly #runner: Runner
  readonly #chunkSteps: number
  #end = 0
  #chunkEnd = 0
  #stimulation: Depolarisations | undefined
  /** The next pulse of the stimulation. */
  #pulse = 0
  /** Where in #columns.spikeNeurons each partition has been read up to. */
  readonly #read: Int32Array

  /**
   * Goes on from a snapshot, which is copied into the memory.
   * @param snapshot a checked one
   * @param noiseKey key of the fast noise
   * @param memory where bytesOf(size) bytes from `record` on are free and zero
   */
  constructor(snapshot: CultureSnapshot, noiseKey: number, size: CultureSize, memory: WasmMemory, record: number, runner: Runner) {
    const { parameters, plasticity, state, flight } = snapshot
    this.record = record
    this.threads = runner.threads
    this.#size = size
    this.#runner = runner
    this.#chunkSteps = chunkStepsOf(size.neurons)
    this.#read = new Int32Array(size.partitions)
    this.#fields = new Int32Array(memory.buffer, record, RECORD_BYTES / Int32Array.BYTES_PER_ELEMENT)
    this.#columns = layColumns(new Arena(memory.buffer, record, RECORD_BYTES), size)
    this.plasticity = { ...plasticity }
    writeCounts(this.#fields, size, parameters, noiseKey)
    writeConstants(this.#columns.constants, parameters)
    writeReals(memory.buffer, record, parameters)
    this.#columns.gainTable.set(decayTable(parameters.stdp.tauPlusMs))
    this.#columns.lossTable.set(decayTable(parameters.stdp.tauMinusMs))
    this.#copyPopulation(snapshot)
    this.network = this.#copyNetwork(snapshot.network)
    this.state = this.#copyState(state)
    this.#slowNoise = new SlowNoise(this.state, parameters)
    this.#divide(state.step)
    this.#restoreFlight(flight)
  }

  run(steps: number, stimulation: Depolarisations | undefined, spikes: SpikeColumns): void {
    this.begin(steps, stimulation)
    while (this.openChunk()) {
      this.#runner.run(this.record, this.state.step, this.#chunkEnd)
      this.closeChunk(spikes)
    }
    this.finish()
  }

  /** Starts a run. `run` is begin, then openChunk, the kernel and closeChunk until openChunk says false, then finish. */
  begin(steps: number, stimulation: Depolarisations | undefined): void {
    this.#end = this.state.step + steps
    this.#chunkEnd = this.state.step
    this.#stimulation = stimulation
    this.#pulse = 0
    this.#columns.dopamine.fill(this.state.dopamine)
    this.#fields[Field.stdp] = this.plasticity.stdp ? 1 : 0
    this.#fields[Field.homeostasis] = this.plasticity.homeostasis ? 1 : 0
  }

  /** Hands the next chunk of steps to the kernel: pulses, slow noise, where to stop. False: the run has reached its end. */
  openChunk(): boolean {
    const first = this.state.step
    if (first === this.#end) return false
    this.#chunkEnd = this.#handInPulses(Math.min(this.#end, first + this.#chunkSteps))
    this.#handInSlowNoise(first)
    this.#fields[Field.firstStep] = first
    this.#columns.spikeTotals.fill(0)
    // what the threads wait for comes last
    Atomics.store(this.#fields, Field.end, this.#chunkEnd)
    return true
  }

  /** Steps of the open chunk, 0 where none is open. */
  get chunkLength(): number {
    return this.#chunkEnd - this.state.step
  }

  /** Takes the spikes of the chunk over: step by step and, within a step, partition by partition, which is the order of the cells. */
  closeChunk(spikes: SpikeColumns): void {
    const { spikeCounts, spikeNeurons, spikeTotals, bounds } = this.#columns
    const { partitions } = this.#size
    const read = this.#read
    const chunkSteps = this.#chunkSteps
    let total = 0
    for (let partition = 0; partition < partitions; partition++) {
      read[partition] = chunkSteps * bounds[partition]
      total += spikeTotals[partition]
    }
    reserveSpikes(spikes, total)
    const { steps, neurons } = spikes
    const first = this.state.step
    const length = total === 0 ? 0 : this.#chunkEnd - first
    let to = spikes.count
    for (let k = 0; k < length; k++) {
      for (let partition = 0; partition < partitions; partition++) {
        const count = spikeCounts[partition * chunkSteps + k]
        for (let n = 0; n < count; n++, to++) {
          steps[to] = first + k
          neurons[to] = spikeNeurons[read[partition] + n]
        }
        read[partition] += count
      }
    }
    spikes.count = to
    this.state.step = this.#chunkEnd
    this.state.dopamine = this.#columns.dopamine[0]
  }

  /** Ends a run. @throws Bl1Error `culture/not-finite` */
  finish(): void {
    this.#stimulation = undefined
    this.#slowNoise.save()
    const neuron = this.#runner.notFinite(this.record)
    if (neuron < 0) return
    throw new Bl1Error('culture/not-finite', { neuron, potential: this.state.v[neuron], step: this.state.step })
  }

  inFlight(): SpikesInFlight {
    this.#runner.assertWhole()
    const { flightCount, flightNeuron, flightRelease, bounds } = this.#columns
    const { neurons, partitions, maxDelaySteps } = this.#size
    const rows = maxDelaySteps + 1
    const total = flightCount.reduce((sum, count) => sum + count, 0)
    const flight = { steps: new Int32Array(total), neurons: new Int32Array(total), releases: new Float32Array(total) }
    let to = 0
    for (let step = Math.max(0, this.state.step - maxDelaySteps); step < this.state.step; step++) {
      const row = step % rows
      for (let partition = 0; partition < partitions; partition++) {
        const count = flightCount[row * partitions + partition]
        const from = row * neurons + bounds[partition]
        flight.steps.fill(step, to, to + count)
        flight.neurons.set(flightNeuron.subarray(from, from + count), to)
        flight.releases.set(flightRelease.subarray(from, from + count), to)
        to += count
      }
    }
    return { steps: flight.steps.slice(0, to), neurons: flight.neurons.slice(0, to), releases: flight.releases.slice(0, to) }
  }

  close(): void {
    this.#runner.close()
  }

  /** Writes the pulses before `end` into the memory, as far as they fit; returns the step up to which they do. */
  #handInPulses(end: number): number {
    const { pulseSteps, pulseNeurons, pulseAmplitudes, pulseCursor } = this.#columns
    const stimulation = this.#stimulation
    let count = 0
    let reached = end
    if (stimulation !== undefined) {
      let pulse = this.#pulse
      for (; pulse < stimulation.count && stimulation.steps[pulse] < end; pulse++, count++) {
        if (count === pulseSteps.length) {
          reached = stimulation.steps[pulse]
          // the pulses of one step belong together
          while (count > 0 && pulseSteps[count - 1] === reached) {
            count--
            pulse--
          }
          break
        }
        pulseSteps[count] = stimulation.steps[pulse]
        pulseNeurons[count] = stimulation.neurons[pulse]
        pulseAmplitudes[count] = stimulation.amplitudesMv[pulse]
      }
      this.#pulse = pulse
    }
    this.#fields[Field.pulses] = count
    pulseCursor.fill(0)
    return reached
  }

  /** Draws the slow noise of every update that falls into the chunk. */
  #handInSlowNoise(first: number): void {
    const noise = this.#slowNoise
    if (!noise.isOn) return
    const { slowLength } = this.#size
    const firstUpdate = Math.ceil(first / SLOW_NOISE_STEPS) * SLOW_NOISE_STEPS
    let at = 0
    for (let step = firstUpdate; step < this.#chunkEnd; step += SLOW_NOISE_STEPS, at += slowLength) {
      noise.advance()
      this.#columns.slowValues.set(this.state.slowNoise, at)
    }
    this.#fields[Field.slowFirst] = firstUpdate
  }

  #copyPopulation({ population, parameters, state }: CultureSnapshot): void {
    const columns = this.#columns
    columns.recoveryRate.set(population.a.map((a) => a * STEP_MS))
    columns.recoverySensitivity.set(population.b)
    columns.resetMv.set(population.c)
    columns.recoveryStep.set(population.d)
    columns.bias.set(population.bias)
    columns.patch.set(patchOfCells(population, parameters))
    for (let i = 0; i < population.neurons; i++) {
      columns.current[i] = population.bias[i] + state.slowNoise[0] + state.slowNoise[1 + columns.patch[i]]
    }
    columns.arrivedExcitatory.fill(NOTHING)
    columns.arrivedInhibitory.fill(NOTHING)
    columns.firedStep.fill(-1)
    this.#calmPadding()
  }

  /** The last vector reaches past the last cell: what lies there is held at a potential that nothing drives anywhere. */
  #calmPadding(): void {
    const { v, current } = this.#columns
    const beyond = (column: Float32Array): Float32Array =>
      new Float32Array(column.buffer, column.byteOffset + column.byteLength, CELLS_PER_LINE)
    beyond(v).fill(PADDING_MV)
    beyond(current).fill(PADDING_CURRENT)
  }

  #copyNetwork(network: Network): Network {
    const { rowStart, post, delaySteps, weightScale, incomingStart, incomingRow, incomingOrigin } = this.#columns
    rowStart.set(network.rowStart)
    post.set(network.post)
    delaySteps.set(network.delaySteps)
    weightScale.set(network.weightScale)
    const views = { ...network, rowStart, post, delaySteps, weightScale }
    if (network.incoming === undefined) return views
    incomingStart.set(network.incoming.start)
    incomingRow.set(network.incoming.row)
    incomingOrigin.set(network.incoming.origin)
    return { ...views, incoming: { start: incomingStart, row: incomingRow, origin: incomingOrigin } }
  }

  #copyState(from: CultureState): CultureState {
    for (const name of STATE_COLUMNS) this.#columns[name].set(from[name])
    const { v, u, ampa, nmdaRise, nmdaDecay, gabaA, gabaBRise, gabaBDecay, afterhyperpolarisation } = this.#columns
    const membrane = { v, u, ampa, nmdaRise, nmdaDecay, gabaA, gabaBRise, gabaBDecay, afterhyperpolarisation }
    const { resources, utilisation, lastSpikeStep, weight, spikeTrace, historyStep, historyTrace, historyNext } = this.#columns
    const synapses = { resources, utilisation, lastSpikeStep, weight, spikeTrace, historyStep, historyTrace, historyNext }
    const { eligibility, rateHz, spikesSinceScaling } = this.#columns
    const { step, dopamine, slowNoiseStream } = from
    return { step, ...membrane, ...synapses, eligibility, dopamine, rateHz, spikesSinceScaling, slowNoise: from.slowNoise.slice(), slowNoiseStream }
  }

  /** Divides the cells into partitions of whole cache lines; all of them stand at `step`. */
  #divide(step: number): void {
    const { bounds, claimed, done } = this.#columns
    const { neurons, partitions } = this.#size
    for (let k = 0; k < partitions; k++) {
      bounds[k] = Math.floor((neurons * k) / partitions / CELLS_PER_LINE) * CELLS_PER_LINE
      claimed[k * LINE] = step
      done[k * LINE] = step
    }
    bounds[partitions] = neurons
    this.#fields[Field.end] = step
  }

  /** Puts the spikes in flight back into their rows, and every partition's cursors to where they have arrived. */
  #restoreFlight({ steps, neurons: sources, releases }: SpikesInFlight): void {
    const { flightCount, flightNeuron, flightRelease, flightCursor, flightNext, bounds, rowStart, delaySteps } = this.#columns
    const { neurons, partitions, maxDelaySteps } = this.#size
    const entries = (maxDelaySteps + 1) * neurons
    let partition = 0
    for (let k = 0; k < steps.length; k++) {
      if (k > 0 && steps[k] !== steps[k - 1]) partition = 0
      while (sources[k] >= bounds[partition + 1]) partition++
      const row = steps[k] % (maxDelaySteps + 1)
      const entry = row * neurons + bounds[partition] + flightCount[row * partitions + partition]++
      flightNeuron[entry] = sources[k]
      flightRelease[entry] = releases[k]
      const end = rowStart[sources[k] + 1]
      let synapse = rowStart[sources[k]]
      while (synapse < end && delaySteps[synapse] < this.state.step - steps[k]) synapse++
      for (let reader = 0; reader < partitions; reader++) {
        flightCursor[reader * entries + entry] = synapse
        flightNext[reader * entries + entry] = synapse < end ? delaySteps[synapse] : 0
      }
    }
  }
}
