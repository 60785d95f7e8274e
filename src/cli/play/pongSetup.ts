/** What a session of Pong is made of: the default experiment or a preset, and what the command line says instead. */
import { join } from 'node:path'
import { packageRoot } from '../../bridge/python.js'
import { Bl1Error } from '../../errors.js'
import { loadConfig } from '../../io/index.js'
import { experimentSchema, type Experiment } from '../experiment.js'
import { requireMemory } from '../memory.js'
import { experimentOf, feedbackOf, type CultureFlags } from './cultureFlags.js'
import { nearest } from './nearest.js'
import { PLAYABLE, type PongFeedback } from './protocol.js'

/** What `bl1 play pong` is given. */
export interface PongFlags extends CultureFlags {
  readonly preset?: string
}

/** Configs of the package that are worth watching, and the minutes after which a session has shown what it can. */
const PRESETS = { learner: { file: 'learner.yaml', playMinutes: 12 } } as const
type PresetName = keyof typeof PRESETS

/** The names of the presets. */
export const PRESET_NAMES = Object.keys(PRESETS).filter((name): name is PresetName => name in PRESETS)

/** What is played. */
export interface PongSetup {
  readonly experiment: Experiment
  readonly feedback: PongFeedback
  readonly seed: number
}

const presetOf = (received: string) => {
  const name = PRESET_NAMES.find((known) => known === received)
  if (name === undefined) throw new Bl1Error('cli/preset', { received, known: PRESET_NAMES, suggestion: nearest(received, PRESET_NAMES) })
  return PRESETS[name]
}

type IsGiven = (option: keyof PongFlags) => boolean

/** Its own values hold, its taught condition and its first culture too, where the command line says nothing. */
const presetSetup = (name: string, flags: PongFlags, isGiven: IsGiven): PongSetup => {
  const { file, playMinutes } = presetOf(name)
  const given = (option: 'neurons' | 'minutes' | 'rest' | 'seed'): number | undefined => (isGiven(option) ? flags[option] : undefined)
  const feedback = isGiven('feedback') ? feedbackOf(flags.feedback, PLAYABLE.pong) : undefined
  const { config: experiment } = loadConfig(join(packageRoot(), 'configs', file), experimentSchema, {
    overrides: [
      { path: 'culture.neurons', value: given('neurons'), origin: '--neurons' },
      { path: 'protocol.playMinutes', value: given('minutes') ?? playMinutes, origin: '--minutes' },
      { path: 'protocol.restMinutes', value: given('rest'), origin: '--rest' },
      // The schema knows what a culture needs to be rewarded.
      { path: 'protocol.taught', value: feedback === 'reward' ? feedback : undefined, origin: '--feedback' },
    ],
  })
  requireMemory(experiment.culture, 1)
  return { experiment, feedback: feedback ?? experiment.protocol.taught, seed: given('seed') ?? experiment.protocol.firstSeed }
}

/**
 * The experiment that a session is one trial of, how it is answered, and the seed. Without a preset the options' defaults hold.
 * @param isGiven whether an option stands on the command line: only then it wins over a preset
 * @throws Bl1Error `cli/preset`, `cli/feedback`, `cli/open-loop`, `config/*`, `parameter/invalid`, `culture/too-large`
 */
export const pongSetup = (flags: PongFlags, isGiven: IsGiven): PongSetup => {
  if (flags.preset !== undefined) return presetSetup(flags.preset, flags, isGiven)
  const feedback = feedbackOf(flags.feedback, PLAYABLE.pong)
  return { experiment: experimentOf(flags, feedback === 'reward' ? feedback : 'fep'), feedback, seed: flags.seed }
}
