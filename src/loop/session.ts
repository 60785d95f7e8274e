/** What a session leaves behind. */
import type { ScriptedAnswer, ScriptedReward, SessionScript } from '../feedback/index.js'
import type { Encounter } from './types.js'

/** Spikes of a stretch of a session, steps on the culture's clock. */
export interface RecordedSpikes {
  readonly steps: Int32Array
  readonly neurons: Int32Array
  readonly startStep: number
  readonly endStep: number
}

/** One stretch of play. */
export interface Session {
  readonly durationMs: number
  /** The culture's clock when play began, ms. */
  readonly startMs: number
  readonly encounters: readonly Encounter[]
  /** Answers given, with their times. */
  readonly answers: readonly ScriptedAnswer[]
  /** Pauses of the sensory input: start and end of each in turn, ms since play began, ascending. */
  readonly pauses: readonly number[]
  /** Rewards given, with their times. */
  readonly rewards: readonly ScriptedReward[]
  /** Spikes each channel recorded. */
  readonly electrodeSpikes: Float64Array
  /** Pulses delivered, sensory ones included. */
  readonly pulses: number
  /** Spikes of all cells. */
  readonly spikes: number
  /** Share of the ticks with each action. */
  readonly actionShares: readonly number[]
  readonly recording: RecordedSpikes | undefined
}

/** What a session taught: what `openLoop` replays. */
export const sessionScript = ({ answers, pauses, rewards }: Pick<Session, 'answers' | 'pauses' | 'rewards'>): SessionScript => ({ answers, pauses, rewards })

/** Keeps the spikes that fall into a window. */
export class SpikeKeeper {
  readonly #steps: number[] = []
  readonly #neurons: number[] = []
  readonly startStep: number
  readonly endStep: number

  constructor(startStep: number, endStep: number) {
    this.startStep = startStep
    this.endStep = endStep
  }

  keep(count: number, steps: Int32Array, neurons: Int32Array): void {
    for (let k = 0; k < count; k++) {
      if (steps[k] < this.startStep || steps[k] >= this.endStep) continue
      this.#steps.push(steps[k])
      this.#neurons.push(neurons[k])
    }
  }

  recorded(): RecordedSpikes {
    return { steps: Int32Array.from(this.#steps), neurons: Int32Array.from(this.#neurons), startStep: this.startStep, endStep: this.endStep }
  }
}
