/**
 * The checker: does an environment keep the contract that loops, wrappers and learners rely on?
 *
 * It makes several instances, plays them, and returns a report; it never stops at the first finding.
 */
import { Bl1Error } from '../../errors.js'
import type { AnyEnv } from '../types.js'
import { checkContract } from './contract.js'
import { checkEpisodes } from './episodes.js'
import { checkSaving, checkSpec } from './persistence.js'
import { checkRendering } from './rendering.js'
import { checkSeeding } from './seeding.js'
import { CheckSession, type CheckFinding } from './session.js'
import { checkSpaces } from './spaces.js'

export { checkRules, type CheckLevel, type CheckRule } from './rules.js'
export type { CheckFinding } from './session.js'

/** How hard to look. */
export interface CheckOptions {
  /** Steps of play. Enough to see an episode end. @default 2000 */
  readonly steps?: number
}

const DEFAULT_STEPS = 2000

const runCheck = async (session: CheckSession): Promise<readonly CheckFinding[]> => {
  let canPlay = false
  await session.part('spaces', async () => {
    canPlay = await checkSpaces(session)
  })
  if (!canPlay) return session.finish()
  await session.part('contract', () => checkContract(session))
  await session.part('episodes', () => checkEpisodes(session))
  await session.part('seeds', () => checkSeeding(session))
  await session.part('rendering', () => checkRendering(session))
  await session.part('spec', () => checkSpec(session))
  await session.part('saved state', () => checkSaving(session))
  return session.finish()
}

/**
 * Checks every rule of `checkRules` on the environments that `factory` makes, of either kind.
 * @param factory makes a new instance at each call
 * @returns what is broken; empty for an environment that keeps the contract
 */
export const checkEnv = (factory: () => AnyEnv | Promise<AnyEnv>, options: CheckOptions = {}): Promise<readonly CheckFinding[]> =>
  runCheck(new CheckSession(factory, options.steps ?? DEFAULT_STEPS))

/**
 * The same for tests: throws where a rule of level 'error' is broken.
 * @throws Bl1Error `env/check` with every broken rule
 */
export const assertEnv = async (factory: () => AnyEnv | Promise<AnyEnv>, options: CheckOptions = {}): Promise<void> => {
  const session = new CheckSession(factory, options.steps ?? DEFAULT_STEPS)
  const broken = (await runCheck(session)).filter(({ level }) => level === 'error')
  if (broken.length === 0) return
  throw new Bl1Error('env/check', { id: session.id, findings: broken.map(({ rule, path, message }) => `  ${rule} at ${path}: ${message}`) })
}
