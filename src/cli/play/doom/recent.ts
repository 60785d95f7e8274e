/** What the last seconds of a session were: spikes, pulses, actions, answers and events, until they are too old to show. */
import { STEP_MS, type SpikeColumns } from '../../../culture/index.js'
import type { DeliveredPulse, ElectrodeArray } from '../../../mea/index.js'
import type { ChannelMarks, Recent, ShownAnswer, ShownEvent, ShownStep } from './picture/scene.js'

/** Marks at electrodes in the order of their time. */
class Marks implements ChannelMarks {
  timesMs: number[] = []
  channels: number[] = []
  from = 0

  get to(): number {
    return this.timesMs.length
  }

  add(timeMs: number, channel: number): void {
    this.timesMs.push(timeMs)
    this.channels.push(channel)
  }

  /** Leaves out what came before; room is made once half of it is old. */
  forget(beforeMs: number): void {
    while (this.from < this.to && this.timesMs[this.from] < beforeMs) this.from++
    if (this.from * 2 <= this.to) return
    this.timesMs = this.timesMs.slice(this.from)
    this.channels = this.channels.slice(this.from)
    this.from = 0
  }
}

/** Channels that see each cell. */
const channelsByCell = ({ recorded, layout }: ElectrodeArray, neurons: number): readonly (readonly number[])[] => {
  const seenBy = Array.from({ length: neurons }, (): number[] => [])
  for (let channel = 0; channel < layout.channels; channel++) {
    for (const neuron of recorded.neuron.subarray(recorded.start[channel], recorded.start[channel + 1])) seenBy[neuron].push(channel)
  }
  return seenBy
}

/** Times are those of play, ms. */
export class RecentActivity {
  readonly #windowMs: number
  readonly #seenBy: readonly (readonly number[])[]
  readonly #startStep: number
  readonly #spikes = new Marks()
  readonly #pulses = new Marks()
  #steps: ShownStep[] = []
  #answers: ShownAnswer[] = []
  #events: ShownEvent[] = []

  /** @param startStep the culture's step at which play begins */
  constructor(array: ElectrodeArray, neurons: number, startStep: number, windowMs: number) {
    this.#windowMs = windowMs
    this.#seenBy = channelsByCell(array, neurons)
    this.#startStep = startStep
  }

  /** Adds what the culture did and received; steps count on its own clock. */
  addActivity({ count, steps, neurons }: Readonly<SpikeColumns>, delivered: readonly DeliveredPulse[]): void {
    for (let k = 0; k < count; k++) {
      for (const channel of this.#seenBy[neurons[k]]) this.#spikes.add(this.#playMs(steps[k]), channel)
    }
    for (const { step, channel } of delivered) this.#pulses.add(this.#playMs(step), channel)
  }

  addStep(step: ShownStep): void {
    this.#steps.push(step)
  }

  addAnswer(answer: ShownAnswer): void {
    this.#answers.push(answer)
  }

  addEvent(event: ShownEvent): void {
    this.#events.push(event)
  }

  /** The seconds before a time; what is older is forgotten. Valid until something is added. */
  before(toMs: number): Recent {
    const fromMs = toMs - this.#windowMs
    this.#spikes.forget(fromMs)
    this.#pulses.forget(fromMs)
    this.#steps = this.#steps.filter(({ startMs, durationMs }) => startMs + durationMs > fromMs)
    this.#answers = this.#answers.filter(({ startMs, durationMs }) => startMs + durationMs > fromMs)
    this.#events = this.#events.filter(({ timeMs }) => timeMs >= fromMs)
    return { fromMs, toMs, spikes: this.#spikes, pulses: this.#pulses, steps: this.#steps, answers: this.#answers, events: this.#events }
  }

  #playMs(step: number): number {
    return (step - this.#startStep) * STEP_MS
  }
}
