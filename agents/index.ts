/** Agents: what learns, on tfjs. Everything here also runs in a browser. */
export { backendNames, startBackend, type Backend, type BackendName, type BackendOptions } from './backend.js'
export * from './distributions/index.js'
export * from './networks/index.js'
export type { Actor, ActorSeconds, StepOutcome } from './actor.js'
export type { Column, Columns, Critic, Evaluation, ParameterGroup, Policy, SavedPolicy, StoredSteps } from './policy.js'
export type { Learner, UpdateReport } from './learner.js'
export { Rollout, type FinishedEpisode, type RolloutShape, type TruncatedRow } from './rollout.js'
export { generalisedAdvantages, type AdvantageOptions, type Advantages, type RolloutValues } from './gae.js'
export { mlpCritic, networkCritic } from './critic.js'
export {
  actorCritic,
  actorCriticParameters,
  networkActor,
  NetworkPolicy,
  type ActorCritic,
  type NetworkPolicyParts,
} from './actorCritic.js'
export { ppo } from './ppo/ppo.js'
export { ppoParameters, type PpoOptions, type PpoSettings } from './ppo/parameters.js'
export { reinforce } from './reinforce/reinforce.js'
export { reinforceParameters, type ReinforceOptions, type ReinforceSettings } from './reinforce/parameters.js'
export { Collector, type CollectorParts, type CollectorSeconds, type SavedCollector } from './collector.js'
export type { ObservationScale, PlaceScale } from './observationRows.js'
export { evaluate, type EpisodeResult, type EvaluationParts } from './evaluate.js'
export { train, type TrainingCounters, type TrainingParts, type TrainingReport } from './train.js'
export * from './culture/index.js'
