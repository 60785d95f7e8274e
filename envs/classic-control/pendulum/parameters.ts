/** The options of Pendulum-v1. */
import type { z } from 'zod'
import { group, quantity } from '../../../src/parameters.js'
import { commonParameters } from '../commonParameters.js'

/** The id under which it is registered. */
export const PENDULUM_ID = 'Pendulum-v1'

/** The table of the pendulum's options. */
export const pendulumParameters = group(
  {
    g: quantity({ default: 10, unit: 'm/s^2', min: 0, max: 1000, doc: 'acceleration of gravity', source: 'Gymnasium, g' }),
    ...commonParameters,
  },
  'the pendulum with a motor',
)

/** What `new PendulumEnv` takes. */
export type PendulumOptions = z.input<typeof pendulumParameters>
/** The table with every value set. */
export type PendulumParameters = z.output<typeof pendulumParameters>
