/** `silent`: the culture is shown nothing for as long as the unpredictable answer of `fep` and its rest would take, and that is all. */
import type { GradedFeedbackOptions } from './parameters.js'
import type { GradedPolicy } from './policy.js'
import { bySilence, teacher } from './teacher.js'
import type { ValueEstimate } from './value.js'

/**
 * The suspensions of `gradedFeedback` without a pulse.
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`; `afterStep` throws `feedback/features`
 */
export const gradedSilent = (options: GradedFeedbackOptions = {}, value?: ValueEstimate): GradedPolicy => ({
  ...teacher({ name: 'silent', options, value, answerer: bySilence, answeredAs: (news) => news }),
  channels: [],
})
