/** The measurements of cultures as tables. */
import { showNumber as show, showRatio, withoutEmptyColumns, NONE, type TextTable } from '../tables.js'
import {
  batchEfficiency, bytesEach, eventsPerNeuronStep, fitsOf, isOurs, isPeer, onThreads, referenceOf, timesAsFast, type OurResult,
} from './evaluate.js'
import type { GroupResult, GrowthResult, SubjectResult } from './measure.js'
import type { GroupKind } from './plan.js'

const MIB = 2 ** 20
const MILLION = 1e6

const whole = (value: number): string => value.toLocaleString('en-US')
const or = <T>(value: T | undefined | null, shown: (value: T) => string): string =>
  value === undefined || value === null ? NONE : shown(value)
const percent = (share: number): string => `${show(share * 100)} %`
const mib = (bytes: number): string => show(bytes / MIB)
const factor = ({ realTimeFactor }: SubjectResult): string => show(realTimeFactor)

const sizeRow = (group: GroupResult): string[] => {
  const [one, two, reference] = [onThreads(group, 1), onThreads(group, 2), referenceOf(group)]
  return [
    or(one, ({ subject }) => whole(subject.setup.neurons)),
    or(one, factor),
    or(two, factor),
    showRatio(timesAsFast(two, one)),
    or(reference, factor),
    showRatio(timesAsFast(one, reference)),
    or(one, ({ stepNs }) => show(stepNs)),
    or(one, ({ rateHz }) => show(rateHz)),
    or(one, ({ spread }) => percent(spread)),
    or(one, ({ buildSeconds }) => show(buildSeconds)),
  ]
}

const sizeTable = (groups: readonly GroupResult[]): TextTable => ({
  title: 'Real-time factor of the calibrated culture',
  head: [
    'neurons', '1 thread', '2 threads', '2 over 1', 'reference', '1 thread over reference',
    'ns/neuron/step', 'mean rate, Hz', 'spread', 'grown in, s',
  ],
  rows: groups.map(sizeRow),
  note:
    'Simulated over wall time, spontaneously active, plasticity on. The reference at 100,000 neurons: a shorter span. ns, rate and spread are ' +
    'those of one thread.',
})

const drivenRow = (result: OurResult): string[] => {
  const { subject: { setup }, bias, rateHz, synapses, realTimeFactor, stepNs, spread } = result
  return [
    `${whole(setup.neurons)}, ${or(synapses, (count) => show(count / setup.neurons))} synapses each`,
    `${setup.rateHz} Hz`,
    or(bias, show),
    show(rateHz),
    String(setup.threads),
    setup.plasticity ? 'on' : 'off',
    show(realTimeFactor),
    show(stepNs),
    show((eventsPerNeuronStep(result) / stepNs) * (1e9 / MILLION)),
    percent(spread),
  ]
}

const drivenTable = (groups: readonly GroupResult[]): TextTable => ({
  title: 'Rates and plasticity',
  head: [
    'neurons', 'asked for', 'cells.bias', 'mean rate, Hz', 'threads', 'plasticity',
    'real-time factor', 'ns/neuron/step', 'events, million/s', 'spread',
  ],
  rows: groups.flatMap(({ subjects }) => subjects.filter(isOurs).map(drivenRow)),
  note:
    'Driven cultures: no slow noise, no after-hyperpolarisation, a tenth of the excitation, and the bias that gives the rate in a small ' +
    'trial culture (bisection). Events: arrivals of spikes at synapses a second of wall time.',
})

const profileTable = (groups: readonly GroupResult[]): TextTable => ({
  title: 'Cost of a step, ns a neuron',
  head: ['', 'update', 'noise', 'scatter and spikes', 'plasticity', 'whole step', 'spikes/neuron/step'],
  rows: groups.flatMap(({ subjects }) =>
    subjects.filter(isOurs).flatMap(({ subject: { setup }, synapses, profile }) =>
      profile === null
        ? []
        : [[
            `${whole(setup.neurons)}, ${or(synapses, (count) => show(count / setup.neurons))} synapses each, ${setup.rateHz} Hz`,
            ...[profile.update, profile.noise, profile.scatter, profile.plasticity, profile.total, profile.spikes].map(show),
          ]],
    ),
  ),
  note:
    "One thread, driven cultures. Update and noise: the kernel's own, over a copy whose cells are held at rest; plasticity: a step with it " +
    'minus one without; scatter and spikes: the rest.',
})

