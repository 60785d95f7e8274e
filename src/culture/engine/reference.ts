/**
 * The reference engine: the model of the culture, line by line. Written to be read; still several times faster than real time.
 *
 * One step of dt = 0.5 ms, in this order:
 *  1. every 10 ms the slow excitability noise moves on;
 *  2. spikes emitted d steps ago arrive over the synapses of delay d;
 *  3. every cell: conductances decay and take up what arrived, then potential and recovery are updated;
 *  4. stimulation raises potentials;
 *  5. cells at or above 30 mV spike: reset, after-hyperpolarisation, release into the axon, plasticity;
 *  6. on its own clock, homeostatic scaling.
 */
import { Bl1Error } from '../../errors.js'
import { Rng } from '../../rng.js'
import { BYTE_SUM_SD, centredByteSum, stepKey } from '../counterNoise.js'
import type { Network } from '../network.js'
import { STEP_MS, type CultureParameters } from '../parameters.js'
import { decayed, decayTable, depressed, potentiated, scaled, scalingConstants, updatedRateHz, type ScalingConstants } from '../plasticity.js'
import type { Population } from '../population.js'
import { decayPerStep, magnesiumUnblocked, receptorConstants, type ReceptorConstants } from '../receptors.js'
import { patchesPerSide, type CultureState } from '../state.js'
import type { Depolarisations, Engine, PlasticitySwitches, SpikeColumns } from './engine.js'

const SPIKE_MV = 30
/** A negative pulse pushes no cell below this: from some -150 mV the equation rebounds into a spike, which no membrane does. */
const LOWEST_PULSED_MV = -120
const SLOW_NOISE_STEPS = 20
/**
 * What an empty accumulator is reset to instead of 0. Conductances then settle at about 1e-20 rather than sink into denormal numbers,
 * which processors handle many times slower; the potential cannot notice it.
 */
const NOTHING = 1e-20

export class ReferenceEngine implements Engine {
  readonly state: CultureState
  readonly plasticity: PlasticitySwitches
  readonly #population: Population
  readonly #network: Network
  readonly #parameters: CultureParameters
  readonly #noiseKey: number
  readonly #arrivedExcitatory: Float64Array
  readonly #arrivedInhibitory: Float64Array
  readonly #patch: Int32Array
  readonly #bias: Float64Array
  readonly #fired: Int32Array
  /** Step in which each cell last reached 30 mV: however many pulses meet in a step, a cell fires once in it. */
  readonly #firedStep: Float64Array
  readonly #gainTable: Float64Array
  readonly #lossTable: Float64Array
  readonly #receptors: ReceptorConstants
  readonly #scaling: ScalingConstants
  readonly #slowStream: Rng

  constructor(population: Population, network: Network, parameters: CultureParameters, state: CultureState, noiseKey: number) {
    this.#population = population
    this.#network = network
    this.#parameters = parameters
    this.state = state
    this.#noiseKey = noiseKey
    this.plasticity = { stdp: parameters.stdp.enabled, homeostasis: parameters.homeostasis.enabled }
    this.#arrivedExcitatory = new Float64Array(population.neurons).fill(NOTHING)
    this.#arrivedInhibitory = new Float64Array(population.neurons).fill(NOTHING)
    this.#fired = new Int32Array(population.neurons)
    this.#firedStep = new Float64Array(population.neurons).fill(-1)
    this.#gainTable = decayTable(parameters.stdp.tauPlusMs)
    this.#lossTable = decayTable(parameters.stdp.tauMinusMs)
    this.#receptors = receptorConstants(parameters)
    this.#scaling = scalingConstants(parameters)
    this.#slowStream = Rng.load(state.slowNoiseStream)
    const side = patchesPerSide(population, parameters)
    const along = (um: number): number => Math.min(side - 1, Math.floor((um / population.sideUm) * side))
    this.#patch = Int32Array.from({ length: population.neurons }, (_, i) => along(population.yUm[i]) * side + along(population.xUm[i]))
    this.#bias = new Float64Array(population.neurons)
    this.#applySlowNoise()
  }

