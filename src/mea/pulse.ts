/**
 * One charge-balanced biphasic pulse: two phases of equal width and opposite sign, so a single amplitude describes both. The limits of
 * the hardware are enforced here, and here a pulse becomes a depolarisation.
 */
import { Bl1Error } from '../errors.js'
import type { MeaParameters } from './parameters.js'

/** Amplitude in mV (voltage-controlled) or uA (current-controlled), of each phase. */
export type PulseDesign = ({ readonly amplitudeMv: number } | { readonly currentUa: number }) & {
  /** Width of each phase, us. @default 200 */
  readonly phaseWidthUs?: number
}

const DEFAULT_PHASE_US = 200
const NC_PER_UA_US = 1e-3

/** Refuses what the hardware would refuse. @throws Bl1Error `mea/phase-width`, `mea/voltage-limit`, `mea/current-limit`, `mea/charge-limit` */
export const checkPulse = (pulse: PulseDesign, limits: MeaParameters): void => {
  const width = pulse.phaseWidthUs ?? DEFAULT_PHASE_US
  const parts = width / limits.phaseStepUs
  if (!(width > 0) || Math.abs(parts - Math.round(parts)) > 1e-9) {
    throw new Bl1Error('mea/phase-width', { phaseWidthUs: String(width), stepUs: limits.phaseStepUs })
  }
  if ('amplitudeMv' in pulse) {
    if (!(pulse.amplitudeMv >= 0 && pulse.amplitudeMv <= limits.largestVoltageMv)) {
      throw new Bl1Error('mea/voltage-limit', { amplitudeMv: String(pulse.amplitudeMv), limitMv: limits.largestVoltageMv })
    }
    return
  }
  if (!(pulse.currentUa >= 0 && pulse.currentUa <= limits.largestCurrentUa)) {
    throw new Bl1Error('mea/current-limit', { currentUa: String(pulse.currentUa), limitUa: limits.largestCurrentUa })
  }
  const chargeNc = pulse.currentUa * width * NC_PER_UA_US
  if (chargeNc > limits.largestChargeNc * (1 + 1e-9)) {
    throw new Bl1Error('mea/charge-limit', { chargeNc, limitNc: limits.largestChargeNc })
  }
}

/**
 * Depolarisation of a cell at the electrode, mV:
 *  voltage: A = depolarisationPerMv V
 *  current: A = depolarisationPerUa I (1 - exp(-width / chronaxie)) / (1 - exp(-200 us / chronaxie))
 * both saturating at largestDepolarisationMv.
 */
export const depolarisationMv = (pulse: PulseDesign, parameters: MeaParameters): number => {
  if ('amplitudeMv' in pulse) return Math.min(parameters.largestDepolarisationMv, parameters.depolarisationPerMv * pulse.amplitudeMv)
  const effect = (widthUs: number): number => 1 - Math.exp(-widthUs / parameters.chronaxieUs)
  const relative = effect(pulse.phaseWidthUs ?? DEFAULT_PHASE_US) / effect(DEFAULT_PHASE_US)
  return Math.min(parameters.largestDepolarisationMv, parameters.depolarisationPerUa * pulse.currentUa * relative)
}
