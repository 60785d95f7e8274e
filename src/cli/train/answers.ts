/** How a culture is answered while its encoder and decoder are trained: the feedback policies of Pong after hits and misses. */
import { z } from 'zod'
import { fep, inverted, silent, type FeedbackAnswer, type FeedbackOptions, type FeedbackPolicy } from '../../feedback/index.js'
import type { DishBatch } from '../../loop/index.js'
import { Rng } from '../../rng.js'
import type { TrainingConfig } from './experiment.js'
import { seedOf } from './seeds.js'

const POLICIES: Readonly<Record<Exclude<TrainingConfig['feedback']['policy'], 'none'>, (options: FeedbackOptions) => FeedbackPolicy>> = { fep, inverted, silent }

const withEvent = z.object({ event: z.object({ name: z.enum(['hit', 'miss']) }).nullable() })

/** What a culture is told after a step of its game. */
export type Answer = (env: number, outcome: { readonly info: object }) => FeedbackAnswer | undefined

/**
 * The answers of the config, or undefined for none. What an answer draws comes from a stream of the dish and its age, so that nothing has to be
 * remembered for a run that goes on later.
 * @param channels electrodes that answers may use: those that show the game
 */
export const answersOf = (config: TrainingConfig, dishes: DishBatch, channels: readonly number[]): Answer | undefined => {
  const { policy: name, ...options } = config.feedback
  if (name === 'none') return undefined
  const policy = POLICIES[name](options)
  const root = Rng.fromSeed(seedOf(config, 'training')).split('feedback')
  return (env, { info }) => {
    const read = withEvent.safeParse(info)
    if (!read.success || read.data.event === null) return undefined
    return policy.answer(read.data.event.name, { channels, rng: root.split(env).split(dishes.timeMs(env)) })
  }
}
