/** One culture under one condition: what is the same in all conditions, what each changes, and that nothing depends on the run. */
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PongEnv } from '../../../envs/pong/index.js'
import {
  CONDITION_NAMES,
  CONDITIONS,
  plannedMs,
  prepareCulture,
  runTrial,
  type ConditionName,
  type PreparedCulture,
  type TrialOptions,
  type TrialParts,
  type TrialResult,
} from '../../../src/bench/index.js'
import { Culture, type CultureSnapshot } from '../../../src/culture/index.js'
import { Stimulator, type DeliveredPulse } from '../../../src/mea/index.js'
import { caught } from '../io/support.js'
import { smallParts, smallProtocol } from './small.js'

/** Pong that notes every serve: one list a game. */
const serves: number[][][] = []
class NotingPong extends PongEnv {
  readonly #served: number[][] = []
  override reset(options?: Parameters<PongEnv['reset']>[0]) {
    if (this.#served.length === 0) serves.push(this.#served)
    const result = super.reset(options)
    this.#served.push([...result.observation])
    return result
  }
}

const parts: TrialParts = {
  ...smallParts(smallProtocol({ playMinutes: 0.1, probeMinutes: 0.05 })),
  makeGame: (afterMiss) => new NotingPong({ afterMiss, paper: { ballCrossingMs: 500 } }),
}
const culture = prepareCulture(parts, 1)
const other = prepareCulture(parts, 2)

/** Runs a trial; `open_loop` gets the answers of culture 2. */
const fepOfOther = runTrial(parts, other, 'fep')
const script = fepOfOther.answers ?? []
const run = (condition: ConditionName, options: TrialOptions = {}, prepared = culture): TrialResult =>
  runTrial(parts, prepared, condition, { ...options, ...(condition === 'open_loop' ? { script } : {}) })

/** One trial of culture 1 under each condition, and what was seen while it ran. */
interface Seen {
  readonly result: TrialResult
  /** Serves of each game: play, then probes, in the order in which they were made. */
  readonly games: readonly (readonly (readonly number[])[])[]
  readonly restored: readonly CultureSnapshot[]
  readonly preparedIsUntouched: boolean
  readonly simulatedMs: number
}
const see = (condition: ConditionName): Seen => {
  const before = structuredClone(culture)
  const restore = vi.spyOn(Culture, 'restore')
  serves.length = 0
  let simulatedMs = 0
  const result = run(condition, { onSimulated: (ms) => (simulatedMs += ms) })
  const restored = restore.mock.calls.map(([snapshot]) => snapshot)
  restore.mockRestore()
  return { result, games: [...serves], restored, preparedIsUntouched: isDeepStrictEqual(before, culture), simulatedMs }
}
const seen = new Map(CONDITION_NAMES.map((condition) => [condition, see(condition)]))
const of = (condition: ConditionName): Seen => {
  const one = seen.get(condition)
  if (one === undefined) throw new Error(`no trial under ${condition}`)
  return one
}
const withCells = CONDITION_NAMES.filter((condition) => CONDITIONS[condition].cells)

afterEach(() => void vi.restoreAllMocks())

describe('a trial', () => {
  it('is deterministic, preparation included', () => {
    const again = prepareCulture(parts, 1)
    expect(again).toEqual(culture)
    expect(run('fep', {}, again)).toEqual(of('fep').result)
  })

  it('depends on the seed', () => {
    expect(other.probe).not.toEqual(culture.probe)
    expect(fepOfOther.encounters).not.toEqual(of('fep').result.encounters)
  })

  it.each(CONDITION_NAMES)('under %s starts from the prepared moment and leaves it untouched', (condition) => {
    const { restored, preparedIsUntouched } = of(condition)
    for (const snapshot of restored) expect(snapshot).toBe(culture.snapshot)
    const ownProbesBefore = condition === 'shuffled_electrodes' ? 1 : 0
    expect(restored).toHaveLength(CONDITIONS[condition].cells ? 2 + ownProbesBefore : 0)
    expect(preparedIsUntouched).toBe(true)
  })

  it('plays the same serves under every condition, and the same in every probe', () => {
    const [play, probe] = of('fep').games
    expect(play.length).toBeGreaterThan(3)
    expect(new Set(play.map(String)).size).toBe(play.length)
    const expectSame = (served: Seen['games'][number], reference: Seen['games'][number], least: number): void => {
      const both = Math.min(served.length, reference.length)
      expect(both).toBeGreaterThanOrEqual(least)
      expect(served.slice(0, both)).toEqual(reference.slice(0, both))
    }
    for (const condition of CONDITION_NAMES) {
      const [ownPlay, ...ownProbes] = of(condition).games
      expectSame(ownPlay, play, condition === 'no_feedback' ? 1 : 3)
      expect(ownProbes.length > 0).toBe(CONDITIONS[condition].cells)
      for (const own of ownProbes) expectSame(own, probe, 2)
    }
  })

  it('shares the first probe among all conditions whose electrodes are in order', () => {
    expect(culture.probe.length).toBeGreaterThan(0)
    for (const condition of withCells) {
      if (condition !== 'shuffled_electrodes') expect(of(condition).result.probeBefore).toEqual(culture.probe)
    }
  })

  it('reads the paddle with the gains found at rest', () => {
    const [stay, up] = of('fep').result.actionShares
    expect(stay).toBeLessThan(1)
    const lopsided = run('fep', {}, { ...culture, gains: { up: 0.001, down: 4 } })
    expect(lopsided.actionShares[1]).toBeGreaterThan(up)
    expect(lopsided.actionShares[2]).toBe(0)
  })

  it('keeps a raster of the end of play only when asked', () => {
    expect(of('fep').result.raster).toBeNull()
    const { raster, ...rest } = run('fep', { keepRaster: true })
    expect({ ...rest, raster: null }).toEqual(of('fep').result)
    expect(raster).toMatchObject({ fromMs: 0, toMs: 6000, neuronCount: 100, excitatory: 80 })
    expect(raster?.timesMs).toHaveLength(rest.spikes)
    expect(Math.max(...(raster?.timesMs ?? []))).toBeLessThan(6000)
    expect(Math.min(...(raster?.timesMs ?? []))).toBeGreaterThanOrEqual(0)
  })
})

describe('the frozen probe', () => {
  it('gains exactly nothing when plasticity was off', () => {
    const { probeBefore, probeAfter, weightRatio } = of('plasticity_off').result
    expect(probeAfter).toEqual(probeBefore)
    expect(weightRatio).toBe(1)
  })

  it('sees the weights that play left', () => {
    const { probeBefore, probeAfter, weightRatio } = of('fep').result
    expect(weightRatio).not.toBe(1)
    expect(probeAfter).not.toEqual(probeBefore)
  })

  it('learns nothing and answers nothing', () => {
    const advance = vi.spyOn(Culture.prototype, 'advance')
    const trained = vi.spyOn(Culture.prototype, 'setWeights')
    const schedule = vi.spyOn(Stimulator.prototype, 'schedule')
    run('silent')
    expect(trained).toHaveBeenCalledOnce()
    const cultures = [...new Set(advance.mock.contexts)].filter((one) => one instanceof Culture)
    expect(cultures.map((one) => one.plasticity)).toEqual([{ stdp: true, homeostasis: true }, { stdp: false, homeostasis: false }])
    const [weights] = trained.mock.calls[0]
    expect(cultures[1].state.weight).toEqual(weights)
    for (const [, pulse] of schedule.mock.calls) expect(pulse).toEqual({ amplitudeMv: 75 })
  })
})

describe('open_loop', () => {
  /** Pulses of answers that reached the dish: 76 mV after a hit, 151 mV after a miss, where sensory ones have 75 mV. */
  const answered = (trial: () => unknown): DeliveredPulse[] => {
    const taken = vi.spyOn(Stimulator.prototype, 'takeDelivered')
    trial()
    const delivered = taken.mock.results.flatMap((result) => (result.type === 'return' ? result.value : []))
    taken.mockRestore()
    const sensory = 75 * 0.25
    return delivered.filter(({ depolarisationMv }) => depolarisationMv !== sensory)
  }

  it("gives the culture exactly the donor's pulses, on its electrodes, at its times", () => {
    const donor = answered(() => run('fep', {}, other))
    expect(new Set(donor.map(({ depolarisationMv }) => depolarisationMv))).toEqual(new Set([76 * 0.25, 151 * 0.25]))
    expect(answered(() => run('open_loop'))).toEqual(donor)
    expect(answered(() => run('fep'))).not.toEqual(donor)
  })

  it('lets the game wait when that of the donor waited', () => {
    const pauses = script.filter(({ answer }) => answer.pausesGame)
    expect(pauses.length).toBeGreaterThan(2)
    for (const { timeMs } of of('open_loop').result.encounters) {
      for (const { startMs, answer } of pauses) expect(timeMs >= startMs && timeMs < startMs + answer.durationMs).toBe(false)
    }
  })

  it('needs a script', () => {
    expect(caught(() => runTrial(parts, culture, 'open_loop')).code).toBe('compare/no-script')
  })
})

describe('controls', () => {
  it.each(['no_cells', 'random_paddle'] as const)('%s has no cells, so no spikes and no probe', (condition) => {
    const { probeBefore, probeAfter, weightRatio, spikes, encounters } = of(condition).result
    expect({ probeBefore, probeAfter, weightRatio, spikes }).toEqual({ probeBefore: null, probeAfter: null, weightRatio: null, spikes: 0 })
    expect(encounters.length).toBeGreaterThan(0)
  })

  it('no_cells never moves the paddle; random_paddle moves it both ways', () => {
    expect(of('no_cells').result.actionShares).toEqual([1, 0, 0])
    for (const share of of('random_paddle').result.actionShares) expect(share).toBeGreaterThan(0.1)
  })

  it('shuffled_electrodes is probed with its own order of electrodes, before as after', () => {
    const plasticity = { stdp: false, homeostasis: false }
    const frozen = run('shuffled_electrodes', {}, { ...culture, snapshot: { ...culture.snapshot, plasticity } })
    const { result } = of('shuffled_electrodes')
    expect(frozen.probeAfter).toEqual(frozen.probeBefore)
    expect(result.probeBefore).toEqual(frozen.probeBefore)
    expect(result.encounters).not.toEqual(of('fep').result.encounters)
  })

  it('rest shows the culture nothing', () => {
    expect(of('rest').result.pulses).toBe(0)
    expect(of('silent').result.pulses).toBeGreaterThan(0)
  })

  it('keeps the answers of fep, and of fep alone', () => {
    expect(of('fep').result.answers).toHaveLength(of('fep').result.encounters.length)
    for (const condition of CONDITION_NAMES) if (condition !== 'fep') expect(of(condition).result.answers).toBeNull()
  })
})

describe('exchangeUpDown', () => {
  const prepared = (seed: number, exchangeUpDown: boolean): PreparedCulture =>
    prepareCulture({ ...parts, protocol: { ...parts.protocol, exchangeUpDown, restMinutes: 0.02, probeMinutes: 0.001 } }, seed)

  it.each([1, 2, 3, 4])('of seed %i exchanges the regions if the seed is odd, and only then', (seed) => {
    const plain = prepared(seed, false).gains
    const expected = seed % 2 === 1 ? { up: plain.down, down: plain.up } : plain
    expect(plain.up).not.toBe(plain.down)
    expect(prepared(seed, true).gains).toEqual(expected)
  })

  it('is noted in the result of every condition, and can be switched off', () => {
    for (const condition of CONDITION_NAMES) expect(of(condition).result.exchanged).toBe(true)
    expect(fepOfOther.exchanged).toBe(false)
    const plain = { ...parts, protocol: { ...parts.protocol, exchangeUpDown: false } }
    expect(runTrial(plain, culture, 'no_cells').exchanged).toBe(false)
  })

  it('exchanges the paddle that the culture plays with', () => {
    const shares = (exchangeUpDown: boolean) => {
      const gains = exchangeUpDown ? culture.gains : { up: culture.gains.down, down: culture.gains.up }
      return runTrial({ ...parts, protocol: { ...parts.protocol, exchangeUpDown } }, { ...culture, gains }, 'rest').actionShares
    }
    const [stay, up, down] = shares(true)
    expect(up).not.toBe(down)
    expect(shares(false)).toEqual([stay, down, up])
  })
})

describe('plannedMs', () => {
  const REPORT_INTERVAL_MS = 2000

  it.each(CONDITION_NAMES)('is what a trial under %s reports, but for less than one report a stretch', (condition) => {
    const stretches = CONDITIONS[condition].cells ? (condition === 'shuffled_electrodes' ? 3 : 2) : 1
    const missingMs = plannedMs(parts.protocol, condition) - of(condition).simulatedMs
    expect(missingMs).toBeGreaterThan(0)
    expect(missingMs).toBeLessThanOrEqual(stretches * REPORT_INTERVAL_MS)
  })

  it('is what the preparation reports, but for less than one report', () => {
    let reportedMs = 0
    prepareCulture(parts, 1, (ms) => (reportedMs += ms))
    const missingMs = plannedMs(parts.protocol, 'prepare') - reportedMs
    expect(missingMs).toBeGreaterThan(0)
    expect(missingMs).toBeLessThanOrEqual(REPORT_INTERVAL_MS)
  })
})
