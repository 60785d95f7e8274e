/** What happens in Doom, and what it is answered with, in a word or two for screen and film. */
import type { EndReason } from '../../../env/index.js'
import type { GameHappening, GradedAnswer } from '../../../feedback/index.js'

const plural = (size: number, one: string): string => (size === 1 ? one : `${size} ${one}s`)

const texts: Readonly<Record<string, (size: number) => string>> = {
  kill: (size) => plural(size, 'kill'),
  damageDealt: (size) => `hit ${size}`,
  damageTaken: (size) => `−${size} health`,
  healthGained: (size) => `+${size} health`,
  armorGained: (size) => `+${size} armour`,
  armorLost: (size) => `−${size} armour`,
  ammoUsed: (size) => plural(size, 'shot'),
  ammoWasted: (size) => (size === 1 ? 'miss' : `${size} misses`),
  ammoGained: (size) => `+${size} ammo`,
  item: (size) => plural(size, 'item'),
  secret: (size) => plural(size, 'secret'),
  death: () => 'death',
}

/** A shot that missed is said once, and a kill says that it hit. */
const SAID_BY: Readonly<Record<string, string>> = { ammoUsed: 'ammoWasted', damageDealt: 'kill' }

/** Events of one step as texts. */
export const eventTexts = (events: readonly GameHappening[]): string[] => {
  const names = new Set(events.map(({ name }) => name))
  return events
    .filter(({ name }) => !names.has(SAID_BY[name] ?? ''))
    .map(({ name, size }) => texts[name]?.(Math.round(size)) ?? `${name} ${size}`)
}

/** How an episode ended; nothing where an event says it already. */
export const endText = (endReason: EndReason | null): string | undefined => {
  if (endReason === null || endReason === 'death') return undefined
  return endReason === 'engineTimeout' || endReason === 'timeLimit' ? 'time is up' : endReason
}

const ANSWERS: Readonly<Record<string, string>> = {
  armorGained: 'armour',
  damageTaken: 'damage',
  ammoWasted: 'ammo wasted',
  rewardGood: 'reward +',
  rewardBad: 'reward −',
  episodeGood: 'episode +',
  episodeBad: 'episode −',
}

/** What an answer answers. */
export const answerName = ({ name }: GradedAnswer): string => ANSWERS[name] ?? name

/** How long an answer takes, ms: to its last pulse, or as long as the culture is shown nothing. */
export const answerMs = ({ pulses, suspendsSensoryMs }: GradedAnswer): number => Math.max(suspendsSensoryMs, pulses.at(-1)?.offsetMs ?? 0)
