/** Which episodes are recorded. Episodes count from 0. A schedule is JSON, so that a spec can hold it. */
import { z } from 'zod'
import { quantity, readParameters } from '../parameters.js'

/** `'cappedCubic'`, `'everyEpisode'`, or every n-th: `{ every: 10 }`. */
export type Schedule = 'cappedCubic' | 'everyEpisode' | { readonly every: number }

/** Episodes 0, 1, 8, 27 ... 729, then 1000, 2000 ...: often while much changes, rarely later. Gymnasium's default. */
export const cappedCubic = (episode: number): boolean =>
  episode < 1000 ? Math.round(Math.cbrt(episode)) ** 3 === episode : episode % 1000 === 0

/** All of them. */
export const everyEpisode = (_episode: number): boolean => true

const everyJSON = z.strictObject({ every: quantity({ default: 1, unit: 'episodes', min: 1, integer: true, doc: 'Records every n-th episode.' }) })

/** A schedule in JSON. */
export const scheduleJSON = z.union([z.enum(['cappedCubic', 'everyEpisode']), everyJSON], {
  error: "'cappedCubic', 'everyEpisode' or { every: n } with a whole n of at least 1",
})

/**
 * Episodes 0, n, 2n ...
 * @throws Bl1Error `parameter/invalid` unless n is a whole number of at least 1
 */
export const everyNth = (n: number): ((episode: number) => boolean) => {
  const { every } = readParameters(everyJSON, { every: n }, 'everyNth')
  return (episode) => episode % every === 0
}

/** The function that a schedule in JSON names. */
export const scheduleOf = (schedule: Schedule): ((episode: number) => boolean) => {
  if (schedule === 'cappedCubic') return cappedCubic
  if (schedule === 'everyEpisode') return everyEpisode
  return everyNth(schedule.every)
}
