/** Trainings that take a moment: a few steps, tiny networks, a culture of fifty cells. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readCheckpoint } from '../../../src/io/index.js'
import { describeRun } from '../../../src/cli/train/run.js'
import { runSeed, type SeedResult, type SeedWatch } from '../../../src/cli/train/seedRun.js'
import { trainingSchema, type TrainingConfig } from '../../../src/cli/train/experiment.js'

const hidden = [8]
const learning = { minibatches: 2, epochs: 1 }

/** Pong through fifty cells, answered as in the `fep` condition. */
export const tinyCulture: TrainingConfig = trainingSchema.parse({
  env: { id: 'Pong-v0', count: 2, maxEpisodeSteps: 30 },
  culture: { neurons: 50, dishUm: 400 },
  dishes: { settleSeconds: 0.1, pauseMs: 20 },
  cultureAgent: {
    stepMs: 50,
    encoder: { hidden, lowestRateHz: 20, highestRateHz: 20, lowestCurrentUa: 0, gridMs: 50, channels: [27, 36] },
    decoder: { warmUpSteps: 5 },
    critic: { hidden },
  },
  feedback: { policy: 'fep', unpredictableDurationMs: 20, restAfterMissMs: 20 },
  ppo: learning,
  training: { steps: 160, rolloutSteps: 20, checkpointEverySteps: 1000, evaluateEverySteps: 80, evaluationEpisodes: 2, backend: 'cpu' },
})

/** CartPole by a network. */
export const tinyNetwork: TrainingConfig = trainingSchema.parse({
  env: { id: 'CartPole-v1', count: 2 },
  agent: 'network',
  network: { hidden },
  ppo: learning,
  training: { steps: 64, rolloutSteps: 16, evaluateEverySteps: 0, backend: 'cpu' },
})

/** Trains in a folder; `stopAfter`: as if Ctrl-C came after so many updates. */
export const trainIn = async (
  folder: string,
  config: TrainingConfig,
  { resume = false, stopAfter = Infinity, ...watch }: { readonly resume?: boolean; readonly stopAfter?: number } & Partial<SeedWatch> = {},
): Promise<SeedResult> => {
  const controller = new AbortController()
  let updates = 0
  describeRun(folder, config)
  return runSeed(
    { config, folder, resume, threads: 1 },
    {
      signal: controller.signal,
      onReport: () => {
        if (++updates === stopAfter) controller.abort()
      },
      ...watch,
    },
  )
}

const document = z.record(z.string(), z.unknown())

/** The lines of metrics.jsonl without what the clock says. */
export const metricsIn = (folder: string): Record<string, unknown>[] =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { seconds: _seconds, speed: _speed, update, ...rest } = document.parse(JSON.parse(line))
      const { seconds: _own, ...numbers } = document.parse(update ?? {})
      return { ...rest, update: numbers }
    })

/** A checkpoint without what the clock says and how long the files are, which hold it. */
export const stateIn = (file: string): Record<string, unknown> => {
  const { progress, ...rest } = document.parse(readCheckpoint(file))
  const { seconds: _seconds, files: _files, ...counted } = document.parse(progress)
  return { ...rest, progress: counted }
}
