/** The options that every game has which a culture plays. */
import type { TeacherName } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema, type Experiment } from '../experiment.js'
import { requireMemory } from '../memory.js'
import { nearest } from './nearest.js'

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

/** @param known what the game can be played under @throws Bl1Error `cli/feedback`, `cli/open-loop` */
export const feedbackOf = <Name extends string>(received: string, known: readonly Name[]): Name => {
  if (received === 'open_loop') throw new Bl1Error('cli/open-loop', { known })
  const found = known.find((name) => name === received)
  if (found === undefined) throw new Bl1Error('cli/feedback', { received, known, suggestion: nearest(received, known) })
  return found
}

/** The experiment that a session is one trial of. @throws Bl1Error `parameter/invalid`, `culture/too-large` */
export const experimentOf = ({ neurons, minutes, rest }: CultureFlags, taught: TeacherName = 'fep'): Experiment => {
  const options = { culture: { neurons }, protocol: { playMinutes: minutes, restMinutes: rest, taught } }
  const experiment = readParameters(experimentSchema, options, 'bl1 play')
  requireMemory(experiment.culture, 1)
  return experiment
}

/** Simulated time per time on the clock; null for as fast as it goes. Nobody watches a log: it need not wait for the clock. */
export const speedOf = (asked: number | 'max' | undefined, isLive: boolean): number | null => {
  const speed = asked ?? (isLive ? 1 : 'max')
  return speed === 'max' ? null : speed
}
