/** Distributions of actions, and how an action row becomes a member of an action space. */
export { distributionFor, type ActionCodec, type SpaceDistribution } from './actionSpace.js'
export { categorical, multiCategorical } from './categorical.js'
export { diagonalGaussian, type DiagonalGaussianOptions } from './diagonalGaussian.js'
export type { ActionDistribution } from './distribution.js'
export { scaledBeta } from './scaledBeta.js'
