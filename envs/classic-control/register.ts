/** Registers the classic control environments for `make`. The code of each is loaded when it is first made. */
import { register } from '../../src/env/index.js'
import type { AcrobotEnv } from './acrobot/env.js'
import { ACROBOT_ID, type AcrobotOptions } from './acrobot/parameters.js'
import type { CartPoleEnv } from './cart-pole/env.js'
import { CART_POLE_ID, type CartPoleOptions } from './cart-pole/parameters.js'
import type { MountainCarContinuousEnv } from './mountain-car/continuousEnv.js'
import type { MountainCarEnv } from './mountain-car/env.js'
import { CONTINUOUS_CAR_ID, MOUNTAIN_CAR_ID, type MountainCarOptions } from './mountain-car/parameters.js'
import type { PendulumEnv } from './pendulum/env.js'
import { PENDULUM_ID, type PendulumOptions } from './pendulum/parameters.js'

declare module '../../src/env/registry.js' {
  interface EnvRegistry {
    'Acrobot-v1': { env: AcrobotEnv; options: AcrobotOptions }
    'CartPole-v1': { env: CartPoleEnv; options: CartPoleOptions }
    'MountainCar-v0': { env: MountainCarEnv; options: MountainCarOptions }
    'MountainCarContinuous-v0': { env: MountainCarContinuousEnv; options: MountainCarOptions }
    'Pendulum-v1': { env: PendulumEnv; options: PendulumOptions }
  }
}

// A reward threshold is the mean return from which Gymnasium counts the task as solved; the pendulum has none.
register({
  id: ACROBOT_ID,
  maxEpisodeSteps: 500,
  rewardThreshold: -100,
  load: async () => (await import('./acrobot/env.js')).buildAcrobot,
})
register({
  id: CART_POLE_ID,
  maxEpisodeSteps: 500,
  rewardThreshold: 475,
  load: async () => (await import('./cart-pole/env.js')).buildCartPole,
})
register({
  id: MOUNTAIN_CAR_ID,
  maxEpisodeSteps: 200,
  rewardThreshold: -110,
  load: async () => (await import('./mountain-car/env.js')).buildMountainCar,
})
register({
  id: CONTINUOUS_CAR_ID,
  maxEpisodeSteps: 999,
  rewardThreshold: 90,
  load: async () => (await import('./mountain-car/continuousEnv.js')).buildMountainCarContinuous,
})
register({ id: PENDULUM_ID, maxEpisodeSteps: 200, load: async () => (await import('./pendulum/env.js')).buildPendulum })

/** The ids that this module registers. */
export const classicControlIds = [ACROBOT_ID, CART_POLE_ID, MOUNTAIN_CAR_ID, CONTINUOUS_CAR_ID, PENDULUM_ID] as const
