/** From the returns of all ways to play to what they say: means, paired contrasts, lost shares, and one verdict. */
import { group, quantity, readParameters } from '../../parameters.js'
import { Bl1Error } from '../../errors.js'
import { Rng } from '../../rng.js'
import { smallestSignFlipP } from '../statistics.js'
import { ABLATION_FAMILIES, ABLATION_NAMES, ablationText, DECIDING, type AblationFamily, type AblationName } from './conditions.js'
import { contrastFamily, intervalOf, meanOf, unitsOf, type Returns, type TestOptions } from './contrast.js'
import { lostShare } from './lostShare.js'
import type { AblationContrast, AblationRow, AblationRun, AblationSummary, AblationUnit, AblationVerdict } from './types.js'

/** At least this share of the return above chance must be lost, by the lower end of the interval, before 'falls to chance' is said. */
const NEARLY_ALL = 0.8

/** Table of {@link summariseAblations}'s options. */
export const ablationTestParameters = group(
  {
    significance: quantity({ default: 0.05, unit: '1', above: 0, max: 0.5, doc: 'level of the tests after Holm correction' }),
    seed: quantity({ default: 0, unit: '1', integer: true, min: 0, max: Number.MAX_SAFE_INTEGER, doc: 'seed of the resampling' }),
  },
  'the tests of ablations',
)

/** Options of {@link summariseAblations}. */
export interface AblationTestOptions {
  readonly significance?: number
  readonly seed?: number
}

const refuse = (what: string, expected: string, received: string): never => {
  throw new Bl1Error('statistics/input', { what: `ablations: ${what}`, expected, received })
}

/** The runs by way to play and agent. @throws Bl1Error `statistics/input` for what cannot be paired */
const tabulate = (runs: readonly AblationRun[]): { readonly agents: readonly string[]; readonly of: (name: AblationName) => Returns } => {
  const whole = runs.filter(({ condition }) => condition === 'trained')
  const agents = whole.map(({ agent }) => agent)
  if (agents.length === 0) refuse('the agents', 'played as trained', 'no such run')
  const of = (name: AblationName): Returns => {
    const own = runs.filter(({ condition }) => condition === name)
    if (own.length === 0) return []
    return whole.map(({ agent, returns }) => {
      const [run, ...more] = own.filter((one) => one.agent === agent)
      if (run === undefined || more.length > 0 || own.length !== agents.length) return refuse(`${agent} under ${name}`, 'one run of every agent', `${own.length}`)
      if (returns.length > 0 && run.returns.length === returns.length) return run.returns
      return refuse(`${agent} under ${name}`, 'the same episodes, at least one, as as trained', `${run.returns.length} and ${returns.length} episodes`)
    })
  }
  if (of('random_actions').length === 0) refuse('the agents', 'played at random too', 'no such run')
  return { agents, of }
}

const unitOf = (agents: number, largestFamily: number, significance: number): AblationUnit => {
  if (agents === 1) return 'episodes'
  return smallestSignFlipP(agents) * largestFamily < significance ? 'agents' : 'each agent'
}

/** One training run each says nothing of training: numbers are kept, nothing is tested. */
const untested = (contrast: AblationContrast): AblationContrast => ({
  ...contrast,
  difference: { ...contrast.difference, low: null, high: null },
  dz: null,
  p: null,
  pHolm: null,
  evidence: 'none',
})

const fallsToChance = ({ lost, left }: AblationRow): boolean =>
  lost !== null && lost.low !== null && lost.low >= NEARLY_ALL && left !== null && left.evidence !== 'first'

