/** What a comparison takes from its trained agents in place of its config: culture, array, clock, rules of the game. */
import { Bl1Error } from '../../errors.js'
import type { ConfigOverride } from '../../io/index.js'
import type { Experiment } from '../experiment.js'
import { specOfTraining } from '../train/presets.js'
import type { TrainedAgent } from '../trainedAgent.js'

const ORIGIN = '--agent'
const GAMES: Readonly<Record<string, Experiment['game']>> = { 'Pong-v0': 'pong', 'Doom-v0': 'doom' }
/** The rules of Pong that a config can have. */
const PONG_RULES = ['rules', 'paper', 'serve'] as const
/** What a config can say of the game of Doom. */
const DOOM_RULES = ['scenario', 'skill', 'timeoutTics', 'ticsPerStep'] as const

/**
 * The overrides of the config. The cultures have settled and the decoder adapts nothing, so there is no rest; nor is the decoder trained for
 * exchanged directions.
 */
export const agentOverrides = (agents: readonly TrainedAgent[]): ConfigOverride[] => {
  if (agents.length === 0) return []
  const { config } = agents[0]
  const { culture, mea, dishes: { latencyMs, blindMs, pauseMs }, cultureAgent: { stepMs }, env: { id } } = config
  const { options } = specOfTraining(config)
  const rulesOf = (game: Experiment['game'], rules: readonly string[]) =>
    GAMES[id] === game ? rules.map((rule) => [`${game}.${rule}`, options[rule]] as const) : []
  const values: readonly (readonly [path: string, value: unknown])[] = [
    ['protocol.cultures', agents.length > 1 ? agents.length : undefined],
    ['protocol.settleSeconds', 0],
    ['protocol.restMinutes', 0],
    ['protocol.exchangeUpDown', false],
    ['culture', culture],
    ['mea', mea],
    ['loop', { tickMs: stepMs, latencyMs, blindMs }],
    ...rulesOf('pong', PONG_RULES),
    ...rulesOf('doom', DOOM_RULES),
    ['doom.exchangeLeftRight', false],
    ['doom.loop', { latencyMs, blindMs, pauseMs }],
  ]
  return values.map(([path, value]) => ({ path, value, origin: ORIGIN }))
}

/** @throws Bl1Error `trained/game` for an agent of another game */
export const requireGame = (agents: readonly TrainedAgent[], { game }: Experiment): void => {
  for (const { file, config: { env: { id } } } of agents) {
    if (GAMES[id] !== game) throw new Bl1Error('trained/game', { file, game: id, config: game })
  }
}
