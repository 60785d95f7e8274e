/** Fills the record of a culture: counts, switches and constants, as assembly/fields.ts names them. */
import { BYTE_SUM_MEAN, BYTE_SUM_SD, COUNTER_STEP, MIXERS } from '../../counterNoise.js'
import { STEP_MS, type CultureParameters } from '../../parameters.js'
import { FORGOTTEN, rewardConstants, scalingConstants } from '../../plasticity.js'
import { decayPerStep, MAGNESIUM_HALF_MM, MAGNESIUM_PER_MV, POWER_OF_TWO, receptorConstants } from '../../receptors.js'
import { SLOW_NOISE_STEPS } from '../../slowNoise.js'
import { historyLength } from '../../state.js'
import { MS_PER_SECOND } from '../../../units.js'
import { LOWEST_PULSED_MV, NOTHING, SPIKE_MV } from '../membrane.js'
import { Constant, Field, Real, REALS_AT } from './assembly/fields.js'
import { chunkStepsOf, type CultureSize } from './columns.js'

/** Cells of a vector. */
const LANES = 4

/** Writes the counts, and the switches that never change. */
export const writeCounts = (fields: Int32Array, size: CultureSize, parameters: CultureParameters, noiseKey: number): void => {
  fields[Field.neurons] = size.neurons
  fields[Field.excitatory] = size.excitatory
  fields[Field.flightRows] = size.maxDelaySteps + 1
  fields[Field.maxDelaySteps] = size.maxDelaySteps
  fields[Field.flightEntries] = (size.maxDelaySteps + 1) * size.neurons
  fields[Field.historyLength] = historyLength(size.maxDelaySteps)
  fields[Field.partitions] = size.partitions
  fields[Field.noiseKey] = noiseKey
  fields[Field.shortTerm] = parameters.shortTerm.enabled ? 1 : 0
  fields[Field.gainLength] = size.gainLength
  fields[Field.lossLength] = size.lossLength
  fields[Field.slowLength] = size.slowLength
  fields[Field.slowEvery] = parameters.noise.slowDishSd > 0 || parameters.noise.slowPatchSd > 0 ? SLOW_NOISE_STEPS : 0
  fields[Field.chunkSteps] = chunkStepsOf(size.neurons)
  fields[Field.rewardSteps] = parameters.rewardModulation.enabled ? rewardConstants(parameters).intervalSteps : 0
  fields[Field.scalingSteps] = scalingConstants(parameters).intervalSteps
}

/** Writes the constants of the cell update. */
export const writeConstants = (words: Uint32Array, parameters: CultureParameters): void => {
  const singles = new Float32Array(words.buffer, words.byteOffset, words.length)
  const { synapses, noise, afterhyperpolarisation } = parameters
  const receptors = receptorConstants(parameters)
  singles[Constant.ampaDecay] = receptors.ampaDecay
  singles[Constant.nmdaRiseDecay] = receptors.nmdaRiseDecay
  singles[Constant.nmdaDecayDecay] = receptors.nmdaDecayDecay
  singles[Constant.gabaADecay] = receptors.gabaADecay
  singles[Constant.gabaBRiseDecay] = receptors.gabaBRiseDecay
  singles[Constant.gabaBDecayDecay] = receptors.gabaBDecayDecay
  singles[Constant.slowDecay] = decayPerStep(afterhyperpolarisation.tauMs)
  singles[Constant.ampaGain] = receptors.ampaGain
  singles[Constant.nmdaGain] = receptors.nmdaGain
  singles[Constant.gabaAGain] = receptors.gabaAGain
  singles[Constant.gabaBGain] = receptors.gabaBGain
  singles[Constant.excitatoryReversalMv] = synapses.excitatoryReversalMv
  singles[Constant.gabaAReversalMv] = synapses.gabaAReversalMv
  singles[Constant.gabaBReversalMv] = synapses.gabaBReversalMv
  singles[Constant.slowReversalMv] = afterhyperpolarisation.reversalMv
  singles[Constant.noiseScale] = noise.fastSd / BYTE_SUM_SD
  singles[Constant.magnesium] = synapses.magnesiumMm / MAGNESIUM_HALF_MM
  singles[Constant.magnesiumExponent] = MAGNESIUM_PER_MV * Math.LOG2E
  singles.set(POWER_OF_TWO, Constant.exponential4)
  singles[Constant.quadratic] = 0.04
  singles[Constant.linear] = 5
  singles[Constant.constant] = 140
  singles[Constant.one] = 1
  singles[Constant.halfStep] = STEP_MS
  singles[Constant.spikeMv] = SPIKE_MV
  singles[Constant.nothing] = NOTHING
  words.set(MIXERS, Constant.mixer1)
  words[Constant.pairs] = 0x0001_0001
  words[Constant.byteSumMean] = BYTE_SUM_MEAN
  words[Constant.counterStep] = Math.imul(COUNTER_STEP, LANES)
}

/** Writes the constants of double precision. */
export const writeReals = (buffer: ArrayBufferLike, record: number, parameters: CultureParameters): void => {
  const reals = new Float64Array(buffer, record + REALS_AT)
  const { shortTerm, stdp, homeostasis, afterhyperpolarisation } = parameters
  const scaling = scalingConstants(parameters)
  const rewards = rewardConstants(parameters)
  reals[Real.lowestPulsedMv] = LOWEST_PULSED_MV
  reals[Real.spikeMv] = SPIKE_MV
  reals[Real.stepMs] = STEP_MS
  reals[Real.slowStepConductance] = afterhyperpolarisation.stepConductance
  reals[Real.excitatoryU] = shortTerm.excitatoryU
  reals[Real.inhibitoryU] = shortTerm.inhibitoryU
  reals[Real.excitatoryTauRecMs] = shortTerm.excitatoryTauRecMs
  reals[Real.inhibitoryTauRecMs] = shortTerm.inhibitoryTauRecMs
  reals[Real.inhibitoryTauFacMs] = shortTerm.inhibitoryTauFacMs
  reals[Real.amplitudePlus] = stdp.amplitudePlus
  reals[Real.amplitudeMinus] = stdp.amplitudeMinus
  reals[Real.stdpCap] = stdp.weightCap
  reals[Real.eligibilityKeep] = rewards.eligibilityKeep
  reals[Real.dopamineKeep] = rewards.dopamineKeep
  reals[Real.creditMs] = rewards.creditMs
  reals[Real.baselineCredit] = rewards.baselineCredit
  reals[Real.forgotten] = FORGOTTEN
  reals[Real.targetRateHz] = homeostasis.targetRateHz
  reals[Real.gainPerHz] = scaling.gainPerHz
  reals[Real.rateKeep] = scaling.keep
  reals[Real.spikesToHz] = MS_PER_SECOND / homeostasis.intervalMs
  reals[Real.scalingFloor] = homeostasis.weightFloor
  reals[Real.scalingCap] = homeostasis.weightCap
}
