/** What episodes returned: shares that add up, bars on the axis, and what is said where nothing was played. */
import { describe, expect, it } from 'vitest'
import { returnDistributionFigure } from '../../../src/figures/index.js'
import { drawSvg } from '../../../src/io/drawFigure.js'

describe('returnDistributionFigure', () => {
  it('draws a panel a condition, with its episodes and the mean of random actions', async () => {
    const conditions = [{ name: 'fep', returns: [-10, 0, 0, 90] }, { name: 'silent', returns: [] }]
    const svg = await drawSvg(returnDistributionFigure({ conditions, chance: -5 }))
    for (const words of ['fep (4 episodes)', 'silent (0 episodes)', 'No finished episode', 'mean of random actions (-5)', '50%']) expect(svg).toContain(words)
    expect(svg).not.toContain('NaN')
  })

  it.each([
    ['equal returns', [{ name: 'fep', returns: [7, 7] }]],
    ['no episode', [{ name: 'fep', returns: [] }]],
    ['no condition', []],
  ])('draws %s', async (_, conditions) => {
    expect(await drawSvg(returnDistributionFigure({ conditions }))).not.toMatch(/NaN|Infinity/)
  })

  it('refuses returns that are not finite', () => {
    expect(() => returnDistributionFigure({ conditions: [{ name: 'fep', returns: [NaN] }] })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})
