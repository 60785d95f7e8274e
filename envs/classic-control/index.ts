/**
 * Classic control: CartPole-v1, MountainCar-v0, MountainCarContinuous-v0, Pendulum-v1 and Acrobot-v1. Importing this module registers
 * them for `make`; importing `register.js` alone does so without loading their code.
 */
export { classicControlIds } from './register.js'
export { AcrobotEnv } from './acrobot/env.js'
export { ACROBOT_ID, acrobotParameters, type AcrobotOptions, type AcrobotParameters } from './acrobot/parameters.js'
export { CartPoleEnv } from './cart-pole/env.js'
export { CART_POLE_ID, cartPoleParameters, type CartPoleOptions, type CartPoleParameters } from './cart-pole/parameters.js'
export { MountainCarContinuousEnv } from './mountain-car/continuousEnv.js'
export { MountainCarEnv } from './mountain-car/env.js'
export { CONTINUOUS_CAR_ID, MOUNTAIN_CAR_ID, mountainCarParameters } from './mountain-car/parameters.js'
export type { MountainCarOptions, MountainCarParameters } from './mountain-car/parameters.js'
export { PendulumEnv } from './pendulum/env.js'
export { PENDULUM_ID, pendulumParameters, type PendulumOptions, type PendulumParameters } from './pendulum/parameters.js'
export type { ClassicStep } from './answers.js'
export type { SavedClassic } from './classicEnv.js'
