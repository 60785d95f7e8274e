/** What is measured: a program that does a given amount of work and says how long it took. The clock is read twice a round. */

/** What one round did. */
export interface Tally {
  /** Steps taken (environments made, pictures drawn). */
  readonly steps: number
  readonly seconds: number
  /** Resets at ends of episodes within it: their time is part of `seconds`, as it is of every training run. */
  readonly resets: number
}

/** Does `steps` steps and times them. State goes on from one round to the next. */
export type Program = (steps: number) => Tally | Promise<Tally>

const MS_PER_SECOND = 1000

/** Times `work`, which returns how many resets it made. */
export const timed = (steps: number, work: () => number): Tally => {
  const startedMs = performance.now()
  const resets = work()
  return { steps, seconds: (performance.now() - startedMs) / MS_PER_SECOND, resets }
}

/** The same for work that answers later. */
export const timedAsync = async (steps: number, work: () => Promise<number>): Promise<Tally> => {
  const startedMs = performance.now()
  const resets = await work()
  return { steps, seconds: (performance.now() - startedMs) / MS_PER_SECOND, resets }
}