const verdictOf = (aboveChance: AblationContrast, rows: readonly AblationRow[]): AblationVerdict => {
  if (aboveChance.evidence !== 'first') return aboveChance.evidence === 'second' ? 'below chance' : 'not above chance'
  const replaced = rows.filter(({ family }) => family === 'spikes')
  if (replaced.length === 0) return 'untested'
  const deciding = replaced.filter(({ name }) => DECIDING.includes(name))
  const asked = deciding.length > 0 ? deciding : replaced
  const losing = asked.filter(({ loss }) => loss?.evidence === 'first')
  const gaining = asked.filter(({ loss }) => loss?.evidence === 'second')
  if (gaining.length > 0) return losing.length > 0 ? 'unsettled' : 'better without'
  if (losing.length === 0) return 'not carried'
  if (losing.length < asked.length) return 'unsettled'
  return losing.every(fallsToChance) ? 'to chance' : 'carried'
}

/**
 * Summarises ablations. Seeded: the same returns give the same intervals and p values.
 *
 * With several agents the agent is the unit (its mean return over the held-out episodes); episodes of one agent are repeated measures.
 * Families of tests, each Holm-corrected by itself: above chance; spikes replaced; what is left above chance without them; parts; trained anew.
 * @param runs all agents under all conditions; each agent `trained` and under `random_actions`
 * @throws Bl1Error `statistics/input`, `parameter/invalid`, `parameter/unknown`
 */
export const summariseAblations = (runs: readonly AblationRun[], options: AblationTestOptions = {}): AblationSummary => {
  const { significance, seed } = readParameters(ablationTestParameters, options, 'summariseAblations')
  const { agents, of } = tabulate(runs)
  const played = ABLATION_NAMES.filter((name) => of(name).length > 0)
  const inFamily = (family: AblationFamily): AblationName[] => played.filter((name) => ablationText(name).family === family)
  const families = Object.keys(ABLATION_FAMILIES).filter((name): name is AblationFamily => name in ABLATION_FAMILIES)
  const unit = unitOf(agents.length, Math.max(...families.map((family) => inFamily(family).length)), significance)
  const rng = Rng.fromSeed(seed).split('ablation')
  const tests: TestOptions = { unit, significance, rng }
  const chance = of('random_actions')
  const wholeFor = (family: AblationFamily | null): Returns => (family === 'retrained' && played.includes('retrained') ? of('retrained') : of('trained'))

  const losses = new Map<AblationName, AblationContrast>()
  for (const family of families) {
    const names = inFamily(family)
    const contrasts = contrastFamily(names.map((name) => ({ key: name, first: wholeFor(family), second: of(name) })), tests)
    for (const [k, name] of names.entries()) losses.set(name, family === 'retrained' && unit === 'episodes' ? untested(contrasts[k]) : contrasts[k])
  }
  const spikes = inFamily('spikes')
  const left = contrastFamily(spikes.map((name) => ({ key: `${name} left`, first: of(name), second: chance })), tests)
  const aboveChance = losses.get('random_actions') ?? refuse('the agents', 'played at random too', 'no such run')

  const lostOf = (name: AblationName, family: AblationFamily | null): AblationRow['lost'] => {
    if (family === null || family === 'chance' || aboveChance.evidence !== 'first') return null
    const ways = { whole: unitsOf(wholeFor(family), unit), without: unitsOf(of(name), unit), chance: unitsOf(chance, unit) }
    const share = lostShare(ways, unit, rng.split(`${name} lost`))
    return share !== null && family === 'retrained' && unit === 'episodes' ? { ...share, low: null, high: null } : share
  }
  const rows = played.map((name): AblationRow => {
    const { family } = ablationText(name)
    return {
      name,
      family,
      perAgent: of(name).map(meanOf),
      // the same units are resampled in every row: equal returns have equal intervals
      mean: intervalOf(unitsOf(of(name), unit), unit, rng.split('mean')),
      loss: losses.get(name) ?? null,
      lost: lostOf(name, family),
      left: left[spikes.indexOf(name)] ?? null,
    }
  })
  const episodes = of('trained').map((returns) => returns.length)
  return { agents, episodes, unit, significance, aboveChance, rows, verdict: verdictOf(aboveChance, rows) }
}
