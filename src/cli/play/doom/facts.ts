/** What is known of a session of Doom: what stays the same, and what every step changes. Plain data, for screen, log, film and summary. */
import type { DoomHead } from '../../../../envs/doom/actions/codec.js'
import type { Frame } from '../../../env/index.js'
import { formatDuration } from '../../../io/index.js'
import type { AnswerKind } from './picture/scene.js'

/** What stays the same over a session. */
export interface DoomFacts {
  readonly scenario: string
  readonly feedback: string
  readonly seed: number
  readonly neurons: number
  /** Where play ends; null: with the episodes. */
  readonly totalMs: number | null
  readonly episodes: number | null
  readonly heads: readonly DoomHead[]
  /** What the gains map the resting rate of a motor group to, Hz an electrode. */
  readonly restRateHz: number
}

/** Where the game stands. */
export interface DoomScore {
  /** The first is 1. */
  readonly episode: number
  readonly step: number
  readonly return: number
  readonly kills: number
  readonly health: number
  readonly ammo: number
}

/** The rate of a motor group after gain, by the button that it presses. */
export interface ButtonRate {
  readonly button: string
  readonly rateHz: number
}

/** One moment. */
export interface DoomMoment {
  readonly playMs: number
  readonly score: DoomScore
  /** What the player sees; undefined where nobody looks. */
  readonly picture: Frame | undefined
  readonly rates: readonly ButtonRate[]
  /** Buttons that are held down. */
  readonly pressed: readonly string[]
  /** What happened last, newest first. */
  readonly events: readonly string[]
  /** The latest answer, while it is under way. */
  readonly answer: { readonly name: string; readonly kind: AnswerKind } | undefined
  readonly realTimeFactor: number
  readonly possibleFactor: number
}

/** `Doom basic under fep, seed 1, 1,000 neurons` */
export const headingOf = ({ scenario, feedback, seed, neurons }: DoomFacts): string =>
  `Doom ${scenario} under ${feedback}, seed ${seed}, ${neurons.toLocaleString('en')} neurons`

/** `1:05 of 2:00`, or of how many episodes. */
export const timeText = ({ totalMs, episodes }: DoomFacts, playMs: number, episode: number): string => {
  if (totalMs !== null) return `${formatDuration(playMs)} of ${formatDuration(totalMs)}`
  return episodes === null ? formatDuration(playMs) : `${formatDuration(playMs)}, episode ${episode} of ${episodes}`
}

/** With the sign that is as wide as a plus. */
export const signed = (value: number): string => value.toFixed(1).replace('-', '−')

/** Name and value of everything in a score. */
export const scoreValues = ({ episode, step, return: total, kills, health, ammo }: DoomScore): readonly { readonly label: string; readonly value: string }[] => [
  { label: 'episode', value: String(episode) },
  { label: 'step', value: String(step) },
  { label: 'return', value: signed(total) },
  { label: 'kills', value: String(kills) },
  { label: 'health', value: String(health) },
  { label: 'ammo', value: String(ammo) },
]
