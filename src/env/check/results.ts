/**
 * Rules about what one reset or step returns: reset/*, step/*, flags/*, info/*.
 *
 * Pure functions of a result, for the checker and for whoever looks at results as they pass (PassiveEnvChecker).
 */
import { field } from '../../spaces/field.js'
import type { Space } from '../../spaces/index.js'
import { describe } from '../../describe.js'
import type { EndReason } from '../types.js'
import { same } from './difference.js'
import { Findings } from './findings.js'
import { checkRules, type CheckFinding, type CheckRule } from './rules.js'

/** What the results of an environment are checked against. */
export interface CheckedShape {
  readonly observationSpace: Space
}

/** What else is known of a reset. */
export interface ResetCheck {
  /** The seed that was asked for. */
  readonly seed?: number | undefined
}

/** What else is known of a step. */
export interface StepCheck {
  /** Whether it was the first of its episode. @default false */
  readonly isFirst?: boolean
  /** Steps after which episodes are cut off: a first step may be the last where this is 1. */
  readonly maxEpisodeSteps?: number | undefined
}

/** Which flag an episode that ended for a reason has. */
const FLAG_OF: { readonly [R in EndReason]: 'terminated' | 'truncated' } = {
  goal: 'terminated',
  death: 'terminated',
  lost: 'terminated',
  timeLimit: 'truncated',
  engineTimeout: 'truncated',
  disconnected: 'truncated',
}
const isEndReason = (x: unknown): x is EndReason => typeof x === 'string' && Object.hasOwn(FLAG_OF, x)

const isObject = (x: unknown): boolean => typeof x === 'object' && x !== null && !Array.isArray(x)

const survivesJSON = (info: unknown): boolean => {
  try {
    return same(JSON.parse(JSON.stringify(info) ?? 'null'), info)
  } catch {
    // A bigint, or a circle.
    return false
  }
}

const inspectInfo = (found: Findings<CheckRule>, info: unknown, path: string): void => {
  found.require(survivesJSON(info), 'info/json', path, () => `JSON does not bring ${describe(info)} back`)
}

const hasShape = (result: unknown): boolean =>
  isObject(result) && field(result, 'observation') !== undefined && isObject(field(result, 'info'))

/** Reports to `found` what is wrong with the result of a reset. */
export const inspectReset = (found: Findings<CheckRule>, env: CheckedShape, result: unknown, { seed }: ResetCheck = {}): void => {
  if (!found.require(hasShape(result), 'reset/shape', 'reset()', () => `it returned ${describe(result)}`)) return
  const observation = field(result, 'observation')
  found.require(env.observationSpace.contains(observation), 'reset/in-space', 'reset().observation', () => describe(observation))
  const reported = field(field(result, 'info'), 'seed')
  const isSeed = Number.isSafeInteger(reported) && (seed === undefined || reported === seed)
  const asked = seed === undefined ? '' : ` after reset({ seed: ${seed} })`
  found.require(isSeed, 'reset/seed', 'reset().info.seed', () => `it is ${describe(reported)}${asked}`)
  inspectInfo(found, field(result, 'info'), 'reset().info')
}

/** The end reason goes with the flags: one of the terminating ones, one of the truncating ones, or none. */
const inspectEndReason = (found: Findings<CheckRule>, endReason: unknown, terminated: boolean, truncated: boolean): void => {
  const path = 'step().info.endReason'
  if (!terminated && !truncated) {
    found.require(endReason === undefined, 'info/end-reason', path, () => `it is ${describe(endReason)} within an episode`)
    return
  }
  const flag = terminated ? 'terminated' : 'truncated'
  const fits = isEndReason(endReason) && (FLAG_OF[endReason] === flag || (terminated && truncated))
  found.require(fits, 'info/end-reason', path, () => `it is ${describe(endReason)} at the end of a ${flag} episode`)
}

/** Reports to `found` what is wrong with the result of a step; says whether the episode is over, undefined where it cannot be read. */
export const inspectStep = (
  found: Findings<CheckRule>,
  env: CheckedShape,
  result: unknown,
  { isFirst = false, maxEpisodeSteps }: StepCheck = {},
): boolean | undefined => {
  if (!found.require(hasShape(result), 'step/shape', 'step()', () => `it returned ${describe(result)}`)) return undefined
  const observation = field(result, 'observation')
  found.require(env.observationSpace.contains(observation), 'step/in-space', 'step().observation', () => describe(observation))
  const reward = field(result, 'reward')
  found.require(Number.isFinite(reward), 'step/reward-finite', 'step().reward', () => `it is ${describe(reward)}`)
  const terminated = field(result, 'terminated')
  const truncated = field(result, 'truncated')
  const areBooleans = typeof terminated === 'boolean' && typeof truncated === 'boolean'
  found.require(areBooleans, 'step/flags', 'step()', () => `terminated is ${describe(terminated)}, truncated is ${describe(truncated)}`)
  found.require(!(terminated === true && truncated === true), 'flags/not-both', 'step()', () => 'both are true')
  const isEarly = isFirst && truncated === true && maxEpisodeSteps !== 1
  found.require(!isEarly, 'step/early-end', 'step().truncated', () => 'the first step of an episode is truncated')
  if (areBooleans) inspectEndReason(found, field(field(result, 'info'), 'endReason'), terminated, truncated)
  inspectInfo(found, field(result, 'info'), 'step().info')
  return terminated === true || truncated === true
}

/** What is wrong with the result of a reset; empty where it keeps the contract. */
export const checkReset = (env: CheckedShape, result: unknown, known?: ResetCheck): readonly CheckFinding[] => {
  const found = new Findings(checkRules)
  inspectReset(found, env, result, known)
  return found.findings
}

/** What is wrong with the result of a step; empty where it keeps the contract. */
export const checkStep = (env: CheckedShape, result: unknown, known?: StepCheck): readonly CheckFinding[] => {
  const found = new Findings(checkRules)
  inspectStep(found, env, result, known)
  return found.findings
}
