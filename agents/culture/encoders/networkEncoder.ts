/** A trainable encoder: a network whose outputs say which channel is pulsed, or are Beta distributions of what each is stimulated with. */
import type { Rng } from '../../../src/rng.js'
import { Bl1Error } from '../../../src/errors.js'
import { scaledBeta, type ActionDistribution } from '../../distributions/index.js'
import { convolution, mlp, type Network } from '../../networks/index.js'
import { networkChoice, type Choice } from '../choice.js'
import type { CultureAgentParameters } from '../parameters.js'
import { oneChannel } from './oneChannel.js'
import type { StimulationCode } from './stimulation.js'

/** The picture at the end of each observation row, for kind 'cnn': row by row, the channels of a pixel side by side. */
export interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** What a trainable encoder is made from. */
export interface NetworkEncoderOptions {
  readonly parameters: CultureAgentParameters['encoder']
  readonly observationWidth: number
  readonly image: ImageShape | undefined
  /** What it chooses, and between which limits. */
  readonly code: StimulationCode
}

const NAME = 'encoder'

const scalarsBeside = ({ height, width, channels }: ImageShape, observationWidth: number): number => {
  const scalars = observationWidth - height * width * channels
  if (scalars >= 0) return scalars
  const expected = `observations of ${height} x ${width} x ${channels} numbers at least`
  throw new Bl1Error('agents/encoder', { kind: 'cnn', expected, received: `rows of ${observationWidth}` })
}

const networkOf = ({ parameters, observationWidth, image }: NetworkEncoderOptions, outputs: number, rng: Rng): Network => {
  const { kind, hidden, activation, baseWidth, initialGain } = parameters
  const shared = { name: NAME, hidden, activation, outputs, outputGain: initialGain }
  if (kind !== 'cnn') return mlp({ ...shared, inputs: observationWidth }, rng)
  if (image === undefined) {
    throw new Bl1Error('agents/encoder', { kind, expected: 'the shape of the picture in `image`', received: 'no shape' })
  }
  return convolution({ ...shared, ...image, scalars: scalarsBeside(image, observationWidth), baseWidth }, rng)
}

/**
 * Observation row -> stimulation row: one channel pulsed, or each number drawn from a Beta distribution between its limits.
 * @throws Bl1Error `agents/encoder` for a picture that does not fit, `agents/network`
 */
export const networkEncoder = (options: NetworkEncoderOptions, rng: Rng): Choice => {
  const { parameters, code } = options
  const distribution: ActionDistribution =
    parameters.code === 'one' ? oneChannel(code.width, parameters.highestCurrentUa) : scaledBeta(code.low, code.high)
  return networkChoice(networkOf(options, distribution.inputs, rng), distribution)
}
