/** Stretches of seeds: which were used, and which are still free. */

/** First and last seed of a stretch, both in it. */
export type SeedRange = readonly [first: number, last: number]

/** The seeds of so many cultures. */
export const rangeOf = (firstSeed: number, cultures: number): SeedRange => [firstSeed, firstSeed + cultures - 1]

/** The same seeds in ascending order, those that overlap or touch joined. */
export const mergeRanges = (ranges: readonly SeedRange[]): SeedRange[] => {
  const merged: [number, number][] = []
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1)
    if (before === undefined || first > before[1] + 1) merged.push([first, last])
    else before[1] = Math.max(before[1], last)
  }
  return merged
}

/** The first stretch that both have; undefined for none. */
export const overlapOf = ([first, last]: SeedRange, used: readonly SeedRange[]): SeedRange | undefined => {
  const met = mergeRanges(used).find((range) => range[0] <= last && range[1] >= first)
  return met === undefined ? undefined : [Math.max(first, met[0]), Math.min(last, met[1])]
}

/** The smallest seed from `from` on after which so many seeds are free. */
export const firstFreeSeed = (from: number, cultures: number, used: readonly SeedRange[]): number => {
  let free = from
  for (const [first, last] of mergeRanges(used)) if (first <= free + cultures - 1 && last >= free) free = last + 1
  return free
}

/** `1 to 36, 1001 to 1020` */
export const showRanges = (ranges: readonly SeedRange[]): string =>
  mergeRanges(ranges).map(([first, last]) => (first === last ? String(first) : `${first} to ${last}`)).join(', ')
