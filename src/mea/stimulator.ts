/** The stimulator: pulses are scheduled on channels in time, can be interrupted, and leave as depolarisations of cells. */
import { STEP_MS, type Depolarisations } from '../culture/index.js'
import { Bl1Error } from '../errors.js'
import { MS_PER_SECOND } from '../units.js'
import type { ElectrodeNeighbours } from './electrodes.js'
import { checkChannel, type ArrayLayout } from './layout.js'
import type { MeaParameters } from './parameters.js'
import { checkPulse, depolarisationMv, type PulseDesign } from './pulse.js'

/** A pulse on its way. */
interface PendingPulse {
  readonly step: number
  readonly channel: number
  readonly depolarisationMv: number
}

/** A pulse that was delivered: what a recording of the stimulation holds. */
export interface DeliveredPulse {
  readonly step: number
  readonly channel: number
  readonly depolarisationMv: number
}

/** A train: `count` pulses at `frequencyHz`. */
export interface PulseTrain {
  readonly count: number
  readonly frequencyHz: number
}

/** What a stimulator still has to do, as columns; and for each channel the step of its last pulse, -1 before the first. */
export interface SavedStimulator {
  readonly steps: Float64Array
  readonly channels: Int32Array
  readonly depolarisationsMv: Float64Array
  readonly lastSteps: Float64Array
}

const SINGLE: PulseTrain = { count: 1, frequencyHz: 1 }

/** Turns pulses at electrodes into depolarisations of the cells around them. */
export class Stimulator {
  readonly #layout: ArrayLayout
  readonly #parameters: MeaParameters
  readonly #activated: ElectrodeNeighbours
  /** By step, then by channel. */
  #pending: PendingPulse[] = []
  readonly #lastStep: Float64Array
  readonly #columns: { count: number; steps: number[]; neurons: number[]; amplitudesMv: number[] }
  readonly #delivered: DeliveredPulse[] = []

  constructor(layout: ArrayLayout, parameters: MeaParameters, activated: ElectrodeNeighbours) {
    this.#layout = layout
    this.#parameters = parameters
    this.#activated = activated
    this.#lastStep = new Float64Array(layout.channels).fill(-Infinity)
    this.#columns = { count: 0, steps: [], neurons: [], amplitudesMv: [] }
  }

