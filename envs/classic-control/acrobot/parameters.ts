/** The options of Acrobot-v1. */
import type { z } from 'zod'
import { choice, group, quantity } from '../../../src/parameters.js'
import { commonParameters } from '../commonParameters.js'

/** The id under which it is registered. */
export const ACROBOT_ID = 'Acrobot-v1'

/** The table of the acrobot's options. */
export const acrobotParameters = group(
  {
    dynamics: choice(['book', 'nips'], 'book', "'book': Sutton & Barto's equations; 'nips': as printed by Sutton (1996), a term missing"),
    torqueNoise: quantity({
      default: 0,
      unit: 'N m',
      min: 0,
      max: 100,
      doc: 'every torque is changed by a number uniform between minus and plus this',
      source: 'Gymnasium, torque_noise_max',
    }),
    ...commonParameters,
  },
  'the acrobot',
)

/** What `new AcrobotEnv` takes. */
export type AcrobotOptions = z.input<typeof acrobotParameters>
/** The table with every value set. */
export type AcrobotParameters = z.output<typeof acrobotParameters>
