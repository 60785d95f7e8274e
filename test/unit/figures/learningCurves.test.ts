/** The figure of learning curves: what it draws for real data, for none, and for data that cannot be drawn. */
import { describe, expect, it } from 'vitest'
import { learningCurvesFigure, type LearningCurve } from '../../../src/figures/index.js'
import { drawSvg } from '../../../src/io/drawFigure.js'

const CURVE: LearningCurve = {
  program: 'BL-1', steps: [1000, 2000, 3000], mean: [20, Number.NaN, 480], low: [10, Number.NaN, 450], high: [30, Number.NaN, 500], seeds: [[20, 100, 490], [20, Number.NaN, 470]],
}

describe('learning curves', () => {
  it('are drawn for each task, with the programs named and the goal', async () => {
    const peer = { ...CURVE, program: 'stable-baselines3', mean: [15, 200, 400] }
    const figure = learningCurvesFigure({ panels: [{ title: 'PPO on CartPole-v1', curves: [CURVE, peer], goal: 475 }, { title: 'Pendulum', curves: [CURVE] }] })
    const svg = await drawSvg(figure)
    for (const text of ['PPO on CartPole-v1', 'Pendulum', 'Steps of training', 'full line: BL-1', 'dashed: stable-baselines3', 'what counts as learned']) {
      expect(svg).toContain(text)
    }
    expect(figure.altText).toBe(
      'Return of an episode over the steps of training. PPO on CartPole-v1: BL-1 ends at 480, stable-baselines3 ends at 400; Pendulum: BL-1 ends at 480.',
    )
    expect(svg).not.toContain('NaN')
  })

  it('say so where nothing was trained, and where no episode ended', async () => {
    expect(await drawSvg(learningCurvesFigure({ panels: [] }))).toContain('Nothing was trained')
    const empty = { ...CURVE, mean: [Number.NaN, Number.NaN, Number.NaN], low: [Number.NaN, Number.NaN, Number.NaN], high: [Number.NaN, Number.NaN, Number.NaN] }
    expect(await drawSvg(learningCurvesFigure({ panels: [{ title: 'Pendulum', curves: [empty] }] }))).toContain('No episode ended')
  })

  it.each([
    ['columns of different length', { ...CURVE, low: [1] }, 'figures/columns'],
    ['a seed of another length', { ...CURVE, seeds: [[1]] }, 'figures/columns'],
    ['steps that are not numbers', { ...CURVE, steps: [1, Number.NaN, 3] }, 'figures/value'],
  ])('refuse %s', (_, curve, code) => {
    expect(() => learningCurvesFigure({ panels: [{ title: 'x', curves: [curve] }] })).toThrow(expect.objectContaining({ code }))
  })
})
