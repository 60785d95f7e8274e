/** The statistics of ablations: what is the unit, which share is lost, what is corrected, and which verdict the numbers allow. */
import { describe, expect, it } from 'vitest'
import { summariseAblations, type AblationName, type AblationSummary, type AblationVerdict } from '../../../../src/bench/index.js'
import { lostShare } from '../../../../src/bench/ablation/lostShare.js'
import { Rng } from '../../../../src/rng.js'
import { CHANCE, LEARNED, madeRuns, replaced, type Levels, type MadeOptions } from './made.js'

const BASE: Levels = { trained: LEARNED, random_actions: CHANCE }
const summaryOf = (levels: Levels, options?: MadeOptions): AblationSummary => summariseAblations(madeRuns({ ...BASE, ...levels }, options))
const rowOf = (summary: AblationSummary, name: AblationName) => {
  const row = summary.rows.find((one) => one.name === name)
  if (row === undefined) throw new Error(`no row ${name}`)
  return row
}

describe('the verdict', () => {
  it.each<[AblationVerdict, Levels]>([
    ['to chance', replaced(2, 2, 2, 2)],
    ['carried', replaced(6, 5, 4, 2)],
    ['unsettled', replaced(10, 2, 2, 2)],
    ['not carried', replaced(10, 10, 2, 2)],
    ['better without', replaced(13, 12, 2, 2)],
    ['not above chance', { ...replaced(2, 2, 2, 2), trained: 2 }],
    ['below chance', { ...replaced(2, 2, 2, 2), trained: -1 }],
    ['untested', {}],
  ])('is %s for the returns %o', (verdict, levels) => {
    expect(summaryOf(levels, { agents: 1, sd: 0.4 }).verdict).toBe(verdict)
  })

  it.each([3, 8])('is the same of %i agents', (agents) => {
    expect(summaryOf(replaced(2, 2, 2, 2), { agents, sd: 0.4 }).verdict).toBe('to chance')
  })

  it('calls no difference in noise: of 20 agents without skill at most 3 get a verdict beyond "not above chance" (chance of more: 1.6 %)', () => {
    const verdicts = Array.from({ length: 20 }, (_, seed) => summaryOf({ trained: 2 }, { agents: 1, seed }).verdict)
    expect(verdicts.filter((verdict) => verdict !== 'not above chance').length).toBeLessThanOrEqual(3)
  })
})

describe('the unit', () => {
  it.each([
    [1, 'episodes'],
    [2, 'each agent'],
    [7, 'each agent'],
    // 4 comparisons: 4 x 2 / 2^8 = 0.031 can be significant, 4 x 2 / 2^7 = 0.0625 cannot
    [8, 'agents'],
  ])('of %i agents is %s', (agents, unit) => {
    expect(summaryOf(replaced(2, 2, 2, 2), { agents, episodes: 2 }).unit).toBe(unit)
  })

  it('is the agent: one agent that differs in every episode is no difference between agents', () => {
    const runs = madeRuns({ ...BASE, ...replaced(LEARNED, LEARNED, LEARNED, LEARNED) }, { sd: 0.01 })
    const [first] = runs
    const changed = runs.map((run) => (run.agent === first.agent && run.condition === 'spikes_rate_matched' ? { ...run, returns: run.returns.map((value) => value - 5) } : run))
    const { loss } = rowOf(summariseAblations(changed), 'spikes_rate_matched')
    expect(loss?.evidence).toBe('none')
    expect(loss?.agentsAlone).toBe(1)
  })

  it('with too few agents: a loss counts only where every agent shows it', () => {
    const runs = madeRuns({ ...BASE, ...replaced(2, 2, 2, 2) }, { agents: 3 })
    const allLose = summariseAblations(runs)
    expect(rowOf(allLose, 'spikes_rate_matched').loss).toMatchObject({ evidence: 'first', agentsAlone: 3 })
    const oneKeeps = summariseAblations(
      runs.map((run) => (run.agent === 'seed-2' && run.condition === 'spikes_rate_matched' ? { ...run, returns: run.returns.map((value) => value + 8) } : run)),
    )
    expect(rowOf(oneKeeps, 'spikes_rate_matched').loss?.evidence).toBe('none')
    expect(oneKeeps.verdict).toBe('unsettled')
  })
})

