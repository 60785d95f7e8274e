/** Counts what a space draws. */
import { Rng } from '../../../src/rng.js'

/** How often each value came in n draws, by its text. */
export const countDraws = (n: number, draw: (rng: Rng) => unknown): Map<string, number> => {
  const rng = Rng.fromSeed(11)
  const seen = new Map<string, number>()
  for (let i = 0; i < n; i++) {
    const text = String(draw(rng))
    seen.set(text, (seen.get(text) ?? 0) + 1)
  }
  return seen
}

/** Five standard deviations of how often something of this chance comes in n draws. */
export const tolerance = (n: number, chance: number): number => 5 * Math.sqrt(n * chance * (1 - chance))
