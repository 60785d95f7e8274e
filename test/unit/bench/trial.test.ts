/** One culture under one condition: what is the same in all conditions, what each changes, and that nothing depends on the run. */
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PongEnv } from '../../../envs/pong/index.js'
import {
  CONDITIONS,
  PONG_DEFAULT_CONDITIONS,
  plannedMs,
  pongStage,
  pongTrialSchema,
  prepareCulture,
  runTrial,
  type ConditionName,
  type PongParts,
  type PongTrial,
  type PongTypes,
  type PreparedPong,
  type Stage,
  type TeacherName,
  type TrialOptions,
} from '../../../src/bench/index.js'
import { Culture, type CultureSnapshot } from '../../../src/culture/index.js'
import { Stimulator, type DeliveredPulse } from '../../../src/mea/index.js'
import { readParameters } from '../../../src/parameters.js'
import { rejected } from '../io/support.js'
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

const parts: PongParts = {
  ...smallParts(smallProtocol({ playMinutes: 0.1, probeMinutes: 0.05 })),
  makeGame: (afterMiss) => new NotingPong({ afterMiss, paper: { ballCrossingMs: 500 } }),
}
const stage = pongStage(parts)
const culture = await prepareCulture(stage, 1)
const other = await prepareCulture(stage, 2)

/** Runs a trial; `open_loop` gets the answers of culture 2. */
const fepOfOther = await runTrial(stage, other, 'fep')
const script = fepOfOther.script ?? { answers: [], pauses: [], rewards: [] }
const run = (condition: ConditionName, options: TrialOptions<PongTypes> = {}, prepared = culture): Promise<PongTrial> =>
  runTrial(stage, prepared, condition, { ...options, ...(condition === 'open_loop' ? { script } : {}) })

/** One trial of culture 1 under each condition, and what was seen while it ran. */
interface Seen {
  readonly result: PongTrial
  /** Serves of each game: play, then probes, in the order in which they were made. */
  readonly games: readonly (readonly (readonly number[])[])[]
  readonly restored: readonly CultureSnapshot[]
  readonly preparedIsUntouched: boolean
  readonly simulatedMs: number
}
const see = async (condition: ConditionName): Promise<Seen> => {
  const before = structuredClone(culture)
  const restore = vi.spyOn(Culture, 'restore')
  serves.length = 0
  let simulatedMs = 0
  const result = await run(condition, { onSimulated: (ms) => (simulatedMs += ms) })
  const restored = restore.mock.calls.map(([snapshot]) => snapshot)
  restore.mockRestore()
  return { result, games: [...serves], restored, preparedIsUntouched: isDeepStrictEqual(before, culture), simulatedMs }
}
const seen = new Map<ConditionName, Seen>()
for (const condition of PONG_DEFAULT_CONDITIONS) seen.set(condition, await see(condition))
const of = (condition: ConditionName): Seen => {
  const one = seen.get(condition)
  if (one === undefined) throw new Error(`no trial under ${condition}`)
  return one
}
const withCells = PONG_DEFAULT_CONDITIONS.filter((condition) => CONDITIONS[condition].cells)

afterEach(() => void vi.restoreAllMocks())