  run(steps: number, stimulation: Depolarisations | undefined, spikes: SpikeColumns): void {
    const { state } = this
    const first = state.step
    const end = first + steps
    const pulses = stimulation?.count ?? 0
    let pulse = 0
    if (stimulation !== undefined && pulses > 0) {
      const outside = stimulation.steps[0] < first ? stimulation.steps[0] : stimulation.steps[pulses - 1]
      if (outside < first || outside >= end) throw new Bl1Error('culture/stimulation-outside', { step: outside, first, end })
    }
    for (let step = first; step < end; step++) {
      if (step % SLOW_NOISE_STEPS === 0) this.#advanceSlowNoise()
      this.#deliver(step)
      let fired = this.#updateCells(step)
      while (stimulation !== undefined && pulse < pulses && stimulation.steps[pulse] === step) {
        fired = this.#depolarise(step, stimulation.neurons[pulse], stimulation.amplitudesMv[pulse], fired)
        pulse++
      }
      this.#spike(step, fired, spikes)
      state.step = step + 1
      if (state.step % this.#scaling.intervalSteps === 0) this.#scale()
    }
    state.slowNoiseStream = this.#slowStream.save()
  }

  /** Ornstein-Uhlenbeck, exact update: x' = x e + SD sqrt(1 - e^2) n, e = exp(-10 ms / tau). */
  #advanceSlowNoise(): void {
    const { slowTauMs, slowDishSd, slowPatchSd } = this.#parameters.noise
    if (slowDishSd === 0 && slowPatchSd === 0) return
    const { state } = this
    const keep = Math.exp((-SLOW_NOISE_STEPS * STEP_MS) / slowTauMs)
    const fresh = Math.sqrt(1 - keep * keep)
    for (let i = 0; i < state.slowNoise.length; i++) {
      state.slowNoise[i] = state.slowNoise[i] * keep + (i === 0 ? slowDishSd : slowPatchSd) * fresh * this.#slowStream.normal()
    }
    this.#applySlowNoise()
  }

  #applySlowNoise(): void {
    const { slowNoise } = this.state
    for (let i = 0; i < this.#bias.length; i++) this.#bias[i] = this.#population.bias[i] + slowNoise[0] + slowNoise[1 + this.#patch[i]]
  }

