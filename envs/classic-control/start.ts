/** Where an episode starts: uniformly within a range of states, which a reset may change, or in one exact state. */
import { z } from 'zod'
import { group, quantity } from '../../src/parameters.js'
import type { Rng } from '../../src/rng.js'

/** The lowest and the highest start, one number for each number of the state. Equal: that very state. */
export interface StartRange {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** Reads the options of a reset. */
export type StartOptions = z.ZodType<StartRange>

const exactState = (length: number) =>
  z.array(z.number()).length(length).exactOptional().meta({ description: 'start in exactly this state; the range is then ignored' })

/**
 * The options `low`, `high` and `state`.
 * @param low,high their defaults
 * @param length numbers in `state`
 * @param spread the state that stands for one end of the range
 */
export const startBetween = (low: number, high: number, length: number, spread: (end: number) => readonly number[]): StartOptions =>
  group(
    {
      low: quantity({ default: low, unit: 'state', doc: 'lower end of the start' }),
      high: quantity({ default: high, unit: 'state', doc: 'upper end of the start' }),
      state: exactState(length),
    },
    'where the episode starts',
  )
    .refine((range) => range.low <= range.high, { path: ['low'], message: 'at most high' })
    .transform((range) => ({ low: range.state ?? spread(range.low), high: range.state ?? spread(range.high) }))

/** The options `xInit`, `yInit` and `state`: angle and speed lie between minus and plus these. */
export const startAround = (xInit: number, yInit: number): StartOptions =>
  group(
    {
      xInit: quantity({ default: xInit, unit: 'rad', min: 0, doc: 'largest angle of the start, either way' }),
      yInit: quantity({ default: yInit, unit: 'rad/s', min: 0, doc: 'largest angular speed of the start, either way' }),
      state: exactState(2),
    },
    'where the episode starts',
  ).transform(({ xInit: x, yInit: y, state }) => ({ low: state ?? [-x, -y], high: state ?? [x, y] }))

/** Draws a start into `state`; numbers of it that the range does not name become 0. */
export const drawStart = ({ low, high }: StartRange, rng: Rng, state: Float64Array): void => {
  state.fill(0)
  for (let i = 0; i < low.length; i++) state[i] = rng.between(low[i], high[i])
}
