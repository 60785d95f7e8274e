/** What a report says of how its setting was found: settings tried, seeds they were tried on, and whether all was frozen before it ran. */
import type { Protocol } from '../protocol.js'
import { counted } from '../words.js'
import { overlapOf, rangeOf, showRanges } from './seeds.js'

/** What was written down before a confirmation ran. */
export interface FrozenMark {
  /** Of everything that was written down, 64 hexadecimal digits. */
  readonly sha256: string
  /** ISO 8601, UTC. */
  readonly frozenAt: string
}

type Declared = Pick<Protocol, 'settingsTried' | 'usedSeeds' | 'firstSeed' | 'cultures'>

/** The sentences on settings and seeds. */
export const settingsSentence = ({ settingsTried, usedSeeds, firstSeed, cultures }: Declared, frozen?: FrozenMark): string => {
  const own = rangeOf(firstSeed, cultures)
  const seeds = cultures === 1 ? `seed ${firstSeed}` : `seeds ${showRanges([own])}`
  const mark = frozen === undefined ? '' : ` Setting and seeds were written down before the first culture played (${frozen.frozenAt}, SHA-256 ${frozen.sha256}).`
  if (usedSeeds.length === 0) {
    return settingsTried === 0
      ? `The config declares that no other setting was tried on these cultures (${seeds}).${mark}`
      : `The config declares that ${counted(settingsTried, 'other')} had been tried before this setting was frozen, on other seeds than these (${seeds}).${mark}`
  }
  const tried = `The config declares that ${counted(settingsTried, 'setting')} had been tried on seeds ${showRanges(usedSeeds)} before this one was frozen`
  const shared = overlapOf(own, usedSeeds)
  return shared === undefined
    ? `${tried}; this run is on ${seeds}.${mark}`
    : `${tried}; this run is on ${seeds}, which share ${showRanges([shared])} with them: it confirms nothing.${mark}`
}
