import { describe, expect, it } from 'vitest'
import { experimentSchema } from '../../../src/cli/experiment.js'
import { byAmplitude, evokedCsv } from '../../../src/cli/simulate/evoked.js'
import { probeElectrode, voltageFor } from '../../../src/cli/simulate/probe.js'
import { checkAmplitudes } from '../../../src/cli/simulate/probeRun.js'
import type { ProbeRun } from '../../../src/cli/simulate/protocol.js'
import { caught } from '../io/support.js'

const experiment = experimentSchema.parse({ culture: { neurons: 300 }, simulation: { settleSeconds: 1 } })
const probe = (depolarisationMv: number): ProbeRun => probeElectrode(experiment, { type: 'probe', seed: 2, channel: 27, depolarisationMv, pulses: 3 }, () => undefined)

describe('probeElectrode', () => {
  it('fires cells near the electrode with a strong pulse, and measures the same windows for the sham', () => {
    const [sham, strong] = [probe(0), probe(120)]
    expect([sham.row.pulses, strong.row.pulses]).toEqual([3, 3])
    // 120 mV at the electrode lifts every cell within 100 um x (1 - 15/120) from -65 over threshold; near channel 27 lie about 17 cells
    expect(strong.row.localSpikes ?? 0).toBeGreaterThan((sham.row.localSpikes ?? 0) + 5)
  })
})

describe('checkAmplitudes', () => {
  it('refuses what the stimulator would cut or refuse', () => {
    expect(() => checkAmplitudes([0, 20, 160], experiment)).not.toThrow()
    expect(caught(() => checkAmplitudes([161], experiment)).code).toBe('parameter/invalid')
    const weak = experimentSchema.parse({ mea: { largestVoltageMv: 100 }, feedback: { unpredictableAmplitudeMv: 100 } })
    expect(caught(() => checkAmplitudes([40], weak)).code).toBe('mea/voltage-limit')
    const deaf = experimentSchema.parse({ mea: { depolarisationPerMv: 0 } })
    expect(caught(() => checkAmplitudes([0, 1], deaf)).code).toBe('mea/voltage-limit')
  })

  it('gives the sham no voltage, even where no voltage depolarises', () => {
    expect(voltageFor(0, experimentSchema.parse({ mea: { depolarisationPerMv: 0 } }).mea)).toBe(0)
    expect(voltageFor(40, experiment.mea)).toBe(160)
  })
})

describe('the table of a probe', () => {
  const run = (depolarisationMv: number, pulses: number, localSpikes: number | null): ProbeRun => ({
    seed: 1,
    channel: 27,
    depolarisationMv,
    row: {
      pulses, pulsesLeftOut: 0, localSpikes, directSpikes: localSpikes, networkSpikes: 0, networkSpikesBefore: 0, bursts: 0, burstProbability: 0,
      byRest: [0, 2, 4, 8].map((fromSeconds) => ({ fromSeconds, toSeconds: fromSeconds === 8 ? null : 2 * fromSeconds || 2, pulses: 1, bursts: 0 })),
    },
  })
  const table = byAmplitude([run(40, 1, 8), run(0, 2, 0), run(40, 3, 4)], experiment.mea)

  it('has a row an amplitude, weakest first, means weighted by pulses', () => {
    expect(table.map(({ depolarisationMv, amplitudeMv, row }) => [depolarisationMv, amplitudeMv, row.pulses, row.localSpikes])).toEqual([
      [0, 0, 2, 0],
      [40, 160, 4, (8 + 3 * 4) / 4],
    ])
  })

  it('is CSV with as many cells in each row', () => {
    const rows = evokedCsv(table).trimEnd().split('\n').map((line) => line.split(','))
    expect(rows).toHaveLength(3)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([9 + 2 * 4]))
    expect(rows[0]?.at(-1)).toBe('bursts_after_over_8_s')
  })
})
