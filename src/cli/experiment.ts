/** The config of an experiment: every room's parameters under one roof. Configs, their JSON schema and `bl1 config` come from it. */
import { z } from 'zod'
import { pongParameters } from '../../envs/pong/index.js'
import { EPISODE_CONDITION_NAMES, PONG_CONDITION_NAMES, PONG_DEFAULT_CONDITIONS, protocolParameters, type ConditionName } from '../bench/index.js'
import { cultureParameters } from '../culture/index.js'
import { feedbackParameters } from '../feedback/index.js'
import { boardParameters, decoderParameters, encoderParameters, loopParameters } from '../loop/index.js'
import { meaParameters } from '../mea/index.js'
import { choice, group, quantity } from '../parameters.js'
import { doomExperiment } from './doomExperiment.js'

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
  game: choice(['pong', 'doom'], 'pong', "what is played: 'pong' (board, encoder, decoder, loop, feedback and pong below) or 'doom' (everything under doom)"),
  culture: cultureParameters,
  mea: meaParameters,
  board: boardParameters,
  encoder: encoderParameters,
  decoder: decoderParameters,
  loop: loopParameters,
  feedback: feedbackParameters,
  pong: gameParameters,
  doom: doomExperiment,
  protocol: protocolParameters,
  simulation: simulationParameters,
})

export type Experiment = z.output<typeof parameters>

/** Values that may not exceed another value: the array refuses stronger and faster pulses, and ranges begin before they end. */
const LIMITED = {
  both: [['culture.cells.startLowMv', 'culture.cells.startHighMv']],
  pong: [
    ['encoder.amplitudeMv', 'mea.largestVoltageMv'],
    ['feedback.predictableAmplitudeMv', 'mea.largestVoltageMv'],
    ['feedback.unpredictableAmplitudeMv', 'mea.largestVoltageMv'],
    ['feedback.predictableFrequencyHz', 'mea.largestRateHz'],
  ],
  doom: [
    ['doom.feedback.largestCurrentUa', 'mea.largestCurrentUa'],
    ['doom.encoder.lowestRateHz', 'doom.encoder.highestRateHz'],
    ['doom.encoder.highestRateHz', 'mea.largestRateHz'],
    ['doom.encoder.lowestCurrentUa', 'doom.encoder.highestCurrentUa'],
    ['doom.encoder.highestCurrentUa', 'mea.largestCurrentUa'],
    ['doom.feedback.smallestFrequencyHz', 'doom.feedback.largestFrequencyHz'],
    ['doom.feedback.smallestCurrentUa', 'doom.feedback.largestCurrentUa'],
  ],
} as const

/** What each game can be compared under. */
const CONDITIONS_OF: Readonly<Record<Experiment['game'], readonly ConditionName[]>> = { pong: PONG_CONDITION_NAMES, doom: EPISODE_CONDITION_NAMES }

const numberAt = (experiment: Experiment, path: string): number =>
  Number(
    path.split('.').reduce<unknown>((node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined), experiment),
  )

const defaults = parameters.parse({})

/** Conditions that are left at their default are everything in Doom, and in Pong the default with whoever is put to the test. */
const withOwnConditions = (experiment: Experiment): Experiment => {
  const { game, protocol } = experiment
  const { conditions, taught } = protocol
  const isDefault = conditions.length === PONG_DEFAULT_CONDITIONS.length && PONG_DEFAULT_CONDITIONS.every((name, k) => conditions[k] === name)
  if (!isDefault) return experiment
  const own = game === 'pong' ? new Set([taught, ...conditions]) : CONDITIONS_OF[game]
  return { ...experiment, protocol: { ...protocol, conditions: [...own] } }
}

/** What the teacher that is put to the test needs of the game, the culture and the other conditions: path and what is wanted there. */
const needsOfTeacher = ({ game, culture, protocol: { taught, conditions } }: Experiment): (readonly [path: readonly PropertyKey[], wanted: string])[] => {
  if (game !== 'pong' && taught !== 'fep') return [[['protocol', 'taught'], `'fep' in ${game}`]]
  const isByReward = taught === 'reward'
  const modulation = isByReward
    ? "true where protocol.taught is 'reward', since plain STDP knows no reward"
    : `false where protocol.taught is '${taught}', which teaches by STDP without reward`
  const misplaced = game === 'pong' && !isByReward ? conditions.indexOf('reward') : -1
  return [
    ...(culture.rewardModulation.enabled === isByReward ? [] : [[['culture', 'rewardModulation', 'enabled'], modulation] as const]),
    ...(misplaced < 0 ? [] : [[['protocol', 'conditions', misplaced], `a condition without reward where protocol.taught is '${taught}'`] as const]),
  ]
}

/** Schema of a config file. What no group can check alone is checked here, before anything runs. */
export const experimentSchema = parameters.overwrite(withOwnConditions).superRefine((experiment, context) => {
  for (const [path, limit] of [...LIMITED.both, ...LIMITED[experiment.game]]) {
    const [value, most] = [numberAt(experiment, path), numberAt(experiment, limit)]
    if (value <= most) continue
    // Of the two the user is told about the one that was changed.
    const isLimitChanged = value === numberAt(defaults, path)
    const [named, message] = isLimitChanged ? [limit, `at least ${path} (${value})`] : [path, `at most ${limit} (${most})`]
    context.addIssue({ code: 'custom', path: named.split('.'), message })
  }
  const known = CONDITIONS_OF[experiment.game]
  for (const [k, condition] of experiment.protocol.conditions.entries()) {
    if (known.includes(condition)) continue
    const message = `one of ${known.map((name) => `'${name}'`).join(', ')} in ${experiment.game}`
    context.addIssue({ code: 'custom', path: ['protocol', 'conditions', k], message })
  }
  for (const [path, message] of needsOfTeacher(experiment)) context.addIssue({ code: 'custom', path: [...path], message })
  const game = pongParameters.safeParse({ ...experiment.pong, tickMs: experiment.loop.tickMs })
  for (const { path, message } of game.error?.issues ?? []) context.addIssue({ code: 'custom', path: ['pong', ...path], message })
})
