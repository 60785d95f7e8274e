/**
 * A stochastic stand-in for cultures, with known truth: what plays is a paddle that follows the ball with some gain.
 *
 * At an encounter with the ball at height y the paddle is at 1/2 + gain (y - 1/2) + noise, kept inside the field. A gain of 0 knows
 * nothing of the ball. Every culture has a gain from its anatomy (near connections that happen to point the right way); plain
 * strengthening of all connections, which stimulation alone brings, multiplies it; contingent learning would add to it.
 */
import type { ConditionName, PongTrial } from '../../src/bench/index.js'
import type { Encounter } from '../../src/loop/index.js'
import type { Rng } from '../../src/rng.js'
import { trialResult } from '../unit/bench/results.js'

const REACH = 1 / 6
const NOISE = 0.2
const PLAY_MS = 20 * 60_000
const PROBE_MS = 3 * 60_000
/** A ball every 2 s. */
const BALL_MS = 2000

/** What a condition does to a culture; gains are in units of the ball's height. */
export interface Effect {
  /** Factor on the anatomical gain once play is over: plain strengthening. */
  readonly strengthening: number
  /** Gain that only contingent feedback adds. */
  readonly contingent: number
  /** Gain during play at its start and end, beyond the anatomical one: what the answers and the loop themselves do to the paddle. */
  readonly playGain: readonly [start: number, end: number]
}

const encounters = (rng: Rng, durationMs: number, gainAt: (share: number) => number): Encounter[] =>
  Array.from({ length: Math.floor(durationMs / BALL_MS) }, (_, k) => {
    const targetHeight = rng.uniform()
    const aim = 0.5 + gainAt((k * BALL_MS) / durationMs) * (targetHeight - 0.5) + NOISE * rng.normal()
    const ownHeight = Math.min(1 - REACH, Math.max(REACH, aim))
    const hit = Math.abs(targetHeight - ownHeight) <= REACH
    return { timeMs: k * BALL_MS, hit, targetHeight, ownHeight, reach: REACH, lowest: REACH, highest: 1 - REACH }
  })

/** Options of {@link playModel}. */
export interface ModelOptions {
  readonly cultures: number
  readonly firstSeed: number
  readonly effects: Partial<Record<ConditionName, Effect>>
  /** Mean and SD over cultures of the anatomical gain. */
  readonly anatomy: readonly [mean: number, sd: number]
  /** SD of what else differs between two trials of the same culture. @default 0.05 */
  readonly trialSd?: number
  /** Leave out play: only the probes count. */
  readonly probesOnly?: boolean
  readonly rng: Rng
}

/** One trial a culture and condition. The probe before play is shared by the conditions of a culture, as in a real comparison. */
export const playModel = ({ cultures, firstSeed, effects, anatomy, trialSd = 0.05, probesOnly = false, rng }: ModelOptions): PongTrial[] =>
  Array.from({ length: cultures }, (_, k) => firstSeed + k).flatMap((seed) => {
    const culture = rng.split(seed)
    const [mean, sd] = anatomy
    const anatomical = mean + sd * culture.split('anatomy').normal()
    const probeBefore = encounters(culture.split('probe'), PROBE_MS, () => anatomical)
    return Object.entries(effects).map(([name, { strengthening, contingent, playGain }]) => {
      const condition = name as ConditionName
      const own = culture.split(condition)
      const trained = anatomical * strengthening + contingent + trialSd * own.normal()
      const [start, end] = playGain
      const inPlay = (share: number): number => anatomical + start + (end - start) * Math.min(1, share / 0.3)
      return trialResult(seed, condition, {
        durationMs: PLAY_MS,
        encounters: probesOnly ? [] : encounters(own.split('play'), PLAY_MS, inPlay),
        probeBefore,
        probeAfter: encounters(own.split('probe'), PROBE_MS, () => trained),
      })
    })
  })
