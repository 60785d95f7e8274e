/** The figures of `bl1 bench culture`: what they draw for real data, for none, and for data that cannot be drawn. */
import { describe, expect, it } from 'vitest'
import { cultureSpeedFigure, stepCostFigure } from '../../../src/figures/index.js'
import { drawSvg } from '../../../src/io/drawFigure.js'

const LINE = { name: 'wasm, 1 thread', neurons: [100, 1000], realTimeFactor: [800, 80], isPeer: false }
const BAR = { name: '1,000 × 30, 2 Hz', update: 4.5, noise: 0.8, scatter: -0.1, plasticity: 1, total: 6.2 }

describe('the speed of cultures', () => {
  it('is drawn with its lines and the sizes on the axis', async () => {
    const peer = { name: 'Brian2', neurons: [1000], realTimeFactor: [20], isPeer: true }
    const svg = await drawSvg(cultureSpeedFigure({ lines: [LINE, peer] }))
    for (const text of ['wasm, 1 thread', 'Brian2', '>100<', '>1,000<', 'Real-time factor']) expect(svg).toContain(text)
  })

  it('says so where nothing was measured', async () => {
    expect(await drawSvg(cultureSpeedFigure({ lines: [] }))).toContain('No culture was measured')
  })

  it.each([
    ['columns of different length', { ...LINE, neurons: [1] }, 'figures/columns'],
    ['a factor that has no logarithm', { ...LINE, realTimeFactor: [800, 0] }, 'figures/value'],
    ['NaN', { ...LINE, realTimeFactor: [Number.NaN, 80] }, 'figures/value'],
  ])('refuses %s', (_, line, code) => {
    expect(() => cultureSpeedFigure({ lines: [line] })).toThrow(expect.objectContaining({ code }))
  })
})

describe('the cost of a step', () => {
  it('is drawn with its parts and its total; a part below nothing takes no room', async () => {
    const figure = stepCostFigure({ bars: [BAR] })
    const svg = await drawSvg(figure)
    for (const text of ['1,000 × 30, 2 Hz', 'scatter and spikes', 'plasticity', '>6.2<']) expect(svg).toContain(text)
    expect(figure.altText).toContain('scatter and spikes -0.1')
    expect(JSON.stringify(figure.spec)).toContain('"label":"scatter and spikes","start":5.3,"end":5.3')
  })

  it('says so where nothing was measured, and refuses NaN', async () => {
    expect(await drawSvg(stepCostFigure({ bars: [] }))).toContain('No step was measured')
    expect(() => stepCostFigure({ bars: [{ ...BAR, noise: Number.NaN }] })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})
