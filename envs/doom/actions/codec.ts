/** How actions become what the engine takes: one number a button. */
import type { Member, Space } from '../../../src/spaces/index.js'

/** One way to act. */
export interface ActionCodec<AS extends Space = Space> {
  readonly space: AS
  /** Writes the number of every button. */
  write(action: Member<AS>, out: Float64Array): void
  /** The action that holds down these buttons and no other; undefined where there is none. */
  press(...buttons: readonly string[]): Member<AS> | undefined
}

/** A choice of one of several named options. */
export interface DoomHead {
  readonly name: string
  /** The first is 'none', the others are buttons. */
  readonly options: readonly string[]
}
