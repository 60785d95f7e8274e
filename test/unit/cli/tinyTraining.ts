/** The smallest training that has all parts: two short games of Pong around cultures of 60 cells. */
export const tinyTraining = {
  title: 'A tiny training',
  seed: 1,
  env: { id: 'Pong-v0', count: 2, maxEpisodeSteps: 40 },
  culture: { neurons: 60, dishUm: 1342, cells: { bias: 2.5 } },
  dishes: { settleSeconds: 0.5 },
  cultureAgent: { encoder: { hidden: [8] }, decoder: { warmUpSteps: 5 }, critic: { hidden: [8] } },
  ppo: { epochs: 1, minibatches: 2 },
  training: { steps: 32, rolloutSteps: 16, checkpointEverySteps: 32, evaluateEverySteps: 0, backend: 'cpu' },
} as const
