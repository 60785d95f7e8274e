/** Each figure: what it draws for real data, for none, and for data that cannot be drawn. */
import { describe, expect, it } from 'vitest'
import {
  arrayActivityFigure, calibrationFigure, evokedResponseFigure, interSpikeIntervalFigure, populationRateFigure, probeGainFigure,
  playCurvesFigure, rallyDistributionFigure, rasterFigure,
} from '../../../src/figures/index.js'
import type { FigureSpec } from '../../../src/figures/index.js'
import { drawSvg } from '../../../src/io/drawFigure.js'
import { arrayData, calibrationData, curvesData, evokedData, probeData, rasterData } from './example.js'

const count = (svg: string, pattern: RegExp): number => (svg.match(new RegExp(pattern, 'g')) ?? []).length
const wordsOf = (svg: string): string[] => [...svg.matchAll(/>([^<>]+)<\/(?:text|tspan)>/g)].map(([, text]) => text)
const rateData = { timesS: [0.5, 1.5, 2.5], rateHz: [1, 9, 2], bursts: [{ fromS: 1, toS: 2 }], thresholdHz: 4, fromS: 0, toS: 3 }

interface Case {
  readonly make: () => FigureSpec
  readonly name: string
  readonly words: readonly string[]
}

const full: Case[] = [
  {
    make: () => rasterFigure(rasterData(300)),
    name: 'raster', words: ['Time (s)', 'Neuron (inhibitory on top)', 'Mean rate', '(Hz)', 'hit', 'miss', 'stimulation', 'burst'],
  },
  { make: () => populationRateFigure(rateData), name: 'population-rate', words: ['Time (s)', 'Mean rate of a cell (Hz)'] },
  {
    make: () => interSpikeIntervalFigure({ intervalsMs: [5, 10, 2000] }),
    name: 'inter-spike-intervals', words: ['Inter-spike interval (ms, logarithmic)', 'Share of intervals'],
  },
  {
    make: () => arrayActivityFigure(arrayData),
    name: 'array-activity', words: ['Electrode row', 'Electrode column', 'Firing rate (spikes/s)'],
  },
  {
    make: () => playCurvesFigure(curvesData),
    name: 'rally-curves', words: ['Time (minutes)', 'Rally length (hits)', 'fep', 'open_loop', 'silent', 'no_feedback', 'rest'],
  },
  {
    make: () => rallyDistributionFigure({ chanceHitProbability: 0.5, conditions: [{ name: 'fep', rallyHits: [0, 1, 7] }] }),
    name: 'rally-distribution', words: ['Hits in a rally', 'Share of rallies', '5+', 'fep (3 rallies)'],
  },
  { make: () => probeGainFigure(probeData), name: 'probe-gain', words: ['Gain in skill (hit rate)', 'fep', 'silent'] },
  {
    make: () => calibrationFigure(calibrationData),
    name: 'calibration', words: ['Mean rate (Hz)', 'Interval CV', '2 of 3 inside', '1 of 3 inside'],
  },
  {
    make: () => evokedResponseFigure(evokedData),
    name: 'evoked-response',
    words: ['P(network burst)', 'Local spikes, 0-20 ms', 'Pulse amplitude (mV; 0 is the sham)', 'rested culture'],
  },
]

