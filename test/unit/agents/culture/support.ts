/** A small agent around small cultures: 50 cells lie under the four electrodes in the middle of the array. */
import type * as tf from '@tensorflow/tfjs-core'
import { CultureAgent, type CultureAgentOptions, type CultureAgentSpec } from '../../../../agents/culture/index.js'
import type { Column } from '../../../../agents/index.js'
import { Dishes } from '../../../../src/loop/index.js'
import { Rng } from '../../../../src/rng.js'
import { Discrete } from '../../../../src/spaces/index.js'

export const rngOf = (name: string): Rng => Rng.fromSeed(11).split(name)

/** Two electrodes are pulsed, each at a current of its own, the two others read as they are. */
export const smallParameters = ({ encoder, decoder, ...rest }: CultureAgentOptions = {}): CultureAgentOptions => ({
  encoder: { code: 'beta', hidden: [8], channels: [27, 36], ...encoder },
  decoder: { readout: [28, 35], warmUpSteps: 0, calibrate: false, ...decoder },
  ...rest,
})

export const smallAgent = (parameters: CultureAgentOptions = {}, spec: Partial<CultureAgentSpec> = {}): CultureAgent =>
  new CultureAgent(
    { observationWidth: 5, actionSpace: new Discrete({ n: 3 }), parameters: smallParameters(parameters), ...spec },
    rngOf('agent'),
  )

export const smallDishes = (seeds: readonly number[] = [1, 2]): Dishes =>
  Dishes.grow({ culture: { neurons: 50 }, settleSeconds: 0, threads: 1 }, seeds)

/** Room for so many rows of each column. */
export const roomFor = (columns: readonly Column[], rows: number): Record<string, Float32Array> =>
  Object.fromEntries(columns.map(({ name, width }) => [name, new Float32Array(rows * width)]))

export const observationsOf = (rows: number, width = 5, name = 'observations'): Float32Array => {
  const rng = rngOf(name)
  return Float32Array.from({ length: rows * width }, () => rng.between(-1, 1))
}

/** Counts as electrodes over small cultures give them. */
export const countsOf = (rows: number, width = 2): Float32Array => {
  const rng = rngOf('counts')
  return Float32Array.from({ length: rows * width }, () => rng.integer(12))
}

export const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync())
