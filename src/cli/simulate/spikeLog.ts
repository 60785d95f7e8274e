/** Spikes as they come, in columns that grow: nothing is kept but two whole numbers a spike. */
import { makeRecording, type SpikeRecording } from '../../analysis/index.js'
import { STEP_MS, type SpikeColumns } from '../../culture/index.js'

const FIRST_CAPACITY = 1 << 14

/** Columns of one stretch of recording, emptied and filled again for the next. */
export class SpikeLog {
  readonly #neuronCount: number
  #steps = new Int32Array(FIRST_CAPACITY)
  #neurons = new Int32Array(FIRST_CAPACITY)
  #count = 0
  #startStep: number

  /** @param startStep first step that is recorded */
  constructor(neuronCount: number, startStep: number) {
    this.#neuronCount = neuronCount
    this.#startStep = startStep
  }

  append({ count, steps, neurons }: Readonly<SpikeColumns>): void {
    if (this.#count + count > this.#steps.length) this.#grow(this.#count + count)
    this.#steps.set(steps.subarray(0, count), this.#count)
    this.#neurons.set(neurons.subarray(0, count), this.#count)
    this.#count += count
  }

  /** What was recorded up to `endStep`. The columns belong to the log: they are overwritten after {@link restart}. */
  recording(endStep: number): SpikeRecording {
    return makeRecording({
      steps: this.#steps.subarray(0, this.#count),
      neurons: this.#neurons.subarray(0, this.#count),
      stepMs: STEP_MS,
      startStep: this.#startStep,
      endStep,
      neuronCount: this.#neuronCount,
    })
  }

  /** Forgets everything before `startStep`. */
  restart(startStep: number): void {
    this.#count = 0
    this.#startStep = startStep
  }

  #grow(needed: number): void {
    const capacity = Math.max(needed, 2 * this.#steps.length)
    const steps = new Int32Array(capacity)
    const neurons = new Int32Array(capacity)
    steps.set(this.#steps.subarray(0, this.#count))
    neurons.set(this.#neurons.subarray(0, this.#count))
    this.#steps = steps
    this.#neurons = neurons
  }
}
