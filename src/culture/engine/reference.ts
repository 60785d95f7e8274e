/**
 * The reference engine: the model of the culture, line by line. Written to be read; still several times faster than real time.
 *
 * One step of dt = 0.5 ms, in this order:
 *  1. every 10 ms the slow excitability noise moves on;
 *  2. spikes emitted d steps ago arrive over the synapses of delay d;
 *  3. every cell: conductances decay and take up what arrived, then potential and recovery are updated;
 *  4. stimulation raises potentials;
 *  5. cells at or above 30 mV spike: reset, after-hyperpolarisation, release into the axon, plasticity;
 *  6. on their own clocks, rewards turn into weight, and homeostatic scaling.
 */
import { Bl1Error } from '../../errors.js'
import { BYTE_SUM_SD, centredByteSum, stepKey } from '../counterNoise.js'
import type { Network } from '../network.js'
import { STEP_MS, type CultureParameters } from '../parameters.js'
import { decayed, decayTable, depressed, potentiated, scaled, scalingConstants, updatedRateHz, type ScalingConstants } from '../plasticity.js'
import type { Population } from '../population.js'
import { decayPerStep, magnesiumUnblocked, receptorConstants, type ReceptorConstants } from '../receptors.js'
import { patchOfCells, SLOW_NOISE_STEPS, SlowNoise } from '../slowNoise.js'
import type { CultureSnapshot } from '../snapshot.js'
import type { CultureState, SpikesInFlight } from '../state.js'
import { reserveSpikes, type Depolarisations, type Engine, type PlasticitySwitches, type SpikeColumns } from './engine.js'
import { Flights } from './flights.js'
import { Reinforcement } from './reinforcement.js'
import { singlePrecisionUpdate } from './singlePrecision.js'
import { LOWEST_PULSED_MV, NOTHING, SPIKE_MV } from './membrane.js'
import { SpikeHistory } from './spikeHistory.js'

/** First row of the synapses of each cell that have at least each delay: entry cell x (maxDelaySteps + 2) + delay. */
const segmentsByDelay = ({ rowStart, delaySteps, maxDelaySteps }: Network): Int32Array => {
  const cells = rowStart.length - 1
  const stride = maxDelaySteps + 2
  const segments = new Int32Array(cells * stride)
  for (let i = 0; i < cells; i++) {
    let row = rowStart[i]
    for (let delay = 0; delay < stride; delay++) {
      while (row < rowStart[i + 1] && delaySteps[row] < delay) row++
      segments[i * stride + delay] = row
    }
  }
  return segments
}

/** 'single': rounds as the fast engine does, several times slower. */
export type Precision = 'double' | 'single'

/** One culture, stepped in double precision; what it keeps from step to step is rounded to the single precision of the columns. */
export class ReferenceEngine implements Engine {
  readonly state: CultureState
  readonly plasticity: PlasticitySwitches
  readonly #population: Population
  readonly network: Network
  readonly threads = 1
  readonly #parameters: CultureParameters
  readonly #noiseKey: number
  readonly #segments: Int32Array
  readonly #flights: Flights
  readonly #arrivedExcitatory: Float32Array
  readonly #arrivedInhibitory: Float32Array
  readonly #patch: Int32Array
  readonly #bias: Float32Array
  readonly #fired: Int32Array
  /** Step in which each cell last reached 30 mV: however many pulses meet in a step, a cell fires once in it. */
  readonly #firedStep: Int32Array
  readonly #lossTable: Float64Array
  readonly #history: SpikeHistory
  /** Turns rewards into weight; undefined where pairs change the weight at once. */
  readonly #reinforcement: Reinforcement | undefined
  readonly #receptors: ReceptorConstants
  readonly #scaling: ScalingConstants
  readonly #scalingFactor: Float64Array
  readonly #slowNoise: SlowNoise
  /** The cell update in single precision, where that is asked for. */
  readonly #updateSingle: ((step: number) => number) | undefined

