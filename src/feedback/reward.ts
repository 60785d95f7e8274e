/**
 * `reward`: a hit is followed by dopamine, a miss by its lack; no stimulation answers either. It teaches cultures whose plasticity is
 * modulated by reward (`culture.rewardModulation`; Izhikevich 2007, Cereb Cortex 17:2443), and is not the protocol of DishBrain.
 */
import { readParameters } from '../parameters.js'
import { feedbackParameters, type FeedbackOptions } from './parameters.js'
import { NO_ANSWER, NO_SCRIPT, type FeedbackPolicy, type GameOutcome } from './policy.js'

/**
 *  R = 1 for what is wanted, 0 for the other outcome
 *  reward = amount (R - mean);  mean <- mean + (R - mean) / outcomes
 *
 * Without its running mean subtracted a reward strengthens whatever happens (Fremaux, Sprekeler & Gerstner 2010, J Neurosci 30:13326).
 */
const rewarding = (name: string, options: FeedbackOptions, wanted: GameOutcome): FeedbackPolicy => {
  const { rewardAmount, rewardMeanOutcomes, rewardFirstMean } = readParameters(feedbackParameters, options, 'feedback parameters')
  // what is not hit is missed: the share expected of misses is what hits leave
  let mean = wanted === 'hit' ? rewardFirstMean : 1 - rewardFirstMean
  return {
    name,
    sensory: true,
    missEndsRally: true,
    script: NO_SCRIPT,
    answer: () => NO_ANSWER,
    rewardFor: (outcome) => {
      const surprise = (outcome === wanted ? 1 : 0) - mean
      mean += surprise / rewardMeanOutcomes
      return rewardAmount * surprise
    },
  }
}

/** Hits are rewarded. One policy a session: it remembers the mean. @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
export const reward = (options: FeedbackOptions = {}): FeedbackPolicy => rewarding('reward', options, 'hit')

/** The contingency exchanged: misses are rewarded. @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
export const invertedReward = (options: FeedbackOptions = {}): FeedbackPolicy => rewarding('inverted', options, 'miss')
