/** What `bl1 confirm` does: writes down what it is about to do, enters its seeds where others will look, and then compares, once. */
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { conditionsOf, firstFreeSeed, mergeRanges, overlapOf, rangeOf, showRanges, type SeedRange } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { asJson, firstDifference, provenance } from '../../io/index.js'
import { withContest } from '../compare/contest.js'
import { runComparison } from '../compare/run.js'
import { DOCUMENT_FILE } from '../compare/write.js'
import type { Experiment } from '../experiment.js'
import { requireMemory } from '../memory.js'
import { runFolderFor } from '../runFolderFor.js'
import { freeze, FROZEN_FILE, readFrozen, writeFrozen, type FrozenSetting } from './frozen.js'
import { enter, enteredBefore, ledgerOf, readLedger, type LedgerEntry } from './ledger.js'
import { readSetting, type SettingFlags } from './setting.js'

/** Options of `bl1 confirm`. */
export interface ConfirmFlags extends SettingFlags {
  readonly jobs: number
  readonly out?: string
  readonly resume?: string
  readonly json?: boolean
}

/** Seeds, and who used them. */
interface Use {
  readonly seeds: readonly SeedRange[]
  readonly by: string
}

const usesOf = (ledger: string, entries: readonly LedgerEntry[]): Use[] =>
  entries.map(({ seeds, folder, frozenAt }) => ({ seeds: [seeds], by: `the confirmation in '${relative('', resolve(dirname(ledger), folder))}' (${frozenAt})` }))

/** @throws Bl1Error `confirm/seeds-used` */
const requireUnused = (seeds: SeedRange, uses: readonly Use[]): void => {
  const all = uses.flatMap((use) => use.seeds)
  for (const use of uses) {
    const shared = overlapOf(seeds, use.seeds)
    if (shared === undefined) continue
    const free = firstFreeSeed(seeds[0], seeds[1] - seeds[0] + 1, all)
    throw new Bl1Error('confirm/seeds-used', { seeds: showRanges([seeds]), shared: showRanges([shared]), by: use.by, free })
  }
}

/** What an interrupted confirmation froze. @throws Bl1Error `confirm/finished`, `confirm/missing`, `confirm/edited`, `results/other-run` */
const frozenIn = (folder: string, experiment: Experiment): FrozenSetting => {
  if (existsSync(join(folder, DOCUMENT_FILE))) throw new Bl1Error('confirm/finished', { folder })
  const file = join(folder, FROZEN_FILE)
  const frozen = readFrozen(file)
  const difference = firstDifference(asJson(frozen.experiment, 'experiment'), asJson(experiment, 'experiment'))
  if (difference === undefined) return frozen
  throw new Bl1Error('results/other-run', { file, path: difference.path, stored: difference.before, received: difference.after })
}

/**
 * Confirms a setting.
 * @param compare what runs the comparison
 * @throws Bl1Error `confirm/...`, `results/other-run`, and those of a comparison
 */
export const confirmSetting = async (file: string, flags: ConfirmFlags, signal: AbortSignal, compare = runComparison): Promise<void> => {
  const resolved = readSetting(file, flags)
  const experiment = resolved.config
  const { protocol, culture } = experiment
  conditionsOf(protocol)
  const seeds = rangeOf(protocol.firstSeed, protocol.cultures)
  const search: Use = { seeds: protocol.usedSeeds, by: 'the search that found it, or by an earlier confirmation of it' }
  const ledger = ledgerOf(file)
  const earlier = ledger === undefined ? [] : readLedger(ledger).entries
  const kept = flags.resume === undefined ? undefined : frozenIn(runFolderFor('confirm', flags, experiment), experiment)
  requireUnused(seeds, [search, ...(ledger === undefined ? [] : usesOf(ledger, enteredBefore(earlier, kept?.sha256)))])
  requireMemory(culture, flags.jobs)

  const openFolder = () => {
    const folder = runFolderFor('confirm', flags, experiment)
    const frozen = kept ?? freeze(experiment, { seeds, usedSeeds: mergeRanges([...protocol.usedSeeds, ...earlier.map((entry) => entry.seeds)]), provenance: provenance() })
    if (kept === undefined) writeFrozen(folder, frozen)
    if (ledger !== undefined) {
      const { sha256, frozenAt } = frozen
      // another confirmation may have been entered since: of the two, the one that was entered first runs
      requireUnused(seeds, usesOf(ledger, enter(ledger, { sha256, seeds, folder: relative(dirname(ledger), folder), frozenAt })))
    }
    return { folder, frozen }
  }
  const plan = {
    resolved,
    agents: [],
    jobs: flags.jobs,
    json: flags.json === true,
    signal,
    // of a confirmation that was stopped before its first trial there is the frozen setting alone
    isResumed: false,
    openFolder,
    goOn: (folder: string) => `bl1 confirm ${file} --resume ${folder}`,
  }
  await withContest(experiment, [], (contest) => compare(contest, plan))
}
