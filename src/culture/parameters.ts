/**
 * Every number of the culture in one table: default, unit, range, meaning, source.
 *
 * The defaults are the calibrated culture: identical at all sizes, chosen so that spontaneous activity lies inside the published
 * ranges for mature dissociated rat cortex and single-electrode pulses are answered as cultures answer them. Weights and conductances
 * are in the units of the Izhikevich equation (1/ms); one model synapse stands for several real ones.
 */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { choice, flag, group, quantity, readParameters } from '../parameters.js'

/** Neurons advance in steps of this length; the calibration belongs to it. */
export const STEP_MS = 0.5

const IZHIKEVICH = 'Izhikevich 2003, IEEE Trans Neural Netw 14:1569, Fig. 2'
const CALIBRATION = 'calibrated against Wagenaar, Pine & Potter 2006, BMC Neurosci 7:11'
const RECEPTORS = 'Destexhe, Mainen & Sejnowski 1998 (kinetic models of synaptic transmission)'

const cellType = (share: number, a: number, b: number, c: number, d: number, doc: string) =>
  group(
    {
      share: quantity({ default: share, unit: '1', min: 0, max: 1, doc: 'share of the whole population' }),
      a: quantity({ default: a, unit: '1/ms', above: 0, max: 1, doc: 'recovery rate', source: IZHIKEVICH }),
      b: quantity({ default: b, unit: '1', min: -1, max: 1, doc: 'recovery sensitivity to potential', source: IZHIKEVICH }),
      c: quantity({ default: c, unit: 'mV', min: -100, max: 0, doc: 'potential after a spike', source: IZHIKEVICH }),
      d: quantity({ default: d, unit: '1', min: 0, max: 50, doc: 'recovery added by a spike', source: IZHIKEVICH }),
    },
    doc,
  )

const cells = group(
  {
    regularSpiking: cellType(0.64, 0.02, 0.2, -65, 8, 'excitatory, adapting'),
    intrinsicallyBursting: cellType(0.08, 0.02, 0.2, -55, 4, 'excitatory, a burst and then single spikes'),
    chattering: cellType(0.08, 0.02, 0.2, -50, 2, 'excitatory, repeated bursts'),
    fastSpiking: cellType(0.16, 0.1, 0.2, -65, 2, 'inhibitory, no adaptation'),
    lowThresholdSpiking: cellType(0.04, 0.02, 0.25, -65, 2, 'inhibitory, low threshold'),
    variability: quantity({ default: 0.05, unit: '1', min: 0, max: 0.2, doc: 'relative SD of a and d between cells', source: CALIBRATION }),
    resetSdMv: quantity({ default: 1, unit: 'mV', min: 0, max: 5, doc: 'SD of c between cells', source: CALIBRATION }),
    bias: quantity({ default: 0.65, unit: 'mV/ms', min: -20, max: 60, doc: 'mean constant current of excitatory and fast-spiking cells', source: CALIBRATION }),
    biasLowThreshold: quantity({ default: -1.1, unit: 'mV/ms', min: -20, max: 60, doc: 'mean constant current of low-threshold cells', source: CALIBRATION }),
    biasSd: quantity({ default: 0.5, unit: 'mV/ms', min: 0, max: 10, doc: 'SD of the constant current between cells', source: CALIBRATION }),
    startLowMv: quantity({ default: -70, unit: 'mV', min: -90, max: 0, doc: 'lowest potential at the start', source: CALIBRATION }),
    startHighMv: quantity({ default: -65, unit: 'mV', min: -90, max: 0, doc: 'highest potential at the start', source: CALIBRATION }),
  },
  'the five Izhikevich cell types, their shares and the variability between cells',
)

const noise = group(
  {
    fastSd: quantity({ default: 2, unit: 'mV/ms', min: 0, max: 20, doc: 'SD of the background current, drawn afresh for each cell and step', source: CALIBRATION }),
    slowTauMs: quantity({ default: 4500, unit: 'ms', min: 50, max: 600_000, doc: 'correlation time of the slow excitability noise', source: CALIBRATION }),
    slowDishSd: quantity({ default: 0.9, unit: 'mV/ms', min: 0, max: 10, doc: 'SD of the slow noise common to the dish; 1.3 from 50,000 cells, where finite-size noise averages out', source: CALIBRATION }),
    slowPatchSd: quantity({ default: 0.25, unit: 'mV/ms', min: 0, max: 10, doc: 'SD of the slow noise of each patch', source: CALIBRATION }),
    patchUm: quantity({ default: 1000, unit: 'um', above: 0, max: 100_000, doc: 'side of a patch of common slow noise', source: CALIBRATION }),
  },
  'background activity: without it a culture is silent',
)