const batchTable = (groups: readonly GroupResult[]): TextTable => ({
  title: groups.map(({ title }) => title).join(', '),
  head: ['', 'culture-seconds/s', 'efficiency', 'spread'],
  rows: groups.flatMap((group) =>
    group.subjects.filter(isOurs).map((result) => [
      result.subject.label, factor(result), showRatio(batchEfficiency(group, result)), percent(result.spread),
    ]),
  ),
  note: 'Efficiency: time of the cultures one after the other on as many threads\' worth, over the time of the batch.',
})

const growthTable = (growths: readonly GrowthResult[]): TextTable => {
  const bytes = bytesEach(growths)
  const each = bytes === null
    ? ''
    : ` From the differences: ${show(bytes.neuron)} bytes a neuron, ${show(bytes.synapse)} a synapse, ` +
      `${show(bytes.excitatorySynapse)} an excitatory one with STDP.`
  return {
    title: 'Growing, copying, memory',
    head: [
      'neurons', 'synapses', 'STDP', 'grown in, s', 'snapshot, s', 'restore, s',
      'WebAssembly, MiB', 'process, MiB', 'peak, MiB', 'bytes/synapse, all in',
    ],
    rows: growths.map((growth) => [
      whole(growth.setup.neurons),
      whole(growth.synapses),
      growth.setup.stdp ? 'on' : 'off',
      ...[growth.growSeconds, growth.snapshotSeconds, growth.restoreSeconds].map(show),
      ...[growth.memoryBytes, growth.residentBytes, growth.peakBytes].map(mib),
      show(growth.memoryBytes / growth.synapses),
    ]),
    note: `A fresh process each. Process: what it took more after growing than before; peak: the most it held while growing.${each}`,
  }
}

const fitTable = (groups: readonly GroupResult[]): TextTable => {
  const { neurons, events } = fitsOf(groups)
  const error = (value: number | null, digits = 2): string => (value === null ? NONE : ` ± ${value.toFixed(digits)}`)
  return {
    title: 'How the time of a step grows',
    head: ['', 'fit', 'points', 'explained'],
    rows: [
      ...neurons.map(({ name, fit }) => [
        name,
        `${show(fit.factor)} ns × neurons^(${fit.exponent.toFixed(3)}${error(fit.exponentError, 3)})`,
        String(fit.points),
        percent(fit.explained),
      ]),
      ...events.map(({ name, fit }) => [
        name,
        `${show(fit.intercept)} ns a neuron + ${fit.slope.toFixed(2)}${error(fit.slopeError)} ns an event`,
        String(fit.points),
        percent(fit.explained),
      ]),
    ],
    note:
      'Least squares, ± standard error. With neurons: the calibrated culture, on logarithms. With synaptic events: driven, plasticity on, ' +
      'one thread.',
  }
}

const peerRows = (group: GroupResult): string[][] =>
  group.subjects.map((result) => {
    const { subject } = result
    const threads = isPeer(result) ? result.subject.threads : 1
    const ours = isPeer(result) ? timesAsFast(onThreads(group, threads), result) : null
    return [
      subject.owner === 'peer' ? subject.label : `BL-1: ${subject.label}`,
      factor(result),
      showRatio(ours),
      show(result.rateHz),
      percent(result.spread),
      show(result.buildSeconds),
      or(result.compileSeconds, show),
    ]
  })

const peerTable = (group: GroupResult): TextTable => ({
  title: group.title,
  head: ['', 'real-time factor', 'BL-1 is x times as fast', 'mean rate, Hz', 'spread', 'built in, s', 'compiled in, s'],
  rows: peerRows(group),
  note:
    'The same number of threads on both sides; plasticity off, in-degree 30, driven towards 2 Hz.' +
    group.missing.map((reason) => ` Not measured: ${reason}`).join(''),
})

/** A table for every kind of measurement that was made. */
export const cultureTables = (groups: readonly GroupResult[], growths: readonly GrowthResult[]): TextTable[] => {
  const of = (kind: GroupKind): GroupResult[] => groups.filter((group) => group.kind === kind)
  const ofOurs = [sizeTable(of('size')), drivenTable(of('driven')), profileTable(of('driven')), batchTable(of('batch'))]
  return [...ofOurs, growthTable(growths), fitTable(groups), ...of('peers').map(peerTable)]
    .filter(({ rows }) => rows.length > 0)
    .map(withoutEmptyColumns)
}

/** How the peers differ from the culture, each sentence once. */
export const differencesOf = (groups: readonly GroupResult[]): string[] => [
  ...new Set(groups.flatMap(({ subjects }) => subjects.flatMap(({ differences }) => differences))),
]
