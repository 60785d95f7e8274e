/** Keeps the calls of one asynchronous environment apart. */
import { Bl1Error } from '../errors.js'

/** Refuses a call before the one before it has answered, as nobody could say which state it meets. */
export class OneAtATime {
  readonly #id: string
  #busyWith: string | undefined

  constructor(id: string) {
    this.#id = id
  }

  /** Rejects with Bl1Error `env/busy`, and with what `call` rejects with. */
  async run<T>(doing: string, call: () => Promise<T>): Promise<T> {
    if (this.#busyWith !== undefined) throw new Bl1Error('env/busy', { id: this.#id, doing, busyWith: this.#busyWith })
    this.#busyWith = doing
    try {
      return await call()
    } finally {
      this.#busyWith = undefined
    }
  }
}
