/** The config of an experiment: every room's parameters under one roof. Configs, their JSON schema and `bl1 config` come from it. */
import { z } from 'zod'
import { PongEnv, pongParameters } from '../../envs/pong/index.js'
import { protocolParameters, type TrialParts } from '../bench/index.js'
import { cultureParameters } from '../culture/index.js'
import { feedbackParameters } from '../feedback/index.js'
import { decoderParameters, encoderParameters, loopParameters } from '../loop/index.js'
import { meaParameters } from '../mea/index.js'
import { group, quantity } from '../parameters.js'

/** Schema of `bl1 simulate`. */
export const simulationParameters = group(
  {
    settleSeconds: quantity({ default: 10, unit: 's', min: 0, max: 3600, doc: 'first seconds, thrown away' }),
    recordSeconds: quantity({ default: 120, unit: 's', above: 0, max: 360_000, doc: 'recorded activity' }),
  },
  'spontaneous activity without array and game',
)

/** Schema of a config file. */
export const experimentSchema = z.strictObject({
  title: z.string().min(1).max(200).default('BL-1 experiment').meta({ description: 'what the report is headed with' }),
  culture: cultureParameters,
  mea: meaParameters,
  encoder: encoderParameters,
  decoder: decoderParameters,
  loop: loopParameters,
  feedback: feedbackParameters,
  pong: pongParameters,
  protocol: protocolParameters,
  simulation: simulationParameters,
})

export type Experiment = z.output<typeof experimentSchema>

/** What the trials of an experiment are made of. */
export const trialParts = (experiment: Experiment): TrialParts => ({
  culture: experiment.culture,
  mea: experiment.mea,
  encoder: experiment.encoder,
  decoder: experiment.decoder,
  loop: experiment.loop,
  feedback: experiment.feedback,
  protocol: experiment.protocol,
  makeGame: (afterMiss) => new PongEnv({ ...experiment.pong, tickMs: experiment.loop.tickMs, afterMiss }),
})
