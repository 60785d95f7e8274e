/** Feedback on moves and rewards in the closed loop. */
import { describe, expect, it } from 'vitest'
import { avoidance, noFeedback, NO_SCRIPT, openLoop, reward, type FeedbackPolicy } from '../../../src/feedback/index.js'
import { EmptyDish, placeRateEncoder, sessionScript, type Session, type TickView } from '../../../src/loop/index.js'
import { SensoryPause } from '../../../src/loop/sensoryPause.js'
import { codeOf } from '../culture/cultures.js'
import { loopOf, NotingDish, wandering } from './dishes.js'

const TICK_MS = 10
const FAST = { lowestRateHz: 100, highestRateHz: 100 }
const played = (policy: FeedbackPolicy, dish: NotingDish): { session: Session; views: TickView[] } => {
  const views: TickView[] = []
  const session = loopOf(policy, dish, { encoder: placeRateEncoder(FAST) }).play({ minutes: 0.2, onTick: (view) => views.push({ ...view, observation: Array.from(view.observation) }) })
  return { session, views }
}
/** Ticks in which a pulse was sent: 5 ms before it was delivered; at 100 Hz it leaves at the very end of its tick, which is a step later. */
const pulseTicks = (dish: NotingDish): Set<number> => new Set(dish.pulses.map(([step]) => Math.floor(((step - 1) / 2 - 5) / TICK_MS) * TICK_MS))

describe('avoidance in the loop', () => {
  const dish = wandering(400)
  const { session, views } = played(avoidance(), dish)
  const pulsed = pulseTicks(dish)
  const heights = views.map(({ observation }) => ({ ball: observation[1], own: observation[4] }))
  /** Ticks whose move brought the paddle nearer to where the ball then was; serves put the paddle back and are left out. */
  const nearer = views.flatMap(({ playMs, event }, k) => {
    if (k === 0 || event !== null || views[k - 1].event !== null) return []
    const { ball, own } = heights[k]
    return Math.abs(ball - own) < Math.abs(ball - heights[k - 1].own) - 1e-6 ? [playMs] : []
  })

  it('shows nothing of the game for 20 ms after each move towards the ball, and the game goes on', () => {
    expect(nearer.length).toBeGreaterThan(200)
    for (const ms of nearer) expect([pulsed.has(ms), pulsed.has(ms + TICK_MS)]).toEqual([false, false])
    expect(views.every(({ isAnswering }) => !isAnswering)).toBe(true)
    const isInPause = (ms: number): boolean => session.pauses.some((start, k) => k % 2 === 0 && ms >= start && ms < session.pauses[k + 1])
    expect(views.filter(({ isPaused, playMs }) => isPaused !== isInPause(playMs))).toEqual([])
    expect(session.encounters.length).toBeGreaterThan(1)
  })

  it('shows the game at all other times', () => {
    const paused = new Set(nearer.flatMap((ms) => [ms, ms + TICK_MS]))
    const shown = views.filter(({ playMs, event }, k) => !paused.has(playMs) && event === null && views[Math.max(0, k - 1)].event === null && views[Math.max(0, k - 2)].event === null)
    // 100 Hz at ticks of 10 ms: a pulse a tick
    expect(shown.length).toBeGreaterThan(100)
    expect(shown.filter(({ playMs }) => pulsed.has(playMs)).length / shown.length).toBeGreaterThan(0.95)
  })

  it('keeps its pauses as ascending stretches, for the yoked control to replay whatever happens in its own game', () => {
    expect(session.pauses.length).toBeGreaterThan(10)
    expect([...session.pauses].sort((a, b) => a - b)).toEqual(session.pauses)
    const other = wandering(700)
    const yoked = played(openLoop(sessionScript(session)), other)
    expect(yoked.session.pauses).toEqual(session.pauses)
    expect(yoked.session.encounters).not.toEqual(session.encounters)
    const quiet = views.map(({ playMs }) => playMs).filter((ms) => session.pauses.some((start, k) => k % 2 === 0 && ms >= start && ms < session.pauses[k + 1]))
    expect(quiet.filter((ms) => pulseTicks(other).has(ms))).toEqual([])
  })

  it('keeps pauses that overlap or touch as one, whichever ends last', () => {
    const pause = new SensoryPause({ ...avoidance(), pauseAfterMove: ({ distanceAfter }) => distanceAfter })
    for (const [startMs, pauseMs] of [[0, 30], [10, 5], [30, 10], [60, 20]] as const) {
      pause.respond({ distanceBefore: 1, distanceAfter: pauseMs }, startMs)
    }
    expect(pause.given).toEqual([0, 40, 60, 80])
    expect([59, 79, 80].map((ms) => pause.isOn(ms))).toEqual([true, true, false])
  })

  it('needs to know where the own position stands in the observation', () => {
    const fields = { height: 1, nearness: 0 }
    expect(codeOf(() => loopOf(avoidance(), new NotingDish(), { fields }).play({ minutes: 0.01 }))).toBe('loop/observation')
    expect(codeOf(() => loopOf(noFeedback(), new NotingDish(), { fields }).play({ minutes: 0.01 }))).toBeUndefined()
  })
})

describe('reward in the loop', () => {
  class RewardedDish extends NotingDish {
    readonly rewards: [step: number, amount: number][] = []
    reward(amount: number): void {
      this.rewards.push([this.step, amount])
    }
  }

  it('hands a reward to the culture at each encounter, and its yoked twin the same at the same times', () => {
    const dish = new RewardedDish()
    const { session } = played(reward(), dish)
    expect(dish.rewards).toEqual(session.encounters.map(({ timeMs }, k) => [timeMs * 2, session.rewards[k]?.amount]))
    expect(session.rewards.map(({ amount }) => amount > 0)).toEqual(session.encounters.map(({ hit }) => hit))
    const twin = new RewardedDish()
    played(openLoop({ ...NO_SCRIPT, rewards: session.rewards }), twin)
    expect(twin.rewards).toEqual(dish.rewards)
  })

  it('is refused by a dish that knows none; one without cells takes it without a word', () => {
    for (const policy of [reward(), openLoop({ ...NO_SCRIPT, rewards: [{ startMs: 100, amount: 1 }] })]) {
      expect(codeOf(() => loopOf(policy, new NotingDish()).play({ minutes: 0.01 }))).toBe('loop/no-reward')
    }
    expect(loopOf(reward(), new EmptyDish(1342)).play({ minutes: 0.1 }).rewards.length).toBeGreaterThan(0)
  })
})
