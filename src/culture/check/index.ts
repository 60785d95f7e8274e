/**
 * The contract of a culture, executable: what loops, encoders and comparisons rely on, measured on live cultures rather than read off
 * their columns. It returns a result for every rule and never stops at the first broken one.
 */
import { Bl1Error } from '../../errors.js'
import { Rng } from '../../rng.js'
import { completeCultureParameters, type CultureOptions } from '../parameters.js'
import { checkRepetition } from './repetition.js'
import { CultureCheckSession, type CultureCheck } from './session.js'
import { checkStability } from './stability.js'
import { checkTransmission } from './transmission.js'

export { cultureRules, type CultureRule } from './rules.js'
export type { CultureCheck } from './session.js'

/**
 * Checks every rule of {@link cultureRules} on cultures of these options. Simulates some 15 s: about 3 s for 1,000 neurons.
 * @param options what differs from the calibrated culture
 * @returns one result a rule
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `rng/seed`
 */
export const checkCulture = (options: CultureOptions = {}, seed = 0): readonly CultureCheck[] => {
  Rng.fromSeed(seed)
  const session = new CultureCheckSession(completeCultureParameters(options), seed)
  checkStability(session)
  checkTransmission(session)
  checkRepetition(session)
  return session.checks
}

/**
 * The same for tests: throws where a rule is broken.
 * @throws Bl1Error `culture/check` with every broken rule
 */
export const assertCulture = (options: CultureOptions = {}, seed = 0): void => {
  const broken = checkCulture(options, seed).filter(({ passed }) => !passed)
  if (broken.length > 0) throw new Bl1Error('culture/check', { findings: broken.map(({ rule, message }) => `  ${rule}: ${message}`) })
}