  /**
   * Goes on from a snapshot.
   * @param snapshot a checked one; its state becomes that of the engine
   * @param noiseKey key of the fast noise
   * @param precision 'single' for checking a fast engine bit for bit
   */
  constructor({ population, network, parameters, plasticity, state, flight }: CultureSnapshot, noiseKey: number, precision: Precision = 'double') {
    const { neurons, excitatory } = population
    this.#population = population
    this.network = network
    this.#parameters = parameters
    this.state = state
    this.plasticity = { ...plasticity }
    this.#noiseKey = noiseKey
    this.#segments = segmentsByDelay(network)
    this.#flights = new Flights(neurons, network.maxDelaySteps, flight)
    this.#arrivedExcitatory = new Float32Array(neurons).fill(NOTHING)
    this.#arrivedInhibitory = new Float32Array(neurons).fill(NOTHING)
    this.#fired = new Int32Array(neurons)
    this.#firedStep = new Int32Array(neurons).fill(-1)
    this.#lossTable = decayTable(parameters.stdp.tauMinusMs)
    this.#history = new SpikeHistory(state, network.maxDelaySteps, decayTable(parameters.stdp.tauPlusMs))
    this.#reinforcement = parameters.rewardModulation.enabled ? new Reinforcement(state, network, parameters) : undefined
    this.#receptors = receptorConstants(parameters)
    this.#scaling = scalingConstants(parameters)
    this.#scalingFactor = new Float64Array(excitatory)
    this.#slowNoise = new SlowNoise(state, parameters)
    this.#patch = patchOfCells(population, parameters)
    this.#bias = new Float32Array(neurons)
    this.#applySlowNoise()
    if (precision === 'double') return
    const columns = { state, population, bias: this.#bias, arrivedExcitatory: this.#arrivedExcitatory, arrivedInhibitory: this.#arrivedInhibitory }
    this.#updateSingle = singlePrecisionUpdate({ ...columns, fired: this.#fired, firedStep: this.#firedStep }, parameters, this.#receptors, noiseKey)
  }

  run(steps: number, stimulation: Depolarisations | undefined, spikes: SpikeColumns): void {
    const { state } = this
    const end = state.step + steps
    const pulses = stimulation?.count ?? 0
    let pulse = 0
    for (let step = state.step; step < end; step++) {
      if (step % SLOW_NOISE_STEPS === 0 && this.#slowNoise.isOn) {
        this.#slowNoise.advance()
        this.#applySlowNoise()
      }
      this.#deliver(step)
      const reached = this.#updateSingle?.(step) ?? this.#updateCells(step)
      let fired = reached
      while (stimulation !== undefined && pulse < pulses && stimulation.steps[pulse] === step) {
        fired = this.#depolarise(step, stimulation.neurons[pulse], stimulation.amplitudesMv[pulse], fired)
        pulse++
      }
      // cells that a pulse made fire stand behind the others
      if (fired > reached) this.#fired.subarray(0, fired).sort()
      this.#spike(step, fired, spikes)
      state.step = step + 1
      if (this.plasticity.stdp) this.#reinforcement?.after(step)
      if (state.step % this.#scaling.intervalSteps === 0) this.#scale()
    }
    this.#slowNoise.save()
    this.#assertFinite()
  }

  inFlight(): SpikesInFlight {
    return this.#flights.columns(this.state.step)
  }

  close(): void {
    // no threads to end
  }

  #applySlowNoise(): void {
    const { slowNoise } = this.state
    for (let i = 0; i < this.#bias.length; i++) this.#bias[i] = this.#population.bias[i] + slowNoise[0] + slowNoise[1 + this.#patch[i]]
  }

  /**
   * Spikes emitted d steps ago arrive: weight x release is summed per target; STDP depresses by the target's recent spikes, or marks the
   * synapse to be depressed by a reward.
   */
  #deliver(step: number): void {
    const { weight, eligibility, spikeTrace, lastSpikeStep } = this.state
    const { post, maxDelaySteps, weightScale } = this.network
    const { neurons, excitatory } = this.#population
    const isSingle = this.#updateSingle !== undefined
    const { counts, sources, releases } = this.#flights
    const segments = this.#segments
    const { stdp } = this.plasticity
    const amplitude = this.#parameters.stdp.amplitudeMinus
    for (let delay = 1; delay <= Math.min(maxDelaySteps, step); delay++) {
      const row = this.#flights.row(step - delay)
      const endOfRow = row * neurons + counts[row]
      for (let k = row * neurons; k < endOfRow; k++) {
        const source = sources[k]
        const release = releases[k]
        const segment = source * (maxDelaySteps + 2) + delay
        const end = segments[segment + 1]
        const isExcitatory = source < excitatory
        const arrived = isExcitatory ? this.#arrivedExcitatory : this.#arrivedInhibitory
        for (let synapse = segments[segment]; synapse < end; synapse++) {
          const target = post[synapse]
          const arrival = weight[synapse] * release
          arrived[target] += isSingle ? Math.fround(arrival) : arrival
          if (stdp && isExcitatory) {
            const trace = spikeTrace[target] * decayed(this.#lossTable, step - lastSpikeStep[target])
            const loss = amplitude * weightScale[target] * trace
            if (this.#reinforcement === undefined) weight[synapse] = depressed(weight[synapse], loss)
            else eligibility[synapse] -= loss
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
      const gSlow = Math.max(afterhyperpolarisation[i] * slowDecay, NOTHING)
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
    const { excitatory, c, d } = this.#population
    const { afterhyperpolarisation } = this.#parameters
    const row = this.#flights.row(step)
    this.#flights.counts[row] = 0
    if (count === 0) return
    reserveSpikes(spikes, count)
    for (let k = 0; k < count; k++) {
      const i = this.#fired[k]
      state.v[i] = c[i]
      state.u[i] += d[i]
      if (i < excitatory) state.afterhyperpolarisation[i] += afterhyperpolarisation.stepConductance
      this.#flights.push(row, i, this.#release(step, i))
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

  /**
   * STDP when cell i fires: each excitatory synapse onto it gains by its recent arrivals, x(step - delay) of its axon, or is marked to gain
   * by a reward; and the traces of cell i itself take up the spike.
   */
  #potentiate(step: number, i: number): void {
    const { weight, eligibility, spikeTrace, lastSpikeStep } = this.state
    const { incoming, weightScale } = this.network
    const { stdp } = this.#parameters
    if (incoming === undefined) return
    const { start, row, origin } = incoming
    const scale = weightScale[i]
    const cap = stdp.weightCap * scale
    for (let k = start[i]; k < start[i + 1]; k++) {
      const trace = this.#history.traceAt(origin[k] >>> 8, step - (origin[k] & 255), step)
      if (trace <= 0) continue
      const gain = stdp.amplitudePlus * scale * trace
      if (this.#reinforcement === undefined) weight[row[k]] = potentiated(weight[row[k]], gain, cap)
      else eligibility[row[k]] += gain
    }
    spikeTrace[i] = spikeTrace[i] * decayed(this.#lossTable, step - lastSpikeStep[i]) + 1
    if (i < this.#population.excitatory) this.#history.push(i, step)
  }

  /** Homeostatic scaling of excitatory synapses onto excitatory cells: by one factor a target cell. */
  #scale(): void {
    const { weight, rateHz, spikesSinceScaling } = this.state
    const { neurons, excitatory } = this.#population
    const { homeostasis } = this.#parameters
    const { rowStart, post, weightScale } = this.network
    const { keep, gainPerHz } = this.#scaling
    for (let j = 0; j < neurons; j++) {
      rateHz[j] = updatedRateHz(rateHz[j], spikesSinceScaling[j], homeostasis.intervalMs, keep)
      spikesSinceScaling[j] = 0
    }
    if (!this.plasticity.homeostasis) return
    const factor = this.#scalingFactor
    for (let j = 0; j < excitatory; j++) factor[j] = Math.max(0, 1 + gainPerHz * (homeostasis.targetRateHz - rateHz[j]))
    const endRow = rowStart[excitatory]
    for (let synapse = 0; synapse < endRow; synapse++) {
      const target = post[synapse]
      if (target >= excitatory) continue
      const scale = weightScale[target]
      weight[synapse] = scaled(weight[synapse], factor[target], homeostasis.weightFloor * scale, homeostasis.weightCap * scale)
    }
  }

  /** A potential that is no number stays one and spreads: nothing after it means anything. */
  #assertFinite(): void {
    const { v, step } = this.state
    for (let i = 0; i < v.length; i++) {
      if (!Number.isFinite(v[i])) throw new Bl1Error('culture/not-finite', { neuron: i, potential: v[i], step })
    }
  }
}
