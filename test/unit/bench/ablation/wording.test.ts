/** The sentences of ablations: what each finding reads like, that a null result is called one, and that nothing missing shows as a number. */
import { describe, expect, it } from 'vitest'
import { ablationDetailTable, ablationGlossary, ablationParagraph, ablationSentence, ablationTable, agentTable, summariseAblations } from '../../../../src/bench/index.js'
import { CHANCE, LEARNED, madeRuns, replaced, type Levels, type MadeOptions } from './made.js'

const summaryOf = (levels: Levels, options: MadeOptions = {}) =>
  summariseAblations(madeRuns({ trained: LEARNED, random_actions: CHANCE, ...levels }, { sd: 0.4, agents: 1, ...options }))

/** A share of about so many per cent, with its interval. */
const SHARE = '(\u2212?\\d+ % \\[\u2212?\\d+, \u2212?\\d+\\])'

describe('the sentence', () => {
  it.each([
    [
      replaced(2, 2, 2, 2),
      `^Without what its culture's spikes say, the trained agent falls to chance: of the return above chance, ${SHARE} with spikes rate-matched and ${SHARE} with spikes of another moment is lost\\. The information that the actions rest on passes through the culture\\.$`,
    ],
    [replaced(0, -2, 2, 2), '^Without what its culture\'s spikes say, the trained agent falls to chance or below: '],
    [replaced(6, 5, 2, 2), `^The trained agent needs what its culture's spikes say: of the return above chance, ${SHARE} .* is lost\\. That is not everything: with spikes rate-matched and spikes of another moment the return is still above that of random actions\\.$`],
    [
      replaced(10, 10, 10, 2),
      `^There is no evidence that the culture carried anything: .*\\(of the return above chance, ${SHARE} with .* and ${SHARE} with .* was lost\\)\\. A loss of up to \\d+ % cannot be excluded\\. With no spikes at all ${SHARE} is lost: the decoder needs their number, and nothing shows that it needs what they say\\.$`,
    ],
    [replaced(10, 10, 10, 10), 'cannot be excluded\\.$'],
    [replaced(10, 2, 2, 2), `^Whether the culture carries the information is not settled\\. Of the return above chance, ${SHARE} with spikes of another moment is lost; no difference is shown where ${SHARE} with spikes rate-matched was lost\\.$`],
    [replaced(13, 2, 2, 2), `not settled\\. .* is lost; the return is higher, with ${SHARE} with spikes rate-matched lost \\(below zero: gained\\)\\.$`],
    [replaced(13, 13, 2, 2), 'The return was higher with spikes rate-matched and spikes of another moment than with the real ones: .* What the spikes say disturbs the play; nothing of it is owed to the culture\\.$'],
    [{ ...replaced(2, 2, 2, 2), trained: 2 }, '^There is nothing to take apart: the return of the trained agent minus that of random actions, .* \\(p .*\\), is not beyond chance\\.$'],
    [{ ...replaced(2, 2, 2, 2), trained: 0 }, '^There is nothing to take apart: the trained agent did worse than random actions, by \u2212'],
    [{}, '^Whether the culture carries anything was not asked'],
  ])('about %o', (levels: Levels, expected) => {
    expect(ablationSentence(summaryOf(levels))).toMatch(new RegExp(expected))
  })
})

describe('the paragraph', () => {
  const parts: Levels = { encoder_initial: 3, stimulation_shuffled_time: 3, decoder_initial: 2, plasticity_off: LEARNED }

  it('says what was done, over what intervals are, and what each part is worth', () => {
    const words = ablationParagraph(summaryOf({ ...replaced(2, 2, 10, 2), ...parts }))
    expect(words).toMatch(/^One trained agent played 12 held-out episodes, the same in each of 10 ways\. .* speak of this one agent/)
    expect(words).toMatch(new RegExp(`Of the return above chance, ${SHARE} with the encoder back at its initial weights, .* and ${SHARE} with the decoder back`))
    expect(words).toMatch(new RegExp(`No difference is shown where ${SHARE} with the culture's plasticity off during play was lost`))
    expect(words).toContain('that it counts where the culture fired is not shown')
    expect(words).toContain('only training anew with one of them frozen (--retrain) can say')
    expect(words).toContain('That the culture adds anything of its own to what it carries is not shown by this')
  })

  it('says of an agent at chance that, and nothing of its parts', () => {
    const words = ablationParagraph(summaryOf({ ...replaced(2, 2, 2, 2), ...parts, trained: CHANCE }))
    expect(words).toMatch(/is not beyond chance\.$/)
    expect(words).not.toMatch(/encoder|decoder|%/)
  })

  it('says when agents are too few for a test over agents', () => {
    expect(ablationParagraph(summaryOf(replaced(2, 2, 2, 2), { agents: 3 }))).toMatch(/3 agents are too few for a test over agents.*range over agents/)
  })

  it('concludes nothing from one training anew, and from eight what they show', () => {
    const anew: Levels = { retrained_encoder_frozen: LEARNED, retrained_decoder_frozen: 3, retrained_no_culture: 12 }
    expect(ablationParagraph(summaryOf(anew))).toContain('one run says nothing about training')
    const words = ablationParagraph(summaryOf(anew, { agents: 8 }))
    expect(words).toMatch(/encoder frozen, agents reached no other return beyond chance: .* is not shown\./)
    expect(words).toMatch(/decoder frozen, agents reached less: 3\.\d .*: training the decoder was needed\./)
    expect(words).toMatch(/nothing in its middle reached more: .*: this is what the game allows\./)
  })
})

describe('the tables', () => {
  it.each([1, 3])('show no missing number as one, for %i agents at chance', (agents) => {
    const summary = summaryOf({ ...replaced(2, 2, 2, 2), trained: CHANCE, retrained_no_culture: 2 }, { agents })
    const tables = [ablationTable(summary), ablationDetailTable(summary), agentTable(summary), ablationGlossary(summary)]
    for (const { columns, rows, note = '' } of tables) {
      expect(`${rows.flat().join(' ')} ${note}`).not.toMatch(/NaN|Infinity|null|undefined/)
      for (const row of rows) expect(row).toHaveLength(columns.length)
    }
    expect(tables[0].note).toContain('there is nothing to lose')
  })
})
