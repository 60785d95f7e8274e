/**
 * The checker: does an environment keep the contract that loops, wrappers and learners rely on?
 *
 * It makes several instances, plays them, and returns a report; it never stops at the first finding.
 */
import { Bl1Error } from '../../errors.js'
import type { AnyEnv } from '../types.js'
import { checkActions } from './actions.js'
import { checkContract } from './contract.js'
import { checkEpisodes } from './episodes.js'
import type { CheckReport } from './findings.js'
import { checkSaving, checkSpec } from './persistence.js'
import { checkRendering } from './rendering.js'
import { checkRules, type CheckFinding, type CheckRule } from './rules.js'
import { checkSeeding } from './seeding.js'
import { CheckSession } from './session.js'
import { checkSpaces } from './spaces.js'

export { checkRules, type CheckFinding, type CheckRule } from './rules.js'
export type { CheckLevel, CheckReport, Finding, Rule } from './findings.js'
export { checkReset, checkStep, type CheckedShape, type ResetCheck, type StepCheck } from './results.js'
export { compareEnvs, type CompareEnvsOptions, type EnvDifference } from './compareEnvs.js'
export type { Difference } from './difference.js'
export { formatReport, type ReportOptions } from './report.js'

/** How hard to look. */
export interface CheckOptions {
  /** Steps of play. Enough to see an episode end. @default 2000 */
  readonly steps?: number
}

const DEFAULT_STEPS = 2000

/**
 * Checks every rule of `checkRules` that applies to the environments that `factory` makes, of either kind.
 * @param factory makes a new instance at each call
 * @returns what is broken, and which rules were looked at
 */
export const reportEnv = async (factory: () => AnyEnv | Promise<AnyEnv>, options: CheckOptions = {}): Promise<CheckReport<CheckRule>> => {
  const session = new CheckSession<AnyEnv, CheckRule>(factory, options.steps ?? DEFAULT_STEPS, checkRules, 'env/throws')
  let canPlay = false
  await session.part('spaces', async () => {
    canPlay = await checkSpaces(session)
  })
  if (!canPlay) return session.finish()
  await session.part('contract', () => checkContract(session))
  await session.part('episodes', () => checkEpisodes(session))
  await session.part('seeds', () => checkSeeding(session))
  await session.part('actions', () => checkActions(session))
  await session.part('rendering', () => checkRendering(session))
  await session.part('spec', () => checkSpec(session))
  await session.part('saved state', () => checkSaving(session))
  return session.finish()
}

/** What is broken, of {@link reportEnv}: empty for an environment that keeps the contract. */
export const checkEnv = async (factory: () => AnyEnv | Promise<AnyEnv>, options: CheckOptions = {}): Promise<readonly CheckFinding[]> =>
  (await reportEnv(factory, options)).findings

/**
 * The same for tests: throws where a rule of level 'error' is broken.
 * @throws Bl1Error `env/check` with every broken rule
 */
export const assertEnv = async (factory: () => AnyEnv | Promise<AnyEnv>, options: CheckOptions = {}): Promise<void> => {
  const { id, findings } = await reportEnv(factory, options)
  const broken = findings.filter(({ level }) => level === 'error')
  if (broken.length === 0) return
  throw new Bl1Error('env/check', { id, findings: broken.map(({ rule, path, message }) => `  ${rule} at ${path}: ${message}`) })
}
