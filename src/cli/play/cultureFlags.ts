/** The options that every game has which a culture plays. */
import { Bl1Error } from '../../errors.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema, type Experiment } from '../experiment.js'
import { requireMemory } from '../memory.js'
import { nearest } from './nearest.js'
import { PLAYABLE, type PlayableFeedback } from './protocol.js'

/** What `bl1 play pong` and `bl1 play doom` are given. */
export interface CultureFlags {
  readonly feedback: string
  readonly minutes: number
  readonly seed: number
  readonly neurons: number
  readonly rest: number
  readonly speed?: number | 'max'
  readonly json?: boolean
}

/** @throws Bl1Error `cli/feedback`, `cli/open-loop` */
export const feedbackOf = (received: string): PlayableFeedback => {
  if (received === 'open_loop') throw new Bl1Error('cli/open-loop', { known: PLAYABLE })
  const found = PLAYABLE.find((name) => name === received)
  if (found === undefined) throw new Bl1Error('cli/feedback', { received, known: PLAYABLE, suggestion: nearest(received, PLAYABLE) })
  return found
}

/** The experiment that a session is one trial of. @throws Bl1Error `parameter/invalid`, `culture/too-large` */
export const experimentOf = ({ neurons, minutes, rest }: CultureFlags): Experiment => {
  const experiment = readParameters(experimentSchema, { culture: { neurons }, protocol: { playMinutes: minutes, restMinutes: rest } }, 'bl1 play')
  requireMemory(experiment.culture, 1)
  return experiment
}

/** Simulated time per time on the clock; null for as fast as it goes. Nobody watches a log: it need not wait for the clock. */
export const speedOf = (asked: number | 'max' | undefined, isLive: boolean): number | null => {
  const speed = asked ?? (isLive ? 1 : 'max')
  return speed === 'max' ? null : speed
}
