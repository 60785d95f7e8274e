/** Where things are on the screen becomes which electrode is driven, and how near they are becomes how strongly. */
import { Bl1Error } from '../../../src/errors.js'

/** Where in the features something seen stands. */
interface Slot {
  readonly visible: number
  readonly bearing: number
  readonly distance: number
}

/** How strongly things are shown that are no enemies, 0 to 1. */
export interface DriveShares {
  readonly itemShare: number
  readonly openShare: number
}

const slotsOf = (names: readonly string[], kind: string): Slot[] => {
  const slots: Slot[] = []
  for (let slot = 0; names.includes(`${kind}${slot}.visible`); slot++) {
    const at = (what: string): number => names.indexOf(`${kind}${slot}.${what}`)
    slots.push({ visible: at('visible'), bearing: at('bearing'), distance: at('distance') })
  }
  return slots
}

const raysOf = (names: readonly string[]): number[] => {
  const rays: number[] = []
  for (let ray = names.indexOf('ray0'); ray !== -1; ray = names.indexOf(`ray${rays.length}`)) rays.push(ray)
  return rays
}

/**
 * The drive of each part of the view, left to right:
 *
 * * an enemy in view: 1 - distance of the nearest enemy whose middle lies in that part, and 0 in all other parts;
 * * no enemy but items: the same of the items, times `itemShare`;
 * * neither: the mean wall distance of the part's rays, times `openShare`.
 *
 * Bearing b (-1 left edge, 1 right edge) lies in part floor((b + 1) / 2 n).
 * @param featureNames `env.featureNames`
 * @throws Bl1Error `doom/features` where there is nothing among them that could be shown
 */
export const viewDrive = (featureNames: readonly string[], { itemShare, openShare }: DriveShares) => {
  const [enemies, items, rays] = [slotsOf(featureNames, 'enemy'), slotsOf(featureNames, 'item'), raysOf(featureNames)]
  if (enemies.length + items.length + rays.length === 0) throw new Bl1Error('doom/features', { received: featureNames })

  /** Nearest first, so the first in a part is the nearest there. */
  const showThings = (features: ArrayLike<number>, slots: readonly Slot[], share: number, out: Float64Array): boolean => {
    let isAny = false
    for (const { visible, bearing, distance } of slots) {
      if (!(features[visible] > 0)) continue
      isAny = true
      const part = Math.min(out.length - 1, Math.max(0, Math.floor(((features[bearing] + 1) / 2) * out.length)))
      out[part] = Math.max(out[part], share * (1 - features[distance]))
    }
    return isAny
  }
  const showRoom = (features: ArrayLike<number>, out: Float64Array): void => {
    for (let part = 0; part < out.length; part++) {
      const from = Math.floor((part * rays.length) / out.length)
      const to = Math.max(from + 1, Math.floor(((part + 1) * rays.length) / out.length))
      let sum = 0
      for (let ray = from; ray < to; ray++) sum += features[rays[ray]]
      out[part] = (openShare * sum) / (to - from)
    }
  }
  return (features: ArrayLike<number>, out: Float64Array): void => {
    out.fill(0)
    if (showThings(features, enemies, 1, out) || showThings(features, items, itemShare, out)) return
    if (rays.length > 0) showRoom(features, out)
  }
}
