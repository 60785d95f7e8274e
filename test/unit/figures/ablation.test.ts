/** The figure of ablations: every way to play under its question, and nothing drawn that was not measured. */
import { describe, expect, it } from 'vitest'
import { ablationFigure } from '../../../src/figures/index.js'
import { drawSvg } from '../../../src/io/drawFigure.js'

const PANELS = [
  {
    question: 'Do the spikes carry it?',
    rows: [
      { name: 'spikes rate-matched', agents: [1.8, 2.6, 2.1], mean: 2.2, low: 1.8, high: 2.6 },
      { name: 'no spikes', agents: [0.4, 2, 1.9], mean: 1.4, low: 0.4, high: 2 },
    ],
  },
  { question: 'Which trained part is needed in play?', rows: [{ name: 'encoder untrained', agents: [], mean: 5, low: null, high: null }] },
]

describe('ablationFigure', () => {
  it('draws a panel a question, a row a way to play, and says what lines and marks are', async () => {
    const figure = ablationFigure({ panels: PANELS, whole: 9.5, chance: 2, interval: '95 % interval over agents' })
    const svg = await drawSvg(figure)
    for (const words of ['Do the spikes carry it?', 'spikes rate-matched', 'no spikes', 'encoder untrained', 'dot: one agent', 'as trained (9.5)', 'random actions (2)']) {
      expect(svg).toContain(words)
    }
    expect(svg).not.toMatch(/NaN|Infinity|null/)
    expect(figure.altText).toContain('no spikes 1.4')
  })

  it('draws one agent without dots, equal returns, and nothing taken', async () => {
    const rows = [{ name: 'no spikes', agents: [], mean: 2, low: 2, high: 2 }]
    const svg = await drawSvg(ablationFigure({ panels: [{ question: 'Spikes?', rows }], whole: 2, chance: 2, interval: '95 % interval over episodes' }))
    expect(svg).not.toMatch(/dot: one agent|NaN|Infinity/)
    expect(await drawSvg(ablationFigure({ panels: [], whole: 2, chance: 1, interval: 'x' }))).toContain('Nothing was taken')
  })

  it('refuses what cannot be placed', () => {
    const rows = [{ name: 'no spikes', agents: [], mean: NaN, low: null, high: null }]
    expect(() => ablationFigure({ panels: [{ question: 'Spikes?', rows }], whole: 2, chance: 2, interval: 'x' })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})