  /** Spikes emitted d steps ago arrive: weight x release is summed per target; STDP depresses by the target's recent spikes. */
  #deliver(step: number): void {
    const { state, plasticity } = this
    const { segment, post, maxDelaySteps, weightScale } = this.#network
    const { neurons, excitatory } = this.#population
    const { weight, flightCount, flightNeuron, flightRelease } = state
    const rows = maxDelaySteps + 1
    const stdp = plasticity.stdp
    const amplitude = this.#parameters.stdp.amplitudeMinus
    for (let delay = 1; delay <= maxDelaySteps; delay++) {
      const emitted = step - delay
      if (emitted < 0) break
      const row = emitted % rows
      const inFlight = flightCount[row]
      for (let k = 0; k < inFlight; k++) {
        const source = flightNeuron[row * neurons + k]
        const release = flightRelease[row * neurons + k]
        const end = segment[source * rows + delay]
        const isExcitatory = source < excitatory
        const arrived = isExcitatory ? this.#arrivedExcitatory : this.#arrivedInhibitory
        for (let synapse = segment[source * rows + delay - 1]; synapse < end; synapse++) {
          const target = post[synapse]
          arrived[target] += weight[synapse] * release
          if (stdp && isExcitatory) {
            const trace = state.spikeTrace[target] * decayed(this.#lossTable, step - state.lastSpikeStep[target])
            weight[synapse] = depressed(weight[synapse], amplitude * weightScale[target] * trace)
            const kept = decayed(this.#gainTable, step - state.lastArrivalStep[synapse])
            state.arrivalTrace[synapse] = state.arrivalTrace[synapse] * kept + 1
            state.lastArrivalStep[synapse] = step
          }
        }
      }
    }
  }

  /**
   * Conductances, potential and recovery of all cells.
   *
   *  g' = g exp(-dt / tau) + arrivals
   *  v' = (v + dt (0.04 v^2 + 5 v + 140 - u + I + sum g E)) / (1 + dt sum g)    semi-implicit: stable for any conductance
   *  u' = u + dt a (b v - u)                                                     with the old v
   *
   * Returns how many cells reached 30 mV; their indices are in #fired.
   */
  #updateCells(step: number): number {
    const { state } = this
    const { v, u, ampa, nmdaRise, nmdaDecay, gabaA, gabaBRise, gabaBDecay, afterhyperpolarisation } = state
    const { a, b, neurons } = this.#population
    const { synapses, noise } = this.#parameters
    const bias = this.#bias
    const arrivedExcitatory = this.#arrivedExcitatory
    const arrivedInhibitory = this.#arrivedInhibitory
    const receptors = this.#receptors
    const { ampaDecay, nmdaRiseDecay, nmdaDecayDecay, gabaADecay, gabaBRiseDecay, gabaBDecayDecay } = receptors
    const { ampaGain, nmdaGain, gabaAGain, gabaBGain } = receptors
    const { excitatoryReversalMv, gabaAReversalMv, gabaBReversalMv, magnesiumMm } = synapses
    const slowDecay = decayPerStep(this.#parameters.afterhyperpolarisation.tauMs)
    const slowReversalMv = this.#parameters.afterhyperpolarisation.reversalMv
    const key = stepKey(this.#noiseKey, step)
    const noiseScale = noise.fastSd / BYTE_SUM_SD
    const fired = this.#fired
    const firedStep = this.#firedStep
    let count = 0
    for (let i = 0; i < neurons; i++) {
      const excitation = arrivedExcitatory[i]
      const inhibition = arrivedInhibitory[i]
      arrivedExcitatory[i] = NOTHING
      arrivedInhibitory[i] = NOTHING
      const gAmpa = ampa[i] * ampaDecay + ampaGain * excitation
      const gNmdaRise = nmdaRise[i] * nmdaRiseDecay + nmdaGain * excitation
      const gNmdaDecay = nmdaDecay[i] * nmdaDecayDecay + nmdaGain * excitation
      const gGabaA = gabaA[i] * gabaADecay + gabaAGain * inhibition
      const gGabaBRise = gabaBRise[i] * gabaBRiseDecay + gabaBGain * inhibition
      const gGabaBDecay = gabaBDecay[i] * gabaBDecayDecay + gabaBGain * inhibition
      const gSlow = afterhyperpolarisation[i] * slowDecay
      ampa[i] = gAmpa
      nmdaRise[i] = gNmdaRise
      nmdaDecay[i] = gNmdaDecay
      gabaA[i] = gGabaA
      gabaBRise[i] = gGabaBRise
      gabaBDecay[i] = gGabaBDecay
      afterhyperpolarisation[i] = gSlow

      const potential = v[i]
      const recovery = u[i]
      const gExcitatory = gAmpa + (gNmdaDecay - gNmdaRise) * magnesiumUnblocked(potential, magnesiumMm)
      const gGabaB = gGabaBDecay - gGabaBRise
      const current = bias[i] + centredByteSum(key, i) * noiseScale
      const drive =
        (0.04 * potential + 5) * potential + 140 - recovery + current +
        gExcitatory * excitatoryReversalMv + gGabaA * gabaAReversalMv + gGabaB * gabaBReversalMv + gSlow * slowReversalMv
      const next = (potential + STEP_MS * drive) / (1 + STEP_MS * (gExcitatory + gGabaA + gGabaB + gSlow))
      v[i] = next
      u[i] = recovery + STEP_MS * a[i] * (b[i] * potential - recovery)
      if (next >= SPIKE_MV) {
        fired[count++] = i
        firedStep[i] = step
      }
    }
    return count
  }

  /** A pulse raises one potential; a cell pushed past 30 mV fires in this step. Returns the new number of firing cells. */
  #depolarise(step: number, neuron: number, amplitudeMv: number, count: number): number {
    const { v } = this.state
    const before = v[neuron]
    v[neuron] = Math.max(Math.min(before, LOWEST_PULSED_MV), before + amplitudeMv)
    if (v[neuron] >= SPIKE_MV && this.#firedStep[neuron] !== step) {
      this.#fired[count++] = neuron
      this.#firedStep[neuron] = step
    }
    return count
  }

  #spike(step: number, count: number, spikes: SpikeColumns): void {
    const { state } = this
    const { neurons, excitatory, c, d } = this.#population
    const { afterhyperpolarisation } = this.#parameters
    const fired = this.#fired
    const row = step % (this.#network.maxDelaySteps + 1)
    state.flightCount[row] = count
    if (count === 0) return
    reserve(spikes, count)
    for (let k = 0; k < count; k++) {
      const i = fired[k]
      state.v[i] = c[i]
      state.u[i] += d[i]
      if (i < excitatory) state.afterhyperpolarisation[i] += afterhyperpolarisation.stepConductance
      state.flightNeuron[row * neurons + k] = i
      state.flightRelease[row * neurons + k] = this.#release(step, i)
      if (this.plasticity.stdp) this.#potentiate(step, i)
      state.lastSpikeStep[i] = step
      state.spikesSinceScaling[i]++
      spikes.steps[spikes.count] = step
      spikes.neurons[spikes.count] = i
      spikes.count++
    }
  }

  /**
   * Short-term plasticity (Tsodyks, Pawelzik & Markram 1998), advanced from spike to spike:
   *  x <- 1 - (1 - x) exp(-dt / tau_rec)
   *  excitatory: release = U x;                                               x <- x - release
   *  inhibitory: u <- U + (u - U) exp(-dt / tau_fac); u <- u + U (1 - u); release = u x; x <- x - release
   */
  #release(step: number, i: number): number {
    const { shortTerm } = this.#parameters
    const { resources, utilisation, lastSpikeStep } = this.state
    const isExcitatory = i < this.#population.excitatory
    if (!shortTerm.enabled) return isExcitatory ? shortTerm.excitatoryU : shortTerm.inhibitoryU
    const elapsedMs = (step - lastSpikeStep[i]) * STEP_MS
    const tauRecMs = isExcitatory ? shortTerm.excitatoryTauRecMs : shortTerm.inhibitoryTauRecMs
    const x = 1 - (1 - resources[i]) * Math.exp(-elapsedMs / tauRecMs)
    if (!isExcitatory) {
      const base = shortTerm.inhibitoryU
      const u = base + (utilisation[i] - base) * Math.exp(-elapsedMs / shortTerm.inhibitoryTauFacMs)
      utilisation[i] = u + base * (1 - u)
    }
    const release = utilisation[i] * x
    resources[i] = x - release
    return release
  }

