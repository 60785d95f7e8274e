/** Paired contrasts of two ways to play, over agents, over episodes, or in each agent alone. */
import { mean } from 'simple-statistics'
import type { Rng } from '../../rng.js'
import { bootstrapMean, holm, pairedEffect, signFlipTest, type MeanInterval } from '../statistics.js'
import type { AblationContrast, AblationUnit } from './types.js'

/** Returns of one way to play: one array an agent, one entry an episode. */
export type Returns = readonly (readonly number[])[]

/** Two ways to play, entry i of both the same episode. */
export interface Pairing {
  /** Names the streams of randomness that it draws from. */
  readonly key: string
  readonly first: Returns
  readonly second: Returns
}

/** How contrasts are tested. */
export interface TestOptions {
  readonly unit: AblationUnit
  readonly significance: number
  readonly rng: Rng
}

/** The mean of what is not empty. */
export const meanOf = (values: readonly number[]): number => mean([...values])

/** Mean with its interval as the unit has it: a bootstrap interval, or the range over agents. */
export const intervalOf = (values: readonly number[], unit: AblationUnit, rng: Rng): MeanInterval =>
  unit === 'each agent'
    ? { mean: meanOf(values), low: Math.min(...values), high: Math.max(...values), n: values.length }
    : bootstrapMean(values, rng)

interface AloneTest {
  readonly meanDifference: number
  readonly p: number
}

/** One agent over its own episodes. */
const alone = (first: readonly number[], second: readonly number[], rng: Rng): AloneTest => {
  const { differences, meanDifference } = pairedEffect(first, second)
  return { meanDifference: meanDifference ?? 0, p: signFlipTest(differences, rng).p }
}

/** What a unit of the test is: an agent's mean, or an episode of the one agent. */
export const unitsOf = (returns: Returns, unit: AblationUnit): number[] =>
  unit === 'episodes' ? returns.flatMap((one) => [...one]) : returns.map(meanOf)

const signOf = (interval: MeanInterval): 1 | -1 | 0 => {
  if (interval.low === null || interval.high === null) return 0
  if (interval.low > 0) return 1
  return interval.high < 0 ? -1 : 0
}

/**
 * Contrasts of one family, Holm-corrected together. Over agents or episodes a difference needs a corrected p below the level and an interval
 * that excludes zero. Where each agent is tested alone, all of them must differ in the same direction, each beyond chance after correction
 * over agents and family; the p given is the largest (Berger 1982: the intersection-union test needs no further correction).
 */
export const contrastFamily = (pairings: readonly Pairing[], { unit, significance, rng }: TestOptions): AblationContrast[] => {
  const streamOf = ({ key }: Pairing): Rng => rng.split(key)
  const tests = pairings.map((pairing) =>
    pairing.first.map((first, agent) => alone(first, pairing.second[agent], streamOf(pairing).split('alone').split(agent))),
  )
  const aloneHolm = holm(tests.flatMap((agents) => agents.map(({ p }) => p)))
  let next = 0
  const corrected = tests.map((agents) => agents.map(() => aloneHolm[next++]))

  const overall = pairings.map((pairing) => {
    const { differences, dz } = pairedEffect(unitsOf(pairing.first, unit), unitsOf(pairing.second, unit))
    const stream = streamOf(pairing)
    const difference = intervalOf(differences, unit, stream.split('interval'))
    return { difference, dz, p: differences.length > 1 ? signFlipTest(differences, stream.split('test')).p : null }
  })
  // untested ones are all untested: they have as many units
  const overallHolm = holm(overall.flatMap(({ p }) => (p === null ? [] : [p])))

  return overall.map(({ difference, dz, p }, k): AblationContrast => {
    const direction = Math.sign(difference.mean ?? 0)
    const agentsAlone =
      unit === 'episodes'
        ? null
        : tests[k].filter(({ meanDifference }, agent) => corrected[k][agent] < significance && Math.sign(meanDifference) === direction && direction !== 0).length
    const own =
      unit === 'each agent'
        ? { dz: null, p: Math.max(...tests[k].map((test) => test.p)), pHolm: Math.max(...corrected[k]) }
        : { dz, p, pHolm: p === null ? null : overallHolm[k] }
    const sign = own.pHolm !== null && own.pHolm < significance ? signOf(difference) : 0
    return { difference, ...own, agentsAlone, evidence: sign === 1 ? 'first' : sign === -1 ? 'second' : 'none' }
  })
}
