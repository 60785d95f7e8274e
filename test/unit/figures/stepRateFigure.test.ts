/** The figure of step rates: every bar with its number, in words as well, and no value that no axis can hold. */
import { describe, expect, it } from 'vitest'
import { stepRateFigure, type StepRateData } from '../../../src/figures/index.js'
import { drawSvg } from '../../../src/io/index.js'

const bar = (setting: string, program: string, perSecond: number): StepRateData['bars'][number] => ({
  setting, program, perSecond, low: perSecond * 0.9, high: perSecond * 1.1,
})
const data: StepRateData = {
  title: 'Steps a second',
  subtitle: 'two settings',
  bars: [bar('small', 'ours', 850), bar('small', 'theirs', 1000), { ...bar('large', 'ours', 400), text: '400 (80 %)' }],
}

describe('stepRateFigure', () => {
  it('shows every program under every setting, and says so in words', async () => {
    const figure = stepRateFigure(data)
    expect(figure.altText).toBe('Steps a second. small, ours: 850; small, theirs: 1000; large, ours: 400 (80 %).')
    const svg = await drawSvg(figure)
    for (const text of ['small', 'large', 'ours', 'theirs', '850', '1000', '400 (80 %)', 'two settings']) expect(svg).toContain(`>${text}<`)
  })

  it('says that nothing was measured', async () => {
    const figure = stepRateFigure({ ...data, bars: [] })
    expect(figure.altText).toBe('Nothing was measured.')
    expect(await drawSvg(figure)).toContain('Nothing was measured')
  })

  it.each(['perSecond', 'low', 'high'] as const)('refuses a %s that is no number', (name) => {
    expect(() => stepRateFigure({ ...data, bars: [{ ...bar('small', 'ours', 1), [name]: NaN }] })).toThrow(
      expect.objectContaining({ code: 'figures/value' }),
    )
  })
})
