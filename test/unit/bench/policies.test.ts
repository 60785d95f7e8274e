/** Which feedback a session of Pong has under which condition. */
import { describe, expect, it } from 'vitest'
import { pongPolicy, type ConditionName, type TeacherName } from '../../../src/bench/index.js'
import type { FeedbackPolicy } from '../../../src/feedback/index.js'
import { Rng } from '../../../src/rng.js'

/** What a policy does: how long it answers hit and miss, how long it pauses after a move nearer and farther, and what a hit and a miss earn. */
const habitsOf = (policy: FeedbackPolicy) => {
  const context = { channels: [8, 9], rng: Rng.fromSeed(1) }
  return {
    answersMs: (['hit', 'miss'] as const).map((outcome) => policy.answer(outcome, context).durationMs),
    pausesMs: [policy.pauseAfterMove?.({ distanceBefore: 0.3, distanceAfter: 0.2 }), policy.pauseAfterMove?.({ distanceBefore: 0.2, distanceAfter: 0.3 })],
    earns: (['hit', 'miss'] as const).map((outcome) => Math.sign(policy.rewardFor?.(outcome) ?? 0)),
  }
}
const NO_PAUSES = [undefined, undefined]
const under = (condition: Exclude<ConditionName, 'open_loop'>, taught: TeacherName) => habitsOf(pongPolicy(condition, taught))

describe('the feedback of a condition', () => {
  it.each([
    ['fep', { answersMs: [100, 8000], pausesMs: NO_PAUSES, earns: [0, 0] }, { answersMs: [8000, 100], pausesMs: NO_PAUSES, earns: [0, 0] }],
    ['avoidance', { answersMs: [0, 0], pausesMs: [20, 0], earns: [0, 0] }, { answersMs: [0, 0], pausesMs: [0, 20], earns: [0, 0] }],
    ['reward', { answersMs: [0, 0], pausesMs: NO_PAUSES, earns: [1, -1] }, { answersMs: [0, 0], pausesMs: NO_PAUSES, earns: [-1, 1] }],
  ] as const)('where %s is taught: its own, the same in controls that differ elsewhere, exchanged under inverted', (taught, own, exchanged) => {
    for (const condition of [taught, 'plasticity_off', 'no_cells', 'shuffled_electrodes'] as const) expect(under(condition, taught)).toEqual(own)
    expect(under('inverted', taught)).toEqual(exchanged)
    expect([pongPolicy(taught, taught).name, pongPolicy('inverted', taught).name]).toEqual([taught, 'inverted'])
  })

  it('does not depend on who is taught where it has one of its own', () => {
    for (const condition of ['fep', 'avoidance', 'reward', 'silent', 'no_feedback', 'rest'] as const) {
      for (const taught of ['avoidance', 'reward'] as const) expect(under(condition, taught)).toEqual(under(condition, 'fep'))
      expect(pongPolicy(condition, 'avoidance').name).toBe(condition)
    }
  })
})
