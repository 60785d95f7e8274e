/** The options that both culture environments have: what lives in the dish, how it may be stimulated, what is read. */
import { z } from 'zod'
import { cultureParameters } from '../../src/culture/index.js'
import { dishesParameters } from '../../src/loop/index.js'
import { meaParameters } from '../../src/mea/index.js'
import { flag, group, quantity } from '../../src/parameters.js'

const DOOM_PROTOCOL = 'the public Doom protocol of the CL1 (doom-neuron)'
/** Spread over the array, so that what is evoked at one of them differs from what is evoked at another. */
const DEFAULT_CHANNELS = [9, 12, 14, 27, 30, 41, 44, 54] as const

/** A list of electrodes, to be given a meaning and a default. */
export const channelList = z.array(z.int().min(0)).min(1).readonly()

/** Schema of the stimulation: what an action can say. */
export const stimulationParameters = group(
  {
    channels: channelList.default([...DEFAULT_CHANNELS]).meta({
      description: 'electrodes that an action stimulates, in the order of its columns; none of them is read',
      source: 'spread evenly over the 8 x 8 array',
    }),
    lowestRateHz: quantity({ default: 0, unit: 'Hz', min: 0, max: 200, doc: 'smallest pulse rate of an action; 0: a channel may be left alone' }),
    highestRateHz: quantity({ default: 40, unit: 'Hz', above: 0, max: 200, doc: 'largest; equal to the smallest: rates are no part of the action', source: DOOM_PROTOCOL }),
    lowestCurrentUa: quantity({ default: 0, unit: 'uA', min: 0, max: 1000, doc: 'smallest current of each phase; a channel at 0 is not pulsed' }),
    highestCurrentUa: quantity({ default: 3, unit: 'uA', above: 0, max: 1000, doc: 'largest; equal to the smallest: currents are no part of the action', source: "largest current of the CL1's SDK" }),
    phaseWidthUs: quantity({ default: 200, unit: 'us', above: 0, max: 10_000, doc: 'width of each phase', source: 'at 3 uA a pulse well above the threshold of adjacent cells' }),
    gridMs: quantity({ default: 25, unit: 'ms', above: 0, max: 1000, doc: 'pulses of all channels leave only at multiples of this, so that the read-out is blind once a slot and not once a pulse' }),
  },
  'the stimulation that is the action',
)

/** The common options, to be spread into the table of an environment. */
export const cultureEnvParameters = {
  culture: cultureParameters,
  cultureSeed: quantity({ default: 1, unit: '1', integer: true, min: 0, max: Number.MAX_SAFE_INTEGER, doc: 'which culture: the same number always grows the same one' }),
  mea: meaParameters,
  dish: dishesParameters,
  stepMs: quantity({ default: 100, unit: 'ms', min: 1, max: 60_000, doc: 'time that the culture lives in a step', source: 'short enough to act, long enough for a few spikes at an electrode' }),
  stimulation: stimulationParameters,
  readout: channelList.nullable().default(null).meta({ description: 'electrodes whose spikes are observed; null: all usable ones that are not stimulated' }),
  continuing: flag(false, 'a reset without a seed lets the culture live on as it is, in place of going back to the settled one'),
}

const commonTable = group(cultureEnvParameters, 'a culture as an environment')
/** Their values. */
export type CultureEnvParameters = z.output<typeof commonTable>
/** Values of the stimulation. */
export type StimulationParameters = z.output<typeof stimulationParameters>
