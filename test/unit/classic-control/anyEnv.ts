/** The classic control environments under one type, for tests that treat them alike. */
import { buildAcrobot } from '../../../envs/classic-control/acrobot/env.js'
import { buildCartPole } from '../../../envs/classic-control/cart-pole/env.js'
import type { SavedClassic } from '../../../envs/classic-control/index.js'
import { buildMountainCarContinuous } from '../../../envs/classic-control/mountain-car/continuousEnv.js'
import { buildMountainCar } from '../../../envs/classic-control/mountain-car/env.js'
import { buildPendulum } from '../../../envs/classic-control/pendulum/env.js'
import type { Env, EnvBuilder, EnvSettings } from '../../../src/env/index.js'
import type { Box, Space } from '../../../src/spaces/index.js'

/** Any of the five. */
export interface ClassicEnv extends Env<Box, Space<number | Float32Array>> {
  save(): SavedClassic
  load(state: unknown): void
}

const builders = {
  'Acrobot-v1': buildAcrobot,
  'CartPole-v1': buildCartPole,
  'MountainCar-v0': buildMountainCar,
  'MountainCarContinuous-v0': buildMountainCarContinuous,
  'Pendulum-v1': buildPendulum,
} satisfies Record<string, EnvBuilder<ClassicEnv>>

export type ClassicId = keyof typeof builders

/** Builds one of them. */
export const build = (id: ClassicId, options: unknown = {}, settings: EnvSettings = {}): ClassicEnv => builders[id](options, settings)
