/** Cultures in a game of episodes: what every condition shares, what each changes, and that every game that is started is closed. */
import { describe, expect, it } from 'vitest'
import {
  compareFeedback,
  CONDITIONS,
  EPISODE_CONDITION_NAMES,
  episodesTask,
  episodesTrialSchema,
  inlineExecutor,
  plannedMs,
  prepareCulture,
  runTrial,
  summarise,
  type ConditionName,
  type EpisodesTrial,
  type EpisodeTypes,
  type TrialOptions,
} from '../../../src/bench/index.js'
import { readParameters } from '../../../src/parameters.js'
import { rejected } from '../io/support.js'
import { turretLog, turretProtocol, turretStage } from './turret.js'

const stage = turretStage()
const culture = await prepareCulture(stage, 1)
const other = await prepareCulture(stage, 2)
const script = (await runTrial(stage, other, 'fep')).answers ?? []

const run = (condition: ConditionName, options: TrialOptions<EpisodeTypes> = {}, prepared = culture): Promise<EpisodesTrial> =>
  runTrial(stage, prepared, condition, { ...options, ...(condition === 'open_loop' ? { script } : {}) })
const results = new Map<ConditionName, EpisodesTrial>()
for (const condition of EPISODE_CONDITION_NAMES) results.set(condition, await run(condition))
const of = (condition: ConditionName): EpisodesTrial => {
  const result = results.get(condition)
  if (result === undefined) throw new Error(`no trial under ${condition}`)
  return result
}

describe('a trial of a game of episodes', () => {
  it('is deterministic, preparation included, and depends on the seed', async () => {
    expect(await prepareCulture(stage, 1)).toEqual(culture)
    expect(await run('fep')).toEqual(of('fep'))
    expect(other.probe).not.toEqual(culture.probe)
  })

  it('plays the same games under every condition, and in every probe the same other ones', () => {
    const seedsOf = (episodes: EpisodesTrial['episodes'] | null): number[] => (episodes ?? []).map(({ seed }) => seed)
    const play = seedsOf(of('fep').episodes)
    expect(play.length).toBeGreaterThan(5)
    for (const condition of EPISODE_CONDITION_NAMES) {
      const { episodes, probeBefore, probeAfter } = of(condition)
      const own = seedsOf(episodes)
      const both = Math.min(own.length, play.length)
      expect(both).toBeGreaterThan(3)
      expect(own.slice(0, both)).toEqual(play.slice(0, both))
      expect(probeBefore !== null).toBe(CONDITIONS[condition].cells)
      if (probeBefore === null) continue
      expect(probeBefore).toHaveLength(12)
      expect(seedsOf(probeBefore)).toEqual(seedsOf(culture.probe))
      expect(seedsOf(probeAfter)).toEqual(seedsOf(culture.probe))
      if (condition !== 'shuffled_electrodes') expect(probeBefore).toEqual(culture.probe)
    }
    expect(play.some((seed) => seedsOf(culture.probe).includes(seed))).toBe(false)
  })

  it('gains exactly nothing in the probe when plasticity was off, and sees the weights that play left', () => {
    expect(of('plasticity_off').probeAfter).toEqual(of('plasticity_off').probeBefore)
    expect(of('plasticity_off').weightRatio).toBe(1)
    expect(of('fep').weightRatio).not.toBe(1)
    expect(of('fep').probeAfter).not.toEqual(of('fep').probeBefore)
  })

  it('keeps the answers of fep alone, and open_loop needs and replays them', async () => {
    expect(of('fep').answers?.length).toBeGreaterThan(2)
    for (const condition of EPISODE_CONDITION_NAMES) if (condition !== 'fep') expect(of(condition).answers).toBeNull()
    const answered = script.reduce((sum, { answer }) => sum + answer.pulses.length, 0)
    expect(answered).toBeGreaterThan(0)
    expect(of('open_loop').pulses).not.toBe(of('no_feedback').pulses)
    expect((await rejected(runTrial(stage, culture, 'open_loop'))).code).toBe('compare/no-script')
  })

  it('rest, no cells and random actions are what they say', () => {
    expect(of('rest').pulses).toBe(0)
    expect(of('no_cells')).toMatchObject({ spikes: 0, weightRatio: null, actionShares: [[1, 0, 0], [1, 0]] })
    expect(of('random_actions')).toMatchObject({ spikes: 0, pulses: 0, probeBefore: null })
    for (const shares of of('random_actions').actionShares) for (const share of shares) expect(share).toBeGreaterThan(0.1)
    expect(of('shuffled_electrodes').electrodeSpikes).not.toEqual(of('fep').electrodeSpikes)
  })

  it('refuses the conditions of other games', async () => {
    expect(await rejected(run('random_paddle'))).toMatchObject({ code: 'compare/condition', message: expect.stringContaining('random_actions') })
  })

  it('exchanges left and right if the seed is odd, and only then', async () => {
    for (const seed of [1, 2]) {
      const plain = await prepareCulture(turretStage(turretLog(), { exchangeLeftRight: false }), seed)
      const { gains } = seed === 1 ? culture : other
      const [left, right] = plain.gains[0]
      expect(left).not.toBe(right)
      expect(gains[0]).toEqual(seed === 1 ? [right, left] : [left, right])
    }
    expect([of('fep').exchanged, (await runTrial(stage, other, 'no_cells')).exchanged]).toEqual([true, false])
  })

  it('keeps a raster of the end of play only when asked', async () => {
    const { raster, ...rest } = await run('fep', { keepRaster: true })
    expect({ ...rest, raster: null }).toEqual(of('fep'))
    expect(raster).toMatchObject({ fromMs: 0, toMs: 12_000, neuronCount: 100 })
    expect(raster?.timesMs.length).toBeGreaterThan(100)
  })

  it('is stored and read back as it was', () => {
    for (const result of results.values()) expect(readParameters(episodesTrialSchema, JSON.parse(JSON.stringify(result)), 'stored')).toEqual(result)
  })

  it('reports its time, at most what was planned', async () => {
    let simulatedMs = 0
    await run('silent', { onSimulated: (ms) => (simulatedMs += ms) })
    expect(simulatedMs).toBeGreaterThan(0.6 * turretProtocol().playMinutes * 60_000)
    expect(simulatedMs).toBeLessThanOrEqual(plannedMs(stage, 'silent'))
  })
})

