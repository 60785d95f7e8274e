/**
 * The cell update of reference.ts, every operation rounded to single precision and in the order of the fast engine: what a fast engine
 * is checked against bit for bit. Several times slower than double precision, and only for checking.
 */
import { BYTE_SUM_SD, centredByteSum, stepKey } from '../counterNoise.js'
import { STEP_MS, type CultureParameters } from '../parameters.js'
import type { Population } from '../population.js'
import { decayPerStep, MAGNESIUM_HALF_MM, MAGNESIUM_PER_MV, POWER_OF_TWO, type ReceptorConstants } from '../receptors.js'
import type { CultureState } from '../state.js'
import { NOTHING, SPIKE_MV } from './membrane.js'

const single = Math.fround
/** Adding and subtracting it rounds a double of ordinary size to a whole number, halves to the even one, as processors do. */
const ROUNDER = 1.5 * 2 ** 52
const HALF_STEP = single(STEP_MS)
const QUADRATIC = single(0.04)
const [P4, P3, P2, P1, P0] = POWER_OF_TWO.map(single)

/** Where the update reads and writes. */
export interface CellUpdate {
  readonly state: CultureState
  readonly population: Population
  /** Bias with the slow noise of the moment. */
  readonly bias: Float32Array
  readonly arrivedExcitatory: Float32Array
  readonly arrivedInhibitory: Float32Array
  /** Takes the cells that reach 30 mV. */
  readonly fired: Int32Array
  readonly firedStep: Int32Array
}

/** Makes the update for a culture. @returns (step) => how many cells reached 30 mV */
export const singlePrecisionUpdate = (
  { state, population, bias, arrivedExcitatory, arrivedInhibitory, fired, firedStep }: CellUpdate,
  { synapses, noise, afterhyperpolarisation: slowParameters }: CultureParameters,
  receptors: ReceptorConstants,
  noiseKey: number,
): ((step: number) => number) => {
  const { v, u, ampa, nmdaRise, nmdaDecay, gabaA, gabaBRise, gabaBDecay, afterhyperpolarisation } = state
  const { a, b, neurons } = population
  const ampaDecay = single(receptors.ampaDecay)
  const nmdaRiseDecay = single(receptors.nmdaRiseDecay)
  const nmdaDecayDecay = single(receptors.nmdaDecayDecay)
  const gabaADecay = single(receptors.gabaADecay)
  const gabaBRiseDecay = single(receptors.gabaBRiseDecay)
  const gabaBDecayDecay = single(receptors.gabaBDecayDecay)
  const ampaGain = single(receptors.ampaGain)
  const nmdaGain = single(receptors.nmdaGain)
  const gabaAGain = single(receptors.gabaAGain)
  const gabaBGain = single(receptors.gabaBGain)
  const slowDecay = single(decayPerStep(slowParameters.tauMs))
  const noiseScale = single(noise.fastSd / BYTE_SUM_SD)
  const magnesium = single(synapses.magnesiumMm / MAGNESIUM_HALF_MM)
  const magnesiumExponent = single(MAGNESIUM_PER_MV * Math.LOG2E)
  const excitatoryReversal = single(synapses.excitatoryReversalMv)
  const gabaAReversal = single(synapses.gabaAReversalMv)
  const gabaBReversal = single(synapses.gabaBReversalMv)
  const slowReversal = single(slowParameters.reversalMv)
  const nothing = single(NOTHING)
  const decayAndTakeUp = (conductance: number, decay: number, arrived: number): number => single(single(conductance * decay) + arrived)

  return (step) => {
    const key = stepKey(noiseKey, step)
    let count = 0
    for (let i = 0; i < neurons; i++) {
      const excitation = arrivedExcitatory[i]
      const inhibition = arrivedInhibitory[i]
      arrivedExcitatory[i] = nothing
      arrivedInhibitory[i] = nothing
      const nmdaArrived = single(excitation * nmdaGain)
      const gabaBArrived = single(inhibition * gabaBGain)
      ampa[i] = decayAndTakeUp(ampa[i], ampaDecay, single(excitation * ampaGain))
      nmdaRise[i] = decayAndTakeUp(nmdaRise[i], nmdaRiseDecay, nmdaArrived)
      nmdaDecay[i] = decayAndTakeUp(nmdaDecay[i], nmdaDecayDecay, nmdaArrived)
      gabaA[i] = decayAndTakeUp(gabaA[i], gabaADecay, single(inhibition * gabaAGain))
      gabaBRise[i] = decayAndTakeUp(gabaBRise[i], gabaBRiseDecay, gabaBArrived)
      gabaBDecay[i] = decayAndTakeUp(gabaBDecay[i], gabaBDecayDecay, gabaBArrived)
      afterhyperpolarisation[i] = Math.max(single(afterhyperpolarisation[i] * slowDecay), nothing)

      // q = 1 + [Mg] / 3.57 exp(-0.062 v), by which numerator and denominator are multiplied: one division instead of two
      const potential = v[i]
      const recovery = u[i]
      const power = single(potential * magnesiumExponent)
      const whole = power + ROUNDER - ROUNDER
      const rest = single(power - whole)
      let polynomial = single(single(P4 * rest) + P3)
      polynomial = single(single(polynomial * rest) + P2)
      polynomial = single(single(polynomial * rest) + P1)
      polynomial = single(single(polynomial * rest) + P0)
      const q = single(1 + single(single(polynomial * 2 ** whole) * magnesium))

      const gGabaB = single(gabaBDecay[i] - gabaBRise[i])
      const current = single(bias[i] + single(centredByteSum(key, i) * noiseScale))
      let drive = single(single(single(single(QUADRATIC * potential) + 5) * potential) + 140)
      drive = single(single(drive - recovery) + current)
      drive = single(drive + single(gabaA[i] * gabaAReversal))
      drive = single(drive + single(gGabaB * gabaBReversal))
      drive = single(drive + single(afterhyperpolarisation[i] * slowReversal))
      const gOther = single(single(gabaA[i] + gGabaB) + afterhyperpolarisation[i])
      const gExcitatory = single(HALF_STEP * single(single(q * ampa[i]) + single(nmdaDecay[i] - nmdaRise[i])))
      const numerator = single(single(q * single(potential + single(HALF_STEP * drive))) + single(gExcitatory * excitatoryReversal))
      const denominator = single(single(q * single(1 + single(HALF_STEP * gOther))) + gExcitatory)
      const next = single(numerator / denominator)
      v[i] = next
      u[i] = single(recovery + single(single(a[i] * STEP_MS) * single(single(b[i] * potential) - recovery)))
      if (next >= SPIKE_MV) {
        fired[count++] = i
        firedStep[i] = step
      }
    }
    return count
  }
}
