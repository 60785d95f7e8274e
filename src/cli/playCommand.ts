/** `bl1 play`: one session, live in the terminal. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { closest, distance } from 'fastest-levenshtein'
import type { EnvSpec } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { provenance, WorkerPool } from '../io/index.js'
import type { Encounter } from '../loop/index.js'
import { arrayLayout } from '../mea/index.js'
import { readParameters } from '../parameters.js'
import { MS_PER_MINUTE } from '../units.js'
import { withInterrupt } from './context.js'
import { registeredIds, registeredSpec } from './environments.js'
import { experimentSchema } from './experiment.js'
import { requireMemory } from './memory.js'
import { countOption, numberOption, seedOption } from './options.js'
import { runByHand, type ByHandFlags } from './play/byHand/command.js'
import { LiveScreen } from './play/liveScreen.js'
import { PLAYABLE, type PlayableFeedback, type PlayAnswer, type PlayProgress, type PlayTask } from './play/protocol.js'
import { drawPlay, plainLine, restText, type PlayState } from './play/screen.js'
import { LOG_EVERY_MS } from './play/session.js'
import { paragraphOf, summaryOf } from './play/summary.js'
import { wrapText } from './wrapText.js'

interface PlayFlags {
  readonly feedback: string
  readonly minutes: number
  readonly seed: number
  readonly neurons: number
  readonly rest: number
  readonly speed?: number | 'max'
  readonly json?: boolean
}

/** What a culture can play. */
const GAMES = ['pong'] as const

const nearest = (word: string, known: readonly string[]): string | undefined => {
  const found = closest(word, [...known])
  return distance(word, found) <= Math.max(2, found.length / 2) ? found : undefined
}

const isGame = (received: string): boolean => GAMES.some((game) => game === received)

/** The spec of a registered environment. @throws Bl1Error `cli/game` */
const specOf = (received: string): EnvSpec => {
  const ids = registeredIds()
  if (ids.includes(received)) return registeredSpec(received)
  const known = [...GAMES, ...ids]
  throw new Bl1Error('cli/game', { received, known, suggestion: nearest(received, known) })
}

/** Options that say how a culture plays, and those that say how anybody else does. @throws Bl1Error `cli/play-option` */
const requireOptionsFor = (game: string, command: Command): void => {
  const foreign = isGame(game) ? ['random', 'episodes'] : ['feedback', 'minutes', 'neurons', 'rest']
  const given = foreign.find((name) => command.getOptionValueSource(name) === 'cli')
  if (given !== undefined) throw new Bl1Error('cli/play-option', { option: `--${given}`, game, example: isGame(game) ? 'Pong-v0' : 'pong' })
}

/** @throws Bl1Error `cli/feedback`, `cli/open-loop` */
const feedbackOf = (received: string): PlayableFeedback => {
  if (received === 'open_loop') throw new Bl1Error('cli/open-loop', { known: PLAYABLE })
  const found = PLAYABLE.find((name) => name === received)
  if (found === undefined) throw new Bl1Error('cli/feedback', { received, known: PLAYABLE, suggestion: nearest(received, PLAYABLE) })
  return found
}

/** Times real time. Slower, a step would be longer than a timer can wait. */
const SLOWEST = 0.001

const speedOption = (text: string): number | 'max' => {
  if (text === 'max') return text
  const speed = numberOption(text)
  if (speed < SLOWEST) throw new InvalidArgumentError(`expected a number of at least ${SLOWEST}, or max, got '${text}'.`)
  return speed
}

/** Where the session shows: a live screen, or lines in a log. */
interface View {
  readonly resting: (state: PlayState) => void
  readonly changed: (state: PlayState) => void
  readonly close: () => void
}

const liveView = (): View => {
  const screen = new LiveScreen(process.stdout)
  const draw = (state: PlayState): void => screen.draw(drawPlay(state))
  return { resting: draw, changed: draw, close: screen.close }
}

const logView = (): View => {
  let [saidRest, logged] = [false, 0]
  const write = (text: string): void => void process.stderr.write(`${text}\n`)
  return {
    resting: ({ rested }) => {
      if (!saidRest) write(restText({ ...rested, doneMs: 0 }))
      saidRest = true
    },
    changed: (state) => {
      const due = Math.floor((state.frame?.playMs ?? 0) / LOG_EVERY_MS)
      if (due > logged) write(plainLine(state))
      logged = Math.max(logged, due)
    },
    close: () => undefined,
  }
}

