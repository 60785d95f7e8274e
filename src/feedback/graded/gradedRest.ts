/** `rest`: the culture sees nothing of the game and is told nothing; its activity still acts. */
import { gradedNoFeedback } from './gradedNoFeedback.js'
import type { GradedPolicy } from './policy.js'

/** No stimulation at all. */
export const gradedRest = (): GradedPolicy => ({ ...gradedNoFeedback(), name: 'rest', sensory: false })
