/**
 * What happened in a step, from the difference of the engine's counters before and after it.
 *
 * Counters are read after the end of an episode too, so that its last step counts like any other; those of the first observation are
 * where the first step begins. What lies between two observations is seen as its sum: a bullet found and a bullet fired in one step are
 * neither.
 */

/** What can happen. */
export const doomEventNames = [
  'kill',
  'damageDealt',
  'damageTaken',
  'healthGained',
  'armorGained',
  'armorLost',
  'ammoUsed',
  'ammoWasted',
  'ammoGained',
  'item',
  'secret',
  'death',
] as const
/** The name of an event. */
export type DoomEventName = (typeof doomEventNames)[number]

/** Something that happened in a step. */
export interface DoomEvent {
  readonly name: DoomEventName
  /**
   * How much of it, above 0: kills, items, secrets and deaths by number, damage, health and armour in points, ammunition in units.
   * `damageTaken` is what it cost in health: after the armour took its share, and no more than there was.
   */
  readonly size: number
}

/** The engine's counters by name. */
export type Counters = Readonly<Record<string, number>>

/** Weapon slots that draw on one kind of ammunition in Doom: bullets, shells, rockets, cells. */
const SHARED_AMMO: readonly (readonly string[])[] = [['AMMO2', 'AMMO4'], ['AMMO6', 'AMMO7']]
const OWN_AMMO: readonly string[] = ['AMMO0', 'AMMO1', 'AMMO3', 'AMMO5', 'AMMO8', 'AMMO9']

const rise = (before: Counters, after: Counters, name: string): number => Math.max(0, after[name] - before[name])
/** A dead player's health goes below 0. */
const healthOf = (counters: Counters): number => Math.max(0, counters['HEALTH'])

/** Changes of ammunition, one a kind: the selected weapon's would change with the weapon. */
const ammoChanges = (before: Counters, after: Counters): number[] => {
  const changeOf = (slot: string): number => after[slot] - before[slot]
  const shared = SHARED_AMMO.flatMap(([slot, twin]) => {
    const isOneKind = before[slot] === before[twin] && after[slot] === after[twin]
    return isOneKind ? [changeOf(slot)] : [changeOf(slot), changeOf(twin)]
  })
  return [...shared, ...OWN_AMMO.map(changeOf)]
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0)

/** Sizes of everything that happened between two readings of the counters; 0 for what did not. */
export const sizesBetween = (before: Counters, after: Counters, died: boolean): Record<DoomEventName, number> => {
  const healthBefore = healthOf(before)
  const healthChange = healthOf(after) - healthBefore
  // What kills without a blow (a crusher, an exit) is in the health alone; what a blow has too much is in the counter alone.
  const blows = Math.max(rise(before, after, 'DAMAGE_TAKEN'), -healthChange)
  const damageTaken = died ? Math.min(blows, healthBefore) : blows
  const armorChange = after['ARMOR'] - before['ARMOR']
  const ammo = ammoChanges(before, after)
  const ammoUsed = -sumOf(ammo.filter((change) => change < 0))
  return {
    kill: rise(before, after, 'KILLCOUNT'),
    damageDealt: rise(before, after, 'DAMAGECOUNT'),
    damageTaken,
    healthGained: died ? 0 : healthChange + damageTaken,
    armorGained: Math.max(0, armorChange),
    armorLost: Math.max(0, -armorChange),
    ammoUsed,
    ammoWasted: after['HITCOUNT'] > before['HITCOUNT'] ? 0 : ammoUsed,
    ammoGained: sumOf(ammo.filter((change) => change > 0)),
    item: rise(before, after, 'ITEMCOUNT'),
    secret: rise(before, after, 'SECRETCOUNT'),
    death: died ? 1 : 0,
  }
}

/** The events among these sizes, in the order of `doomEventNames`. */
export const eventsOf = (sizes: Readonly<Record<DoomEventName, number>>): DoomEvent[] =>
  doomEventNames.filter((name) => sizes[name] > 0).map((name) => ({ name, size: sizes[name] }))