describe('every figure', () => {
  it.each(full)('$name is drawn with its title and the words of its axes', async ({ make, name, words }) => {
    const figure = make()
    expect(figure.name).toBe(name)
    expect(wordsOf(await drawSvg(figure))).toEqual(expect.arrayContaining([figure.title, ...words]))
  })

  it.each(full)('$name is plain JSON with words for those who cannot see it', ({ make }) => {
    const figure = make()
    expect(JSON.parse(JSON.stringify(figure.spec))).toEqual(figure.spec)
    expect(figure.altText).toMatch(/\.$|seeds inside/)
    expect(figure.altText).not.toMatch(/NaN|undefined/)
  })

  const empty: { make: () => FigureSpec; says: string }[] = [
    {
      make: () => rasterFigure({ timesS: [], sources: [], sourceCount: 9, sourceKind: 'electrode', fromS: 0, toS: 1 }),
      says: 'No spikes in this span',
    },
    { make: () => populationRateFigure({ timesS: [], rateHz: [], bursts: [], fromS: 0, toS: 1 }), says: 'No recording in this span' },
    { make: () => interSpikeIntervalFigure({ intervalsMs: [] }), says: 'No cell fired twice' },
    { make: () => arrayActivityFigure({ electrodes: [] }), says: 'No usable electrode' },
    { make: () => playCurvesFigure({ metric: 'Hits', curves: [] }), says: 'No conditions to compare' },
    {
      make: () => playCurvesFigure({ metric: 'Hits', curves: [{ name: 'fep', minutes: [1], mean: [NaN], low: [NaN], high: [NaN] }] }),
      says: 'No rallies',
    },
    { make: () => rallyDistributionFigure({ chanceHitProbability: 0.3, conditions: [] }), says: 'No conditions to compare' },
    {
      make: () => rallyDistributionFigure({ chanceHitProbability: 0.3, conditions: [{ name: 'rest', rallyHits: [] }] }),
      says: 'No rallies',
    },
    {
      make: () => probeGainFigure({ metric: 'Gain', conditions: [{ name: 'fep', gains: [], mean: NaN, low: NaN, high: NaN }] }),
      says: 'No frozen probe was played',
    },
    { make: () => calibrationFigure({ statistics: [] }), says: 'No statistics to compare' },
    { make: () => evokedResponseFigure({ amplitudeUnit: 'uA', responses: [] }), says: 'No pulses were given' },
  ]
  it.each(empty)('without data it says: $says', async ({ make, says }) => {
    const figure = make()
    expect(wordsOf(await drawSvg(figure))).toContain(says)
    expect(figure.altText).not.toMatch(/NaN|undefined/)
  })
})

describe('raster', () => {
  // 4 in 5 made-up neurons are excitatory; one further mark of each colour is its legend symbol
  it('draws one mark a spike in the colour of its cell', async () => {
    const svg = await drawSvg(rasterFigure(rasterData(300)))
    expect(count(svg, /fill="#0072B2"/)).toBe(240 + 1)
    expect(count(svg, /fill="#D55E00"/)).toBe(60 + 1)
  })

  it('marks hits solid and misses dashed', async () => {
    const svg = await drawSvg(rasterFigure(rasterData(300)))
    const rules = [...svg.matchAll(/<line [^>]*stroke="(#009E73|#000000)"[^>]*>/g)].map(([rule, colour]) => [
      colour, /stroke-dasharray="([^"]*)"/.exec(rule)?.[1],
    ])
    expect(rules).toEqual([['#009E73', '1,0'], ['#000000', '5,4'], ['#000000', '5,4']])
  })

  it('puts inhibitory neurons on top and leaves out what lies outside the span', async () => {
    const figure = rasterFigure({
      timesS: [1, 2, 99], sources: [0, 1, 1], sourceCount: 2, sourceKind: 'neuron', inhibitory: [true, false], fromS: 0, toS: 10,
    })
    const svg = await drawSvg(figure)
    const height = (colour: string): number =>
      Number(new RegExp(`d="M[\\d.]+,([\\d.]+)[^"]*"[^>]*fill="${colour}"[^>]*opacity="0.7"`).exec(svg)?.[1])
    expect(height('#D55E00')).toBeLessThan(height('#0072B2'))
    expect(figure.altText).toContain('2 spikes')
  })

  it.each([
    ['figures/columns', { sources: [1] }],
    ['figures/columns', { inhibitory: [1] }],
    ['figures/columns', { populationRate: { timesS: [1], rateHz: [] } }],
    ['figures/value', { timesS: [Number.NaN, 1], sources: [0, 0] }],
    ['figures/value', { timesS: [1, 1], sources: [0, 100] }],
    ['figures/value', { timesS: [1, 1], sources: [0, -1] }],
    ['figures/value', { events: [{ timeS: Number.NaN, kind: 'hit' as const }] }],
    ['figures/value', { toS: 0 }],
    ['figures/value', { fromS: Number.NaN }],
  ])('refuses with %s: %j', (code, change) => {
    expect(() => rasterFigure({ ...rasterData(2), ...change })).toThrow(expect.objectContaining({ code }))
  })
})

