/** What a column must be before an engine may work with it. Every entry is looked at, in plain loops: large cultures have 10^8 of them. */

type Floats = Float32Array | Float64Array
type Integers = Int32Array | Uint32Array | Uint8Array

/** Class and length of a column of real numbers, all finite; `least` is the smallest allowed. */
export interface FloatRule {
  readonly type: Float32ArrayConstructor | Float64ArrayConstructor
  readonly length: number
  readonly least?: number
}

/** Class and length of a column of whole numbers, each from `from` (0 unless told) up to, not including, `below`. */
export interface IntegerRule {
  readonly type: Int32ArrayConstructor | Uint32ArrayConstructor | Uint8ArrayConstructor
  readonly length: number
  readonly from?: number
  readonly below: number
}

/** Index of the first entry that is not finite or lies below `least`; -1 where there is none. */
const firstBadFloat = (column: Floats, least = -Number.MAX_VALUE): number => {
  for (let k = 0; k < column.length; k++) {
    if (!(column[k] >= least && column[k] <= Number.MAX_VALUE)) return k
  }
  return -1
}

/** Index of the first entry outside `from` to `below` - 1; -1 where there is none. */
const firstOutside = (column: Integers, from: number, below: number): number => {
  for (let k = 0; k < column.length; k++) {
    if (column[k] < from || column[k] >= below) return k
  }
  return -1
}

/** Index of the first entry that is smaller than the one before it; -1 where there is none. */
export const firstDescent = (column: Int32Array): number => {
  for (let k = 1; k < column.length; k++) {
    if (column[k] < column[k - 1]) return k
  }
  return -1
}

/** What is wrong with a value that should be such a column, in words; undefined where nothing is. */
export const columnFault = (column: unknown, rule: FloatRule | IntegerRule): string | undefined => {
  if (!(column instanceof rule.type)) return 'is missing or of the wrong type'
  if (column.length !== rule.length) return `has ${column.length} entries, not ${rule.length}`
  if (column instanceof Float32Array || column instanceof Float64Array) {
    const bad = firstBadFloat(column, 'least' in rule ? rule.least : undefined)
    return bad < 0 ? undefined : `holds ${column[bad]} at ${bad}, not a finite number${'least' in rule ? ` from ${rule.least} on` : ''}`
  }
  if (!('below' in rule)) return undefined
  const from = rule.from ?? 0
  const bad = firstOutside(column, from, rule.below)
  return bad < 0 ? undefined : `holds ${column[bad]} at ${bad}, not ${from} to ${rule.below - 1}`
}
