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

/** Values that may not exceed another value: the array refuses stronger and faster pulses. */
const LIMITED = [
  ['culture.cells.startLowMv', 'culture.cells.startHighMv'],
  ['encoder.amplitudeMv', 'mea.largestVoltageMv'],
  ['feedback.predictableAmplitudeMv', 'mea.largestVoltageMv'],
  ['feedback.unpredictableAmplitudeMv', 'mea.largestVoltageMv'],
  ['feedback.predictableFrequencyHz', 'mea.largestRateHz'],
] as const

const numberAt = (experiment: Experiment, path: string): number =>
  Number(
    path.split('.').reduce<unknown>((node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined), experiment),
  )

const defaults = parameters.parse({})

/** Schema of a config file. What no group can check alone is checked here, before anything runs. */
export const experimentSchema = parameters.superRefine((experiment, context) => {
  for (const [path, limit] of LIMITED) {
    const [value, most] = [numberAt(experiment, path), numberAt(experiment, limit)]
    if (value <= most) continue
    // Of the two the user is told about the one that was changed.
    const isLimitChanged = value === numberAt(defaults, path)
    const [named, message] = isLimitChanged ? [limit, `at least ${path} (${value})`] : [path, `at most ${limit} (${most})`]
    context.addIssue({ code: 'custom', path: named.split('.'), message })
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