describe('a trial', () => {
  it('is deterministic, preparation included', async () => {
    const again = await prepareCulture(stage, 1)
    expect(again).toEqual(culture)
    expect(await run('fep', {}, again)).toEqual(of('fep').result)
  })

  it('depends on the seed', () => {
    expect(other.probe).not.toEqual(culture.probe)
    expect(fepOfOther.encounters).not.toEqual(of('fep').result.encounters)
  })

  it.each(PONG_DEFAULT_CONDITIONS)('under %s starts from the prepared moment and leaves it untouched', (condition) => {
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
    for (const condition of PONG_DEFAULT_CONDITIONS) {
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

  it('reads the paddle with the gains found at rest', async () => {
    const [stay, up] = of('fep').result.actionShares
    expect(stay).toBeLessThan(1)
    const lopsided = await run('fep', {}, { ...culture, gains: { up: 0.001, down: 4 } })
    expect(lopsided.actionShares[1]).toBeGreaterThan(up)
    expect(lopsided.actionShares[2]).toBe(0)
  })

  it('keeps a raster of the end of play only when asked', async () => {
    expect(of('fep').result.raster).toBeNull()
    const { raster, ...rest } = await run('fep', { keepRaster: true })
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

  it('learns nothing and answers nothing', async () => {
    const advance = vi.spyOn(Culture.prototype, 'advance')
    const trained = vi.spyOn(Culture.prototype, 'setWeights')
    const schedule = vi.spyOn(Stimulator.prototype, 'schedule')
    await run('silent')
    expect(trained).toHaveBeenCalledOnce()
    const cultures = [...new Set(advance.mock.contexts)].filter((one) => one instanceof Culture)
    expect(cultures.map((one) => one.plasticity)).toEqual([{ stdp: true, homeostasis: true }, { stdp: false, homeostasis: false }])
    const [weights] = trained.mock.calls[0]
    expect(cultures[1].state.weight).toEqual(weights)
    for (const [, pulse] of schedule.mock.calls) expect(pulse).toMatchObject({ amplitudeMv: 75 })
  })
})

describe('open_loop', () => {
  /** Pulses of answers that reached the dish: 76 mV after a hit, 151 mV after a miss, where sensory ones have 75 mV. */
  const answered = async (trial: () => Promise<unknown>): Promise<DeliveredPulse[]> => {
    const taken = vi.spyOn(Stimulator.prototype, 'takeDelivered')
    await trial()
    const delivered = taken.mock.results.flatMap((result) => (result.type === 'return' ? result.value : []))
    taken.mockRestore()
    const sensory = 75 * 0.25
    return delivered.filter(({ depolarisationMv }) => depolarisationMv !== sensory)
  }

  it("gives the culture exactly the donor's pulses, on its electrodes, at its times", async () => {
    const donor = await answered(() => run('fep', {}, other))
    expect(new Set(donor.map(({ depolarisationMv }) => depolarisationMv))).toEqual(new Set([76 * 0.25, 151 * 0.25]))
    expect(await answered(() => run('open_loop'))).toEqual(donor)
    expect(await answered(() => run('fep'))).not.toEqual(donor)
  })

  it('lets the game wait when that of the donor waited', () => {
    const pauses = script.answers.filter(({ answer }) => answer.pausesGame)
    expect(pauses.length).toBeGreaterThan(2)
    for (const { timeMs } of of('open_loop').result.encounters) {
      for (const { startMs, answer } of pauses) expect(timeMs >= startMs && timeMs < startMs + answer.durationMs).toBe(false)
    }
  })

  it('needs a script', async () => {
    expect((await rejected(runTrial(stage, culture, 'open_loop'))).code).toBe('compare/no-script')
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

  it('shuffled_electrodes is probed with its own order of electrodes, before as after', async () => {
    const plasticity = { stdp: false, homeostasis: false }
    const frozen = await run('shuffled_electrodes', {}, { ...culture, snapshot: { ...culture.snapshot, plasticity } })
    const { result } = of('shuffled_electrodes')
    expect(frozen.probeAfter).toEqual(frozen.probeBefore)
    expect(result.probeBefore).toEqual(frozen.probeBefore)
    expect(result.encounters).not.toEqual(of('fep').result.encounters)
  })

  it('rest shows the culture nothing', () => {
    expect(of('rest').result.pulses).toBe(0)
    expect(of('silent').result.pulses).toBeGreaterThan(0)
  })

  it('keeps what fep taught, and of fep alone', () => {
    expect(of('fep').result.script).toMatchObject({ pauses: [], rewards: [] })
    expect(of('fep').result.script?.answers).toHaveLength(of('fep').result.encounters.length)
    for (const condition of PONG_DEFAULT_CONDITIONS) if (condition !== 'fep') expect(of(condition).result.script).toBeNull()
  })
})

describe('whoever is taught', () => {
  const NOTHING: PongTypes['script'] = { answers: [], pauses: [], rewards: [] }
  const stageOf = (taught: TeacherName, changes: Partial<PongParts> = {}) =>
    pongStage({ ...parts, ...changes, protocol: { ...parts.protocol, taught, restMinutes: 0.02, playMinutes: 0.05, probeMinutes: 0.02 } })
  const expectControls = async (taught: TeacherName, its: Stage<PongTypes>, pupil: PreparedPong): Promise<void> => {
    const under = (condition: ConditionName): Promise<PongTrial> => runTrial(its, pupil, condition)
    const own = await under(taught)
    expect(readParameters(pongTrialSchema, JSON.parse(JSON.stringify(own)), 'stored')).toEqual(own)
    expect(own.script?.answers).toEqual([])
    const inverted = await under('inverted')
    expect(inverted.script).toBeNull()
    expect(inverted.weightRatio).not.toBe(own.weightRatio)
    expect(await under('plasticity_off')).toMatchObject({ weightRatio: 1, probeAfter: pupil.probe, script: null })
    expect(await under('no_cells')).toMatchObject({ spikes: 0, script: null })
    // the answers of fep are kept where fep is taught, and nowhere else
    expect((await under('fep')).script).toBeNull()
  }

  it('avoidance keeps its pauses, which its yoked twin replays, and is what the controls control', async () => {
    const its = stageOf('avoidance')
    const pupil = await prepareCulture(its, 1)
    const { script: earned, durationMs } = await runTrial(its, pupil, 'avoidance')
    expect(earned).toMatchObject({ answers: [], rewards: [] })
    expect(earned?.pauses.length).toBeGreaterThan(1)
    const shown = async (pauses: number[]): Promise<number> => (await runTrial(its, pupil, 'open_loop', { script: { ...NOTHING, pauses } })).pulses
    expect([await shown([0, durationMs]), await shown([])]).toEqual([0, expect.any(Number)])
    expect(await shown([])).toBeGreaterThan(0)
    await expectControls('avoidance', its, pupil)
  })

  it('reward keeps its rewards, which its yoked twin gets, and is what the controls control', async () => {
    const its = stageOf('reward', { culture: { ...parts.culture, rewardModulation: { enabled: true } } })
    const pupil = await prepareCulture(its, 1)
    const donor = await prepareCulture(its, 2)
    const given = vi.spyOn(Culture.prototype, 'reward')
    const { script: earned, encounters } = await runTrial(its, donor, 'reward')
    expect(earned?.rewards.map(({ startMs }) => startMs)).toEqual(encounters.map(({ timeMs }) => timeMs))
    const amounts = given.mock.calls.map(([amount]) => amount)
    expect(amounts).toEqual(earned?.rewards.map(({ amount }) => amount))
    given.mockClear()
    await runTrial(its, pupil, 'open_loop', { script: its.scriptOf(await runTrial(its, donor, 'reward')) ?? NOTHING })
    expect(given.mock.calls.map(([amount]) => amount)).toEqual([...amounts, ...amounts])
    await expectControls('reward', its, pupil)
  })
})

describe('exchangeUpDown', () => {
  const prepared = (seed: number, exchangeUpDown: boolean): Promise<PreparedPong> =>
    prepareCulture(pongStage({ ...parts, protocol: { ...parts.protocol, exchangeUpDown, restMinutes: 0.02, probeMinutes: 0.001 } }), seed)

  it.each([1, 2, 3, 4])('of seed %i exchanges the regions if the seed is odd, and only then', async (seed) => {
    const plain = (await prepared(seed, false)).gains
    const expected = seed % 2 === 1 ? { up: plain.down, down: plain.up } : plain
    expect(plain.up).not.toBe(plain.down)
    expect((await prepared(seed, true)).gains).toEqual(expected)
  })

  it('is noted in the result of every condition, and can be switched off', async () => {
    for (const condition of PONG_DEFAULT_CONDITIONS) expect(of(condition).result.exchanged).toBe(true)
    expect(fepOfOther.exchanged).toBe(false)
    const plain = { ...parts, protocol: { ...parts.protocol, exchangeUpDown: false } }
    expect((await runTrial(pongStage(plain), culture, 'no_cells')).exchanged).toBe(false)
  })

  it('exchanges the paddle that the culture plays with', async () => {
    const shares = async (exchangeUpDown: boolean) => {
      const gains = exchangeUpDown ? culture.gains : { up: culture.gains.down, down: culture.gains.up }
      return (await runTrial(pongStage({ ...parts, protocol: { ...parts.protocol, exchangeUpDown } }), { ...culture, gains }, 'rest')).actionShares
    }
    const [stay, up, down] = await shares(true)
    expect(up).not.toBe(down)
    expect(await shares(false)).toEqual([stay, down, up])
  })
})

describe('plannedMs', () => {
  const REPORT_INTERVAL_MS = 2000

  it.each(PONG_DEFAULT_CONDITIONS)('is what a trial under %s reports, but for less than one report a stretch', (condition) => {
    const stretches = CONDITIONS[condition].cells ? (condition === 'shuffled_electrodes' ? 3 : 2) : 1
    const missingMs = plannedMs(stage, condition) - of(condition).simulatedMs
    expect(missingMs).toBeGreaterThan(0)
    expect(missingMs).toBeLessThanOrEqual(stretches * REPORT_INTERVAL_MS)
  })

  it('is what the preparation reports, but for less than one report', async () => {
    let reportedMs = 0
    await prepareCulture(stage, 1, { onSimulated: (ms) => (reportedMs += ms) })
    const missingMs = plannedMs(stage, 'prepare') - reportedMs
    expect(missingMs).toBeGreaterThan(0)
    expect(missingMs).toBeLessThanOrEqual(REPORT_INTERVAL_MS)
  })
})
