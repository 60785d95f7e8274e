/**
 * The record through which the host and the kernel see one culture: 4-byte fields (addresses of columns, counts, switches, single
 * precision constants), then 8-byte reals. This one file is compiled as TypeScript for the host and as AssemblyScript for the kernel.
 */
export enum Field {
  // counts
  neurons,
  excitatory,
  /** Rows of the ring of spikes in flight: longest delay + 1. */
  flightRows,
  maxDelaySteps,
  /** Spikes an axon remembers, a power of two. */
  historyLength,
  partitions,
  noiseKey,
  // switches
  stdp,
  homeostasis,
  shortTerm,
  // columns over cells
  v,
  u,
  ampa,
  nmdaRise,
  nmdaDecay,
  gabaA,
  gabaBRise,
  gabaBDecay,
  afterhyperpolarisation,
  arrivedExcitatory,
  arrivedInhibitory,
  /** a x dt and b of the recovery equation. */
  recoveryRate,
  recoverySensitivity,
  resetMv,
  recoveryStep,
  bias,
  /** Bias with the slow noise of the moment. */
  current,
  patch,
  resources,
  utilisation,
  lastSpikeStep,
  firedStep,
  spikeTrace,
  weightScale,
  rateHz,
  spikesSinceScaling,
  scalingFactor,
  historyStep,
  historyTrace,
  historyNext,
  // synapses
  rowStart,
  post,
  delaySteps,
  weight,
  /** What pairs have marked, of the excitatory rows; none where rewardSteps is 0. */
  eligibility,
  /** The dopamine, once for each partition: each lets its own fade. */
  dopamine,
  incomingStart,
  incomingRow,
  incomingOrigin,
  // tables of exp(-k dt / tau) and their lengths
  gainTable,
  gainLength,
  lossTable,
  lossLength,
  // spikes in flight: one row of `neurons` entries a step; of each partition its count, and how far it has delivered each spike
  flightCount,
  flightNeuron,
  flightRelease,
  flightCursor,
  flightNext,
  /** Length of one partition's cursor columns, in entries. */
  flightEntries,
  // scratch: cells that fired in this step, at the offset of their partition
  fired,
  // what the host hands in for a chunk of steps
  firstStep,
  pulses,
  pulseSteps,
  pulseNeurons,
  pulseAmplitudes,
  /** Where each partition has got to in the pulses. */
  pulseCursor,
  /** Values of the slow noise for the updates of the chunk: one every slowEvery steps from slowFirst on; none where slowEvery is 0. */
  slowValues,
  slowLength,
  slowFirst,
  slowEvery,
  // what the kernel hands back: per partition the cells that fired, how many in each step, and how many so far
  spikeNeurons,
  spikeCounts,
  spikeTotals,
  /** Steps a chunk may have. */
  chunkSteps,
  scalingSteps,
  /** Interval of reward-modulated STDP; 0 where pairs change the weight at once. */
  rewardSteps,
  // partitions: first cells (partitions + 1 entries), steps claimed and done (one cache line each), and the step to stop at
  bounds,
  claimed,
  done,
  end,
  // vector constants, single precision: see cells.ts
  constants,
}

/** Vector constants of the cell update, in their order behind Field.constants. */
export enum Constant {
  ampaDecay,
  nmdaRiseDecay,
  nmdaDecayDecay,
  gabaADecay,
  gabaBRiseDecay,
  gabaBDecayDecay,
  slowDecay,
  ampaGain,
  nmdaGain,
  gabaAGain,
  gabaBGain,
  excitatoryReversalMv,
  gabaAReversalMv,
  gabaBReversalMv,
  slowReversalMv,
  noiseScale,
  magnesium,
  magnesiumExponent,
  exponential4,
  exponential3,
  exponential2,
  exponential1,
  exponential0,
  quadratic,
  linear,
  constant,
  one,
  halfStep,
  spikeMv,
  nothing,
  // whole numbers
  mixer1,
  mixer2,
  mixer3,
  pairs,
  byteSumMean,
  counterStep,
}

/** Constants of double precision. */
export enum Real {
  lowestPulsedMv,
  spikeMv,
  stepMs,
  slowStepConductance,
  excitatoryU,
  inhibitoryU,
  excitatoryTauRecMs,
  inhibitoryTauRecMs,
  inhibitoryTauFacMs,
  amplitudePlus,
  amplitudeMinus,
  stdpCap,
  eligibilityKeep,
  dopamineKeep,
  creditMs,
  baselineCredit,
  forgotten,
  targetRateHz,
  gainPerHz,
  rateKeep,
  spikesToHz,
  scalingFloor,
  scalingCap,
}

/** Byte offset of the reals in the record. */
export const REALS_AT = 512
/** Bytes of one record. */
export const RECORD_BYTES = 1024
/** Bytes between the claims of two partitions: a cache line, so that threads do not disturb each other. */
export const LINE_BYTES = 64