  /**
   * Schedules a pulse, or a train of them, on every channel of a set at once.
   * @param startMs time of the first pulse on the culture's clock; falls on the next 0.5 ms step
   * @throws Bl1Error `mea/channel-unknown`, `mea/channel-forbidden`, `mea/rate-limit`, `mea/train` and the limits of a pulse
   */
  schedule(channels: Iterable<number>, pulse: PulseDesign, startMs: number, train: PulseTrain = SINGLE): void {
    checkPulse(pulse, this.#parameters)
    if (!(Number.isInteger(train.count) && train.count >= 1 && train.frequencyHz > 0 && Number.isFinite(startMs) && startMs >= 0)) {
      throw new Bl1Error('mea/train', { count: String(train.count), frequencyHz: String(train.frequencyHz), startMs: String(startMs) })
    }
    const depolarisation = depolarisationMv(pulse, this.#parameters)
    const added: PendingPulse[] = []
    for (const channel of channels) {
      checkChannel(this.#layout, channel)
      for (let k = 0; k < train.count; k++) {
        const step = Math.ceil((startMs + (k * MS_PER_SECOND) / train.frequencyHz) / STEP_MS - 1e-9)
        this.#checkRate(channel, step, added)
        added.push({ step, channel, depolarisationMv: depolarisation })
      }
    }
    for (const one of added) this.#pending.splice(this.#placeOf(one.step, one.channel), 0, one)
  }

  /** Whether a pulse at this time would keep the rate limit of the channel. */
  allows(channel: number, timeMs: number): boolean {
    const step = Math.ceil(timeMs / STEP_MS - 1e-9)
    return this.#clashWith(channel, step, []) === undefined
  }

  /** Drops what is scheduled on these channels (on all when left out). Pulses that have left cannot be called back. */
  interrupt(channels?: Iterable<number>): void {
    const dropped = channels === undefined ? undefined : new Set(channels)
    this.#pending = dropped === undefined ? [] : this.#pending.filter((pulse) => !dropped.has(pulse.channel))
  }

  /** Hands over the pulses of the steps [fromStep, toStep) as depolarisations. The columns are reused by the next call. */
  take(fromStep: number, toStep: number): Depolarisations {
    const columns = this.#columns
    columns.count = 0
    let due = 0
    while (due < this.#pending.length && this.#pending[due].step < toStep) {
      const pulse = this.#pending[due]
      if (pulse.step < fromStep) throw new Bl1Error('mea/late', { step: pulse.step, fromStep })
      this.#deliver(pulse)
      due++
    }
    if (due > 0) this.#pending.splice(0, due)
    return columns
  }

  /** Everything delivered since the last call, and forgets it. */
  takeDelivered(): DeliveredPulse[] {
    return this.#delivered.splice(0)
  }

  /** The pulses on their way and when each channel last pulsed. What was delivered and not taken by {@link takeDelivered} is not kept. */
  save(): SavedStimulator {
    const pending = this.#pending
    return {
      steps: Float64Array.from(pending, ({ step }) => step),
      channels: Int32Array.from(pending, ({ channel }) => channel),
      depolarisationsMv: Float64Array.from(pending, (pulse) => pulse.depolarisationMv),
      lastSteps: this.#lastStep.map((step) => Math.max(-1, step)),
    }
  }

  /** Goes on from what `save` returned; a refused one changes nothing. @throws Bl1Error `mea/saved`, `mea/channel-unknown`, `mea/channel-forbidden` */
  load({ steps, channels, depolarisationsMv, lastSteps }: SavedStimulator): void {
    const fail = (reason: string): never => {
      throw new Bl1Error('mea/saved', { reason })
    }
    if (channels.length !== steps.length || depolarisationsMv.length !== steps.length) fail('the columns of the pulses differ in length')
    if (lastSteps.length !== this.#layout.channels) fail(`it has ${lastSteps.length} channels, not ${this.#layout.channels}`)
    if (!lastSteps.every((step) => Number.isInteger(step) && step >= -1)) fail('a last pulse lies at no step')
    const pending = Array.from(steps, (step, k) => ({ step, channel: channels[k], depolarisationMv: depolarisationsMv[k] }))
    for (const [k, { step, channel, depolarisationMv: size }] of pending.entries()) {
      checkChannel(this.#layout, channel)
      if (!(Number.isInteger(step) && step >= 0)) fail(`a pulse lies at step ${step}`)
      if (k > 0 && (step - pending[k - 1].step || channel - pending[k - 1].channel) < 0) fail('its pulses are not sorted by step and channel')
      if (!(size >= 0 && size <= this.#parameters.largestDepolarisationMv)) fail(`a pulse has ${size} mV`)
    }
    this.#pending = pending
    this.#delivered.length = 0
    for (const [channel, step] of lastSteps.entries()) this.#lastStep[channel] = step < 0 ? -Infinity : step
  }

  #deliver(pulse: PendingPulse): void {
    const { start, neuron, nearness } = this.#activated
    const columns = this.#columns
    for (let k = start[pulse.channel]; k < start[pulse.channel + 1]; k++) {
      columns.steps[columns.count] = pulse.step
      columns.neurons[columns.count] = neuron[k]
      columns.amplitudesMv[columns.count] = pulse.depolarisationMv * nearness[k]
      columns.count++
    }
    this.#lastStep[pulse.channel] = pulse.step
    this.#delivered.push(pulse)
  }

  #clashWith(channel: number, step: number, added: readonly PendingPulse[]): number | undefined {
    const apart = MS_PER_SECOND / this.#parameters.largestRateHz / STEP_MS - 1e-9
    const clashes = (other: number): boolean => Math.abs(step - other) < apart
    if (clashes(this.#lastStep[channel])) return this.#lastStep[channel]
    for (let k = this.#placeOf(step - apart, -1); k < this.#pending.length && this.#pending[k].step < step + apart; k++) {
      if (this.#pending[k].channel === channel && clashes(this.#pending[k].step)) return this.#pending[k].step
    }
    return added.find((other) => other.channel === channel && clashes(other.step))?.step
  }

  /** Number of pending pulses up to a step and channel. */
  #placeOf(step: number, channel: number): number {
    let low = 0
    let high = this.#pending.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#pending[middle]
      if (other.step < step || (other.step === step && other.channel <= channel)) low = middle + 1
      else high = middle
    }
    return low
  }

  #checkRate(channel: number, step: number, added: readonly PendingPulse[]): void {
    const other = this.#clashWith(channel, step, added)
    if (other === undefined) return
    throw new Bl1Error('mea/rate-limit', {
      channel,
      apartMs: Math.abs(step - other) * STEP_MS,
      limitHz: this.#parameters.largestRateHz,
      smallestMs: MS_PER_SECOND / this.#parameters.largestRateHz,
    })
  }
}
