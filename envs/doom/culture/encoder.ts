/** How the culture is shown Doom: a place code for where things are, a rate and current code for how near. */
import type { z } from 'zod'
import { channelRateEncoder, channelRateParameters, type Encoder } from '../../../src/loop/index.js'
import { group, quantity, readParameters } from '../../../src/parameters.js'
import { viewDrive } from './drive.js'
import { doomCultureLayout } from './layout.js'

const rates = channelRateParameters.unwrap().shape

/** Schema of the encoder. */
export const doomEncoderParameters = group(
  {
    ...rates,
    lowestCurrentUa: quantity({
      default: 2.5,
      unit: 'uA',
      min: 0,
      max: 1000,
      doc: 'current of each phase at the smallest drive: the strongest of the published range at every nearness, since weaker pulses fire next to nothing here',
      source: 'threshold of the virtual array: 18.75 mV at an adjacent cell, which 1.4 uA of 120 us give',
    }),
    itemShare: quantity({ default: 1, unit: '1', min: 0, max: 1, doc: 'how strongly items are shown while no enemy is in view' }),
    openShare: quantity({ default: 0.3, unit: '1', min: 0, max: 1, doc: 'how strongly open space is shown while neither is; 0: nothing' }),
  },
  'how Doom is shown to the culture',
)
/** What `doomPlaceRateEncoder` takes: any part of the table. */
export type DoomEncoderOptions = z.input<typeof doomEncoderParameters>

/**
 * Each encoding electrode stands for one part of the view, left to right: the nearer the nearest enemy there, the faster and stronger its
 * pulses. Without enemies it shows items, without items how open the view is (`viewDrive`).
 * @param featureNames `env.featureNames`
 * @param channels electrodes of the parts, leftmost first
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `doom/features`, `loop/channels`
 */
export const doomPlaceRateEncoder = (
  options: DoomEncoderOptions,
  featureNames: readonly string[],
  channels: readonly number[] = doomCultureLayout().encoding,
): Encoder => {
  const { itemShare, openShare, ...rateOptions } = readParameters(doomEncoderParameters, options, 'encoder parameters')
  return { ...channelRateEncoder(rateOptions, channels, viewDrive(featureNames, { itemShare, openShare })), name: 'doomPlaceRate' }
}
