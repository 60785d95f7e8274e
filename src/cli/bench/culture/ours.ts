/** Our side of the measurement: the cultures of a setup, grown, warmed up and ready for rounds. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Culture, CultureBatch, profileStep, type CultureOptions, type StepProfile } from '../../../culture/index.js'
import { MS_PER_SECOND } from '../../../units.js'
import { biasFor, calibratedOptions, drivenOptions } from './drivenCulture.js'
import type { CultureRound, CultureSetup } from './setup.js'

/** Cultures in the state from which rounds go on. */
export interface OurCultures {
  readonly synapses: number
  readonly buildSeconds: number
  readonly bias: number | null
  readonly pace: number
  /** @param durationMs rounded up to whole calls */
  readonly run: (durationMs: number) => CultureRound
  /** What a step of the first culture costs. */
  readonly profile: (steps: number) => StepProfile
  readonly close: () => void
}

/** Simulated time of the calls that warm up, ms: compiled code settles over many short calls, not over one long one. */
const SHORT_CALL_MS = 10
/** Better code is made in the background. */
const PAUSE_MS = 250
/** No culture needs more simulated time than this to forget its start, ms. */
const LONGEST_WARM_UP_MS = 20_000
const PACE_SECONDS = 0.1

const secondsSince = (startedMs: number): number => (performance.now() - startedMs) / MS_PER_SECOND

type Advance = (durationMs: number) => number

/** Simulates in short calls for `seconds` of wall time, at most `longestMs`; tells the simulated ms a second. */
const advanceFor = (advance: Advance, seconds: number, longestMs = Infinity): number => {
  const startedMs = performance.now()
  let simulatedMs = 0
  while (secondsSince(startedMs) < seconds && simulatedMs < longestMs) {
    advance(SHORT_CALL_MS)
    simulatedMs += SHORT_CALL_MS
  }
  return simulatedMs / secondsSince(startedMs)
}

/** Goes on in another engine, or with other plasticity, from where a culture stands. */
const convert = (culture: Culture, { engine, plasticity }: CultureSetup): Culture => {
  let converted = culture
  if (engine === 'reference') {
    const snapshot = culture.snapshot()
    converted = Culture.restore({ ...snapshot, parameters: { ...snapshot.parameters, engine } }, { threads: 1 })
  }
  converted.setPlasticity({ stdp: plasticity, homeostasis: plasticity })
  return converted
}

interface Grown {
  /** Growing all of them. */
  readonly growSeconds: number
  readonly cultures: readonly Culture[]
  readonly advance: Advance
  readonly close: () => void
}

const growTogether = (options: CultureOptions, seeds: readonly number[], { threads }: CultureSetup): Grown => {
  const startedMs = performance.now()
  const batch = CultureBatch.grow(options, seeds, { threads })
  const growSeconds = secondsSince(startedMs)
  const advance: Advance = (durationMs) => batch.advance(durationMs).reduce((sum, { count }) => sum + count, 0)
  return { growSeconds, cultures: batch.cultures, advance, close: () => batch.close() }
}

const growAlone = (options: CultureOptions, seeds: readonly number[], setup: CultureSetup): Grown => {
  const startedMs = performance.now()
  const grown = seeds.map((seed) => Culture.grow(options, seed, { threads: setup.threads }))
  const growSeconds = secondsSince(startedMs)
  // the fast engine brings the slow one to the same age
  if (setup.engine === 'reference') {
    for (const culture of grown) advanceFor((ms) => culture.advance(ms).count, setup.warmUpSeconds, LONGEST_WARM_UP_MS)
  }
  const cultures = grown.map((culture) => convert(culture, setup))
  const advance: Advance = (durationMs) => cultures.reduce((sum, culture) => sum + culture.advance(durationMs).count, 0)
  return { growSeconds, cultures, advance, close: () => cultures.forEach((culture) => culture.close()) }
}

/**
 * Grows and warms up what a setup describes.
 * @throws Bl1Error `bench/bisection` and those of Culture.grow
 */
export const growOurs = async (setup: CultureSetup): Promise<OurCultures> => {
  const { neurons, inDegree, rateHz, together, callMs, warmUpSeconds, seed } = setup
  const bias = rateHz === null ? null : biasFor(rateHz, inDegree)
  const options = bias === null ? calibratedOptions(neurons, inDegree) : drivenOptions(neurons, inDegree, bias)
  const seeds = Array.from({ length: setup.cultures }, (_, k) => seed + k)
  const { growSeconds, cultures, advance, close } = (together ? growTogether : growAlone)(options, seeds, setup)
  advanceFor(advance, warmUpSeconds, LONGEST_WARM_UP_MS)
  await sleep(PAUSE_MS)
  const pace = advanceFor(advance, PACE_SECONDS)
  const run = (durationMs: number): CultureRound => {
    const call = callMs ?? durationMs
    const calls = Math.ceil(durationMs / call)
    let spikes = 0
    const begunMs = performance.now()
    for (let k = 0; k < calls; k++) spikes += advance(call)
    return { steps: calls * call, seconds: secondsSince(begunMs), resets: 0, spikes }
  }
  const profile = (steps: number): StepProfile => profileStep(cultures[0], steps)
  return { synapses: cultures[0].network.synapses, buildSeconds: growSeconds / cultures.length, bias, pace, run, profile, close }
}
