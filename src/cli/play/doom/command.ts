/** `bl1 play doom`: a culture plays Doom. The engine is a process of its own; the culture lives in this one, a step of the game at a time. */
import { resolve } from 'node:path'
import { doomScenarios, otherDoomScenarios, type DoomScenario } from '../../../../envs/doom/names.js'
import { Bl1Error } from '../../../errors.js'
import { provenance } from '../../../io/index.js'
import { throwIfInterrupted } from '../../context.js'
import { wrapText } from '../../wrapText.js'
import { experimentOf, feedbackOf, speedOf, type CultureFlags } from '../cultureFlags.js'
import { nearest } from '../nearest.js'
import { PLAYABLE } from '../protocol.js'
import { restText } from '../screen.js'
import { isTerminal, liveView, logView } from '../view.js'
import { DoomFilm, FILM_MINUTES } from './film.js'
import { doomPlainLine, drawDoomPlay, type DoomPlayState } from './screen.js'
import { playDoomSession, type DoomAnswer, type DoomTask } from './session.js'
import { doomParagraphOf, doomSummaryOf } from './summary.js'

/** What `bl1 play doom` is given beside the options of every culture. */
export interface DoomFlags extends CultureFlags {
  readonly scenario: string
  readonly episodes?: number
  readonly record?: string
}

const GAME = 'doom'

const SCENARIOS = [...doomScenarios, ...otherDoomScenarios]

/** A scenario of the package, or the path of a cfg, which the engine judges. @throws Bl1Error `cli/scenario` */
const scenarioOf = (received: string): DoomScenario => {
  const found = SCENARIOS.find((name) => name === received)
  if (found !== undefined) return found
  // The engine runs in a folder of its own.
  if (/[/\\]|\.cfg$/i.test(received)) return resolve(received) as DoomScenario
  throw new Bl1Error('cli/scenario', { received, known: SCENARIOS, suggestion: nearest(received, SCENARIOS) })
}

const documentOf = ({ facts, spec, session, gains, realTimeFactor, possibleFactor }: DoomAnswer) => {
  const { scenario, feedback, seed, neurons } = facts
  const { durationMs, episodes, answers, pulses, droppedPulses, spikes, steps, actionShares } = session
  const played = { durationMs, steps, spikes, pulses, droppedPulses, answers: answers.length, actionShares, gains, realTimeFactor, possibleFactor }
  return { game: GAME, scenario, feedback, seed, neurons, ...doomSummaryOf(episodes), played: episodes, ...played, spec }
}

/**
 * Plays a session and prints what it amounts to. Interrupted, it leaves a film that can be played, says how far it came, and throws.
 * @param hasMinutes whether the length was asked for; without it, episodes alone end the session
 * @throws Bl1Error `cli/*`, `parameter/invalid`, `culture/too-large`, `recording/*`, `bridge/*`, `doom/*`, `run/interrupted`
 */
export const runDoom = async (flags: DoomFlags, hasMinutes: boolean, signal: AbortSignal): Promise<void> => {
  const { seed, json = false, episodes = null, record } = flags
  const scenario = scenarioOf(flags.scenario)
  const feedback = feedbackOf(flags.feedback, PLAYABLE.doom)
  const experiment = experimentOf(flags)
  const isLive = isTerminal(json)
  const speed = speedOf(flags.speed, isLive)
  const task: DoomTask = { scenario, feedback, seed, speed, episodes, minutes: episodes !== null && !hasMinutes ? null : flags.minutes }

  const notes: string[] = []
  const film = record === undefined ? undefined : new DoomFilm(record, () => notes.push(`The film is full: it ends after ${FILM_MINUTES} minutes of play.`))
  let state: DoomPlayState | undefined
  const show = (change: Partial<DoomPlayState>, draw: (state: DoomPlayState) => void): void => {
    if (state === undefined) return
    state = { ...state, ...change }
    draw(state)
  }
  const view = isLive
    ? liveView<DoomPlayState>((shown) =>
        drawDoomPlay(shown, { columns: process.stdout.columns, rows: process.stdout.rows, colorDepth: process.stdout.getColorDepth() }),
      )
    : logView<DoomPlayState>({
        resting: ({ rested }) => restText({ ...rested, doneMs: 0 }),
        line: doomPlainLine,
        playMs: ({ moment }) => moment?.playMs ?? 0,
      })
  const redraw = (): void => (isLive ? show({}, view.changed) : undefined)
  // At once, so that a second Ctrl-C finds the terminal as it was.
  signal.addEventListener('abort', view.close)
  process.stdout.on('resize', redraw)
  try {
    const answer = await playDoomSession(
      experiment,
      task,
      {
        film,
        seesPicture: isLive,
        started: (facts) => {
          state = { facts, rested: { doneMs: 0, totalMs: 0 }, moment: undefined }
          redraw()
        },
        resting: (doneMs, totalMs) => show({ rested: { doneMs, totalMs } }, view.resting),
        changed: (moment) => show({ moment }, view.changed),
      },
      signal,
    )
    view.close()
    const filmed = film?.finish() ?? null
    if (filmed !== null) notes.push(`${filmed.path}: ${filmed.frames} frames, ${filmed.seconds.toFixed(1)} s at the game's own speed.`)
    if (!json) process.stdout.write(`${wrapText(doomParagraphOf(answer.facts, answer.session), Math.min(100, process.stdout.columns || 100))}\n`)
    for (const note of notes) process.stderr.write(`${note}\n`)
    throwIfInterrupted(signal, 'play')
    if (json) process.stdout.write(`${JSON.stringify({ ...documentOf(answer), restMinutes: flags.rest, film: filmed, provenance: provenance() })}\n`)
  } finally {
    view.close()
    process.stdout.removeListener('resize', redraw)
    signal.removeEventListener('abort', view.close)
    film?.finish()
  }
}
