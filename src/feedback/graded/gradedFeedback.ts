/** `fep`: good news is answered predictably, bad news unpredictably, both the stronger the more surprising. */
import type { GradedFeedbackOptions } from './parameters.js'
import type { GradedPolicy } from './policy.js'
import { byTable, teacher } from './teacher.js'
import type { ValueEstimate } from './value.js'

/**
 * Answers events and episodes by default, and rewards where asked.
 * @param value what surprise is measured against; `linearValue` of the features when left out
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`; `afterStep` throws `feedback/features`
 */
export const gradedFeedback = (options: GradedFeedbackOptions = {}, value?: ValueEstimate): GradedPolicy =>
  teacher({ name: 'fep', options, value, answerer: byTable, answeredAs: (news) => news })
