/** `no_feedback`: the game is shown, and nothing is answered. */
import type { GradedPolicy } from './policy.js'

/** Sensory input alone. */
export const gradedNoFeedback = (): GradedPolicy => ({
  name: 'no_feedback',
  channels: [],
  sensory: true,
  interruptedByEncoding: false,
  script: [],
  last: [],
  reset: () => undefined,
  afterStep: () => [],
  afterEpisode: () => [],
})
