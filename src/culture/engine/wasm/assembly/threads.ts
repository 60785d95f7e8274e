// Several threads advance one culture, or many. There is no barrier to join: whoever finds a piece of work unclaimed takes it, so a thread
// that comes late, or never, delays nobody, and the results do not depend on who did what.
import { LINE_BYTES, Field } from './fields'
import { address, integer, integerAt } from './context'
import { run } from './culture'
import { advance } from './step'

/** Sleeps for at most a millisecond while the word at `at` is `value`. */
@external('env', 'sleep') declare function sleep(at: usize, value: i32): void

/**
 * Looks at a word before a thread goes to sleep over it: about a millisecond, longer than the partitions of a large culture differ in a
 * step. Sleeping takes another, in which 100,000 cells could have been advanced by two steps.
 */
const LOOKS: i32 = 200_000

@inline function line(column: usize, index: i32): usize {
  return column + <usize>(index * LINE_BYTES)
}

/** Index of a partition that has not finished all steps before `step`; -1 where all have. */
@inline function unfinished(culture: usize, step: i32): i32 {
  const done = address(culture, Field.done)
  for (let k = integer(culture, Field.partitions) - 1; k >= 0; k--) if (atomic.load<i32>(line(done, k)) - step < 0) return k
  return -1
}

/** Waits until every partition has finished all steps before `step`. False: gave up after sleeping `limitMs` times. */
function finish(culture: usize, step: i32, limitMs: i32): bool {
  let looks = 0
  for (let k = unfinished(culture, step); k >= 0; k = unfinished(culture, step)) {
    const word = line(address(culture, Field.done), k)
    const value = atomic.load<i32>(word)
    if (value - step >= 0) continue
    if (++looks < LOOKS) continue
    if (looks - LOOKS > limitMs) return false
    sleep(word, value)
  }
  return true
}

/**
 * Takes part in advancing one culture to the step in Field.end: claims a partition's next step, once all partitions have finished the step
 * before, and computes it; its own partition first. Returns 1 when that step is reached, 0 when the others kept it waiting for `limitMs`.
 */
export function work(culture: usize, own: i32, limitMs: i32): i32 {
  const partitions = integer(culture, Field.partitions)
  const claimed = address(culture, Field.claimed)
  const done = address(culture, Field.done)
  const end = atomic.load<i32>(culture + (<usize>Field.end << 2))
  let reached = end - 1
  while (reached != end) {
    let waitFor = end
    let isIdle = true
    for (let k = 0; k < partitions && isIdle; k++) {
      const partition = (own + k) % partitions
      const claim = line(claimed, partition)
      const step = atomic.load<i32>(claim)
      if (step - end >= 0) continue
      waitFor = step
      if (unfinished(culture, step) >= 0 || atomic.cmpxchg<i32>(claim, step, step + 1) != step) continue
      advance(culture, partition, step)
      atomic.store<i32>(line(done, partition), step + 1)
      isIdle = false
    }
    if (!isIdle) continue
    // what is left is claimed by others, or waits for a step that others have claimed
    if (!finish(culture, waitFor, limitMs)) return 0
    reached = waitFor
  }
  return 1
}

/**
 * Takes part in advancing many cultures, each to the step in its Field.end: claims one culture after the other, from `first` on, and
 * computes all its steps. Returns when nothing is left to claim; a helper does not wait for the others, because by the time they are
 * done the owner may have set new ends, and would wait for the helper.
 */
export function workBatch(list: usize, cultures: i32, first: i32): void {
  for (let k = 0; k < cultures; k++) {
    const culture = <usize>integerAt(list, (first + k) % cultures)
    const claim = address(culture, Field.claimed)
    const end = atomic.load<i32>(culture + (<usize>Field.end << 2))
    const next = atomic.load<i32>(claim)
    if (next - end >= 0 || atomic.cmpxchg<i32>(claim, next, end) != next) continue
    run(culture, next, end)
    atomic.store<i32>(address(culture, Field.done), end)
  }
}

/** The owner waits for what others have claimed. Returns 1 when all cultures are at their ends, 0 when it was kept waiting for `limitMs`. */
export function finishBatch(list: usize, cultures: i32, limitMs: i32): i32 {
  for (let k = 0; k < cultures; k++) {
    const culture = <usize>integerAt(list, k)
    if (!finish(culture, atomic.load<i32>(culture + (<usize>Field.end << 2)), limitMs)) return 0
  }
  return 1
}
