/** The tasks of CultureControl-v0: what of a step is measured, and the reward for it. */
import { Bl1Error } from '../../../src/errors.js'
import { checkPurposes } from '../../../src/loop/purposes.js'
import { arrayLayout } from '../../../src/mea/index.js'
import type { Rng } from '../../../src/rng.js'
import { wholeSteps } from '../../../src/units.js'
import type { StepWindow } from '../dish/window.js'
import type { CultureControlParameters } from './parameters.js'

/** One task. */
export interface ControlTask {
  /** What is asked in this episode, where it differs from one to the next; shown in the observation. */
  readonly target?: { readonly lowest: number; readonly highest: number; draw(rng: Rng): number }
  /** Pieces in which a step is looked at, ms. */
  readonly pieceMs: number
  /** Electrodes it reads. */
  readonly channels: readonly number[]
  /** What is measured in a step that was lived. */
  measure(window: StepWindow): number
  /** The reward for it. */
  reward(measure: number, target: number): number
}

/** Reward = -min(largestError, |rate - target| / target). */
const targetRateTask = ({ targetRate, stepMs }: CultureControlParameters): ControlTask => {
  const { lowestHz, highestHz, largestError } = targetRate
  return {
    // The observation holds it in single precision; the reward is about that very number.
    target: { lowest: lowestHz, highest: highestHz, draw: (rng) => Math.fround(rng.between(lowestHz, highestHz)) },
    pieceMs: stepMs,
    channels: [],
    measure: (window) => window.rateHz(),
    // 0 - x, as -0 is no reward
    reward: (rateHz, targetHz) => 0 - Math.min(largestError, Math.abs(rateHz - targetHz) / targetHz),
  }
}

/** Reward = -(share of the pieces whose rate reaches burstRateHz). */
const suppressBurstsTask = ({ suppressBursts: { pieceMs, burstRateHz }, stepMs }: CultureControlParameters): ControlTask => {
  wholeSteps(stepMs, pieceMs, 'stepMs')
  return {
    pieceMs,
    channels: [],
    measure: (window) => {
      let inBursts = 0
      for (let piece = 0; piece < window.spikes.length; piece++) if (window.rateHz(piece) >= burstRateHz) inBursts++
      return inBursts / window.spikes.length
    },
    reward: (share) => 0 - share,
  }
}

/** Reward = ln((r_raised + floor) / (r_against + floor)). */
const raiseGroupTask = ({ raiseGroup, stepMs, mea }: CultureControlParameters, readout: readonly number[]): ControlTask => {
  const { xUm } = arrayLayout(mea.layout)
  const raised = raiseGroup.raised ?? readout.filter((channel) => xUm[channel] < 0)
  const against = raiseGroup.against ?? readout.filter((channel) => !raised.includes(channel))
  for (const [purpose, channels] of Object.entries({ raised, against })) {
    if (channels.length === 0) throw new Bl1Error('loop/channels', { purpose, channels, reason: 'no observed electrode is left for them' })
  }
  checkPurposes(arrayLayout(mea.layout), { raised, against })
  return {
    pieceMs: stepMs,
    channels: [...raised, ...against],
    measure: (window) => Math.log((window.electrodeRateHz(raised) + raiseGroup.floorHz) / (window.electrodeRateHz(against) + raiseGroup.floorHz)),
    reward: (logRatio) => logRatio,
  }
}

/**
 * The task that the options name.
 * @param readout electrodes that are observed
 * @throws Bl1Error `time/not-a-multiple`, `loop/channels`, `mea/channel-unknown`, `mea/channel-forbidden`
 */
export const controlTask = (parameters: CultureControlParameters, readout: readonly number[]): ControlTask => {
  switch (parameters.task) {
    case 'targetRate':
      return targetRateTask(parameters)
    case 'suppressBursts':
      return suppressBurstsTask(parameters)
    case 'raiseGroup':
      return raiseGroupTask(parameters, readout)
  }
}
