/** The action of a culture environment: pulse rate and current of each stimulated electrode, and how they become pulses. */
import { describe } from '../../src/describe.js'
import { Bl1Error } from '../../src/errors.js'
import { channelTrains, type ChannelTrains, type DishBatch } from '../../src/loop/index.js'
import { checkPulse, type MeaParameters } from '../../src/mea/index.js'
import { Box } from '../../src/spaces/index.js'
import { MS_PER_SECOND } from '../../src/units.js'
import type { StimulationParameters } from './parameters.js'

const refuse = (where: string, name: string, expected: string, received: unknown, remedy: string): never => {
  throw new Bl1Error('parameter/invalid', { path: `stimulation.${name}`, expected, received: describe(received), where, remedy })
}

/** Refuses what the array would refuse later. @throws Bl1Error `parameter/invalid`, `mea/phase-width`, `mea/current-limit`, `mea/charge-limit` */
const requireWithinLimits = (stimulation: StimulationParameters, mea: MeaParameters, where: string): void => {
  const { lowestRateHz, highestRateHz, lowestCurrentUa, highestCurrentUa, phaseWidthUs, gridMs } = stimulation
  const remedy = `Change it or 'stimulation'.`
  if (lowestRateHz > highestRateHz) refuse(where, 'lowestRateHz', `at most highestRateHz (${highestRateHz})`, lowestRateHz, remedy)
  if (lowestCurrentUa > highestCurrentUa) refuse(where, 'lowestCurrentUa', `at most highestCurrentUa (${highestCurrentUa})`, lowestCurrentUa, remedy)
  if (lowestRateHz === highestRateHz && lowestCurrentUa === highestCurrentUa) {
    refuse(where, 'highestCurrentUa', 'above lowestCurrentUa where rates do not vary', highestCurrentUa, 'Let rates or currents vary: nothing is left to decide.')
  }
  const fastestHz = Math.min(mea.largestRateHz, MS_PER_SECOND / gridMs)
  if (highestRateHz > fastestHz) {
    refuse(where, 'highestRateHz', `at most ${fastestHz}, one pulse every gridMs and no more than mea.largestRateHz`, highestRateHz, 'Lower it, or gridMs.')
  }
  checkPulse({ currentUa: highestCurrentUa, phaseWidthUs }, mea)
}

/**
 * Rates and currents as an action, and as pulses.
 *
 * The action is a Box of float32 with a column for each stimulated channel: row 0 the pulse rates in Hz, row 1 the currents in uA. A row
 * whose lowest and highest value are equal is left out. A channel at 0 Hz or 0 uA is not pulsed.
 */
export class Stimulation {
  readonly space: Box
  /** Pulses of the last action: those sent, and those that came too soon on their channel and were dropped. */
  sent = 0
  dropped = 0
  readonly #parameters: StimulationParameters
  readonly #trains: ChannelTrains
  readonly #frequencyHz: Float64Array
  readonly #currentUa: Float64Array

  /** @throws Bl1Error `parameter/invalid`, `loop/channels` and the limits of a pulse */
  constructor(parameters: StimulationParameters, mea: MeaParameters, where: string) {
    requireWithinLimits(parameters, mea, where)
    const { channels, lowestRateHz, highestRateHz, lowestCurrentUa, highestCurrentUa, phaseWidthUs, gridMs } = parameters
    this.#parameters = parameters
    this.#trains = channelTrains(channels, { phaseWidthUs, gridMs })
    this.#frequencyHz = new Float64Array(channels.length)
    this.#currentUa = new Float64Array(channels.length)
    const rows = [[lowestRateHz, highestRateHz], [lowestCurrentUa, highestCurrentUa]].filter(([low, high]) => low < high)
    const bound = (end: 0 | 1): number[] => rows.flatMap((row) => channels.map(() => row[end]))
    this.space = new Box({ low: bound(0), high: bound(1), shape: [rows.length, channels.length] })
  }

  /** Sends the pulses of the coming step. @param action a member of `space` */
  send(action: Float32Array, stepMs: number, dishes: DishBatch, dish: number): void {
    const { lowestRateHz, highestRateHz, lowestCurrentUa, highestCurrentUa } = this.#parameters
    const channels = this.#frequencyHz.length
    const ratesVary = lowestRateHz < highestRateHz
    const currentsVary = lowestCurrentUa < highestCurrentUa
    for (let k = 0; k < channels; k++) {
      // single precision may carry a bound a little beyond itself
      const currentUa = currentsVary ? Math.min(highestCurrentUa, Math.max(lowestCurrentUa, action[(ratesVary ? channels : 0) + k])) : highestCurrentUa
      const frequencyHz = ratesVary ? Math.min(highestRateHz, Math.max(lowestRateHz, action[k])) : highestRateHz
      this.#currentUa[k] = currentUa
      // a pulse of no current would still blind the read-out
      this.#frequencyHz[k] = currentUa > 0 ? frequencyHz : 0
    }
    this.sent = 0
    this.dropped = 0
    for (const pulse of this.#trains.emit(this.#frequencyHz, this.#currentUa, stepMs)) {
      if (dishes.send(dish, pulse)) this.sent++
      else this.dropped++
    }
  }

  /** As before the first action. */
  reset(): void {
    this.#trains.reset()
    this.sent = 0
    this.dropped = 0
  }

  /** How far each channel is on the way to its next pulse. */
  save(): number[] {
    return this.#trains.save()
  }

  /** Goes on from there. @throws Bl1Error `loop/saved-trains` */
  load(saved: readonly number[]): void {
    this.#trains.load(saved)
  }
}
