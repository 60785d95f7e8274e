/** What a measurement is given: an environment, which stays open, or a function that makes one, which is closed at the end. */

/** Either. */
export type Subject<T> = T | (() => T | Promise<T>)

interface Closable {
  close(): void | Promise<void>
}

const isFactory = <T extends Closable>(subject: Subject<T>): subject is () => T | Promise<T> => typeof subject === 'function'

/** Gives `use` the subject, and closes it afterwards if it was made for this. */
export const withSubject = async <T extends Closable, R>(subject: Subject<T>, use: (made: T) => Promise<R>): Promise<R> => {
  if (!isFactory(subject)) return use(subject)
  const made = await subject()
  try {
    return await use(made)
  } finally {
    await made.close()
  }
}
