/** The options of MountainCar-v0 and MountainCarContinuous-v0. */
import type { z } from 'zod'
import { group, quantity } from '../../../src/parameters.js'
import { commonParameters } from '../commonParameters.js'
import { MAX_SPEED } from './hill.js'

/** The id of the car with three actions. */
export const MOUNTAIN_CAR_ID = 'MountainCar-v0'
/** The id of the car with a continuous force. */
export const CONTINUOUS_CAR_ID = 'MountainCarContinuous-v0'

/** The table of both cars' options. */
export const mountainCarParameters = group(
  {
    goalVelocity: quantity({
      default: 0,
      unit: 'position/step',
      min: 0,
      max: MAX_SPEED,
      doc: 'how fast the car has to be at the flag',
      source: 'Gymnasium, goal_velocity',
    }),
    ...commonParameters,
  },
  'the car in the valley',
)

/** What `new MountainCarEnv` and `new MountainCarContinuousEnv` take. */
export type MountainCarOptions = z.input<typeof mountainCarParameters>
/** The table with every value set. */
export type MountainCarParameters = z.output<typeof mountainCarParameters>
