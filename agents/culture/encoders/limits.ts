/** What the array takes: an encoder is checked once, at its extremes, and not at every pulse. */
import { Bl1Error } from '../../../src/errors.js'
import { checkPulse, type MeaParameters } from '../../../src/mea/index.js'
import { MS_PER_SECOND } from '../../../src/units.js'
import type { CultureAgentParameters } from '../parameters.js'

type Limits = CultureAgentParameters['encoder']

const refuse = (reason: string, cause?: unknown): never => {
  throw new Bl1Error('agents/encoder-limits', { reason }, { cause })
}

/** Period of the common grid, ms; undefined for none. */
export const gridOf = ({ gridMs, highestRateHz }: Limits): number | undefined =>
  gridMs === 0 ? undefined : (gridMs ?? MS_PER_SECOND / highestRateHz)

/** Passes if every stimulation between the encoder's limits is one that the array gives. @throws Bl1Error `agents/encoder-limits` */
export const checkEncoderLimits = (encoder: Limits, mea: MeaParameters): void => {
  const { kind, code, lowestRateHz, highestRateHz, lowestCurrentUa, highestCurrentUa, phaseWidthUs } = encoder
  if (lowestRateHz > highestRateHz) refuse(`lowestRateHz is ${lowestRateHz}, above highestRateHz (${highestRateHz}).`)
  if (lowestCurrentUa > highestCurrentUa) refuse(`lowestCurrentUa is ${lowestCurrentUa}, above highestCurrentUa (${highestCurrentUa}).`)
  if (kind !== 'fixed' && code === 'beta' && lowestRateHz === highestRateHz && lowestCurrentUa === highestCurrentUa) {
    refuse('neither the rate nor the current may vary, so every stimulation would be the same.')
  }
  if (kind !== 'fixed' && code === 'one') {
    if (lowestRateHz !== highestRateHz) {
      refuse(`code 'one' has one rate, but lowestRateHz is ${lowestRateHz} and highestRateHz is ${highestRateHz}. Set both to the same, or the code to 'beta'.`)
    }
    if (lowestCurrentUa !== 0) {
      refuse(`code 'one' pulses with highestCurrentUa or not at all, but lowestCurrentUa is ${lowestCurrentUa}. Leave it 0, or set the code to 'beta'.`)
    }
  }
  const { largestRateHz } = mea
  if (highestRateHz > largestRateHz) refuse(`highestRateHz is ${highestRateHz}, and a channel is pulsed at ${largestRateHz} Hz at most.`)
  const gridMs = gridOf(encoder) ?? 0
  if (gridMs * highestRateHz > MS_PER_SECOND * (1 + 1e-9)) {
    const most = MS_PER_SECOND / highestRateHz
    refuse(`on a grid of ${gridMs} ms no channel reaches the highestRateHz of ${highestRateHz}: gridMs may be ${most} at most.`)
  }
  try {
    checkPulse({ currentUa: highestCurrentUa, phaseWidthUs }, mea)
  } catch (error) {
    if (error instanceof Bl1Error) refuse(error.message, error)
    throw error
  }
}