describe('the games of a comparison', () => {
  const protocol = turretProtocol({ cultures: 2, conditions: ['fep', 'open_loop', 'plasticity_off', 'random_actions'], playMinutes: 0.1 })

  it('are one for each trial and each preparation, and all are closed; the order of the work does not show', async () => {
    const log = turretLog()
    const executor = inlineExecutor(turretStage(log, { protocol }))
    const whole = await compareFeedback(protocol, executor, { jobs: 1 })
    expect(log).toMatchObject({ started: 10, closed: 10 })
    expect(await compareFeedback(protocol, executor, { jobs: 4 })).toEqual(whole)
    const finished = whole.filter((_, k) => k % 2 === 0)
    expect(await compareFeedback(protocol, executor, { jobs: 3, finished })).toEqual(whole)
    expect(log.closed).toBe(log.started)
    const summary = summarise(episodesTask('Turret', true), whole, protocol)
    expect(summary.contrasts.find(({ against }) => against === 'plasticity_off')?.n).toBe(2)
    expect(summary.chance).not.toBeNull()
  })

  it('are closed when one breaks, and the error names the trial, whose fellows are kept', async () => {
    const log = turretLog()
    // The preparation plays one episode of at most 12 steps; play breaks later.
    const executor = inlineExecutor(turretStage(log, { protocol, probeEpisodes: 1 }, 13))
    const kept: string[] = []
    const error = await rejected(compareFeedback(protocol, executor, { jobs: 1, onResult: ({ seed, condition }) => kept.push(`${condition} ${seed}`) }))
    expect(error).toMatchObject({ code: 'run/trial-failed', message: 'The trial under fep of culture 1 failed: the turret jammed' })
    expect(log.closed).toBe(log.started)
    expect(kept).toEqual([])
  })

  it('are closed when the work is stopped', async () => {
    const log = turretLog()
    const stopping = new AbortController()
    const counting = { onSimulated: (): void => stopping.abort(), signal: stopping.signal }
    expect((await rejected(runTrial(turretStage(log, { protocol }), culture, 'fep', counting))).code).toBe('run/interrupted')
    expect(log).toMatchObject({ started: 1, closed: 1 })
  })
})
