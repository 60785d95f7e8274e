/** The feedback conditions of the Doom-culture task by name. */
import {
  gradedFeedback,
  gradedInverted,
  gradedNoFeedback,
  gradedRest,
  gradedSilent,
  type GradedFeedbackOptions,
  type GradedPolicy,
} from '../../../src/feedback/graded/index.js'

/** Conditions that need nothing but themselves; `gradedOpenLoop` also needs the answers of another session. */
export type DoomFeedbackCondition = 'fep' | 'silent' | 'no_feedback' | 'rest' | 'inverted'

const policies: Readonly<Record<DoomFeedbackCondition, (options: GradedFeedbackOptions) => GradedPolicy>> = {
  fep: gradedFeedback,
  silent: gradedSilent,
  no_feedback: gradedNoFeedback,
  rest: gradedRest,
  inverted: gradedInverted,
}

/**
 * How a session is answered: kills and armour with regular trains, damage and wasted ammunition with noise, each on channels of its own
 * (`doomCultureLayout().feedback`), graded by surprise; and every episode by its return. `ORIGINAL` of the room `feedback` is the published
 * program's behaviour.
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`
 */
export const doomFeedback = (condition: DoomFeedbackCondition, options: GradedFeedbackOptions = {}): GradedPolicy => policies[condition](options)
