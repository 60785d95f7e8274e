/** How observations reach the networks: which fixed numbers scale them, and where a picture lies in them. */
import type { ImageShape, ObservationScale } from '../../../agents/index.js'
import { Box, Dict, flattenSpace, type Space } from '../../spaces/index.js'

/** Wider bounds say what a type can hold, not what is observed. */
const WIDEST_BOUND = 1000

/** Places with bounds become -1 to 1, from their middle; the others stay as they are. */
export const scaleByBounds = (space: Space): ObservationScale => {
  const { low, high } = flattenSpace(space)
  return Array.from(low, (lowest, place) => {
    const highest = high[place]
    const isBounded = lowest >= -WIDEST_BOUND && highest <= WIDEST_BOUND && lowest < highest
    return isBounded ? { offset: (lowest + highest) / 2, scale: (highest - lowest) / 2 } : { offset: 0, scale: 1 }
  })
}

/** The picture at the end of each flat observation: the space itself, or the last part of a Dict. */
export const imageOf = (space: Space): ImageShape | undefined => {
  if (space instanceof Dict) {
    const parts: readonly Space[] = Object.values(space.spaces)
    return imageOf(parts[parts.length - 1])
  }
  if (!(space instanceof Box) || space.shape.length !== 3) return undefined
  const [height, width, channels] = space.shape
  return { height, width, channels }
}
