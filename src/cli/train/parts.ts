/** What other commands use of training: parts from a config or a checkpoint, and playing with them. */
export { buildParts, type ActorOptions, type BuildOptions, type TrainingParts } from './build.js'
export { trainingSchema, type TrainingConfig } from './experiment.js'
export { playEpisodes, type Played, type PlayOptions } from './play.js'
export { trainRun, type RunOptions, type RunReport } from './run.js'
export { seedOf } from './seeds.js'
export { loadTrained, type Trained } from './trained.js'