  /** STDP when cell i fires: each excitatory synapse onto it gains by its recent arrivals. */
  #potentiate(step: number, i: number): void {
    const { state } = this
    const { incoming, incomingStart, weightScale } = this.#network
    const { stdp } = this.#parameters
    const scale = weightScale[i]
    const cap = stdp.weightCap * scale
    for (let k = incomingStart[i]; k < incomingStart[i + 1]; k++) {
      const synapse = incoming[k]
      const trace = state.arrivalTrace[synapse] * decayed(this.#gainTable, step - state.lastArrivalStep[synapse])
      if (trace > 0) state.weight[synapse] = potentiated(state.weight[synapse], stdp.amplitudePlus * scale * trace, cap)
    }
    state.spikeTrace[i] = state.spikeTrace[i] * decayed(this.#lossTable, step - state.lastSpikeStep[i]) + 1
  }

  /** Homeostatic scaling of excitatory synapses onto excitatory cells. */
  #scale(): void {
    const { state } = this
    const { homeostasis } = this.#parameters
    const { incoming, incomingStart, weightScale } = this.#network
    const { keep, gainPerHz } = this.#scaling
    for (let j = 0; j < this.#population.neurons; j++) {
      state.rateHz[j] = updatedRateHz(state.rateHz[j], state.spikesSinceScaling[j], homeostasis.intervalMs, keep)
      state.spikesSinceScaling[j] = 0
      if (!this.plasticity.homeostasis || j >= this.#population.excitatory) continue
      const factor = Math.max(0, 1 + gainPerHz * (homeostasis.targetRateHz - state.rateHz[j]))
      const floor = homeostasis.weightFloor * weightScale[j]
      const cap = homeostasis.weightCap * weightScale[j]
      for (let k = incomingStart[j]; k < incomingStart[j + 1]; k++) {
        const synapse = incoming[k]
        state.weight[synapse] = scaled(state.weight[synapse], factor, floor, cap)
      }
    }
  }
}

/** Makes room for `more` spikes; doubling keeps growth rare. */
const reserve = (spikes: SpikeColumns, more: number): void => {
  const needed = spikes.count + more
  if (needed <= spikes.steps.length) return
  const capacity = Math.max(needed, spikes.steps.length * 2)
  const steps = new Int32Array(capacity)
  steps.set(spikes.steps)
  const neurons = new Int32Array(capacity)
  neurons.set(spikes.neurons)
  spikes.steps = steps
  spikes.neurons = neurons
}
