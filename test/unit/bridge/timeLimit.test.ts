/** Limits on waits, in a program that is busy. */
import { expect, it, onTestFinished, vi } from 'vitest'
import { TimeLimit } from '../../../src/bridge/timeLimit.js'

/** A clock of our own: each timer fires `lateMs` after its time, as where the program never rests. @returns when the limit was over */
const endOf = (limitMs: number, lateMs: number): number => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  onTestFinished(() => void vi.restoreAllMocks())
  let overAt: number | undefined
  const limit = new TimeLimit(limitMs, () => (overAt = now))
  for (let timers = 0; overAt === undefined && timers < 100; timers++) {
    now += (timers === 0 ? limitMs : 1000) + lateMs
    vi.runOnlyPendingTimers()
  }
  limit.clear()
  return overAt ?? Number.POSITIVE_INFINITY
}

it('is over in time where the program rests', () => {
  expect(endOf(300, 0)).toBe(300)
})

it('is over some time also where the program never rests', () => {
  expect(endOf(300, 500)).toBe(300 + 500 + 5 * 1500)
})
