/** Walks through a space and the spaces inside it. */
import { Space } from '../../spaces/index.js'

/** A space and where it is: 'observationSpace.camera'. */
export interface PlacedSpace {
  readonly path: string
  readonly space: Space
}

const isPlain = (x: unknown): x is object =>
  typeof x === 'object' && x !== null && (Array.isArray(x) || Object.getPrototypeOf(x) === Object.prototype)

/**
 * The spaces that a space holds, whatever its kind: those among its properties, and in lists and objects among them (`spaces` of a Dict
 * needs no name in the path, as its keys are names).
 */
const childrenOf = ({ path, space }: PlacedSpace): PlacedSpace[] =>
  Object.entries(space).flatMap(([name, value]: [string, unknown]): PlacedSpace[] => {
    if (value instanceof Space) return [{ path: `${path}.${name}`, space: value }]
    if (!isPlain(value)) return []
    return Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
      child instanceof Space ? [{ path: Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, space: child }] : [],
    )
  })

/** The space at `path` and every space inside it. */
export const spacesIn = (placed: PlacedSpace): PlacedSpace[] => [placed, ...childrenOf(placed).flatMap(spacesIn)]
