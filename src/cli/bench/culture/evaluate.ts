/** What the measurements say together: ratios of subjects that took turns, and how cost grows. */
import { fitLine, fitPowerLaw, ratioOf, type LineFit, type PowerLawFit, type RateRatio } from '../../../bench/index.js'
import { STEP_MS } from '../../../culture/index.js'
import { MS_PER_SECOND } from '../../../units.js'
import type { GroupResult, GrowthResult, SubjectResult } from './measure.js'
import type { OurSubject, PeerSubject } from './plan.js'

/** A result whose subject is ours, or a peer. */
export type OurResult = SubjectResult & { readonly subject: OurSubject }
export type PeerResult = SubjectResult & { readonly subject: PeerSubject }

export const isOurs = (result: SubjectResult): result is OurResult => result.subject.owner === 'bl1'
export const isPeer = (result: SubjectResult): result is PeerResult => result.subject.owner === 'peer'

/** Ours on so many threads in the engine `wasm`. */
export const onThreads = (group: GroupResult, threads: number): OurResult | undefined =>
  group.subjects.filter(isOurs).find(({ subject: { setup } }) => setup.engine === 'wasm' && setup.threads === threads)

export const referenceOf = (group: GroupResult): OurResult | undefined =>
  group.subjects.filter(isOurs).find(({ subject }) => subject.setup.engine === 'reference')

/** How many times as fast the first is; null where one is missing. */
export const timesAsFast = (fast: SubjectResult | undefined, slow: SubjectResult | undefined): RateRatio | null =>
  fast === undefined || slow === undefined ? null : ratioOf(fast, slow)

/**
 * Time of the cultures of a batch one after the other, on as many threads' worth, over the time of the batch: 1 where nothing is lost. Null
 * for what is no batch.
 */
export const batchEfficiency = (group: GroupResult, batch: OurResult): RateRatio | null => {
  const { together, callMs, threads } = batch.subject.setup
  const alone = group.subjects.filter(isOurs).find(({ subject: { setup } }) => setup.together !== true && setup.callMs === callMs)
  if (together !== true || alone === undefined) return null
  return ratioOf({ rounds: batch.rounds.map((factor) => factor / threads) }, alone)
}

/** Arrivals at synapses a neuron and step. */
export const eventsPerNeuronStep = ({ rateHz, synapses, subject }: OurResult): number =>
  ((rateHz * STEP_MS) / MS_PER_SECOND) * ((synapses ?? 0) / subject.setup.neurons)

/** How the time of a step grows; null where there are too few points. */
export interface CultureFits {
  /** Time of a step in ns = factor neurons^exponent: the calibrated culture on one thread, on two, and in the reference. */
  readonly neurons: readonly { readonly name: string; readonly fit: PowerLawFit }[]
  /** Time of a step in ns a neuron = intercept + slope x synaptic events a neuron and step: driven, with plasticity, on one thread. */
  readonly events: readonly { readonly name: string; readonly fit: LineFit }[]
}

const FEWEST_POINTS = 3

const sizeFit = (name: string, results: readonly (OurResult | undefined)[]): CultureFits['neurons'] => {
  const known = results.filter((result) => result !== undefined)
  if (known.length < FEWEST_POINTS) return []
  const neurons = known.map(({ subject }) => subject.setup.neurons)
  return [{ name, fit: fitPowerLaw(neurons, known.map(({ stepNs }, k) => stepNs * neurons[k])) }]
}

const eventFit = (group: GroupResult): CultureFits['events'] => {
  const known = group.subjects.filter(isOurs).filter(({ subject: { setup } }) => setup.threads === 1 && setup.plasticity)
  if (known.length < FEWEST_POINTS) return []
  return [{ name: group.title, fit: fitLine(known.map(eventsPerNeuronStep), known.map(({ stepNs }) => stepNs)) }]
}

/** All fits there are points for. */
export const fitsOf = (groups: readonly GroupResult[]): CultureFits => {
  const sizes = groups.filter(({ kind }) => kind === 'size')
  return {
    neurons: [
      ...sizeFit('wasm, 1 thread', sizes.map((group) => onThreads(group, 1))),
      ...sizeFit('wasm, 2 threads', sizes.map((group) => onThreads(group, 2))),
      ...sizeFit('reference', sizes.map(referenceOf)),
    ],
    events: groups.filter(({ kind }) => kind === 'driven').flatMap(eventFit),
  }
}

/** Memory a culture takes, from two of one size that differ in their synapses. */
export interface BytesEach {
  /** A synapse, without STDP, and an excitatory one with it. */
  readonly synapse: number
  readonly excitatorySynapse: number
  readonly neuron: number
}

/** Bytes in WebAssembly memory; null where nothing differs. */
export const bytesEach = (growths: readonly GrowthResult[]): BytesEach | null => {
  const of = (stdp: boolean): GrowthResult[] => growths.filter(({ setup }) => setup.stdp === stdp)
  const [plain, plastic] = [of(false), of(true)]
  if (plain.length < 2 || plastic.length < 2) return null
  const [few, many] = plain
  const synapse = (many.memoryBytes - few.memoryBytes) / (many.synapses - few.synapses)
  const added = (k: number): number => plastic[k].memoryBytes - plain[k].memoryBytes
  const way = (added(1) - added(0)) / (plastic[1].excitatorySynapses - plastic[0].excitatorySynapses)
  return { synapse, excitatorySynapse: synapse + way, neuron: (few.memoryBytes - synapse * few.synapses) / few.setup.neurons }
}
