/** Spaces: the sets that observations and actions are members of. */
export { Space, type Member, type SpaceJSON } from './space.js'
export { Box, type BoxJSON, type BoxOptions } from './box.js'
export type { BoundInput } from './bounds.js'
export type { DType, DTypes } from './dtypes.js'
export { Discrete, type DiscreteChoice, type DiscreteJSON } from './discrete.js'
export { spaceFromJSON } from './fromJson.js'
