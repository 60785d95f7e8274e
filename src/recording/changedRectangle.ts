/** Which part of a picture changed: the smallest rectangle around all pixels that differ. */

/** Part of a picture, in pixels from its upper left corner. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * The rectangle around every difference; undefined if there is none.
 * @param before one number a pixel, row by row
 * @param after as long as `before`
 * @param width pixels a row
 */
export const changedRectangle = (before: Uint32Array, after: Uint32Array, width: number): Rectangle | undefined => {
  let first = 0
  while (first < after.length && before[first] === after[first]) first++
  if (first === after.length) return undefined
  let last = after.length - 1
  while (before[last] === after[last]) last--
  const top = Math.floor(first / width)
  const bottom = Math.floor(last / width)
  let left = first % width
  let right = last % width
  for (let row = top * width; row <= bottom * width; row += width) {
    let column = 0
    while (column < left && before[row + column] === after[row + column]) column++
    left = Math.min(left, column)
    column = width - 1
    while (column > right && before[row + column] === after[row + column]) column--
    right = Math.max(right, column)
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}
