/** Our side of `bl1 bench train`: updates of a made-up rollout, or rollouts and updates of a training, ready for rounds. */
import { ppo, startBackend, train } from '../../../../agents/index.js'
import { Rng } from '../../../rng.js'
import { join } from 'node:path'
import { packageRoot } from '../../../bridge/python.js'
import { loadConfig, type ConfigOverride } from '../../../io/index.js'
import { buildParts, trainingSchema, type TrainingConfig } from '../../train/parts.js'
import { makeUp } from './madeUp.js'
import type { PlacedTensor, RunSetup, UpdateSetup, trainSetupSchema } from './setup.js'
import { writeTensors } from './tensorFile.js'
import type { z } from 'zod'

/** A side that is ready. */
export interface OurTraining {
  readonly backend: string
  readonly tensors: readonly PlacedTensor[]
  /** A round of so many updates. */
  readonly run: (updates: number) => Promise<unknown>
  readonly close: () => Promise<void>
}

const startUpdates = async (setup: UpdateSetup): Promise<OurTraining> => {
  const { description } = await startBackend()
  const made = makeUp(setup)
  const tensors = setup.file === null ? [] : writeTensors(setup.file, made)
  const learner = ppo(made.policy, made.critic, setup.learner, Rng.fromSeed(setup.seed).split('learner'))
  return {
    backend: description,
    tensors,
    run: async (updates) => {
      const began = performance.now()
      let report = {}
      for (let update = 0; update < updates; update++) report = learner.update(made.rollout, 0)
      return { steps: updates, seconds: (performance.now() - began) / 1000, resets: 0, report }
    },
    close: async () => {
      made.policy.dispose()
      made.critic.dispose()
    },
  }
}

/** A larger culture in a larger dish: as many cells near each electrode. */
const configOf = ({ config: name, neurons, rolloutSteps }: RunSetup): TrainingConfig => {
  const load = (overrides: readonly ConfigOverride[]): TrainingConfig =>
    loadConfig(join(packageRoot(), 'configs', `${name}.yaml`), trainingSchema, { overrides }).config
  const origin = 'bl1 bench train'
  const { neurons: before, dishUm } = load([]).culture
  // Where the config names no size, the dish grows by itself.
  const grownUm = neurons === null || dishUm === 'scaled' ? undefined : dishUm * Math.sqrt(neurons / before)
  return load([
    { path: 'culture.neurons', value: neurons ?? undefined, origin },
    { path: 'culture.dishUm', value: grownUm, origin },
    { path: 'training.rolloutSteps', value: rolloutSteps ?? undefined, origin },
  ])
}

const startRun = async (setup: RunSetup): Promise<OurTraining> => {
  const parts = await buildParts(configOf(setup))
  const { collector, learner, rollout, backend } = parts
  return {
    backend: backend.description,
    tensors: [],
    run: async (updates) => {
      const sums = { env: 0, culture: 0, policy: 0, update: 0 }
      const began = performance.now()
      const { steps, episodes } = await train({
        collector,
        learner,
        rollout,
        totalSteps: updates * rollout.rows,
        onUpdate: ({ seconds }) => {
          sums.env += seconds.env
          sums.culture += seconds.culture
          sums.policy += seconds.policy
          sums.update += seconds.update
        },
      })
      return { steps, seconds: (performance.now() - began) / 1000, resets: episodes, parts: sums }
    },
    close: () => parts.close(),
  }
}

/** Makes it ready; networks and cultures are warm after the first round. */
export const startOurTraining = (setup: z.output<typeof trainSetupSchema>): Promise<OurTraining> =>
  setup.kind === 'update' ? startUpdates(setup) : startRun(setup)
