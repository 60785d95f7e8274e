/** The report page: nothing it is given becomes markup, nothing in it loads or runs, figures do not disturb each other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportHtml } from '../../../src/bench/reportHtml.js'
import type { Report } from '../../../src/bench/reportHtml.js'
import { rasterFigure } from '../../../src/figures/index.js'
import { drawSvg } from '../../../src/io/drawFigure.js'
import { rasterData } from '../figures/example.js'

const report = (words: string, svg = '<svg width="1" height="1"></svg>'): Report => ({
  title: words,
  paragraphs: [words],
  tables: [{ caption: words, columns: [words, words], rows: [[words, words], [words, 1.5]], note: words }],
  figures: [{ title: words, svg, altText: words, caption: words }],
  details: [{ heading: words, lines: [words] }, { heading: words, preformatted: words }],
})
const tags = (html: string): string[] => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/ aria-label="[^"]*"/, ''))

describe('reportHtml', () => {
  it('turns no input into markup: the tags are the same whatever the words', () => {
    const plain = tags(reportHtml(report('word')))
    const nasty = fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'script', ' onload=', 'x', '-->', ']]>') })
    fc.assert(
      fc.property(nasty, (words) => {
        expect(tags(reportHtml(report(`x${words}`)))).toEqual(plain)
      }),
    )
  })

  it('shows the words themselves', () => {
    expect(reportHtml(report('a < b & "c"'))).toContain('<p>a &lt; b &amp; &quot;c&quot;</p>')
  })

  it('holds no script and forbids outside resources', () => {
    const html = reportHtml(report('word'))
    expect(html).not.toMatch(/<script|https?:|@import/i)
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`)
  })

  it('gives each figure ids of its own', async () => {
    const svg = '<svg><defs><clipPath id="clip0"><rect width="1"/></clipPath></defs><g clip-path="url(#clip0)"></g></svg>'
    const [figure] = report('word', svg).figures
    const html = reportHtml({ ...report('word'), figures: [figure, figure] })
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual(['figure1-clip0', 'figure2-clip0'])
    for (const id of ids) expect(html).toContain(`url(#${id})`)
  })

  it.each([10, 20_000])('takes what drawSvg makes of %i spikes', async (spikes) => {
    const svg = await drawSvg(rasterFigure(rasterData(spikes)))
    expect(reportHtml(report('word', svg))).toContain('Neuron (inhibitory on top)')
  })

  it('aligns columns of numbers', () => {
    const rows = [['a', '0.5 [0.1, 0.9]', 'x'], ['b', -2, '3']]
    const html = reportHtml({ ...report('word'), tables: [{ caption: 'c', columns: ['who', 'n', 'what'], rows }] })
    expect(html).toContain('<td class="number">0.5 [0.1, 0.9]</td><td>x</td>')
    expect(html).toContain('<td class="number">-2</td><td>3</td>')
  })

  it.each([
    '<svg><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"></svg>',
    '<svg><image href="https://example.org/x.png"/></svg>',
    '<svg><image xlink:href="data:image/svg+xml;base64,AAAA"/></svg>',
    '<svg><g style="fill:url(http://example.org)"></g></svg>',
    '<svg><g style="fill:u&#114;l(http://example.org)"></g></svg>',
    '<svg><foreignObject></foreignObject></svg>',
    '<svg></svg><p>after</p>',
    '<svg></svg>after',
    '<svg><g></svg></g>',
    '<svg><g>',
    '<p></p>',
    'words',
    '',
    '<svg a="1" <b></svg>',
    '<svg><!-- --></svg>',
  ])('refuses a figure that is more than a drawing: %s', (svg) => {
    expect(() => reportHtml(report('word', svg))).toThrow(expect.objectContaining({ code: 'report/svg' }))
  })
})