const run = async (game: string, flags: PlayFlags, signal: AbortSignal): Promise<void> => {
  const feedback = feedbackOf(flags.feedback)
  const { seed, neurons, json = false } = flags
  const experiment = readParameters(
    experimentSchema,
    { culture: { neurons }, protocol: { playMinutes: flags.minutes, restMinutes: flags.rest } },
    'bl1 play',
  )
  requireMemory(experiment.culture, 1)
  const isLive = process.stdout.isTTY && !json && process.env['TERM'] !== 'dumb'
  // Nobody watches a log: it need not wait for the clock.
  const speed = flags.speed ?? (isLive ? 1 : 'max')

  const totalMs = flags.minutes * MS_PER_MINUTE
  const facts = { feedback, seed, neurons, totalMs, layout: arrayLayout(experiment.mea.layout), restRateHz: experiment.decoder.targetRateHz }
  const encounters: Encounter[] = []
  let state: PlayState = { facts, rested: { doneMs: 0, totalMs: 0 }, frame: undefined, encounters }
  const paragraph = (playedMs: number): string => wrapText(paragraphOf(facts, encounters, playedMs), Math.min(100, process.stdout.columns ?? 100))
  const view = isLive ? liveView() : logView()
  const onProgress = (progress: PlayProgress): void => {
    if (progress.type === 'encounter') {
      encounters.push(progress.encounter)
    } else if (progress.type === 'frame') {
      state = { ...state, frame: progress.frame }
      view.changed(state)
    } else {
      state = { ...state, rested: progress }
      view.resting(state)
    }
  }
  // At once, so that a second Ctrl-C finds the terminal as it was.
  signal.addEventListener('abort', view.close)
  const redraw = (): void => (isLive ? view.changed(state) : undefined)
  process.stdout.on('resize', redraw)
  const pool = new WorkerPool<PlayTask, PlayAnswer, PlayProgress>(new URL('./play/worker.js', import.meta.url), { size: 1, signal, workerData: experiment })
  try {
    redraw()
    const answer = await pool.run({ feedback, seed, speed: speed === 'max' ? null : speed }, { onProgress })
    view.close()
    const document = { game, feedback, seed, neurons, restMinutes: flags.rest, ...summaryOf(encounters), encounters, ...answer, provenance: provenance() }
    process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${paragraph(answer.durationMs)}\n`)
  } catch (error) {
    view.close()
    if (signal.aborted && !json) process.stdout.write(`${paragraph(state.frame?.playMs ?? 0)}\n`)
    throw error
  } finally {
    view.close()
    process.stdout.removeListener('resize', redraw)
    signal.removeEventListener('abort', view.close)
    await pool.close()
  }
}

const HELP = `
Examples:
  bl1 play pong
  bl1 play pong --feedback silent --minutes 5 --seed 3 --speed 4
  bl1 play CartPole-v1
  bl1 play Acrobot-v1 --random --episodes 3 --json

With a culture at the controls (pong), a terminal shows the field, the score, the rates of the motor regions and the array; elsewhere a line
every 10 simulated seconds. The feedback open_loop needs another culture's session: see 'bl1 compare'.
A registered environment (CartPole-v1, Pong-v0: 'bl1 check' lists them) is played with the keys that stand below the picture, or by random
actions, which need no terminal.`

export const playCommand = (): Command =>
  new Command('play')
    .description('Plays in the terminal: a culture plays Pong, or you play a registered environment.')
    .argument('<game>', `what is played: ${GAMES.join(', ')} (by a culture), or the id of an environment (by you)`)
    .option('--feedback <name>', `how hits and misses are answered: ${PLAYABLE.join(', ')}`, 'fep')
    .addOption(new Option('--minutes <m>', 'minutes of play').argParser(numberOption).default(2))
    .addOption(new Option('--seed <k>', 'seed of culture and serves').argParser(seedOption).default(1))
    .addOption(new Option('--neurons <n>', 'neurons of the culture').argParser(countOption).default(1000))
    .addOption(new Option('--rest <m>', 'minutes of rest before play, in which the decoder adapts').argParser(numberOption).default(0.5))
    .addOption(new Option('--speed <x>', 'times real time, or max (default: 1 in a terminal, max elsewhere)').argParser(speedOption))
    .option('--random', 'random actions instead of keys (environments)')
    .addOption(new Option('--episodes <n>', 'episodes to play (environments; default: until you quit, 5 with --random)').argParser(countOption))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((game: string, flags: PlayFlags & ByHandFlags, command: Command) =>
      withInterrupt(async (signal) => {
        const spec = isGame(game) ? undefined : specOf(game)
        requireOptionsFor(game, command)
        await (spec === undefined ? run(game, flags, signal) : runByHand(spec, flags, signal))
      }),
    )
