/** Lets others have the thread from time to time: without it a loop over environments that step at once would never hear of a Ctrl-C. */

/** Between two pauses of a loop. A pause takes about 1 ms. */
const EVERY_MS = 100

/** A function to be called in every turn of a loop: now and then it returns a promise, to be awaited. */
export const breather = (): (() => Promise<void> | undefined) => {
  let last = performance.now()
  return () => {
    if (performance.now() - last < EVERY_MS) return undefined
    return new Promise((resolve) => {
      setTimeout(() => {
        last = performance.now()
        resolve()
      }, 0)
    })
  }
}
