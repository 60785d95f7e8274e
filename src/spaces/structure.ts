/** Compares what two spaces have in common where their bounds may differ. */
import type { Space } from './space.js'

/**
 * Whether the values of two spaces have the same form: kinds, shapes, element types, names and order of parts. Bounds may differ. This
 * is when one batch can hold values of both.
 */
export const sameShapeAndDtype = (a: Space, b: Space): boolean => JSON.stringify(a.structure) === JSON.stringify(b.structure)
