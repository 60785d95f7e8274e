/**
 * The checker of vector environments: do several environments together do what each would do alone, and do their results say so?
 *
 * It makes several instances, plays them, and returns a report; it never stops at the first finding.
 */
import type { CheckReport } from '../../env/check/findings.js'
import { CheckSession } from '../../env/check/session.js'
import { Bl1Error } from '../../errors.js'
import type { AnyVectorEnv } from '../types.js'
import { checkInterface, checkOrder, checkPromises, checkSpaces, checkWrongActions, checkWrongResets } from './contract.js'
import { checkEpisodes } from './episodes.js'
import { vectorRules, type VectorFinding, type VectorRule } from './rules.js'
import { checkIndependence, checkMask, checkRepeats, checkSampledActions, checkSingles, checkWriting } from './seeding.js'
import type { SingleFactory } from './seeding.js'

export { vectorRules, type VectorFinding, type VectorRule } from './rules.js'
export type { SingleFactory } from './seeding.js'

/** How hard to look. */
export interface VectorCheckOptions {
  /** Steps of play. Enough to see episodes end. @default 500 */
  readonly steps?: number
  /** Makes the single environment that number i of the vector is made like: each is compared with it. @default not compared */
  readonly single?: SingleFactory
}

const DEFAULT_STEPS = 500

/**
 * Checks every rule of `vectorRules` that applies to the vector environments that `factory` makes, of either kind.
 * @param factory makes a new instance at each call
 * @returns what is broken, and which rules were looked at; `formatReport` makes text of it
 */
export const reportVectorEnv = async (
  factory: () => AnyVectorEnv | Promise<AnyVectorEnv>,
  { steps = DEFAULT_STEPS, single }: VectorCheckOptions = {},
): Promise<CheckReport<VectorRule>> => {
  const session = new CheckSession<AnyVectorEnv, VectorRule>(factory, steps, vectorRules, 'vector/throws')
  let [canPlay, canRepeat] = [false, false]
  await session.part('interface', async () => {
    canPlay = await checkInterface(session)
  })
  if (!canPlay) return session.finish()
  await session.part('spaces', () => checkSpaces(session))
  await session.part('calls', () => checkPromises(session))
  await session.part('order of calls', () => checkOrder(session))
  await session.part('wrong resets', () => checkWrongResets(session))
  await session.part('episodes', () => checkEpisodes(session))
  await session.part('seeds', async () => {
    canRepeat = await checkRepeats(session)
  })
  await session.part('wrong actions', () => checkWrongActions(session, canRepeat))
  if (!canRepeat) return session.finish()
  await session.part('sampleActions()', () => checkSampledActions(session))
  await session.part('independence', () => checkIndependence(session))
  await session.part('reset({ mask })', () => checkMask(session))
  await session.part('writing into results', () => checkWriting(session))
  if (single !== undefined) await session.part('single environments', () => checkSingles(session, single))
  return session.finish()
}

/**
 * What is broken, of {@link reportVectorEnv}: empty for a vector environment that keeps the contract.
 *
 * @example
 * ```ts
 * const make8 = () => new SyncVectorEnv(Array.from({ length: 8 }, () => () => new CartPoleEnv()))
 * console.log(await checkVectorEnv(make8, { single: () => new CartPoleEnv() })) // []
 * ```
 */
export const checkVectorEnv = async (
  factory: () => AnyVectorEnv | Promise<AnyVectorEnv>,
  options?: VectorCheckOptions,
): Promise<readonly VectorFinding[]> => (await reportVectorEnv(factory, options)).findings

/**
 * The same for tests: throws where a rule of level 'error' is broken.
 * @throws Bl1Error `vector/check` with every broken rule
 */
export const assertVectorEnv = async (
  factory: () => AnyVectorEnv | Promise<AnyVectorEnv>,
  options?: VectorCheckOptions,
): Promise<void> => {
  const broken = (await checkVectorEnv(factory, options)).filter(({ level }) => level === 'error')
  if (broken.length === 0) return
  throw new Bl1Error('vector/check', { findings: broken.map(({ rule, path, message }) => `  ${rule} at ${path}: ${message}`) })
}
