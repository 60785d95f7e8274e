/** Short texts of any values, for messages. */

const textOf = (x: object): string => {
  try {
    return JSON.stringify(x) ?? typeof x
  } catch {
    return 'an object that is not JSON'
  }
}

/** Up to this length every element is shown. */
const SHORT = 8

const viewText = (x: ArrayBufferView): string => {
  const name = Object.prototype.toString.call(x).slice('[object '.length, -1)
  if (!('length' in x && typeof x.length === 'number')) return `${name} of ${x.byteLength} bytes`
  if (x.length > SHORT) return `${name} of ${x.length} elements`
  return `${name} [${Array.from({ length: x.length }, (_, i) => String(Reflect.get(x, i))).join(', ')}]`
}

/** A short text of any value; never throws. */
export const describe = (x: unknown): string => {
  if (typeof x === 'function') return 'a function'
  if (typeof x === 'string') return `'${x.slice(0, 80)}'`
  if (typeof x === 'number' && Object.is(x, -0)) return '-0'
  if (ArrayBuffer.isView(x)) return viewText(x)
  return typeof x === 'object' && x !== null ? textOf(x).slice(0, 80) : String(x)
}
