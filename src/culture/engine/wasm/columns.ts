/** The columns of a culture in WebAssembly memory: which there are and how long. */
import { historyLength } from '../../state.js'
import { SLOW_NOISE_STEPS } from '../../slowNoise.js'
import type { Arena } from './arena.js'
import { Field, LINE_BYTES } from './assembly/fields.js'

/** What the lengths of the columns follow from. */
export interface CultureSize {
  readonly neurons: number
  readonly excitatory: number
  readonly synapses: number
  /** Excitatory synapses of a culture with STDP, of which there may be none; undefined without STDP. */
  readonly plasticSynapses: number | undefined
  /** Synapses that hold an eligibility; 0 without reward-modulated STDP. */
  readonly eligibleSynapses: number
  readonly maxDelaySteps: number
  readonly partitions: number
  /** Values of the slow noise: the dish and its patches. */
  readonly slowLength: number
  readonly gainLength: number
  readonly lossLength: number
}

/** Steps the kernel takes in one call: enough to forget the cost of the call, few enough that their spikes fit into some megabytes. */
export const chunkStepsOf = (neurons: number): number => Math.min(2000, Math.max(SLOW_NOISE_STEPS, Math.floor(2 ** 20 / neurons)))
/** Depolarisations one call can hand in, and the most that may fall into one step. */
export const pulseCapacityOf = (neurons: number): number => 4096 + 2 * neurons

/** Lays out all columns. The order is that of their use in a step, roughly. */
export const layColumns = (arena: Arena, size: CultureSize) => {
  const { neurons, excitatory, synapses, plasticSynapses, maxDelaySteps, partitions } = size
  const flightRows = maxDelaySteps + 1
  const flightEntries = flightRows * neurons
  const isPlastic = plasticSynapses !== undefined
  const history = isPlastic ? excitatory * historyLength(maxDelaySteps) : 0
  const chunkSteps = chunkStepsOf(neurons)
  const pulses = pulseCapacityOf(neurons)
  const lines = (partitions * LINE_BYTES) / Int32Array.BYTES_PER_ELEMENT
  return {
    v: arena.singles(Field.v, neurons),
    u: arena.singles(Field.u, neurons),
    ampa: arena.singles(Field.ampa, neurons),
    nmdaRise: arena.singles(Field.nmdaRise, neurons),
    nmdaDecay: arena.singles(Field.nmdaDecay, neurons),
    gabaA: arena.singles(Field.gabaA, neurons),
    gabaBRise: arena.singles(Field.gabaBRise, neurons),
    gabaBDecay: arena.singles(Field.gabaBDecay, neurons),
    afterhyperpolarisation: arena.singles(Field.afterhyperpolarisation, neurons),
    arrivedExcitatory: arena.singles(Field.arrivedExcitatory, neurons),
    arrivedInhibitory: arena.singles(Field.arrivedInhibitory, neurons),
    recoveryRate: arena.singles(Field.recoveryRate, neurons),
    recoverySensitivity: arena.singles(Field.recoverySensitivity, neurons),
    current: arena.singles(Field.current, neurons),
    bias: arena.singles(Field.bias, neurons),
    patch: arena.integers(Field.patch, neurons),
    resetMv: arena.singles(Field.resetMv, neurons),
    recoveryStep: arena.singles(Field.recoveryStep, neurons),
    fired: arena.integers(Field.fired, neurons),
    firedStep: arena.integers(Field.firedStep, neurons),
    lastSpikeStep: arena.integers(Field.lastSpikeStep, neurons),
    resources: arena.singles(Field.resources, neurons),
    utilisation: arena.singles(Field.utilisation, neurons),
    spikeTrace: arena.singles(Field.spikeTrace, neurons),
    weightScale: arena.singles(Field.weightScale, neurons),
    rateHz: arena.singles(Field.rateHz, neurons),
    spikesSinceScaling: arena.integers(Field.spikesSinceScaling, neurons),
    scalingFactor: arena.doubles(Field.scalingFactor, neurons),
    historyStep: arena.integers(Field.historyStep, history),
    historyTrace: arena.singles(Field.historyTrace, history),
    historyNext: arena.bytesColumn(Field.historyNext, isPlastic ? excitatory : 0),
    rowStart: arena.integers(Field.rowStart, neurons + 1),
    post: arena.integers(Field.post, synapses),
    delaySteps: arena.bytesColumn(Field.delaySteps, synapses),
    weight: arena.singles(Field.weight, synapses),
    eligibility: arena.singles(Field.eligibility, size.eligibleSynapses),
    dopamine: arena.doubles(Field.dopamine, partitions),
    incomingStart: arena.integers(Field.incomingStart, isPlastic ? neurons + 1 : 0),
    incomingRow: arena.integers(Field.incomingRow, plasticSynapses ?? 0),
    incomingOrigin: arena.words(Field.incomingOrigin, plasticSynapses ?? 0),
    gainTable: arena.doubles(Field.gainTable, size.gainLength),
    lossTable: arena.doubles(Field.lossTable, size.lossLength),
    flightCount: arena.integers(Field.flightCount, flightRows * partitions),
    flightNeuron: arena.integers(Field.flightNeuron, flightEntries),
    flightRelease: arena.singles(Field.flightRelease, flightEntries),
    flightCursor: arena.integers(Field.flightCursor, partitions * flightEntries),
    flightNext: arena.bytesColumn(Field.flightNext, partitions * flightEntries),
    pulseSteps: arena.integers(Field.pulseSteps, pulses),
    pulseNeurons: arena.integers(Field.pulseNeurons, pulses),
    pulseAmplitudes: arena.doubles(Field.pulseAmplitudes, pulses),
    pulseCursor: arena.integers(Field.pulseCursor, partitions),
    slowValues: arena.doubles(Field.slowValues, (Math.ceil(chunkSteps / SLOW_NOISE_STEPS) + 1) * size.slowLength),
    spikeNeurons: arena.integers(Field.spikeNeurons, chunkSteps * neurons),
    spikeCounts: arena.integers(Field.spikeCounts, chunkSteps * partitions),
    spikeTotals: arena.integers(Field.spikeTotals, partitions),
    bounds: arena.integers(Field.bounds, partitions + 1),
    claimed: arena.integers(Field.claimed, lines),
    done: arena.integers(Field.done, lines),
    constants: arena.words(Field.constants, 64),
  }
}

export type Columns = ReturnType<typeof layColumns>
