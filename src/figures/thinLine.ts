/** Thins a long trace for drawing so that no peak or trough is lost: the picture is the same, the file a hundredth. */

import type { TimeSpan } from './figureSpec.js'

/**
 * Keeps the lowest and the highest point of each of `buckets` equal runs of samples (all samples if there are no more than two a bucket).
 * @param timesS - times in s, ascending
 * @param values - as many
 * @param buckets - one a pixel is enough
 * @param span - only points inside it are kept; all when left out
 */
export const thinLine = (
  timesS: ArrayLike<number>, values: ArrayLike<number>, buckets: number, span: TimeSpan = { fromS: -Infinity, toS: Infinity },
): { time: number; value: number }[] => {
  let first = 0
  while (first < timesS.length && timesS[first] < span.fromS) first++
  let past = timesS.length
  while (past > first && timesS[past - 1] > span.toS) past--
  const points: { time: number; value: number }[] = []
  const perBucket = Math.max(1, Math.ceil((past - first) / buckets))
  for (let start = first; start < past; start += perBucket) {
    const end = Math.min(past, start + perBucket)
    let lowest = start
    let highest = start
    for (let i = start + 1; i < end; i++) {
      if (values[i] < values[lowest]) lowest = i
      if (values[i] > values[highest]) highest = i
    }
    for (const i of lowest === highest ? [lowest] : [Math.min(lowest, highest), Math.max(lowest, highest)]) {
      points.push({ time: timesS[i], value: values[i] })
    }
  }
  return points
}
