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

/** The rules of the game. Its clock is the loop's and what follows a miss the condition's; the rest of Pong's table is for code. */
const { rules, paper, serve } = pongParameters.unwrap().shape
const gameParameters = group({ rules, paper, serve }, 'the game of Pong')

const parameters = z.strictObject({
  title: z.string().min(1).max(200).default('BL-1 experiment').meta({ description: 'what the report is headed with' }),
  culture: cultureParameters,
  mea: meaParameters,
  encoder: encoderParameters,
  decoder: decoderParameters,
  loop: loopParameters,
  feedback: feedbackParameters,
  pong: gameParameters,
  protocol: protocolParameters,
  simulation: simulationParameters,
})

export type Experiment = z.output<typeof parameters>

/** Values that a value of another group limits. */
const limited = ({ culture, encoder, feedback, mea }: Experiment) => [
  { path: 'culture.cells.startLowMv', value: culture.cells.startLowMv, limit: 'culture.cells.startHighMv', most: culture.cells.startHighMv },
  { path: 'encoder.amplitudeMv', value: encoder.amplitudeMv, limit: 'mea.largestVoltageMv', most: mea.largestVoltageMv },
  { path: 'feedback.predictableAmplitudeMv', value: feedback.predictableAmplitudeMv, limit: 'mea.largestVoltageMv', most: mea.largestVoltageMv },
  { path: 'feedback.unpredictableAmplitudeMv', value: feedback.unpredictableAmplitudeMv, limit: 'mea.largestVoltageMv', most: mea.largestVoltageMv },
  { path: 'feedback.predictableFrequencyHz', value: feedback.predictableFrequencyHz, limit: 'mea.largestRateHz', most: mea.largestRateHz },
]

/** Schema of a config file. What no group can check alone is checked here, before anything runs. */
export const experimentSchema = parameters.superRefine((experiment, context) => {
  for (const { path, value, limit, most } of limited(experiment)) {
    if (value > most) context.addIssue({ code: 'custom', path: path.split('.'), message: `at most ${limit} (${most})` })
  }
  const game = pongParameters.safeParse({ ...experiment.pong, tickMs: experiment.loop.tickMs })
  for (const { path, message } of game.error?.issues ?? []) context.addIssue({ code: 'custom', path: ['pong', ...path], message })
})

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
