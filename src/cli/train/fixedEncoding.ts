/** The fixed code that a trained encoder is compared with: which channel is pulsed, and how fast, is a rule and not learned. */
import { placeRateEncoding, type FixedEncoding, type ObservationScale } from '../../../agents/index.js'
import { Bl1Error } from '../../errors.js'
import type { TrainingConfig } from './experiment.js'
import { agentParametersOf } from './presets.js'

/**
 * The place and rate code of Pong for `kind: 'fixed'`, undefined for the other kinds.
 * @throws Bl1Error `parameter/invalid` for another game, of which no code is known
 */
export const fixedEncodingOf = (config: TrainingConfig, scale: ObservationScale): FixedEncoding | undefined => {
  const { encoder } = agentParametersOf(config)
  if (encoder.kind !== 'fixed') return undefined
  if (config.env.id !== 'Pong-v0') {
    throw new Bl1Error('parameter/invalid', {
      path: 'cultureAgent.encoder.kind', expected: `'mlp' or 'cnn' in ${config.env.id}`, received: "'fixed'", where: 'training config', remedy: 'A fixed code is known of Pong-v0 alone.',
    })
  }
  const encode = placeRateEncoding(encoder)
  return (row, frequencyHz, currentUa) => {
    const observed = scale === null ? row : row.map((value, place) => value * scale[place].scale + scale[place].offset)
    encode(observed, frequencyHz, currentUa)
  }
}
