/** Short texts of any values, for messages. */

const textOf = (x: object): string => {
  try {
    return JSON.stringify(x) ?? typeof x
  } catch {
    return 'an object that is not JSON'
  }
}

/** A short text of any value; never throws. */
export const describe = (x: unknown): string => {
  if (typeof x === 'function') return 'a function'
  if (typeof x === 'string') return `'${x.slice(0, 80)}'`
  if (typeof x === 'number' && Object.is(x, -0)) return '-0'
  if (ArrayBuffer.isView(x)) {
    const entries = 'length' in x && typeof x.length === 'number' ? `${x.length} elements` : `${x.byteLength} bytes`
    return `${x.constructor.name} of ${entries}`
  }
  return typeof x === 'object' && x !== null ? textOf(x).slice(0, 80) : String(x)
}
