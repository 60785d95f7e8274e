/** The measurements of cultures as pictures. */
import { cultureSpeedFigure, stepCostFigure, type CultureSpeedData, type FigureSpec } from '../../../figures/index.js'
import { isOurs, isPeer, onThreads, referenceOf } from './evaluate.js'
import type { GroupResult, SubjectResult } from './measure.js'

type Line = CultureSpeedData['lines'][number]

const lineOf = (name: string, results: readonly (SubjectResult | undefined)[], isPeerLine: boolean): Line[] => {
  const known = results.filter((result) => result !== undefined)
  if (known.length === 0) return []
  const neurons = known.map(({ subject }) => (subject.owner === 'peer' ? subject.neurons : subject.setup.neurons))
  return [{ name, neurons, realTimeFactor: known.map(({ realTimeFactor }) => realTimeFactor), isPeer: isPeerLine }]
}

const speedFigure = (groups: readonly GroupResult[]): FigureSpec => {
  const sizes = groups.filter(({ kind }) => kind === 'size')
  const beside = groups.filter(({ kind }) => kind === 'peers')
  const labels = [...new Set(beside.flatMap(({ subjects }) => subjects.filter(isPeer).map(({ subject }) => subject.label)))]
  return cultureSpeedFigure({
    lines: [
      ...lineOf('wasm, 1 thread', sizes.map((group) => onThreads(group, 1)), false),
      ...lineOf('wasm, 2 threads', sizes.map((group) => onThreads(group, 2)), false),
      ...lineOf('reference', sizes.map(referenceOf), false),
      ...labels.flatMap((label) => {
        const results = beside.map(({ subjects }) => subjects.find(({ subject }) => subject.label === label))
        return lineOf(label, results, true)
      }),
    ],
  })
}

const costFigure = (groups: readonly GroupResult[]): FigureSpec => {
  const bars = groups.flatMap(({ subjects }) =>
    subjects.filter(isOurs).flatMap(({ subject: { setup }, synapses, profile }) => {
      if (profile === null) return []
      const each = Math.round((synapses ?? 0) / setup.neurons)
      return [{ ...profile, name: `${setup.neurons.toLocaleString('en-US')} × ${each}, ${setup.rateHz} Hz` }]
    }),
  )
  return stepCostFigure({ bars, title: 'Where the time of a step goes: neurons × synapses, rate' })
}

/** Speed against size, and the parts of a step. */
export const cultureFigures = (groups: readonly GroupResult[]): readonly FigureSpec[] => [speedFigure(groups), costFigure(groups)]
