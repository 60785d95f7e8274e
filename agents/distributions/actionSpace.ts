/** Which distribution fits an action space, and how its rows become members of it. */
import type { ActionDistribution } from './distribution.js'
import { Bl1Error } from '../../src/errors.js'
import { Box, Discrete, MultiBinary, MultiDiscrete, type Space } from '../../src/spaces/index.js'
import { categorical, multiCategorical } from './categorical.js'
import { diagonalGaussian } from './diagonalGaussian.js'

/** Turns action rows into actions. */
export interface ActionCodec {
  /** Row `row` as a member of the space (a new value each time). */
  toAction(rows: Float32Array, row: number): unknown
}

/** A distribution over a space, and the way into that space. */
export interface SpaceDistribution {
  readonly distribution: ActionDistribution
  readonly codec: ActionCodec
}

const forBox = (space: Box<'float32' | 'float64'>): SpaceDistribution => {
  const { size, low, high } = space
  return {
    distribution: diagonalGaussian(size, { initialLogSd: 0 }),
    codec: {
      toAction: (rows, row) => {
        const action = space.dtype === 'float32' ? new Float32Array(size) : new Float64Array(size)
        for (let i = 0; i < size; i++) action[i] = Math.min(high[i], Math.max(low[i], rows[row * size + i]))
        return action
      },
    },
  }
}

const isFloatBox = (space: Space): space is Box<'float32' | 'float64'> =>
  space instanceof Box && (space.dtype === 'float32' || space.dtype === 'float64')

/**
 * The distribution for an action space: Discrete, MultiDiscrete and MultiBinary get choices; a Box of floats gets a diagonal Gaussian (SD 1 at
 * first) whose draws are learned from as they are and clipped to the bounds only on their way into the environment, as Stable-Baselines3 does.
 * @throws Bl1Error `agents/action-space` for any other space
 */
export const distributionFor = (space: Space): SpaceDistribution => {
  if (space instanceof Discrete) {
    return { distribution: categorical(space.n), codec: { toAction: (rows, row) => space.start + rows[row] } }
  }
  if (space instanceof MultiDiscrete) {
    const { nvec, start, size } = space
    return {
      distribution: multiCategorical(nvec),
      codec: { toAction: (rows, row) => start.map((first, i) => first + rows[row * size + i]) },
    }
  }
  if (space instanceof MultiBinary) {
    const { size } = space
    return {
      distribution: multiCategorical(new Array<number>(size).fill(2)),
      codec: { toAction: (rows, row) => Uint8Array.from(rows.subarray(row * size, (row + 1) * size)) },
    }
  }
  if (isFloatBox(space)) return forBox(space)
  throw new Bl1Error('agents/action-space', {
    expected: 'a Discrete, a MultiDiscrete, a MultiBinary or a Box of floats',
    received: JSON.stringify(space).slice(0, 120),
  })
}
