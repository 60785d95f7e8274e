/** A kind of space as a user writes one: the four members that are needed, and no more. */
import type { Rng } from '../../../src/rng.js'
import { registerSpace, Space, type SpaceJSON } from '../../../src/spaces/index.js'

export class EvenSpace extends Space<number> {
  readonly kind = 'Even'

  contains(x: unknown): x is number {
    return typeof x === 'number' && x % 2 === 0
  }

  sample(rng: Rng): number {
    return 2 * rng.integer(1000)
  }

  toJSON(): SpaceJSON {
    return { kind: 'Even' }
  }
}

registerSpace('Even', () => new EvenSpace())
