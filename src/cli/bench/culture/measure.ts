/** Runs the groups: all subjects of a group take turns, round after round. */
import { median } from 'simple-statistics'
import { alternate, type Program, type Rate } from '../../../bench/index.js'
import { STEP_MS, type StepProfile } from '../../../culture/index.js'
import { Bl1Error } from '../../../errors.js'
import { MS_PER_SECOND } from '../../../units.js'
import type { CultureGroup, CultureSubject, GroupKind } from './plan.js'
import type { CultureRound, Growth, GrowthSetup } from './setup.js'
import { measureGrowth, startSubject, type MeasuringPlace, type Running, type SubjectFacts } from './start.js'

/** What was found of one subject; plain data. */
export interface SubjectResult extends SubjectFacts {
  readonly subject: CultureSubject
  /** Simulated time a round, ms. */
  readonly roundMs: number
  /** Simulated over wall time, of all cultures of the subject together: median of the rounds, and each. */
  readonly realTimeFactor: number
  readonly rounds: readonly number[]
  /** (fastest - slowest) / median. */
  readonly spread: number
  /** Wall time of a step in ns a neuron. */
  readonly stepNs: number
  /** Mean rate over all rounds. */
  readonly rateHz: number
  /** Medians; null where not measured. */
  readonly profile: StepProfile | null
}

/** What was found of a group; plain data. */
export interface GroupResult {
  readonly kind: GroupKind
  readonly title: string
  readonly subjects: readonly SubjectResult[]
  /** What could not be measured, and why. */
  readonly missing: readonly string[]
}

/** What was found of growing; plain data, medians. */
export interface GrowthResult extends Growth {
  readonly setup: GrowthSetup
}

/** Shorter rounds drown in noise. */
const SHORTEST_SECONDS = 0.3
const PROFILE_SECONDS = 0.25
/** A round that takes so many times the longest time is shorter the next time. */
const PATIENCE = 1.5
const NS_PER_SECOND = 1e9

/** Errors of a peer without which the rest can be measured. */
const isForgivable = (error: unknown): error is Bl1Error =>
  error instanceof Bl1Error && ['bench/peer-missing', 'bench/side-died', 'bench/side-silent'].includes(error.code)

const start = async (group: CultureGroup, place: MeasuringPlace, running: Running[]): Promise<string[]> => {
  const missing: string[] = []
  for (const subject of group.subjects) {
    try {
      running.push(await startSubject(subject, running[0]?.facts.bias ?? null, place))
    } catch (error) {
      if (subject.owner === 'bl1' || !isForgivable(error)) throw error
      missing.push(`${subject.label}: ${error.message}`)
    }
  }
  return missing
}

/** Share of the first subject's round that makes a round of this one neither too short nor too long. */
const shareOf = ({ pace }: Running, roundMs: number, longestSeconds: number): number =>
  Math.min(Math.max(roundMs, SHORTEST_SECONDS * pace), longestSeconds * pace) / roundMs

/** Medians of equal records of numbers. */
const mediansOf = <Name extends string>(names: readonly Name[], records: readonly Readonly<Record<Name, number>>[]): Record<Name, number> => {
  const medians = {} as Record<Name, number>
  for (const name of names) medians[name] = median(records.map((record) => record[name]))
  return medians
}

const PROFILE_PARTS = ['total', 'update', 'noise', 'scatter', 'plasticity', 'spikes'] as const satisfies (keyof StepProfile)[]
const GROWTH_PARTS = [
  'growSeconds', 'snapshotSeconds', 'restoreSeconds', 'synapses', 'excitatorySynapses', 'memoryBytes', 'residentBytes', 'peakBytes',
] as const satisfies (keyof Growth)[]

/** Parts of a step, in rounds of their own: the first is not counted. */
const profileAll = async (running: readonly Running[], rounds: number): Promise<Map<Running, StepProfile>> => {
  const found = new Map<Running, StepProfile[]>()
  for (let round = 0; round <= rounds; round++) {
    for (const one of running) {
      if (one.subject.owner === 'peer' || !one.subject.profile || one.profile === undefined) continue
      const profile = await one.profile(Math.max(1, Math.round((PROFILE_SECONDS * one.pace) / STEP_MS)))
      if (round > 0) found.set(one, [...(found.get(one) ?? []), profile])
    }
  }
  return new Map([...found].map(([one, profiles]) => [one, mediansOf(PROFILE_PARTS, profiles)]))
}

const culturesOf = (subject: CultureSubject): { readonly neurons: number; readonly cultures: number } =>
  subject.owner === 'peer'
    ? { neurons: subject.neurons, cultures: 1 }
    : { neurons: subject.setup.neurons, cultures: subject.setup.cultures ?? 1 }

const resultOf = (
  { subject, facts }: Running, rate: Rate, tallies: readonly CultureRound[], profile: StepProfile | null,
): SubjectResult => {
  const { neurons, cultures } = culturesOf(subject)
  const simulatedSeconds = tallies.reduce((sum, { steps }) => sum + steps, 0) / MS_PER_SECOND
  const spikes = tallies.reduce((sum, round) => sum + round.spikes, 0)
  const factors = rate.rounds.map((perSecond) => (perSecond * cultures) / MS_PER_SECOND)
  const realTimeFactor = median(factors)
  return {
    subject,
    ...facts,
    roundMs: rate.steps,
    realTimeFactor,
    rounds: factors,
    spread: rate.spread,
    stepNs: ((STEP_MS / MS_PER_SECOND / realTimeFactor) * NS_PER_SECOND) / neurons,
    rateHz: spikes / (neurons * cultures) / simulatedSeconds,
    profile,
  }
}

/**
 * Measures a group. A peer that cannot be measured is named, and the others are measured without it.
 * @param rounds after one that is not counted
 * @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted`
 */
export const measureGroup = async (
  group: CultureGroup, rounds: number, place: MeasuringPlace,
): Promise<{ readonly result: GroupResult; readonly versions: Readonly<Record<string, string>> }> => {
  const running: Running[] = []
  try {
    const missing = await start(group, place, running)
    const roundMs = Math.max(1, Math.round(group.roundSeconds * running[0].pace))
    const tallies = running.map((): CultureRound[] => [])
    const programs: Record<string, Program> = {}
    for (const [k, one] of running.entries()) {
      let share = shareOf(one, roundMs, group.longestSeconds)
      programs[`subject ${k}`] = async (ms) => {
        const tally = await one.run(Math.max(1, Math.round(ms * share)))
        tallies[k].push(tally)
        // its pace was mistaken
        if (tally.seconds > PATIENCE * group.longestSeconds) share *= group.longestSeconds / tally.seconds
        return tally
      }
    }
    const { rates } = await alternate(programs, { steps: roundMs, rounds })
    const profiles = await profileAll(running, rounds)
    const subjects = running.map((one, k) => resultOf(one, rates[`subject ${k}`], tallies[k].slice(1), profiles.get(one) ?? null))
    const versions = Object.assign({}, ...running.map((one) => one.versions))
    return { result: { kind: group.kind, title: group.title, subjects, missing }, versions }
  } finally {
    await Promise.all(running.map((one) => one.close()))
  }
}

/** Grows each culture once a round; medians of the rounds. @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted` */
export const measureGrowths = async (setups: readonly GrowthSetup[], rounds: number, signal: AbortSignal): Promise<GrowthResult[]> => {
  const found = setups.map((): Growth[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [k, setup] of setups.entries()) found[k].push(await measureGrowth(setup, signal))
  }
  return setups.map((setup, k) => ({ setup, ...mediansOf(GROWTH_PARTS, found[k]) }))
}
