/** A duration in minutes as whole ticks of a loop. */
import { Bl1Error } from '../errors.js'
import { MS_PER_MINUTE } from '../units.js'

/** @param smallest 0 where no time at all is fine @throws Bl1Error `loop/minutes` */
export const ticksIn = (minutes: number, tickMs: number, name: string, smallest: number): number => {
  const ticks = Math.round((minutes * MS_PER_MINUTE) / tickMs)
  if (!(minutes >= smallest && ticks < Infinity) || (smallest > 0 && ticks === 0)) {
    throw new Bl1Error('loop/minutes', { name, minutes: String(minutes) })
  }
  return ticks
}
