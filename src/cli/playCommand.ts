/** `bl1 play`: one session, live in the terminal. */
import { Command, InvalidArgumentError, Option } from 'commander'
import type { EnvSpec } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { withInterrupt } from './context.js'
import { registeredIds, registeredSpec } from './environments.js'
import { countOption, numberOption, seedOption } from './options.js'
import { runByHand, type ByHandFlags } from './play/byHand/command.js'
import { runDoom, type DoomFlags } from './play/doom/command.js'
import { nearest } from './play/nearest.js'
import { runPong } from './play/pongCommand.js'
import { PRESET_NAMES, type PongFlags } from './play/pongSetup.js'
import { PLAYABLE } from './play/protocol.js'

type PlayFlags = PongFlags & DoomFlags & ByHandFlags

/** What a culture can play. */
const GAMES = ['pong', 'doom'] as const
/** How a culture is taught in Pong alone. */
const PONG_TEACHERS = PLAYABLE.pong.filter((name) => !PLAYABLE.doom.some((other) => other === name))
type Player = (typeof GAMES)[number] | 'hand'

const gameOf = (received: string): Player => GAMES.find((game) => game === received) ?? 'hand'

/** The spec of a registered environment. @throws Bl1Error `cli/game` */
const specOf = (received: string): EnvSpec => {
  const ids = registeredIds()
  if (ids.includes(received)) return registeredSpec(received)
  const known = [...GAMES, ...ids]
  throw new Bl1Error('cli/game', { received, known, suggestion: nearest(received, known) })
}

/** The options that not every player takes: who takes them. */
const TAKEN_BY: Readonly<Record<string, readonly Player[]>> = {
  preset: ['pong'],
  feedback: ['pong', 'doom'],
  minutes: ['pong', 'doom'],
  neurons: ['pong', 'doom'],
  rest: ['pong', 'doom'],
  scenario: ['doom'],
  record: ['doom'],
  episodes: ['doom', 'hand'],
  random: ['hand'],
}
const EXAMPLES: Readonly<Record<Player, string>> = { pong: 'pong', doom: 'doom', hand: 'Pong-v0' }

/** @throws Bl1Error `cli/play-option` for an option that belongs to another player */
const requireOptionsFor = (game: string, command: Command): void => {
  for (const [name, players] of Object.entries(TAKEN_BY)) {
    if (players.includes(gameOf(game)) || command.getOptionValueSource(name) !== 'cli') continue
    throw new Bl1Error('cli/play-option', { option: `--${name}`, game, example: EXAMPLES[players[0]] })
  }
}

/** Times real time. Slower, a step would be longer than a timer can wait. */
const SLOWEST = 0.001

const speedOption = (text: string): number | 'max' => {
  if (text === 'max') return text
  const speed = numberOption(text)
  if (speed < SLOWEST) throw new InvalidArgumentError(`expected a number of at least ${SLOWEST}, or max, got '${text}'.`)
  return speed
}

const HELP = `
Examples:
  bl1 play pong
  bl1 play pong --preset learner
  bl1 play pong --preset learner --feedback inverted --speed 8
  bl1 play pong --feedback silent --minutes 5 --seed 3 --speed 4
  bl1 play doom --scenario defend_the_center --record film.png
  bl1 play CartPole-v1
  bl1 play Acrobot-v1 --random --episodes 3 --json

With a culture at the controls (pong, doom), a terminal shows the game, the score and the rates of the motor regions; elsewhere a line every 10
simulated seconds. The feedback open_loop needs another culture's session: see 'bl1 compare'.
The preset learner is a small culture that learns Pong while you watch: neurons, rest, first seed and feedback of configs/learner.yaml, for 12
minutes; any of these that you give wins. With a preset, inverted exchanges the contingency of the preset's own feedback. The feedback reward
needs a culture whose plasticity is modulated by reward (culture.rewardModulation). What was learned, 'bl1 compare configs/learner.yaml' tells.
Doom is the real engine; 'bl1 setup doom' installs what it needs. A film shows screen, automap, actions and spikes at the game's own speed.
A registered environment (CartPole-v1, Pong-v0: 'bl1 check' lists them) is played with the keys that stand below the picture, or by random
actions, which need no terminal.`

export const playCommand = (): Command =>
  new Command('play')
    .description('Plays in the terminal: a culture plays Pong or Doom, or you play a registered environment.')
    .argument('<game>', `what is played: ${GAMES.join(', ')} (by a culture), or the id of an environment (by you)`)
    .option('--preset <name>', `of Pong: a setting of the package, with its own culture, feedback and lengths: ${PRESET_NAMES.join(', ')}`)
    .option('--feedback <name>', `how the culture's play is answered: ${PLAYABLE.doom.join(', ')}; of Pong also ${PONG_TEACHERS.join(', ')}`, 'fep')
    .option('--scenario <name>', 'of Doom: a scenario of the package vizdoom, or the path of a cfg', 'basic')
    .addOption(new Option('--minutes <m>', 'minutes of play').argParser(numberOption).default(2))
    .addOption(new Option('--seed <k>', 'seed of culture and game').argParser(seedOption).default(1))
    .addOption(new Option('--neurons <n>', 'neurons of the culture').argParser(countOption).default(1000))
    .addOption(new Option('--rest <m>', 'minutes of rest before play, in which the decoder adapts').argParser(numberOption).default(0.5))
    .addOption(new Option('--speed <x>', 'times real time, or max (default: 1 in a terminal, max elsewhere)').argParser(speedOption))
    .option('--record <file>', 'of Doom: write a film (.png or .apng, .gif, .mp4)')
    .option('--random', 'random actions instead of keys (environments)')
    .addOption(
      new Option('--episodes <n>', 'episodes to play, in place of minutes or as well (doom; environments: until you quit, 5 with --random)').argParser(countOption),
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((game: string, flags: PlayFlags, command: Command) =>
      withInterrupt(async (signal) => {
        const player = gameOf(game)
        const spec = player === 'hand' ? specOf(game) : undefined
        requireOptionsFor(game, command)
        const isGiven = (option: keyof PlayFlags): boolean => command.getOptionValueSource(option) === 'cli'
        if (spec !== undefined) await runByHand(spec, flags, signal)
        else if (player === 'doom') await runDoom(flags, isGiven('minutes'), signal)
        else await runPong(flags, isGiven, signal)
      }),
    )
