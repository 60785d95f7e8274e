/** Rules about what one reset or step returns: vector/shape, vector/in-space and so on, and what each environment's part of it is. */
import { same } from '../../env/check/difference.js'
import { describe } from '../../env/index.js'
import { field } from '../../spaces/field.js'
import { readSlot } from '../../spaces/index.js'
import type { AnyVectorEnv, VectorReset, VectorStep } from '../types.js'
import { indices, type VectorSession } from './session.js'

/** Whether environment i has ended in this step. */
export const isOverAt = ({ terminated, truncated }: Pick<VectorStep, 'terminated' | 'truncated'>, i: number): boolean =>
  terminated[i] === 1 || truncated[i] === 1

/** A copy of the part of environment i. */
export const resetAt = (vec: AnyVectorEnv, { observations, infos }: VectorReset, i: number): object => ({
  observation: readSlot(vec.singleObservationSpace, observations, i),
  info: structuredClone(infos[i]),
})

/** A copy of the part of environment i. */
export const stepAt = (vec: AnyVectorEnv, step: VectorStep, i: number): object => {
  const final = step.finals[i]
  return {
    ...resetAt(vec, step, i),
    reward: step.rewards[i],
    terminated: step.terminated[i] === 1,
    truncated: step.truncated[i] === 1,
    final: final === undefined ? undefined : structuredClone({ observation: final.observation, info: final.info }),
  }
}

const isListFor = (vec: AnyVectorEnv, x: unknown): boolean => Array.isArray(x) && x.length === vec.count

const inspectObservations = (session: VectorSession, vec: AnyVectorEnv, result: unknown, path: string): void => {
  const observations = field(result, 'observations')
  session.require(vec.observationSpace.contains(observations), 'vector/in-space', `${path}.observations`, () => describe(observations))
  for (const info of Object.values(Object(field(result, 'infos')))) {
    const text: unknown = JSON.stringify(info)
    const survives = typeof text === 'string' && same(JSON.parse(text), info)
    session.require(survives, 'vector/info-json', `${path}.infos`, () => `JSON makes ${String(text).slice(0, 80)} of one`)
  }
}

/** Checks one reset; false where it cannot be read. */
export const inspectReset = (session: VectorSession, vec: AnyVectorEnv, result: unknown): boolean => {
  const infos = field(result, 'infos')
  const hasShape = field(result, 'observations') !== undefined && isListFor(vec, infos)
  if (!session.require(hasShape, 'vector/shape', 'reset()', () => `infos is ${describe(infos)}`)) return false
  inspectObservations(session, vec, result, 'reset()')
  return true
}

const hasStepShape = (session: VectorSession, vec: AnyVectorEnv, result: unknown): boolean => {
  const requireField = (name: string, fits: (x: unknown) => boolean): boolean => {
    const value = field(result, name)
    return session.require(fits(value), 'vector/shape', `step().${name}`, () => `it is ${describe(value)} for ${vec.count} environments`)
  }
  const isBytes = (x: unknown): boolean => x instanceof Uint8Array && x.length === vec.count
  return [
    requireField('observations', (x) => x !== undefined),
    requireField('rewards', (x) => x instanceof Float64Array && x.length === vec.count),
    requireField('terminated', isBytes),
    requireField('truncated', isBytes),
    requireField('infos', (x) => isListFor(vec, x)),
    requireField('finals', (x) => isListFor(vec, x)),
  ].every((holds) => holds)
}

const inspectFinal = (session: VectorSession, vec: AnyVectorEnv, step: VectorStep, i: number): void => {
  const final: unknown = step.finals[i]
  const isOver = isOverAt(step, i)
  const isWanted = isOver && vec.autoreset === 'sameStep'
  const moment = `${isOver ? 'at the end of' : 'within'} an episode under ${vec.autoreset}`
  const isThere = final !== undefined
  if (!session.require(isThere === isWanted, 'vector/finals', 'step().finals', () => `it is ${describe(final)} ${moment}`)) return
  if (final !== undefined) {
    const observation = field(final, 'observation')
    const isMember = vec.singleObservationSpace.contains(observation)
    session.require(isMember, 'vector/final-observation', 'step().finals', () => describe(observation))
  }
  const endReason = field(isWanted ? field(final, 'info') : step.infos[i], 'endReason')
  const reasonFits = isOver ? typeof endReason === 'string' : endReason === undefined
  const path = isWanted ? 'step().finals' : 'step().infos'
  session.require(reasonFits, 'vector/end-reason', path, () => `it is ${describe(endReason)} ${moment}`)
}

/** Checks one step; false where it cannot be read. */
export const inspectStep = (session: VectorSession, vec: AnyVectorEnv, step: VectorStep): boolean => {
  if (!hasStepShape(session, vec, step)) return false
  inspectObservations(session, vec, step, 'step()')
  for (const i of indices(vec)) {
    session.require(Number.isFinite(step.rewards[i]), 'vector/reward-finite', 'step().rewards', () => `entry ${i} is ${step.rewards[i]}`)
    const flags = [step.terminated[i], step.truncated[i]]
    const areFlags = flags.every((flag) => flag <= 1) && flags[0] + flags[1] < 2
    session.require(areFlags, 'vector/flags', 'step()', () => `of environment ${i} terminated is ${flags[0]} and truncated is ${flags[1]}`)
    inspectFinal(session, vec, step, i)
  }
  return true
}
