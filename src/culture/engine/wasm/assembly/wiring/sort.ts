// Sorts the targets of one cell: by delay, then by cell.
import { cellAt, counters, neurons, scratchA, scratchB } from './plan'

/** Below this many, insertion beats counting. */
const FEW = 64
/** Bytes of the counters of one digit. */
const DIGIT: usize = 4096

/** Exchanges the place in a key for the cell there. */
@inline function withCell(key: u32): u32 {
  return (key & 0xff000000) | load<u32>(cellAt + (<usize>(key & 0x00ffffff) << 2))
}

function insert(count: i32, to: usize): void {
  for (let k = 0; k < count; k++) {
    const key = withCell(load<u32>(scratchA + (<usize>k << 2)))
    let at = to + (<usize>k << 2)
    while (at > to) {
      const before = load<u32>(at - 4)
      if (before <= key) break
      store<u32>(at, before)
      at -= 4
    }
    store<u32>(at, key)
  }
}

/** Turns the counts of a digit into the bytes before its first key. */
function accumulate(digit: usize, values: i32): void {
  let sum: u32 = 0
  const end = digit + (<usize>values << 2)
  for (let at = digit; at < end; at += 4) {
    const count = load<u32>(at)
    store<u32>(at, sum)
    sum += count << 2
  }
}

@inline function countKey(counter: usize): void {
  store<u32>(counter, load<u32>(counter) + 1)
}

/** One stable pass by the digit of `mask` above `shift`. */
function pass(from: usize, to: usize, count: i32, digit: usize, shift: u32, mask: u32): void {
  const end = from + (<usize>count << 2)
  for (; from < end; from += 4) {
    const key = load<u32>(from)
    const counter = digit + (<usize>((key >> shift) & mask) << 2)
    const offset = load<u32>(counter)
    store<u32>(counter, offset + 4)
    store<u32>(to + offset, key)
  }
}

/** Writes the targets in scratch A (delay << 24 | place) to `to`, sorted, as delay << 24 | cell. */
export function sortTargets(count: i32, to: usize): void {
  if (count < FEW) {
    insert(count, to)
    return
  }
  // two digits of the cell, at most 10 bits each below 2^20 cells, and one of the delay
  const cellBits = 32 - clz<i32>(neurons - 1)
  const lowBits = (cellBits + 1) >> 1
  const mask: u32 = (1 << lowBits) - 1
  const low = counters
  const high = counters + DIGIT
  const delay = counters + 2 * DIGIT
  memory.fill(low, 0, (mask + 1) << 2)
  memory.fill(high, 0, (mask + 1) << 2)
  memory.fill(delay, 0, 1024)
  const end = scratchA + (<usize>count << 2)
  for (let at = scratchA; at < end; at += 4) {
    const key = withCell(load<u32>(at))
    store<u32>(at, key)
    countKey(low + (<usize>(key & mask) << 2))
    countKey(high + (<usize>((key >> lowBits) & mask) << 2))
    countKey(delay + (<usize>(key >> 24) << 2))
  }
  accumulate(low, mask + 1)
  accumulate(high, mask + 1)
  accumulate(delay, 256)
  pass(scratchA, scratchB, count, low, 0, mask)
  pass(scratchB, scratchA, count, high, lowBits, mask)
  pass(scratchA, to, count, delay, 24, 255)
}