describe('the share lost', () => {
  it('is 0 for nothing lost, 1 for all, a half for half, with an interval around it', () => {
    const summary = summaryOf(replaced(2, 6, 10, 2))
    for (const [name, share] of [['spikes_rate_matched', 1], ['spikes_shuffled_time', 0.5], ['spikes_shuffled_channels', 0]] as const) {
      const { lost } = rowOf(summary, name)
      // SD 1, 12 episodes, 8 agents: the SE of a mean is 0.1, of a share of 8 about 0.02
      expect(lost?.mean).toBeCloseTo(share, 1)
      expect(lost?.low).toBeLessThan(share + 0.05)
      expect(lost?.high).toBeGreaterThan(share - 0.05)
    }
  })

  it('does not exist where there is nothing to lose', () => {
    const summary = summaryOf({ ...replaced(2, 2, 2, 2), trained: CHANCE })
    expect(summary.rows.every(({ lost }) => lost === null)).toBe(true)
  })

  it('has no interval where the return above chance could be zero', () => {
    const noisy = { whole: [10, -9.5, 0.5], without: [0, 0, 0], chance: [0, 0, 0] }
    expect(lostShare(noisy, 'episodes', Rng.fromSeed(1))).toEqual({ mean: 1, low: null, high: null, n: 3 })
    expect(lostShare({ ...noisy, chance: [9, 9, 9] }, 'episodes', Rng.fromSeed(1))).toBeNull()
  })
})

describe('corrections', () => {
  it('a family of four is corrected for four, that of chance for one', () => {
    const summary = summaryOf(replaced(2, 2, 2, 2))
    // all 8 agents alike: p = 2 / 2^8 each; Holm's first of 4 is 4 p, and none is smaller after it
    expect(rowOf(summary, 'spikes_zero').loss).toMatchObject({ p: 2 / 256, pHolm: 8 / 256 })
    expect(summary.aboveChance).toMatchObject({ p: 2 / 256, pHolm: 2 / 256 })
  })

  it('the same returns give the same summary', () => {
    const levels = { spikes_zero: 6, plasticity_off: 9.9 }
    expect(summaryOf(levels, { agents: 1 })).toEqual(summaryOf(levels, { agents: 1 }))
  })
})

describe('training anew', () => {
  it('is tested against the whole agent trained anew where there is one', () => {
    const summary = summaryOf({ retrained: 6, retrained_encoder_frozen: 6, retrained_no_culture: 12 })
    expect(rowOf(summary, 'retrained_encoder_frozen').loss?.evidence).toBe('none')
    expect(rowOf(summary, 'retrained_no_culture').loss?.evidence).toBe('second')
  })

  it('of one agent is not tested: one training run says nothing about training', () => {
    const { loss, lost } = rowOf(summaryOf({ retrained_encoder_frozen: 3 }, { agents: 1 }), 'retrained_encoder_frozen')
    expect(loss).toMatchObject({ p: null, pHolm: null, evidence: 'none' })
    expect(lost?.low).toBeNull()
  })
})

describe('bad input', () => {
  const runs = madeRuns({ ...BASE, spikes_zero: 2 }, { agents: 2 })
  const [first, ...others] = runs
  it.each([
    ['no run', []],
    ['no run at random', runs.filter(({ condition }) => condition !== 'random_actions')],
    ['an agent without one way to play', others.filter(({ agent, condition }) => agent !== 'seed-2' || condition !== 'spikes_zero')],
    ['an agent twice', [...runs, first]],
    ['another number of episodes', runs.map((run) => (run.condition === 'spikes_zero' ? { ...run, returns: run.returns.slice(1) } : run))],
    ['no episode', runs.map((run) => ({ ...run, returns: [] }))],
    ['a return that is not a number', [{ ...first, returns: first.returns.map(() => NaN) }, ...others]],
  ])('refuses %s', (_, refused) => {
    expect(() => summariseAblations(refused)).toThrow(expect.objectContaining({ code: 'statistics/input' }))
  })
})
