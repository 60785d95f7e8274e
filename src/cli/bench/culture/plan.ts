/** What `bl1 bench culture` measures: groups of subjects that take turns. */
import type { CulturePeerName } from '../culturePeer.js'
import type { CultureSetupInput, GrowthSetup } from './setup.js'

/** One of ours: a process with cultures. */
export interface OurSubject {
  readonly owner: 'bl1'
  readonly label: string
  readonly setup: CultureSetupInput
  /** Also measure the parts of a step. */
  readonly profile: boolean
}

/** Another simulator, on a network as equal as it can express. */
export interface PeerSubject {
  readonly owner: 'peer'
  readonly label: string
  readonly peer: CulturePeerName
  readonly neurons: number
  readonly inDegree: number
  readonly threads: number
  readonly rateHz: number
  /**
   * Whether the peer expresses the driven culture itself, bias and weights included. One whose cells or synapses are others takes the
   * calibrated culture and a current that gives the rate.
   */
  readonly isDriven: boolean
  /** Added to the bias of the driven culture, mV/ms: stands for slow currents that the peer's synapses do not have. */
  readonly biasShift: number
  readonly warmUpMs: number
}

export type CultureSubject = OurSubject | PeerSubject

/** What a group is about; tables and figures find their rows by it. */
export type GroupKind = 'size' | 'driven' | 'batch' | 'peers'

/** Subjects measured in the same rounds. */
export interface CultureGroup {
  readonly kind: GroupKind
  readonly title: string
  /** Wall time of a round of the first subject, s. */
  readonly roundSeconds: number
  /** No round of another takes longer than this: its span is shortened, s. */
  readonly longestSeconds: number
  readonly subjects: readonly CultureSubject[]
}

/** How much is measured. */
export interface PlanOptions {
  readonly sizes: readonly number[]
  /** Short spans and one rate. */
  readonly quick: boolean
  readonly peers: boolean
}

/** Everything, in the order in which it is measured. */
export interface CulturePlan {
  readonly groups: readonly CultureGroup[]
  readonly growths: readonly GrowthSetup[]
}

/** In-degree of the calibration, and of the original. */
export const IN_DEGREE = 30
export const DENSE_IN_DEGREE = 590
/** From this size on a culture is also measured on two threads. */
export const TWO_THREADS_FROM = 10_000
/** The largest culture for which the reference takes as long as it likes, and the one where it is measured over a short span. */
const REFERENCE_UP_TO = 10_000
const LARGE = 100_000
const RATES_HZ = [0.5, 2, 10] as const
const QUICK_RATES_HZ = [2] as const
/** Rate of the measurements beside peers, and of the dense culture. */
const PEER_RATE_HZ = 2
const DENSE_RATE_HZ = 1.5
const DRIVEN_SIZES = [1000, 10_000, LARGE]
const BATCH = { cultures: 16, neurons: 1000 }
const BATCH_CALLS_MS = [500, 10] as const
const QUICK_BATCH_CALLS_MS = [500] as const
interface PeerKind extends Pick<PeerSubject, 'peer' | 'isDriven' | 'biasShift'> {
  readonly title: string
  /** Simulated time before the first round, ms times cells: less where a step takes a hundred times as long. */
  readonly warmUpCellMs: number
}
const PEERS: readonly PeerKind[] = [
  { peer: 'brian2', title: 'Brian2', isDriven: true, biasShift: 0, warmUpCellMs: 2e7 },
  // without slow inhibition it would fire at 6.6 Hz; shifted, at 1.9 Hz with 1,000 cells and 2.2 Hz with 10,000
  { peer: 'nest-izhikevich', title: 'NEST (izhikevich)', isDriven: true, biasShift: -0.75, warmUpCellMs: 2e7 },
  { peer: 'nest-conductance', title: 'NEST (conductance)', isDriven: false, biasShift: 0, warmUpCellMs: 5e6 },
]

const threadsAt = (neurons: number): readonly number[] => (neurons >= TWO_THREADS_FROM ? [1, 2] : [1])
const named = (neurons: number): string => `${neurons.toLocaleString('en-US')} neurons`
const inThreads = (threads: number): string => `${threads} thread${threads === 1 ? '' : 's'}`