const wiring = group(
  {
    meanInDegree: quantity({ default: 30, unit: 'synapses', min: 0, max: 2000, doc: 'mean number of synapses onto a cell, the same at every size', source: CALIBRATION }),
    lengthConstantUm: quantity({ default: 300, unit: 'um', min: 10, max: 100_000, doc: 'P(connect) = p_max exp(-distance / lengthConstantUm)', source: CALIBRATION }),
    conductionUmPerMs: quantity({ default: 300, unit: 'um/ms', min: 10, max: 10_000, doc: 'speed of an axon: delay = distance / speed, at least one step', source: 'unmyelinated cortical axons, 0.3 m/s' }),
  },
  'sparse wiring that falls off with distance, with a delay for each synapse',
)

const synapses = group(
  {
    excitatoryTotal: quantity({ default: 16, unit: '1/ms', min: 0, max: 1000, doc: 'summed excitatory weight of a cell with 24 excitatory inputs', source: CALIBRATION }),
    inhibitoryTotal: quantity({ default: 7, unit: '1/ms', min: 0, max: 1000, doc: 'summed inhibitory weight of a cell with 6 inhibitory inputs', source: CALIBRATION }),
    inDegreeExponent: quantity({ default: 0.75, unit: '1', min: 0, max: 1, doc: 'weight ~ mean in-degree to minus this power', source: CALIBRATION }),
    ownDegreeExponent: quantity({ default: 0.5, unit: '1', min: 0, max: 1, doc: "weight ~ a cell's own in-degree to minus this power", source: CALIBRATION }),
    weightSd: quantity({ default: 1, unit: '1', min: 0, max: 3, doc: 'relative SD of single weights; negative draws become 0', source: CALIBRATION }),
    sensitivitySigma: quantity({ default: 1, unit: '1', min: 0, max: 3, doc: 'sigma of the lognormal excitatory sensitivity of cells (mean 1)', source: CALIBRATION }),
    ampaShare: quantity({ default: 0.3, unit: '1', min: 0, max: 1, doc: 'share of the excitatory weight that drives AMPA; the rest drives NMDA', source: CALIBRATION }),
    gabaAShare: quantity({ default: 0.98, unit: '1', min: 0, max: 1, doc: 'share of the inhibitory weight that drives GABA_A; the rest drives GABA_B', source: CALIBRATION }),
    ampaTauMs: quantity({ default: 2, unit: 'ms', above: 0, max: 1000, doc: 'AMPA decay', source: RECEPTORS }),
    nmdaRiseMs: quantity({ default: 2, unit: 'ms', above: 0, max: 1000, doc: 'NMDA rise', source: RECEPTORS }),
    nmdaDecayMs: quantity({ default: 100, unit: 'ms', above: 0, max: 1000, doc: 'NMDA decay', source: RECEPTORS }),
    magnesiumMm: quantity({ default: 1, unit: 'mM', min: 0, max: 10, doc: 'magnesium that blocks NMDA', source: 'Jahr & Stevens 1990, J Neurosci 10:3178' }),
    gabaATauMs: quantity({ default: 6, unit: 'ms', above: 0, max: 1000, doc: 'GABA_A decay', source: RECEPTORS }),
    gabaBRiseMs: quantity({ default: 45, unit: 'ms', above: 0, max: 1000, doc: 'GABA_B rise', source: RECEPTORS }),
    gabaBDecayMs: quantity({ default: 170, unit: 'ms', above: 0, max: 2000, doc: 'GABA_B decay', source: RECEPTORS }),
    excitatoryReversalMv: quantity({ default: 0, unit: 'mV', min: -20, max: 60, doc: 'reversal of AMPA and NMDA', source: RECEPTORS }),
    gabaAReversalMv: quantity({ default: -75, unit: 'mV', min: -100, max: -40, doc: 'reversal of GABA_A', source: RECEPTORS }),
    gabaBReversalMv: quantity({ default: -95, unit: 'mV', min: -120, max: -60, doc: 'reversal of GABA_B', source: RECEPTORS }),
  },
  'receptors and weights',
)

