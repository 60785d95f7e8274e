/** The array of one dish of a batch: pulses on their way, the blind stretches after them, the spikes it saw. */
import { STEP_MS, type Depolarisations, type SpikeColumns } from '../../culture/index.js'
import { ElectrodeArray, type CellPositions, type MeaParameters } from '../../mea/index.js'
import { Blanking } from '../blanking.js'
import type { EncodedPulse } from '../encoder.js'
import { PulseGate } from '../pulseGate.js'
import type { SavedReadOut } from './types.js'

export class DishReadOut {
  readonly array: ElectrodeArray
  readonly #cells: CellPositions
  readonly #gate: PulseGate
  readonly #blanking: Blanking
  readonly #isBlind: (step: number) => boolean

  constructor(cells: CellPositions, mea: MeaParameters, blindMs: number) {
    this.#cells = cells
    this.array = new ElectrodeArray(cells, mea)
    this.#gate = new PulseGate(this.array.stimulator)
    this.#blanking = new Blanking(blindMs)
    this.#isBlind = (step) => this.#blanking.isBlind(step)
  }

  /** Whether it lies over these cells, which never move. */
  liesOver({ sideUm, xUm, yUm }: CellPositions): boolean {
    return sideUm === this.#cells.sideUm && xUm === this.#cells.xUm && yUm === this.#cells.yUm
  }

  /** Whether the pulse was taken. */
  send(pulse: EncodedPulse, timeMs: number): boolean {
    return this.#gate.send(pulse.channel, pulse, timeMs)
  }

  interrupt(): void {
    this.array.stimulator.interrupt()
  }

  /** The pulses of the coming stretch, for the cells. */
  take(fromStep: number, toStep: number): Depolarisations {
    return this.array.stimulator.take(fromStep, toStep)
  }

  /**
   * Counts what the electrodes saw of the stretch whose pulses were taken last.
   * @param counts written anew
   * @returns ms in which the read-out was not blind
   */
  read(spikes: Readonly<SpikeColumns>, fromStep: number, toStep: number, counts: Float64Array): number {
    this.#blanking.add(this.array.stimulator.takeDelivered(), fromStep)
    counts.fill(0)
    this.array.countSpikes(spikes, counts, this.#isBlind)
    return this.#blanking.seenSteps(fromStep, toStep) * STEP_MS
  }

  save(): SavedReadOut {
    return { stimulator: this.array.stimulator.save(), blanking: this.#blanking.save() }
  }

  /** Goes on from what `save` returned; a refused one changes nothing. @throws Bl1Error `mea/saved`, `mea/channel-unknown`, `mea/channel-forbidden` */
  load({ stimulator, blanking }: SavedReadOut): void {
    this.array.stimulator.load(stimulator)
    this.#blanking.load(blanking)
  }
}
