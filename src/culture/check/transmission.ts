/** Measured on a live culture: when, where and on which receptors a spike arrives. */
import { Culture } from '../culture.js'
import { outgoingRows } from '../network.js'
import type { CultureParameters } from '../parameters.js'
import { receptorConstants } from '../receptors.js'
import type { CultureState } from '../state.js'
import { growQuiet, watchSpikes } from './quiet.js'
import type { CultureCheckSession } from './session.js'

const EXCITED = ['ampa', 'nmdaRise', 'nmdaDecay'] as const
const INHIBITED = ['gabaA', 'gabaBRise', 'gabaBDecay'] as const
type Conductance = (typeof EXCITED)[number] | (typeof INHIBITED)[number]

/** Conductances below this are nothing: an engine may keep a trace to stay clear of denormal numbers. */
const NOTHING = 1e-15
/**
 * Columns hold single precision. Every step rounds a decaying conductance, and an engine may round its decay factor too, each by up to
 * 2^-24 of the value: twice for each of at most 255 steps, and a few times for release, weight and gain.
 */
const RELATIVE_ERROR = (2 * 255 + 10) * 2 ** -24
/** Cells of each class fired one by one. */
const SAMPLED = 12

/** Release of a rested synapse: U where it depresses, U + U (1 - U) where it facilitates. */
const firstRelease = ({ shortTerm }: CultureParameters, isExcitatory: boolean): number => {
  const { excitatoryU, inhibitoryU } = shortTerm
  if (isExcitatory) return excitatoryU
  return shortTerm.enabled ? inhibitoryU + inhibitoryU * (1 - inhibitoryU) : inhibitoryU
}

/** Fires one cell and compares every conductance of every cell after every step with what the wiring says. */
const mismatch = (quiet: Culture, source: number): string | undefined => {
  const culture = Culture.restore(quiet.snapshot())
  const { network, state, parameters } = culture
  const weight = state.weight.slice()
  const constants = receptorConstants(parameters)
  const isExcitatory = source < culture.population.excitatory
  const gain: Record<Conductance, number> = {
    ampa: isExcitatory ? constants.ampaGain : 0,
    nmdaRise: isExcitatory ? constants.nmdaGain : 0,
    nmdaDecay: isExcitatory ? constants.nmdaGain : 0,
    gabaA: isExcitatory ? 0 : constants.gabaAGain,
    gabaBRise: isExcitatory ? 0 : constants.gabaBGain,
    gabaBDecay: isExcitatory ? 0 : constants.gabaBGain,
  }
  const decay: Record<Conductance, number> = {
    ampa: constants.ampaDecay,
    nmdaRise: constants.nmdaRiseDecay,
    nmdaDecay: constants.nmdaDecayDecay,
    gabaA: constants.gabaADecay,
    gabaBRise: constants.gabaBRiseDecay,
    gabaBDecay: constants.gabaBDecayDecay,
  }
  const release = firstRelease(parameters, isExcitatory)
  const [firstRow, endRow] = outgoingRows(network, source)
  const arrival = new Float64Array(culture.population.neurons)
  const expected = new Map([...EXCITED, ...INHIBITED].map((name) => [name, new Float64Array(culture.population.neurons)]))
  let found: string | undefined
  const watch = (delay: number): void => {
    arrival.fill(0)
    for (let row = firstRow; row < endRow; row++) {
      if (network.delaySteps[row] === delay) arrival[network.post[row]] += weight[row] * release
    }
    for (const [name, column] of expected) {
      for (let j = 0; j < column.length; j++) {
        column[j] = column[j] * decay[name] + gain[name] * arrival[j]
        if (Math.abs(state[name][j] - column[j]) <= NOTHING + RELATIVE_ERROR * column[j]) continue
        found ??= `${delay} steps after a spike of cell ${source}, ${name} of cell ${j} is ${state[name][j]}, not ${column[j]}`
      }
    }
  }
  const fired = watchSpikes(culture, [source], watch)
  return fired.length === 1 && fired[0] === source ? found : `of cell ${source} alone, [${fired.join(', ')}] fired`
}

/** Up to `SAMPLED` whole numbers spread evenly over [from, to). */
const spread = (from: number, to: number): number[] => {
  const count = Math.min(SAMPLED, to - from)
  return Array.from({ length: count }, (_, k) => from + Math.floor((k * (to - from)) / count))
}

const largest = (state: CultureState, names: readonly Conductance[]): number =>
  names.reduce((peak, name) => state[name].reduce((most, g) => Math.max(most, g), peak), 0)

/** Fires all cells of one class together, so that every one of their synapses carries a spike. */
const openedByClass = (quiet: Culture, isExcitatory: boolean): { readonly excited: number; readonly inhibited: number } => {
  const culture = Culture.restore(quiet.snapshot())
  const { neurons, excitatory } = culture.population
  const sources = Array.from({ length: neurons }, (_, i) => i).filter((i) => i < excitatory === isExcitatory)
  const opened = { excited: 0, inhibited: 0 }
  const fired = watchSpikes(culture, sources, () => {
    opened.excited = Math.max(opened.excited, largest(culture.state, EXCITED))
    opened.inhibited = Math.max(opened.inhibited, largest(culture.state, INHIBITED))
  })
  if (fired.length !== sources.length) throw new Error(`${fired.length} of ${sources.length} stimulated cells fired`)
  return opened
}

/** Single spikes first, then Dale's law over all synapses. */
export const checkTransmission = (session: CultureCheckSession): void => {
  const quiet = growQuiet(session.parameters, session.seed)
  quiet.setPlasticity({ stdp: false, homeostasis: false })
  const { neurons, excitatory } = quiet.population
  session.part('transmission/exact', () => {
    for (const source of [...spread(0, excitatory), ...spread(excitatory, neurons)]) {
      const found = mismatch(quiet, source)
      if (found !== undefined) return found
    }
  })
  session.part('dale/excitatory', () => {
    const { inhibited } = openedByClass(quiet, true)
    return inhibited > NOTHING ? `a GABA conductance of ${inhibited} opened` : undefined
  })
  session.part('dale/inhibitory', () => {
    const { excited } = openedByClass(quiet, false)
    return excited > NOTHING ? `an AMPA or NMDA conductance of ${excited} opened` : undefined
  })
}
