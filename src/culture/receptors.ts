/** Receptor kinetics as per-step constants, and the magnesium block of NMDA. */
import { STEP_MS, type CultureParameters } from './parameters.js'

/** Factor by which an exponential with this time constant decays in one step: exp(-dt / tau). */
export const decayPerStep = (tauMs: number): number => Math.exp(-STEP_MS / tauMs)

/**
 * Factor k that makes a dual exponential k (exp(-t / tau_d) - exp(-t / tau_r)) peak at 1.
 * t_peak = tau_d tau_r / (tau_d - tau_r) ln(tau_d / tau_r); equal time constants have no difference to normalise and are parted by 0.1 %.
 */
export const peakNormalisation = (riseMs: number, decayMs: number): number => {
  const rise = riseMs === decayMs ? riseMs * 0.999 : riseMs
  const peakMs = ((decayMs * rise) / (decayMs - rise)) * Math.log(decayMs / rise)
  return 1 / (Math.exp(-peakMs / decayMs) - Math.exp(-peakMs / rise))
}

/** Everything the membrane update needs of the receptors, computed once. */
export interface ReceptorConstants {
  readonly ampaDecay: number
  readonly nmdaRiseDecay: number
  readonly nmdaDecayDecay: number
  readonly gabaADecay: number
  readonly gabaBRiseDecay: number
  readonly gabaBDecayDecay: number
  /** What one unit of arriving weight adds to each conductance. */
  readonly ampaGain: number
  readonly nmdaGain: number
  readonly gabaAGain: number
  readonly gabaBGain: number
}

/** Splits excitatory weight between AMPA and NMDA and inhibitory weight between GABA_A and GABA_B. */
export const receptorConstants = ({ synapses }: CultureParameters): ReceptorConstants => ({
  ampaDecay: decayPerStep(synapses.ampaTauMs),
  nmdaRiseDecay: decayPerStep(synapses.nmdaRiseMs),
  nmdaDecayDecay: decayPerStep(synapses.nmdaDecayMs),
  gabaADecay: decayPerStep(synapses.gabaATauMs),
  gabaBRiseDecay: decayPerStep(synapses.gabaBRiseMs),
  gabaBDecayDecay: decayPerStep(synapses.gabaBDecayMs),
  ampaGain: synapses.ampaShare,
  nmdaGain: (1 - synapses.ampaShare) * peakNormalisation(synapses.nmdaRiseMs, synapses.nmdaDecayMs),
  gabaAGain: synapses.gabaAShare,
  gabaBGain: (1 - synapses.gabaAShare) * peakNormalisation(synapses.gabaBRiseMs, synapses.gabaBDecayMs),
})

const EXPONENT_OFFSET = 64
/** 2^-64 to 2^64: potentials from -1,000 to +1,000 mV stay inside. */
const POWERS_OF_TWO = Float64Array.from({ length: 2 * EXPONENT_OFFSET + 1 }, (_, i) => 2 ** (i - EXPONENT_OFFSET))

/** 2^f on [-0.5, 0.5] as a polynomial, highest power first: minimax of degree 4, relative error below 4e-6. */
export const POWER_OF_TWO = [0.009570102207362652, 0.05591785907745361, 0.240247443318367, 0.6931217908859253, 0.9999992847442627] as const
const [P4, P3, P2, P1, P0] = POWER_OF_TWO
/** [Mg] at which the block halves the conductance at 0 mV, and its slope (Jahr & Stevens 1990, Eq. 4). */
export const MAGNESIUM_HALF_MM = 3.57
export const MAGNESIUM_PER_MV = -0.062

/**
 * B(v) = 1 / (1 + [Mg] / 3.57 exp(-0.062 v)), the share of NMDA conductance that magnesium leaves open (Jahr & Stevens 1990, Eq. 4).
 *
 * The exponential is 2^n times the polynomial for 2^f: half the time of Math.exp, and the same bits on every platform, which Math.exp
 * does not promise.
 */
export const magnesiumUnblocked = (v: number, magnesiumMm: number): number => {
  const y = v * (MAGNESIUM_PER_MV * Math.LOG2E)
  const n = Math.floor(y + 0.5)
  const f = y - n
  const power = (((P4 * f + P3) * f + P2) * f + P1) * f + P0
  return 1 / (1 + (magnesiumMm / MAGNESIUM_HALF_MM) * power * POWERS_OF_TWO[n + EXPONENT_OFFSET])
}
