// The way back: the excitatory synapses onto each cell.
//
// Rows come in the order of their sources and go to their targets: written one by one, each would touch memory far from the one before.
// So the rows of a stretch are first sent to blocks of targets that lie together (parcels), and each block is then unpacked where it fits
// into the processor's cache.
import { blockEnds, incomingOrigin, incomingRow, nextEntry, parcels, post, rowStart } from './plan'

/** 2,048 targets a block: at most 512 blocks below 2^20 cells. */
const BLOCK_SHIFT: u32 = 11
const BLOCKS: usize = 512
const PARCEL_BYTES: usize = 12

let source: i32 = 0

@inline function blockOf(key: u32): usize {
  return blockEnds + (<usize>((key & 0x00ffffff) >> BLOCK_SHIFT) << 2)
}

/** Parcels of the rows by block, within a block in the order of the rows: key (delay << 24 | target), row, source. */
function send(first: i32, last: i32): void {
  memory.fill(blockEnds, 0, BLOCKS << 2)
  for (let row = first; row < last; row++) {
    const block = blockOf(load<u32>(post + (<usize>row << 2)))
    store<u32>(block, load<u32>(block) + 1)
  }
  let sum = parcels
  for (let block = blockEnds; block < blockEnds + (BLOCKS << 2); block += 4) {
    const count = load<u32>(block)
    store<usize>(block, sum)
    sum += count * PARCEL_BYTES
  }
  let sourceEnd = load<i32>(rowStart + (<usize>source << 2), 4)
  for (let row = first; row < last; row++) {
    while (row >= sourceEnd) {
      source++
      sourceEnd = load<i32>(rowStart + (<usize>source << 2), 4)
    }
    const key = load<u32>(post + (<usize>row << 2))
    const block = blockOf(key)
    const parcel = load<usize>(block)
    store<usize>(block, parcel + PARCEL_BYTES)
    store<u32>(parcel, key)
    store<i32>(parcel, row, 4)
    store<i32>(parcel, source, 8)
  }
}

/**
 * Enters the excitatory rows from `first` on up to, not including, `last` with their targets, in the order of the rows. Rows must be
 * entered in order, from row 0 on, before they are weighed.
 */
export function listIncoming(first: i32, last: i32): void {
  if (first == 0) source = 0
  send(first, last)
  const end = parcels + <usize>(last - first) * PARCEL_BYTES
  for (let parcel = parcels; parcel < end; parcel += PARCEL_BYTES) {
    const key = load<u32>(parcel)
    const next = nextEntry + (<usize>(key & 0x00ffffff) << 2)
    const entry = <usize>load<i32>(next)
    store<i32>(next, <i32>entry + 1)
    store<i32>(incomingRow + (entry << 2), load<i32>(parcel, 4))
    store<u32>(incomingOrigin + (entry << 2), (load<u32>(parcel, 8) << 8) | (key >> 24))
  }
}
