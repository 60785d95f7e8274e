/** Refuses, when wrapping, a space that a wrapper cannot work with. */
import type { EnvShape } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import type { Space } from '../spaces/index.js'

/** @throws Bl1Error `env/wrapper-space` */
export const refuseSpace = (env: Pick<EnvShape, 'spec'>, wrapper: string, expected: string, space: Space): never => {
  throw new Bl1Error('env/wrapper-space', { id: env.spec.id, wrapper, expected, received: JSON.stringify(space).slice(0, 200) })
}
