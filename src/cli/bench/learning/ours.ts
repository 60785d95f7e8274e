/** Our side of `bl1 bench learning`: an agent without a culture, trained from a seed and then evaluated. */
import {
  actorCritic, Collector, evaluate, networkActor, ppo, reinforce, Rollout, train, type Critic, type Learner, type Policy,
} from '../../../../agents/index.js'
import '../../../../envs/classic-control/index.js'
import { Rng } from '../../../rng.js'
import { flatdim } from '../../../spaces/index.js'
import { makeVector } from '../../../vector/index.js'
import type { LearningAnswer, LearningJob } from './answer.js'

type Run = LearningJob['run']

const learnerOf = (run: Run, policy: Policy, critic: Critic, rng: Rng): Learner =>
  run.algorithm === 'ppo' ? ppo(policy, critic, run.learner, rng) : reinforce(policy, critic, run.learner, rng)

/** Trains, then plays held-out episodes with the most probable actions. Needs a backend that is started. */
export const trainSeed = async ({ run, seed, evaluationSeed }: LearningJob): Promise<LearningAnswer> => {
  const { environment, envs, steps, network, totalSteps, evaluationEpisodes } = run
  const rng = Rng.fromSeed(seed)
  const vec = await makeVector(environment, { count: envs })
  const { policy, critic, codec } = actorCritic(
    flatdim(vec.singleObservationSpace), vec.singleActionSpace, { policy: network, critic: network }, rng.split('networks'))
  const actor = networkActor(policy, rng.split('actor'))
  const collector = new Collector({ vec, actor, codec, seed })
  const learner = learnerOf(run, policy, critic, rng.split('learner'))
  const rollout = new Rollout({ steps, envs, columns: policy.columns })
  const episodeSteps: number[] = []
  const episodeReturns: number[] = []

  const began = performance.now()
  const counters = await train({
    collector,
    learner,
    rollout,
    totalSteps,
    onUpdate: (report) => {
      for (const episode of report.episodes) {
        episodeSteps.push(report.counters.steps)
        episodeReturns.push(episode.return)
      }
    },
  })
  const trained = performance.now()
  const heldOut = await makeVector(environment, { count: envs, autoreset: 'disabled' })
  const results = await evaluate({ vec: heldOut, actor, codec, episodes: evaluationEpisodes, seed: evaluationSeed, greedy: true })
  const evaluated = performance.now()

  heldOut.close()
  await collector.close()
  critic.dispose()
  policy.dispose()
  return {
    steps: counters.steps,
    episodeSteps,
    episodeReturns,
    evaluationReturns: results.map((result) => result.return),
    trainingSeconds: (trained - began) / 1000,
    evaluationSeconds: (evaluated - trained) / 1000,
  }
}