const TSODYKS = 'Tsodyks, Pawelzik & Markram 1998, Neural Comput 10:821'
const shortTerm = group(
  {
    enabled: flag(true, 'short-term plasticity; off: every spike releases the utilisation U of a rested synapse'),
    excitatoryU: quantity({ default: 0.45, unit: '1', above: 0, max: 1, doc: 'share of the resources an excitatory spike releases', source: `${TSODYKS}; ${CALIBRATION}` }),
    excitatoryTauRecMs: quantity({ default: 4000, unit: 'ms', above: 0, max: 60_000, doc: 'recovery of excitatory resources', source: CALIBRATION }),
    inhibitoryU: quantity({ default: 0.05, unit: '1', above: 0, max: 1, doc: 'first utilisation of an inhibitory synapse', source: `${TSODYKS}; ${CALIBRATION}` }),
    inhibitoryTauRecMs: quantity({ default: 100, unit: 'ms', above: 0, max: 60_000, doc: 'recovery of inhibitory resources', source: TSODYKS }),
    inhibitoryTauFacMs: quantity({ default: 1000, unit: 'ms', above: 0, max: 60_000, doc: 'decay of inhibitory facilitation', source: TSODYKS }),
  },
  'short-term depression (excitatory) and facilitation (inhibitory)',
)

const afterhyperpolarisation = group(
  {
    stepConductance: quantity({ default: 0.06, unit: '1/ms', min: 0, max: 1, doc: 'conductance a spike adds to an excitatory cell', source: CALIBRATION }),
    tauMs: quantity({ default: 7000, unit: 'ms', above: 0, max: 60_000, doc: 'decay of that conductance', source: CALIBRATION }),
    reversalMv: quantity({ default: -90, unit: 'mV', min: -120, max: -60, doc: 'reversal of that conductance (potassium)', source: CALIBRATION }),
  },
  'slow after-hyperpolarisation of excitatory cells: ends a burst and times the next',
)

const PAIR = 'Bi & Poo 1998, J Neurosci 18:10464; Song, Miller & Abbott 2000, Nat Neurosci 3:919'
const stdp = group(
  {
    enabled: flag(true, 'spike-timing-dependent plasticity of excitatory synapses'),
    amplitudePlus: quantity({ default: 0.005, unit: '1', min: 0, max: 1, doc: "gain of one arrival-then-spike pair, as a share of the target cell's mean initial weight", source: PAIR }),
    amplitudeMinus: quantity({ default: 0.00525, unit: '1', min: 0, max: 1, doc: "loss of one spike-then-arrival pair, as a share of the target cell's mean initial weight", source: PAIR }),
    tauPlusMs: quantity({ default: 20, unit: 'ms', above: 0, max: 500, doc: 'window of the gain', source: PAIR }),
    tauMinusMs: quantity({ default: 20, unit: 'ms', above: 0, max: 500, doc: 'window of the loss', source: PAIR }),
    weightCap: quantity({ default: 2, unit: '1', above: 0, max: 20, doc: "no synapse grows beyond this many times the target cell's mean initial weight", source: 'the original BL-1: w_max 0.1 for g_exc 0.05' }),
  },
  'pair rule on every spike, measured from the arrival of the presynaptic spike at the synapse',
)

const REWARD = 'Izhikevich 2007, Cereb Cortex 17:2443'
const rewardModulation = group(
  {
    enabled: flag(false, 'a pair of spikes marks its synapse, and rewards (culture.reward) turn the marks into weight; off: a pair changes the weight at once'),
    eligibilityTauMs: quantity({ default: 1000, unit: 'ms', above: 0, max: 60_000, doc: 'how long a synapse stays marked', source: REWARD }),
    dopamineTauMs: quantity({ default: 200, unit: 'ms', above: 0, max: 60_000, doc: 'how long a reward lasts', source: REWARD }),
    baselineDopamine: quantity({ default: 0, unit: '1/ms', min: 0, max: 1, doc: 'dopamine without any reward', source: `${REWARD}: 0.002 every 10 ms, which is 0.0002` }),
    intervalMs: quantity({ default: 10, unit: 'ms', min: 1, max: 1000, doc: 'clock on which marks become weight', source: REWARD }),
  },
  'reward-modulated STDP: dw/dt = eligibility x (dopamine + baselineDopamine), times in ms; needs stdp',
)

