/** Plays a trained agent with something taken from it, and puts it back. */
import { z } from 'zod'
import type { Actor, SavedTensor } from '../../../agents/index.js'
import type { AblationName } from '../../bench/index.js'
import { spikeReplacement, type SpikeReplacementName } from '../../loop/index.js'
import type { Rng } from '../../rng.js'
import { buildParts, type TrainingParts } from '../train/build.js'
import { playEpisodes, type Played, type PlayOptions } from '../train/play.js'

const SPIKES: Readonly<Partial<Record<AblationName, SpikeReplacementName>>> = {
  spikes_rate_matched: 'rate_matched',
  spikes_shuffled_time: 'shuffled_time',
  spikes_shuffled_channels: 'shuffled_channels',
  spikes_zero: 'zero',
}

const ENCODER_WEIGHTS = 'encoder/'
/** An encoder sees its own observations until there are so many to draw from. */
const FEWEST_OBSERVATIONS = 10

/**
 * Shows the actor a random earlier observation, of the last 1,000 of the same environment: what it stimulates with stays the same, when it does so
 * says nothing of the game. The decoder reads spikes alone, so nothing else changes.
 */
const shownAnotherMoment = (actor: Actor, { vec, observationWidth }: TrainingParts, rng: Rng): Actor => {
  const earlier = spikeReplacement('shuffled_time', { width: observationWidth, dishes: vec.count, rates: new Float64Array(observationWidth), rng })
  const shown = new Float32Array(vec.count * observationWidth)
  let steps = 0
  return {
    columns: actor.columns,
    seconds: actor.seconds,
    act: (observations, into, firstRow, greedy) => {
      shown.set(observations)
      for (let env = 0; env < vec.count; env++) earlier.apply(env, shown, env)
      actor.act(steps < FEWEST_OBSERVATIONS ? observations : shown, into, firstRow, greedy)
      steps++
    },
    outcome: (env, outcome) => actor.outcome(env, outcome),
    reset: (env, seed) => actor.reset(env, seed),
    save: () => actor.save(),
    load: (saved) => actor.load(saved),
  }
}

const weightsIn = z.looseObject({ weights: z.custom<readonly SavedTensor[]>(Array.isArray) })

/** The weights that the agent began with: the same config makes the same, and it takes no culture to make them. */
const initialWeights = async ({ config }: TrainingParts): Promise<readonly SavedTensor[]> => {
  const fresh = await buildParts({ ...config, substrate: 'none' }, { threads: 1 })
  try {
    return weightsIn.parse(fresh.policy.save()).weights
  } finally {
    await fresh.close()
  }
}

/** Puts one half back to where it began, plays, and brings back what it had learned. */
const withInitial = async (half: 'encoder' | 'decoder', parts: TrainingParts, play: () => Promise<Played>): Promise<Played> => {
  const { policy } = parts
  const learned = policy.save()
  const initial = await initialWeights(parts)
  const isTaken = ({ name }: SavedTensor): boolean => name.startsWith(ENCODER_WEIGHTS) === (half === 'encoder')
  policy.load({ ...learned, weights: learned.weights.map((tensor) => (isTaken(tensor) ? (initial.find(({ name }) => name === tensor.name) ?? tensor) : tensor)) })
  try {
    return await play()
  } finally {
    policy.load(learned)
  }
}

/**
 * Plays held-out episodes one way.
 * @param parts a trained agent; what is trained anew is one itself, and plays as it is
 * @param rates mean of each spike feature as trained
 */
export const playWay = (parts: TrainingParts, condition: AblationName, options: PlayOptions, rates: readonly number[], rng: Rng): Promise<Played> => {
  const play = (changes: Partial<PlayOptions> = {}, own: TrainingParts = parts): Promise<Played> => playEpisodes(own, { ...options, ...changes })
  const spikes = SPIKES[condition]
  if (spikes !== undefined) return play({ spikes, rates })
  switch (condition) {
    case 'random_actions':
      return play({ random: true })
    case 'encoder_initial':
      return withInitial('encoder', parts, play)
    case 'decoder_initial':
      return withInitial('decoder', parts, play)
    case 'stimulation_shuffled_time':
      return play({}, { ...parts, newActor: (actorOptions) => shownAnotherMoment(parts.newActor(actorOptions), parts, rng) })
    case 'plasticity_off':
      return play({ plasticity: false })
    default:
      return play()
  }
}