const groupsOf = ({ sizes, quick, peers }: PlanOptions): CultureGroup[] => {
  const warmUpSeconds = quick ? 0.3 : 1.5
  const roundSeconds = quick ? 0.3 : 0.8
  const longestSeconds = quick ? 0.6 : 4.5
  const one = (setup: Pick<CultureSetupInput, 'neurons'> & Partial<CultureSetupInput>): CultureSetupInput => ({
    inDegree: IN_DEGREE,
    rateHz: null,
    plasticity: true,
    engine: 'wasm',
    threads: 1,
    warmUpSeconds,
    ...setup,
  })
  const ours = (label: string, setup: CultureSetupInput, profile = false): OurSubject => ({ owner: 'bl1', label, setup, profile })

  const atSize = (neurons: number): CultureGroup => {
    // a burst cycle of a large culture takes long: it needs time to calm down and to be seen
    const isLarge = neurons > TWO_THREADS_FROM
    const warm = isLarge ? { warmUpSeconds: 3 * warmUpSeconds } : {}
    const hasReference = neurons <= REFERENCE_UP_TO || neurons >= LARGE
    return {
      kind: 'size',
      title: `Real-time factor, ${named(neurons)}`,
      roundSeconds: isLarge ? 3 * roundSeconds : roundSeconds,
      longestSeconds,
      subjects: [
        ...threadsAt(neurons).map((threads) => ours(`wasm, ${inThreads(threads)}`, one({ neurons, threads, ...warm }))),
        ...(hasReference ? [ours('reference', one({ neurons, engine: 'reference', ...warm }))] : []),
      ],
    }
  }

  const driven = (neurons: number): CultureGroup => ({
    kind: 'driven',
    title: `Rates and plasticity, ${named(neurons)}`,
    roundSeconds,
    longestSeconds,
    subjects: (quick ? QUICK_RATES_HZ : RATES_HZ).flatMap((rateHz) => [
      ...threadsAt(neurons).map((threads) => ours(`${rateHz} Hz, ${inThreads(threads)}`, one({ neurons, rateHz, threads }), threads === 1)),
      ours(`${rateHz} Hz, 1 thread, plasticity off`, one({ neurons, rateHz, plasticity: false })),
    ]),
  })

  const dense = (neurons: number): CultureGroup => ({
    kind: 'driven',
    title: `In-degree ${DENSE_IN_DEGREE}, ${named(neurons)}`,
    roundSeconds: 2 * roundSeconds,
    longestSeconds,
    subjects: [
      ...[1, 2].map((threads) => {
        const setup = one({ neurons, inDegree: DENSE_IN_DEGREE, rateHz: DENSE_RATE_HZ, plasticity: false, threads })
        return ours(`${DENSE_RATE_HZ} Hz, ${inThreads(threads)}, plasticity off`, setup)
      }),
      ours(`${DENSE_RATE_HZ} Hz, 1 thread`, one({ neurons, inDegree: DENSE_IN_DEGREE, rateHz: DENSE_RATE_HZ }), true),
    ],
  })

  const batch = (neurons: number): CultureGroup => ({
    kind: 'batch',
    title: `${BATCH.cultures} cultures of ${named(neurons)}`,
    roundSeconds,
    longestSeconds,
    subjects: (quick ? QUICK_BATCH_CALLS_MS : BATCH_CALLS_MS).flatMap((callMs) => {
      const many = { neurons, cultures: BATCH.cultures, callMs }
      return [
        ours(`one after the other, calls of ${callMs} ms`, one(many)),
        ...[1, 2].map((threads) => {
          const setup = one({ ...many, threads, together: true })
          return ours(`CultureBatch, ${inThreads(threads)}, calls of ${callMs} ms`, setup)
        }),
      ]
    }),
  })

  const besidePeers = (neurons: number): CultureGroup => ({
    kind: 'peers',
    title: `Beside Brian2 and NEST, ${named(neurons)}`,
    roundSeconds,
    longestSeconds,
    subjects: [
      ...[1, 2].map((threads) => ours(`wasm, ${inThreads(threads)}`, one({ neurons, rateHz: PEER_RATE_HZ, plasticity: false, threads }))),
      ...PEERS.flatMap(({ peer, title, isDriven, biasShift, warmUpCellMs }) =>
        [1, 2].map((threads): PeerSubject => ({
          owner: 'peer',
          label: `${title}, ${inThreads(threads)}`,
          peer,
          neurons,
          inDegree: IN_DEGREE,
          threads,
          rateHz: PEER_RATE_HZ,
          isDriven,
          biasShift,
          warmUpMs: Math.min(2000, warmUpCellMs / neurons),
        })),
      ),
    ],
  })

  const common = DRIVEN_SIZES.filter((neurons) => sizes.includes(neurons))
  const largest = Math.max(...sizes)
  const chosen = common.length > 0 ? common : [largest]
  return [
    ...sizes.map(atSize),
    ...chosen.map(driven),
    ...(largest >= LARGE ? [dense(largest)] : []),
    batch(Math.min(BATCH.neurons, largest)),
    ...(peers ? chosen.map(besidePeers) : []),
  ]
}

const growthsOf = ({ sizes }: PlanOptions): GrowthSetup[] => {
  const neurons = Math.max(...sizes)
  // a small dish has no room for so many neighbours
  const inDegrees = neurons >= TWO_THREADS_FROM ? [IN_DEGREE, DENSE_IN_DEGREE] : [IN_DEGREE]
  return inDegrees.flatMap((inDegree) => [true, false].map((stdp) => ({ neurons, inDegree, stdp, seed: 1 })))
}

export const planOf = (options: PlanOptions): CulturePlan => ({ groups: groupsOf(options), growths: growthsOf(options) })
