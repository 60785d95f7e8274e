/** The options that every classic control environment has. */
import { z } from 'zod'
import { flag } from '../../src/parameters.js'

/** To be spread into an environment's own table. */
export const commonParameters = {
  renderMode: z.enum(['ansi', 'rgb_array']).exactOptional().meta({ description: 'what render() returns; nothing where left out' }),
  reuseBuffers: flag(false, 'write every observation into one array and every step into one object: copy what you keep'),
}

/** Their values. */
export interface CommonParameters {
  readonly renderMode?: 'ansi' | 'rgb_array'
  readonly reuseBuffers: boolean
}
