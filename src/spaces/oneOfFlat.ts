/** How a member of one of several spaces lies in a flat array. */
import { commonDType } from './commonDType.js'
import { dtypes } from './dtypes.js'
import { oneHot, type Flat, type NumberArray } from './flat.js'

/** Widens bounds, from `offset` on, by those of one space's flat values. */
const widenBounds = (flat: Flat<unknown>, low: NumberArray, high: NumberArray, offset: number): void => {
  const lows: NumberArray = dtypes[flat.dtype].create(flat.length)
  const highs: NumberArray = dtypes[flat.dtype].create(flat.length)
  flat.writeBounds(lows, highs, 0)
  for (let i = 0; i < flat.length; i++) {
    low[offset + i] = Math.min(low[offset + i], lows[i])
    high[offset + i] = Math.max(high[offset + i], highs[i])
  }
}

/** One place a space, 1 at the one taken; then the value, filled up with 0 to the longest. */
export const flatOfOne = (flats: readonly Flat<unknown>[]): Flat<{ readonly index: number; readonly value: unknown }> => {
  const index = oneHot(flats.length, 0)
  const length = index.length + Math.max(...flats.map((flat) => flat.length))
  return {
    length,
    dtype: commonDType(['uint8', ...flats.map((flat) => flat.dtype)]),
    writeBounds: (low, high, offset) => {
      low.fill(0, offset, offset + length)
      high.fill(0, offset, offset + length)
      index.writeBounds(low, high, offset)
      for (const flat of flats) widenBounds(flat, low, high, offset + index.length)
    },
    write: (member, out, offset) => {
      out.fill(0, offset, offset + length)
      index.write(member.index, out, offset)
      flats[member.index].write(member.value, out, offset + index.length)
    },
    read: (flat, offset) => {
      const taken = index.read(flat, offset)
      return { index: taken, value: flats[taken].read(flat, offset + index.length) }
    },
  }
}
