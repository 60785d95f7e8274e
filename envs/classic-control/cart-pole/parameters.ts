/** The options of CartPole-v1. */
import type { z } from 'zod'
import { flag, group } from '../../../src/parameters.js'
import { commonParameters } from '../commonParameters.js'

/** The id under which it is registered. */
export const CART_POLE_ID = 'CartPole-v1'

/** The table of CartPole's options. */
export const cartPoleParameters = group(
  {
    suttonBartoReward: flag(false, 'reward 0 a step and -1 for losing, as in the paper of 1983, instead of 1 a step'),
    ...commonParameters,
  },
  'the pole on a cart',
)

/** What `new CartPoleEnv` takes. */
export type CartPoleOptions = z.input<typeof cartPoleParameters>
/** The table with every value set. */
export type CartPoleParameters = z.output<typeof cartPoleParameters>
