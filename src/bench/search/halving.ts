/** Successive halving: all settings play a little, the better ones play more, and so on. */
import type { Rung } from './rungs.js'

/** How far a setting came. */
export interface HalvedSetting<S> {
  readonly setting: S
  /** Its scores, one a rung that it played in; null where it has none. */
  readonly scores: readonly (number | null)[]
  /** 1: the best. Settings that came further stand first, then those with the higher score in their last rung. */
  readonly rank: number
}

interface Contender<S> {
  readonly setting: S
  readonly drawn: number
  readonly scores: (number | null)[]
}

/** Better ones first; those without a score last; of equals the one that was drawn first. */
const byScore = <S>(a: Contender<S>, b: Contender<S>): number =>
  (b.scores.at(-1) ?? -Infinity) - (a.scores.at(-1) ?? -Infinity) || a.drawn - b.drawn

/**
 * Runs the rungs. A setting without a score goes no further.
 * @param play the scores of these settings in a rung, in their order
 * @returns every setting, in the order given
 */
export const halve = async <S>(
  settings: readonly S[],
  rungs: readonly Rung[],
  play: (rung: Rung, settings: readonly S[]) => Promise<readonly (number | null)[]>,
): Promise<HalvedSetting<S>[]> => {
  const all = settings.map((setting, drawn): Contender<S> => ({ setting, drawn, scores: [] }))
  let left = all
  for (const rung of rungs) {
    left = left.filter(({ scores }) => scores.at(-1) !== null).sort(byScore).slice(0, rung.settings).sort((a, b) => a.drawn - b.drawn)
    if (left.length === 0) break
    const scores = await play(rung, left.map(({ setting }) => setting))
    for (const [k, contender] of left.entries()) contender.scores.push(scores[k] ?? null)
  }
  const ranked = [...all].sort((a, b) => b.scores.length - a.scores.length || byScore(a, b))
  const rankOf = new Map(ranked.map((contender, k) => [contender, k + 1]))
  return all.map((contender) => ({ setting: contender.setting, scores: contender.scores, rank: rankOf.get(contender) ?? 0 }))
}
