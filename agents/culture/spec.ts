/** What an agent around a culture is built from: as its maker says it, and as plain JSON that builds the same agent again. */
import { z } from 'zod'
import { meaParameters, type MeaOptions } from '../../src/mea/index.js'
import type { Space, SpaceJSON } from '../../src/spaces/index.js'
import type { FixedEncoding } from './encoders/fixedEncoder.js'
import type { ImageShape } from './encoders/networkEncoder.js'
import { cultureAgentParameters, type CultureAgentOptions, type CultureAgentParameters } from './parameters.js'

/** What `new CultureAgent` takes. */
export interface CultureAgentSpec {
  /** Numbers of a flat observation. */
  readonly observationWidth: number
  /** The picture at the end of the observation, for an encoder of the kind 'cnn'. */
  readonly image?: ImageShape
  /** Discrete, MultiDiscrete, MultiBinary or a Box of floats. */
  readonly actionSpace: Space
  /** Any part of the table `cultureAgentParameters`. */
  readonly parameters?: CultureAgentOptions
  /** The array, whose limits the encoder keeps. */
  readonly mea?: MeaOptions
  /** What an encoder of the kind 'fixed' does. */
  readonly fixed?: FixedEncoding
}

/** The same as plain JSON, every value set; a fixed encoding, being a function, is not in it. */
export interface CultureAgentSpecJSON {
  readonly observationWidth: number
  readonly image: ImageShape | null
  readonly actionSpace: SpaceJSON
  readonly parameters: CultureAgentParameters
  readonly mea: z.output<typeof meaParameters>
}

const pixels = z.int().min(1)

/** Schema of a spec in JSON. */
export const cultureAgentSpecJSON = z.strictObject({
  observationWidth: z.int().min(1),
  image: z.strictObject({ height: pixels, width: pixels, channels: pixels }).nullable(),
  actionSpace: z.looseObject({ kind: z.string() }),
  parameters: cultureAgentParameters,
  mea: meaParameters,
})