describe('population rate', () => {
  it('keeps the peak of a trace far longer than the figure is wide', async () => {
    const rateHz = new Float64Array(1e5).fill(1)
    rateHz[12_345] = 50
    const figure = populationRateFigure({ timesS: rateHz.map((_, i) => i / 1000), rateHz, bursts: [], fromS: 0, toS: 100 })
    expect(JSON.stringify(figure.spec)).toContain('"value":50')
    expect((await drawSvg(figure)).length).toBeLessThan(100_000)
  })

  it('shades every burst and reaches up to a threshold above the trace', async () => {
    const svg = await drawSvg(populationRateFigure({ ...rateData, thresholdHz: 100 }))
    expect(count(svg, /fill="#5f5f5f"/)).toBe(1)
    expect(wordsOf(svg)).toContain('100')
  })

  it('refuses a rate that is not a number', () => {
    const rateHz = [1, Number.NaN, 1]
    expect(() => populationRateFigure({ ...rateData, rateHz })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})

describe('inter-spike intervals', () => {
  it('bins by ratio, counts every interval once and marks the median', () => {
    const figure = interSpikeIntervalFigure({ intervalsMs: [1, 10.1, 10.2, 100, 1000] })
    const shares = [...JSON.stringify(figure.spec).matchAll(/"share":([\d.]+)/g)].map(([, share]) => Number(share))
    expect(shares).toEqual([0.2, 0.4, 0.2, 0.2])
    expect(figure.altText).toContain('10.2 ms')
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses an interval of %s ms', (interval) => {
    expect(() => interSpikeIntervalFigure({ intervalsMs: [interval] })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})

describe('array activity', () => {
  it('numbers all 64 channels, letters the roles and greys the unusable ones', async () => {
    const svg = await drawSvg(arrayActivityFigure(arrayData))
    const words = wordsOf(svg)
    for (let channel = 8; channel < 64; channel++) expect(words).toContain(String(channel))
    expect(words.filter((word) => word === 'S')).toHaveLength(8)
    expect(count(svg, /fill="#d4d4d4"/)).toBe(5)
  })

  it('draws a silent array and refuses a rate that is not a number', async () => {
    const silent = arrayData.electrodes.map((electrode) => ({ ...electrode, value: 0 }))
    expect(await drawSvg(arrayActivityFigure({ electrodes: silent }))).not.toContain('NaN')
    const broken = arrayData.electrodes.map((electrode) => ({ ...electrode, value: Number.NaN }))
    expect(() => arrayActivityFigure({ electrodes: broken })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})

describe('rally curves', () => {
  it('draws a chance rule and its own band in every panel, the other four conditions in grey', async () => {
    const svg = await drawSvg(playCurvesFigure(curvesData))
    expect(count(svg, /stroke="#D55E00"[^>]*stroke-dasharray="6,4"/)).toBe(5)
    expect(count(svg, /<path [^>]*stroke="#bdbdbd"/)).toBe(5 * 4)
  })

  it('leaves a gap where no culture has a value', async () => {
    const values = [1, 2, Number.NaN, 2, 1]
    const curves = [{ name: 'fep', minutes: [1, 2, 3, 4, 5], mean: values, low: values, high: values.map((value) => value + 1) }]
    const svg = await drawSvg(playCurvesFigure({ metric: 'Hits', curves }))
    const band = /mark-area[^>]*><path d="([^"]*)"/.exec(svg)?.[1] ?? ''
    expect(count(band, /M/)).toBe(2)
    expect(svg).not.toContain('NaN')
  })

  it.each([
    ['figures/columns', { curves: [{ name: 'fep', minutes: [1, 2], mean: [1], low: [1], high: [1] }] }],
    ['figures/value', { curves: [{ name: 'fep', minutes: [Number.NaN], mean: [1], low: [1], high: [1] }] }],
    ['figures/value', { chance: Number.NaN }],
  ])('refuses with %s: %j', (code, change) => {
    expect(() => playCurvesFigure({ ...curvesData, ...change })).toThrow(expect.objectContaining({ code }))
  })
})

describe('rally distribution', () => {
  it('pools five and more hits, and chance is geometric', () => {
    const conditions = [{ name: 'fep', rallyHits: [0, 0, 5, 9] }]
    const spec = JSON.stringify(rallyDistributionFigure({ chanceHitProbability: 0.5, conditions }).spec)
    const series = [...spec.matchAll(/\[(\{"hits":[^\]]*)\]/g)].map(([, values]) =>
      [...values.matchAll(/"share":([\d.]+)/g)].map(([, share]) => Number(share)),
    )
    // p = 1/2: P(k) = 1/2^(k + 1), P(5 or more) = 1/2^5
    expect(series).toEqual([[0.5, 0, 0, 0, 0, 0.5], [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125]])
  })

  it.each([
    { chanceHitProbability: 1.1 },
    { chanceHitProbability: Number.NaN },
    { conditions: [{ name: 'fep', rallyHits: [-1] }] },
    { conditions: [{ name: 'fep', rallyHits: [0.5] }] },
  ])('refuses %j', (change) => {
    const data = { chanceHitProbability: 0.3, conditions: [], ...change }
    expect(() => rallyDistributionFigure(data)).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})

describe('probe gain', () => {
  it('draws one dot a culture and one mean a condition', async () => {
    const svg = await drawSvg(probeGainFigure(probeData))
    expect(count(svg, /fill="#0072B2"/)).toBe(5)
    expect(count(svg, /fill="#D55E00"/)).toBe(2)
  })

  it('refuses a gain that is not a number', () => {
    const conditions = [{ name: 'fep', gains: [Number.NaN], mean: 0, low: 0, high: 0 }]
    expect(() => probeGainFigure({ ...probeData, conditions })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})

describe('calibration', () => {
  it('draws seeds inside the range as dots, seeds outside as crosses, and counts a missing value as not inside', async () => {
    const figure = calibrationFigure(calibrationData)
    const svg = await drawSvg(figure)
    expect(count(svg, /fill="#0072B2"/)).toBe(3)
    expect(count(svg, /fill="#D55E00"/)).toBe(2)
    expect(figure.altText).toContain('Interval CV: 1 of 3 seeds inside')
  })

  it.each([{ low: 2, high: 2 }, { low: 3, high: 1 }, { low: Number.NaN, high: 1 }])('refuses the range %j', (range) => {
    const statistics = [{ name: 'Mean rate', unit: 'Hz', values: [1], ...range }]
    expect(() => calibrationFigure({ statistics })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})

describe('evoked response', () => {
  it('names the strongest pulse whatever the order', () => {
    expect(evokedResponseFigure(evokedData).altText).toContain('at 40 mV a burst follows 43 % of pulses')
  })

  it.each([
    { burstProbability: 1.2 },
    { restedBurstProbability: -0.1 },
    { amplitude: Number.NaN },
    { amplitude: -5 },
    { localSpikes: Number.NaN },
  ])('refuses %j', (change) => {
    const responses = [{ amplitude: 1, burstProbability: 0.1, localSpikes: 1, ...change }]
    expect(() => evokedResponseFigure({ amplitudeUnit: 'mV', responses })).toThrow(expect.objectContaining({ code: 'figures/value' }))
  })
})
