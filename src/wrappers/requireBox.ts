/** Refuses, when wrapping, an observation space that is no Box. Types say the same, but an environment may come from a spec. */
import type { EnvShape } from '../env/index.js'
import { Box, type DType, type Space } from '../spaces/index.js'
import { refuseSpace } from './refuseSpace.js'

/** The observation space. @throws Bl1Error `env/wrapper-space` unless it is a Box */
export const requireBox = <D extends DType>(env: Pick<EnvShape<Box<D>>, 'observationSpace' | 'spec'>, wrapper: string): Box<D> => {
  const space: Space = env.observationSpace
  return space instanceof Box ? env.observationSpace : refuseSpace(env, wrapper, 'a Box of observations', space)
}
