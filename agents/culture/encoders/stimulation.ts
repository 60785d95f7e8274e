/** What a row of the column 'stimulation' means: pulse rates and currents of the encoding channels, as far as they are chosen. */
import { channelTrains, type ChannelTrains, type EncodedPulse } from '../../../src/loop/index.js'
import type { Rng } from '../../../src/rng.js'
import type { CultureAgentParameters } from '../parameters.js'
import { gridOf } from './limits.js'

type Limits = CultureAgentParameters['encoder']

/** One of the two things that a channel is stimulated with. */
interface Half {
  readonly low: number
  readonly high: number
  /** Whether it is chosen; otherwise it is always `high`. */
  readonly isChosen: boolean
}

/** How stimulation lies in a row: the rates of the channels in Hz, then their currents in uA. What may not vary is left out. */
export class StimulationCode {
  readonly channels: readonly number[]
  /** Numbers in a row. */
  readonly width: number
  /** Limits of each number of a row. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly #limits: Limits
  readonly #halves: readonly Half[]
  readonly #isOne: boolean

  /** @param limits checked */
  constructor(limits: Limits, channels: readonly number[]) {
    const { kind, code, lowestRateHz, highestRateHz, lowestCurrentUa, highestCurrentUa } = limits
    const isOne = kind !== 'fixed' && code === 'one'
    const half = (low: number, high: number): Half => ({ low, high, isChosen: kind === 'fixed' || low < high })
    this.channels = channels
    this.#limits = limits
    // of one channel the current says whether it is the one
    this.#isOne = isOne
    this.#halves = isOne
      ? [{ low: highestRateHz, high: highestRateHz, isChosen: false }, { low: 0, high: highestCurrentUa, isChosen: true }]
      : [half(lowestRateHz, highestRateHz), half(lowestCurrentUa, highestCurrentUa)]
    const chosen = this.#halves.filter(({ isChosen }) => isChosen)
    this.low = chosen.flatMap(({ low }) => channels.map(() => low))
    this.high = chosen.flatMap(({ high }) => channels.map(() => high))
    this.width = this.low.length
  }

  /** Writes the rates and currents of row `row`. Numbers of float32 may lie a rounding above their limits: those are kept to them. */
  read(rows: Float32Array, row: number, frequencyHz: Float64Array, currentUa: Float64Array): void {
    let at = row * this.width
    for (const [k, out] of [frequencyHz, currentUa].entries()) {
      const { high, isChosen } = this.#halves[k]
      if (!isChosen) {
        out.fill(high)
        continue
      }
      for (let channel = 0; channel < this.channels.length; channel++) out[channel] = Math.min(high, rows[at + channel])
      at += this.channels.length
    }
  }

  /** Writes a stimulation that no observation led to: one channel at random, or every number uniform between its limits. */
  drawAny(rng: Rng, out: Float32Array, row: number): void {
    const at = row * this.width
    if (this.#isOne) {
      out.fill(0, at, at + this.width)
      out[at + rng.integer(this.width)] = this.#limits.highestCurrentUa
      return
    }
    for (let k = 0; k < this.width; k++) out[at + k] = rng.between(this.low[k], this.high[k])
  }

  /** The pulse trains of one dish. */
  trains(): StimulationTrains {
    const { phaseWidthUs } = this.#limits
    const gridMs = gridOf(this.#limits)
    return new StimulationTrains(this, channelTrains(this.channels, { phaseWidthUs, ...(gridMs !== undefined && { gridMs }) }))
  }
}

/** Turns the stimulation rows of one dish into pulses, step by step. */
export class StimulationTrains {
  readonly #code: StimulationCode
  readonly #trains: ChannelTrains
  readonly #frequencyHz: Float64Array
  readonly #currentUa: Float64Array

  constructor(code: StimulationCode, trains: ChannelTrains) {
    this.#code = code
    this.#trains = trains
    this.#frequencyHz = new Float64Array(code.channels.length)
    this.#currentUa = new Float64Array(code.channels.length)
  }

  /** Back to before the first step. */
  reset(): void {
    this.#trains.reset()
  }

  /** The pulses of a step, sorted. The array and its pulses are reused by the next call. */
  emit(rows: Float32Array, row: number, stepMs: number): readonly EncodedPulse[] {
    this.#code.read(rows, row, this.#frequencyHz, this.#currentUa)
    return this.#trains.emit(this.#frequencyHz, this.#currentUa, stepMs)
  }

  /** The phases: plain JSON. */
  save(): number[] {
    return this.#trains.save()
  }

  /** @throws Bl1Error `loop/saved-trains` */
  load(phases: readonly number[]): void {
    this.#trains.load(phases)
  }
}
