/** Every number of an agent around a culture in one table: its clock, its encoder, its decoder, its critic. */
import { z } from 'zod'
import { choice, flag, group, quantity } from '../../src/parameters.js'
import { activationNames } from '../networks/activation.js'
import { hiddenWidths } from '../networks/parameters.js'

const PROTOCOL = 'the public Doom protocol of the CL1 (doom-neuron)'
const RATES = 'measured: from 4 to 40 Hz the rate leaves no trace in the spike counts of 100 ms, as synapses depress; the current does'

const hidden = (doc: string) => hiddenWidths([128, 128], doc)
const channelList = z.array(z.int().min(0)).min(1)
const channels = (doc: string) => channelList.nullable().default(null).meta({ description: doc })
const activation = (doc: string) => choice(activationNames, 'silu', doc)
const learningRateScale = (value: number, doc: string, source: string) =>
  quantity({ default: value, unit: '1', above: 0, max: 1000, doc, source })

const encoder = group(
  {
    kind: choice(['mlp', 'cnn', 'fixed'], 'mlp', 'mlp: a network; cnn: convolutions over the picture, then a network; fixed: a function of the caller, for comparison'),
    code: choice(['one', 'beta'], 'one', 'one: each window one channel, the chosen one, is pulsed with the highest current; beta: rate and current of every channel are drawn from Beta distributions between their limits, as published, and share the culture'),
    hidden: hidden('widths of the hidden layers'),
    activation: activation('after each hidden layer and each convolution'),
    baseWidth: quantity({ default: 16, unit: '1', integer: true, min: 1, max: 256, doc: 'cnn: width of the first of the three convolutions; the others have twice and four times as many', source: PROTOCOL }),
    channels: channels('electrodes it pulses; null: 9, 12, 14, 27, 30, 41, 44 and 54, spread over the array'),
    lowestRateHz: quantity({ default: 10, unit: 'Hz', min: 0, max: 2000, doc: "slowest pulse rate of a channel; equal to the fastest: the rate is no choice, and code 'one' takes nothing else (published: 4)", source: RATES }),
    highestRateHz: quantity({ default: 10, unit: 'Hz', above: 0, max: 2000, doc: 'fastest pulse rate of a channel; 1000 / stepMs is one pulse a window (published: 40)', source: RATES }),
    lowestCurrentUa: quantity({ default: 0, unit: 'uA', min: 0, max: 1000, doc: "weakest current of each phase, 0 with code 'one'; equal to the strongest: the current is no choice (published: 1)" }),
    highestCurrentUa: quantity({ default: 3, unit: 'uA', above: 0, max: 1000, doc: 'strongest current of each phase: the most the array takes, as weaker pulses fire few cells of the virtual culture (published: 2.5)' }),
    phaseWidthUs: quantity({ default: 1000, unit: 'us', above: 0, max: 10_000, doc: 'width of each phase; a wider one fires more cells, and at 3 uA this is the most charge that the array takes (published: 120)' }),
    gridMs: z.number().min(0).max(1000).nullable().default(null).meta({ description: 'all channels pulse on a common grid of this period, so that their artefacts fall together and the read-out is blind for less; null: the period of the fastest rate; 0: each at its own times', unit: 'ms' }),
    learningRateScale: learningRateScale(4, "the encoder's learning rate over that of the rest", PROTOCOL),
    initialGain: quantity({ default: 0.01, unit: '1', min: 0, max: 100, doc: 'gain of the last layer at first: with 0.01 it stimulates alike whatever is shown' }),
    trainable: flag(true, 'off: the encoder stays as it was made'),
    entropyWeight: quantity({ default: 0, unit: '1', min: 0, max: 100, doc: "weight of the stimulation's entropy beside that of the action in the entropy bonus", source: PROTOCOL }),
  },
  'what is shown becomes stimulation of the encoding electrodes',
)

const decoder = group(
  {
    kind: choice(['linear', 'mlp'], 'linear', 'linear: one matrix; mlp: a network, which may learn a game by itself'),
    hidden: hidden('mlp: widths of the hidden layers'),
    activation: activation('mlp: after each hidden layer'),
    bias: flag(false, 'linear: a constant for each action, which acts without any spike'),
    nonNegative: flag(false, 'linear: weights are kept positive; with calibrate off, a spike can then only speak for an action'),
    readout: channels('electrodes it reads, each a feature; null: all that can be used and are not pulsed'),
    groups: z.array(channelList).min(1).nullable().default(null).meta({ description: 'in place of `readout`: sets of electrodes, the spikes of a set added up to a feature' }),
    learningRateScale: learningRateScale(1, "the decoder's learning rate over that of the rest", PROTOCOL),
    initialGain: quantity({ default: 3, unit: '1', min: 0, max: 100, doc: "gain of the last layer at first, times Xavier's or an orthogonal matrix: a decoder that acts alike whatever it reads leaves the encoder nothing to learn from" }),
    calibrate: flag(true, 'the decoder is given, in place of each feature, the sums of features that best tell which electrode was pulsed, fitted before the first action to random stimulation; off: the features themselves'),
    trainable: flag(true, 'off: the decoder stays as it was made'),
    temperature: quantity({ default: 1, unit: '1', above: 0, max: 1000, doc: 'choices: the logits are divided by it; continuous actions have none' }),
    meanMemory: quantity({ default: 0.9995, unit: '1', min: 0, max: 0.999999, doc: 'share of the running mean and SD of the features that each row of a rollout leaves (published: 0.99 for the mean, which moves with every burst)' }),
    warmUpSteps: quantity({ default: 300, unit: 'steps', integer: true, min: 0, max: 100_000, doc: 'steps before the first action, in which every dish is stimulated at random and the game waits: mean and SD of the features, and the calibration, are taken from them' }),
  },
  'spikes become actions',
)

const critic = group({ hidden: hidden('widths of the hidden layers') }, 'judges observations while training; never sees the culture')

/** Schema of an agent around a culture. */
export const cultureAgentParameters = group(
  {
    stepMs: quantity({ default: 100, unit: 'ms', above: 0, max: 10_000, doc: 'time the culture lives for each action, in whole 0.5 ms steps; the tick of the game', source: PROTOCOL }),
    encoder,
    decoder,
    critic,
  },
  'an agent that acts through a culture',
)
/** What a user may pass: any part of the table. */
export type CultureAgentOptions = NonNullable<z.input<typeof cultureAgentParameters>>
/** The table with every value set. */
export type CultureAgentParameters = z.output<typeof cultureAgentParameters>
