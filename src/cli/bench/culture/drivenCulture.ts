/** The two kinds of activity that are measured: calibrated, and driven to a steady rate. */
import { bisect } from '../../../bench/index.js'
import { Culture, cultureParameters, type CultureOptions } from '../../../culture/index.js'
import { MS_PER_SECOND } from '../../../units.js'

/** From this size on the calibration asks for more slow noise. */
const LARGE_CULTURE = 50_000
const LARGE_DISH_SD = 1.3

const { bias: BIAS, biasLowThreshold: BIAS_LOW_THRESHOLD } = cultureParameters.parse({}).cells

/** The culture of the calibration. */
export const calibratedOptions = (neurons: number, inDegree: number): CultureOptions => ({
  neurons,
  wiring: { meanInDegree: inDegree },
  ...(neurons >= LARGE_CULTURE ? { noise: { slowDishSd: LARGE_DISH_SD } } : {}),
})

/**
 * A culture that fires steadily: without slow noise and after-hyperpolarisation, and with a tenth of the excitation, it does not burst, and
 * its rate follows from the constant current. The computing is the same: the conductances are there, and every spike goes to all its
 * synapses and moves their weights.
 * @param bias `cells.bias`; the low-threshold cells keep their distance from it
 */
export const drivenOptions = (neurons: number, inDegree: number, bias: number): CultureOptions => ({
  neurons,
  wiring: { meanInDegree: inDegree },
  cells: { bias, biasLowThreshold: bias + BIAS_LOW_THRESHOLD - BIAS },
  noise: { slowDishSd: 0, slowPatchSd: 0 },
  synapses: { excitatoryTotal: 1.6 },
  afterhyperpolarisation: { stepConductance: 0 },
})

/** The trial culture: the rate hardly depends on the size. */
const TRIAL_NEURONS = 1000
const TRIAL_NEURONS_DENSE = 2500
const DENSE = 200
const SETTLE_MS = 500
const PIECE_MS = 20
const TRIAL_SPIKES = 3000
const LOWEST_BIAS = -2
const HIGHEST_BIAS = 20
/** Well inside the 10 % that a row may be off. */
const TOLERANCE = 0.03

/**
 * The `cells.bias` that gives a driven culture a mean rate.
 * @throws Bl1Error `bench/bisection` for a rate that no bias gives
 */
export const biasFor = (rateHz: number, inDegree: number): number => {
  const neurons = inDegree > DENSE ? TRIAL_NEURONS_DENSE : TRIAL_NEURONS
  const longestMs = (TRIAL_SPIKES / neurons / rateHz) * MS_PER_SECOND
  const rateAt = (bias: number): number => {
    const culture = Culture.grow(drivenOptions(neurons, inDegree, bias), 1, { threads: 1 })
    culture.advance(SETTLE_MS)
    let spikes = 0
    let durationMs = 0
    // one that fires too much has said enough early
    for (; durationMs < longestMs && spikes < TRIAL_SPIKES; durationMs += PIECE_MS) spikes += culture.advance(PIECE_MS).count
    return (spikes / neurons / durationMs) * MS_PER_SECOND
  }
  return bisect(rateAt, { target: rateHz, low: LOWEST_BIAS, high: HIGHEST_BIAS, tolerance: TOLERANCE }).setting
}