const homeostasis = group(
  {
    enabled: flag(true, 'homeostatic scaling of excitatory synapses onto excitatory cells'),
    targetRateHz: quantity({ default: 0.3, unit: 'Hz', min: 0, max: 50, doc: 'rate that each excitatory cell is scaled towards', source: 'mean excitatory rate of the calibrated culture' }),
    gainPerHzPerSecond: quantity({ default: 1e-4, unit: '1/(Hz s)', min: 0, max: 0.1, doc: 'relative weight change a second for each Hz of error', source: 'Turrigiano et al. 1998, Nature 391:892: hours to days' }),
    rateTauMs: quantity({ default: 10_000, unit: 'ms', above: 0, max: 3_600_000, doc: 'memory of the rate estimate', source: 'the original BL-1' }),
    intervalMs: quantity({ default: 1000, unit: 'ms', min: 1, max: 3_600_000, doc: 'clock of the scaling', source: 'the original BL-1' }),
    weightFloor: quantity({ default: 0.02, unit: '1', min: 0, max: 1, doc: "scaling down stops at this share of the target cell's mean initial weight", source: 'the original BL-1: w_min 0.001 for g_exc 0.05' }),
    weightCap: quantity({ default: 4, unit: '1', above: 0, max: 20, doc: "scaling up stops at this multiple of the target cell's mean initial weight", source: 'the original BL-1: w_max 0.2 for g_exc 0.05' }),
  },
  'slow scaling on its own clock',
)

/** Schema of all culture parameters; `cultureParameters.parse({})` is the calibrated culture. */
export const cultureParameters = group(
  {
    neurons: quantity({ default: 1000, unit: 'cells', integer: true, min: 1, max: 1_000_000, doc: 'number of neurons' }),
    engine: choice(['wasm', 'reference'], 'wasm', "what computes it; 'reference': the model written to be read, in double precision, several times slower"),
    dishUm: z.union([z.literal('scaled'), z.number().min(10).max(100_000)]).default('scaled')
      .meta({ description: "side of the square dish; 'scaled': 3000 um from 5,000 cells, below that the same density", unit: 'um', source: CALIBRATION }),
    cells,
    noise,
    wiring,
    synapses,
    shortTerm,
    afterhyperpolarisation,
    stdp,
    rewardModulation,
    homeostasis,
  },
  'the culture',
)

/** Complete parameters of a culture. */
export type CultureParameters = z.output<typeof cultureParameters>
/** What a user may leave out. */
export type CultureOptions = z.input<typeof cultureParameters>

/**
 * Completes and checks culture options.
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`
 */
export const completeCultureParameters = (options: CultureOptions): CultureParameters => {
  const parameters = readParameters(cultureParameters, options, 'culture parameters')
  const { startLowMv, startHighMv } = parameters.cells
  const refuse = (path: string, expected: string, received: string, remedy: string): never => {
    throw new Bl1Error('parameter/invalid', { path, expected, received, where: 'culture parameters', remedy })
  }
  if (startLowMv > startHighMv) refuse('cells.startLowMv', `at most cells.startHighMv (${startHighMv})`, String(startLowMv), 'Exchange the two.')
  if (parameters.rewardModulation.enabled && !parameters.stdp.enabled) {
    refuse('rewardModulation.enabled', 'false where stdp.enabled is false', 'true', "Switch both on: without STDP's pairs there is nothing to reward.")
  }
  return parameters
}

/** Side of the dish in um: 3 mm from 5,000 cells on; smaller cultures keep that density. */
export const dishSideUm = (parameters: CultureParameters): number =>
  parameters.dishUm === 'scaled' ? 3000 * Math.sqrt(Math.min(1, parameters.neurons / 5000)) : parameters.dishUm
