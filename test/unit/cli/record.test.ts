import { describe, expect, it } from 'vitest'
import { experimentSchema } from '../../../src/cli/experiment.js'
import type { SimulateProgress } from '../../../src/cli/simulate/protocol.js'
import { recordCulture } from '../../../src/cli/simulate/record.js'
import { SpikeLog } from '../../../src/cli/simulate/spikeLog.js'
import { windowsOf } from '../../../src/cli/simulate/spontaneousRun.js'
import { Culture } from '../../../src/culture/index.js'

const experiment = experimentSchema.parse({ culture: { neurons: 150 }, simulation: { settleSeconds: 1.5 } })
const record = (windowsMs: readonly number[], keep = true, progress: SimulateProgress[] = []) =>
  recordCulture(experiment, { type: 'record', seed: 3, windowsMs, keep, spareThreads: 1 }, (one) => progress.push(one))

describe('recordCulture', () => {
  it('keeps exactly the spikes of the culture after settling', () => {
    const culture = Culture.grow({ neurons: 150 }, 3)
    culture.advance(1500)
    const spikes = culture.advance(4000)
    const { rows, kept } = record([4000])
    expect(kept?.recording).toMatchObject({ startStep: 3000, endStep: 11_000, neuronCount: 150 })
    expect(Array.from(kept?.recording.steps ?? [])).toEqual(Array.from(spikes.steps.subarray(0, spikes.count)))
    expect(Array.from(kept?.recording.neurons ?? [])).toEqual(Array.from(spikes.neurons.subarray(0, spikes.count)))
    expect(rows[0]).toMatchObject({ seed: 3, fromSeconds: 0, toSeconds: 4, spikes: spikes.count })
  })

  it('cuts the same activity into windows and keeps only the last', () => {
    const [whole, cut] = [record([3000]), record([1000, 2000])]
    expect(cut.rows.map(({ fromSeconds, toSeconds }) => [fromSeconds, toSeconds])).toEqual([[0, 1], [1, 3]])
    expect(cut.rows.reduce((sum, { spikes }) => sum + spikes, 0)).toBe(whole.rows[0]?.spikes)
    expect(cut.kept?.recording).toMatchObject({ startStep: 5000, endStep: 9000 })
  })

  it('reports every window when it is finished, and sends no spikes that nobody asked for', () => {
    const progress: SimulateProgress[] = []
    const { kept } = record([1000, 1000], false, progress)
    expect(kept).toBeUndefined()
    const order = progress.map((one) => ('row' in one ? 'row' : one.simulatedMs))
    expect(order).toEqual([1000, 1500, 2500, 'row', 3500, 'row'])
  })
})

describe('SpikeLog', () => {
  it('keeps every spike while it grows, in order', () => {
    const log = new SpikeLog(10, 0)
    const steps = Int32Array.from({ length: 5000 }, (_, k) => k)
    for (let part = 0; part < 20; part++) log.append({ count: 5000, steps: steps.map((step) => step + part * 5000), neurons: steps.map((step) => step % 10) })
    const { steps: kept } = log.recording(100_000)
    expect(kept).toHaveLength(100_000)
    expect(kept.every((step, k) => step === k)).toBe(true)
  })

  it('takes only the valid part of reused columns, and forgets on restart', () => {
    const log = new SpikeLog(3, 0)
    log.append({ count: 1, steps: Int32Array.of(4, 999), neurons: Int32Array.of(2, 999) })
    expect(Array.from(log.recording(5).steps)).toEqual([4])
    log.restart(5)
    expect(log.recording(6)).toMatchObject({ startStep: 5, endStep: 6, steps: { length: 0 } })
  })
})

describe('windowsOf', () => {
  it('is one window, or one for each ten minutes and what is left', () => {
    expect(windowsOf(120, false)).toEqual([120_000])
    expect(windowsOf(3600, true)).toEqual([600_000, 600_000, 600_000, 600_000, 600_000, 600_000])
    expect(windowsOf(1290, true)).toEqual([600_000, 600_000, 90_000])
    // 0.1 h in floating point is a little more than 360 s
    expect(windowsOf(0.1 * 3600, true)).toEqual([360_000])
  })
})
