/** The parameters of a network, for configs. */
import { z } from 'zod'
import { choice, group, type ValuesOf } from '../../src/parameters.js'
import { activationNames } from './activation.js'

/** Widths of hidden layers. */
export const hiddenWidths = (widths: readonly number[], doc: string) =>
  z.array(z.int().min(1).max(16_384)).max(16).readonly().default([...widths]).meta({ description: doc, unit: '1' })

/** Hidden layers and their activation (Stable-Baselines3's and CleanRL's defaults for PPO: two of 64, tanh). */
export const networkParameters = group(
  {
    hidden: hiddenWidths([64, 64], 'widths of the hidden layers; an empty list leaves one matrix product'),
    activation: choice(activationNames, 'tanh', 'bend between the layers'),
  },
  'a multilayer perceptron',
)

/** A network's parameters with every value set. */
export type NetworkParameters = ValuesOf<typeof networkParameters>
