// Spikes in flight arrive at the cells of one partition.
import { Field, Real } from './fields'
import { address, bound, decayed, integer, integerAt, real, setInteger, setSingle, singleAt } from './context'

/** First row from `row` on whose delay is not `delay`. The rows of a cell are sorted by delay. */
@inline function endOfDelay(delays: usize, row: i32, end: i32, delay: i32): i32 {
  const wanted = i8x16.splat(<i8>delay)
  while (row + 16 <= end) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(delays + <usize>row), wanted))
    if (same != 0xffff) return row + ctz(~same)
    row += 16
  }
  while (row < end && <i32>load<u8>(delays + <usize>row) == delay) row++
  return row
}

/** First row of [row, end) whose postsynaptic cell is at least `cell`; within one delay the rows are sorted by it. */
function firstFrom(post: usize, row: i32, end: i32, cell: i32): i32 {
  while (row < end) {
    const middle = (row + end) >>> 1
    if (integerAt(post, middle) < cell) row = middle + 1
    else end = middle
  }
  return row
}

/** Adds weight x release to what has arrived at each target. */
@inline function arrive(arrived: usize, post: usize, weight: usize, row: i32, end: i32, release: f32): void {
  let target = post + (<usize>row << 2)
  let from = weight + (<usize>row << 2)
  const last = post + (<usize>end << 2)
  while (target + 16 <= last) {
    const a = arrived + (<usize>load<u32>(target) << 2)
    store<f32>(a, load<f32>(a) + load<f32>(from) * release)
    const b = arrived + (<usize>load<u32>(target, 4) << 2)
    store<f32>(b, load<f32>(b) + load<f32>(from, 4) * release)
    const c = arrived + (<usize>load<u32>(target, 8) << 2)
    store<f32>(c, load<f32>(c) + load<f32>(from, 8) * release)
    const d = arrived + (<usize>load<u32>(target, 12) << 2)
    store<f32>(d, load<f32>(d) + load<f32>(from, 12) * release)
    target += 16
    from += 16
  }
  while (target < last) {
    const a = arrived + (<usize>load<u32>(target) << 2)
    store<f32>(a, load<f32>(a) + load<f32>(from) * release)
    target += 4
    from += 4
  }
}

/**
 * STDP: an arrival depresses its synapse by the target's recent spikes, as depressed() in plasticity.ts, or marks it to be depressed by a
 * reward.
 */
@inline function depress(culture: usize, row: i32, end: i32, step: i32): void {
  const post = address(culture, Field.post)
  const weight = address(culture, Field.weight)
  const lastSpikeStep = address(culture, Field.lastSpikeStep)
  const spikeTrace = address(culture, Field.spikeTrace)
  const weightScale = address(culture, Field.weightScale)
  const table = address(culture, Field.lossTable)
  const length = integer(culture, Field.lossLength)
  const amplitude = real(culture, Real.amplitudeMinus)
  const eligibility = address(culture, Field.eligibility)
  const isMarked = integer(culture, Field.rewardSteps) != 0
  for (; row < end; row++) {
    const target = integerAt(post, row)
    const elapsed = step - integerAt(lastSpikeStep, target)
    // most targets have not fired for longer than the window: nothing to lose
    if (elapsed >= length) continue
    const trace = <f64>singleAt(spikeTrace, target) * decayed(table, length, elapsed)
    const loss = amplitude * <f64>singleAt(weightScale, target) * trace
    if (isMarked) setSingle(eligibility, row, <f32>(<f64>singleAt(eligibility, row) - loss))
    else setSingle(weight, row, <f32>max<f64>(0, <f64>singleAt(weight, row) - loss))
  }
}

/**
 * Delivers what was emitted 1 to maxDelaySteps steps ago to the cells of one partition, in the order of delays and, within a delay, of
 * the cells that fired: an order that does not depend on the number of partitions.
 *
 * Each partition keeps, for every spike in flight, the row it has delivered up to and the delay of that row.
 */
export function deliver(culture: usize, partition: i32, step: i32): void {
  const partitions = integer(culture, Field.partitions)
  const rows = integer(culture, Field.flightRows)
  const neurons = integer(culture, Field.neurons)
  const excitatory = integer(culture, Field.excitatory)
  const low = bound(culture, partition)
  const high = bound(culture, partition + 1)
  const counts = address(culture, Field.flightCount)
  const sources = address(culture, Field.flightNeuron)
  const releases = address(culture, Field.flightRelease)
  const mine = <usize>partition * address(culture, Field.flightEntries)
  const cursors = address(culture, Field.flightCursor) + (mine << 2)
  const nexts = address(culture, Field.flightNext) + mine
  const rowStart = address(culture, Field.rowStart)
  const post = address(culture, Field.post)
  const delays = address(culture, Field.delaySteps)
  const weight = address(culture, Field.weight)
  const arrivedExcitatory = address(culture, Field.arrivedExcitatory)
  const arrivedInhibitory = address(culture, Field.arrivedInhibitory)
  const stdp = integer(culture, Field.stdp) != 0
  const longest = min(integer(culture, Field.maxDelaySteps), step)
  let slot = step % rows
  for (let delay = 1; delay <= longest; delay++) {
    slot = slot == 0 ? rows - 1 : slot - 1
    for (let from = 0; from < partitions; from++) {
      const count = integerAt(counts, slot * partitions + from)
      if (count == 0) continue
      const first = slot * neurons + bound(culture, from)
      if (delay == 1) {
        for (let k = first; k < first + count; k++) {
          const source = integerAt(sources, k)
          const row = integerAt(rowStart, source)
          setInteger(cursors, k, row)
          store<u8>(nexts + <usize>k, row < integerAt(rowStart, source + 1) ? load<u8>(delays + <usize>row) : 0)
        }
      }
      const due = i8x16.splat(<i8>delay)
      for (let block = 0; block < count; block += 16) {
        let mask = i8x16.bitmask(i8x16.eq(v128.load(nexts + <usize>(first + block)), due))
        if (count - block < 16) mask &= (1 << (count - block)) - 1
        while (mask != 0) {
          const k = first + block + ctz(mask)
          mask &= mask - 1
          const source = integerAt(sources, k)
          const end = integerAt(rowStart, source + 1)
          let row = integerAt(cursors, k)
          const after = endOfDelay(delays, row, end, delay)
          setInteger(cursors, k, after)
          store<u8>(nexts + <usize>k, after < end ? load<u8>(delays + <usize>after) : 0)
          let stop = after
          if (partitions > 1) {
            if (low > 0) row = firstFrom(post, row, after, low)
            if (high < neurons) stop = firstFrom(post, row, after, high)
          }
          const release = singleAt(releases, k)
          if (source < excitatory) {
            arrive(arrivedExcitatory, post, weight, row, stop, release)
            if (stdp) depress(culture, row, stop, step)
          } else arrive(arrivedInhibitory, post, weight, row, stop, release)
        }
      }
    }
  }
}
