/** How long rallies were, a panel a condition, against what a paddle that hits by chance would make of them. */
import { Bl1Error } from '../errors.js'
import { requireIndices } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { BAR_MARK, COLOURS, emptyNote, emptyPanel, readable, themed } from './theme.js'

/** What {@link rallyDistributionFigure} draws. */
export interface RallyDistributionData {
  readonly conditions: readonly {
    readonly name: string
    /** Hits in each rally, all cultures pooled. */
    readonly rallyHits: ArrayLike<number>
  }[]
  /** Probability that a random paddle of that size hits, 0 to 1. */
  readonly chanceHitProbability: number
  readonly title?: string
}

const COLUMNS = 3
const PANEL_WIDTH = 222
const PANEL_HEIGHT = 150
const LONGEST = 5
const LABELS = Array.from({ length: LONGEST + 1 }, (_, hits) => (hits === LONGEST ? `${hits}+` : String(hits)))

/**
 * Share of rallies with 0, 1, ... 5 or more hits as bars; chance as diamonds: with independent encounters the number of hits is geometric.
 * @throws Bl1Error `figures/value`
 */
export const rallyDistributionFigure = (data: RallyDistributionData): FigureSpec => {
  const { conditions, chanceHitProbability: p, title = 'How long rallies were' } = data
  if (!(p >= 0 && p <= 1)) {
    throw new Bl1Error('figures/value', {
      figure: 'rally distribution', name: 'chanceHitProbability', expected: 'a probability from 0 to 1', received: String(p),
    })
  }
  // P(k hits) = p^k (1 - p) and P(5 or more) = p^5
  const chance = LABELS.map((hits, k) => ({ hits, share: k === LONGEST ? p ** k : p ** k * (1 - p) }))
  const shares = conditions.map(({ name, rallyHits }) => {
    requireIndices('rally distribution', `rallyHits of ${name}`, rallyHits, Number.MAX_SAFE_INTEGER)
    const counts = new Array<number>(LONGEST + 1).fill(0)
    for (let i = 0; i < rallyHits.length; i++) counts[Math.min(LONGEST, rallyHits[i])]++
    return rallyHits.length === 0 ? [] : LABELS.map((hits, k) => ({ hits, share: counts[k] / rallyHits.length }))
  })
  const highest = Math.max(...[...shares.flat(), ...chance].map(({ share }) => share))

  const panel = (condition: (typeof conditions)[number], index: number) => {
    const x = {
      field: 'hits', type: 'ordinal' as const, scale: { domain: LABELS, paddingInner: 0.25 },
      axis: { title: index + COLUMNS >= conditions.length ? 'Hits in a rally' : null, labelAngle: 0 },
    }
    const y = {
      field: 'share', type: 'quantitative' as const, scale: { domain: [0, highest * 1.05] },
      axis: { title: index % COLUMNS === 0 ? 'Share of rallies' : null, format: '~%', tickCount: 5 },
    }
    return {
      title: {
        text: `${condition.name} (${condition.rallyHits.length.toLocaleString('en')} rallies)`,
        fontSize: 13, anchor: 'middle' as const, offset: 5,
      },
      width: PANEL_WIDTH,
      height: PANEL_HEIGHT,
      layer: [
        { data: { values: shares[index] }, mark: { type: 'bar' as const, ...BAR_MARK }, encoding: { x, y } },
        {
          data: { values: chance },
          mark: {
            type: 'point' as const, shape: 'diamond', filled: true, size: 90, opacity: 1,
            color: COLOURS.accent, stroke: 'white', strokeWidth: 1,
          },
          encoding: { x, y },
        },
        ...(condition.rallyHits.length === 0 ? [emptyNote('No rallies', PANEL_WIDTH, PANEL_HEIGHT)] : []),
      ],
    }
  }

  return {
    name: 'rally-distribution',
    title,
    altText:
      `Share of rallies by number of hits for ${conditions.map(({ name }) => name).join(', ') || 'no condition'}, against a random ` +
      `paddle that hits with probability ${readable(p)}.`,
    spec: {
      ...themed(title, `bars: as played; diamonds: a random paddle of this size, which hits with probability ${readable(p)}`),
      columns: COLUMNS,
      concat:
        conditions.length === 0 ? [emptyPanel('No conditions to compare', COLUMNS * PANEL_WIDTH, PANEL_HEIGHT)] : conditions.map(panel),
    },
  }
}
