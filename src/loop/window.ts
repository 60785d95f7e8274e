/** One stretch of a session that is decoded or shown as one, lived in as many pieces as scripted answers cut it into. */
import type { SpikeColumns } from '../culture/index.js'
import { reserveSpikes } from '../culture/engine/engine.js'
import type { DeliveredPulse } from '../mea/index.js'

const FIRST_SPIKES = 4096

/** Spikes and pulses of the stretch so far. Allocated once, grown rarely, reused by the next stretch. */
export class Window {
  readonly spikes: SpikeColumns = { count: 0, steps: new Int32Array(FIRST_SPIKES), neurons: new Int32Array(FIRST_SPIKES) }
  readonly delivered: DeliveredPulse[] = []

  clear(): void {
    this.spikes.count = 0
    this.delivered.length = 0
  }

  add({ count, steps, neurons }: Readonly<SpikeColumns>, delivered: readonly DeliveredPulse[]): void {
    const { spikes } = this
    reserveSpikes(spikes, count)
    for (let k = 0; k < count; k++) {
      spikes.steps[spikes.count + k] = steps[k]
      spikes.neurons[spikes.count + k] = neurons[k]
    }
    spikes.count += count
    for (const pulse of delivered) this.delivered.push(pulse)
  }
}
