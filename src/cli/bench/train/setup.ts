/** What the processes of `bl1 bench train` are told, and what they answer. */
import { z } from 'zod'
import { ppoParameters } from '../../../../agents/ppo/parameters.js'

const widths = z.array(z.int().positive()).readonly()

const learnerCase = {
  kind: z.literal('update'),
  /** Rows of the rollout: environments and steps of each. */
  envs: z.int().positive(),
  steps: z.int().positive(),
  observationWidth: z.int().positive(),
  /** Choices that the action is one of. */
  choices: z.int().min(2),
  hidden: widths,
  learner: ppoParameters,
  seed: z.int().min(0),
  /** Where weights and rollout are written for the other side; null: nowhere. */
  file: z.string().nullable(),
}

const update = z.discriminatedUnion('policy', [
  z.strictObject({ ...learnerCase, policy: z.literal('network') }),
  z.strictObject({
    ...learnerCase,
    policy: z.literal('culture'),
    /** Electrodes pulsed; all others are read. */
    encoding: z.array(z.int().min(0)).min(1).readonly(),
  }),
])

const run = z.strictObject({
  kind: z.literal('run'),
  /** Of the package: `configs/<this>.yaml`. */
  config: z.enum(['train_pong', 'train_cartpole']),
  /** Cells of the culture, in a dish that keeps their density; null: as the config has it. */
  neurons: z.int().positive().nullable(),
  /** Steps of each environment between two updates; null: as the config has it. */
  rolloutSteps: z.int().positive().nullable(),
})

/** What one of our processes measures: updates of made-up rollouts, or training. */
export const trainSetupSchema = z.union([update, run])
export type UpdateSetup = z.output<typeof update>
export type UpdateSetupInput = z.input<typeof update>
export type RunSetup = z.output<typeof run>

/** Where a tensor lies in the file, in float32 numbers. */
const placedTensor = z.object({ name: z.string(), shape: z.array(z.int().min(0)), first: z.int().min(0) })
export type PlacedTensor = z.output<typeof placedTensor>

/** The first line of our process. */
export const ourReadySchema = z.object({ ready: z.record(z.string(), z.string()), tensors: z.array(placedTensor).default([]) })

/** The first line of PyTorch's. */
export const torchReadySchema = z.object({ ready: z.record(z.string(), z.string()), threads: z.int().positive() })

/** What an update said about itself: by these it can be seen that both sides computed the same. */
export const updateNumbersSchema = z.object({
  policyLoss: z.number(), valueLoss: z.number(), entropy: z.number(), approxKl: z.number(), gradientNorm: z.number(),
})
export type UpdateNumbers = z.output<typeof updateNumbersSchema>

/** A round of updates. */
export const updateRoundSchema = z.object({
  steps: z.int().positive(), seconds: z.number().positive(), resets: z.int(), report: updateNumbersSchema,
})

/** A round of training: where its seconds went. */
export const runRoundSchema = z.object({
  steps: z.int().positive(),
  seconds: z.number().positive(),
  resets: z.int(),
  parts: z.object({ env: z.number().min(0), culture: z.number().min(0), policy: z.number().min(0), update: z.number().min(0) }),
})
export type RunRound = z.output<typeof runRoundSchema>
