/** `bl1 play pong`: a culture plays Pong, in a worker thread. */
import { provenance, WorkerPool } from '../../io/index.js'
import { boardLayout, type Encounter } from '../../loop/index.js'
import { arrayLayout } from '../../mea/index.js'
import { MS_PER_MINUTE } from '../../units.js'
import { wrapText } from '../wrapText.js'
import { speedOf } from './cultureFlags.js'
import { earlyAndLate } from './hitRates.js'
import { pongSetup, type PongFlags } from './pongSetup.js'
import type { PlayAnswer, PlayProgress, PlayTask } from './protocol.js'
import { drawPlay, plainLine, restText, type PlayState, type SessionFacts } from './screen.js'
import { paragraphOf, summaryOf } from './summary.js'
import { isTerminal, liveView, logView } from './view.js'

const GAME = 'pong'

/**
 * Plays a session and prints what it amounts to.
 * @param isGiven whether an option stands on the command line
 * @throws Bl1Error `cli/preset`, `cli/feedback`, `cli/open-loop`, `config/*`, `parameter/invalid`, `culture/too-large`
 */
export const runPong = async (flags: PongFlags, isGiven: (option: keyof PongFlags) => boolean, signal: AbortSignal): Promise<void> => {
  const { json = false, preset = null } = flags
  const { experiment, feedback, seed } = pongSetup(flags, isGiven)
  const { protocol, culture: { neurons } } = experiment
  const isLive = isTerminal(json)
  const speed = speedOf(flags.speed, isLive)

  const facts: SessionFacts = {
    preset,
    feedback,
    seed,
    neurons,
    totalMs: protocol.playMinutes * MS_PER_MINUTE,
    protocol,
    layout: arrayLayout(experiment.mea.layout),
    board: boardLayout(false, experiment.board),
    restRateHz: experiment.decoder.targetRateHz,
  }
  const encounters: Encounter[] = []
  let state: PlayState = { facts, rested: { doneMs: 0, totalMs: 0 }, frame: undefined, encounters }
  const paragraph = (playedMs: number): string => wrapText(paragraphOf(facts, encounters, playedMs), Math.min(100, process.stdout.columns || 100))
  const view = isLive
    ? liveView(drawPlay)
    : logView<PlayState>({ resting: ({ rested }) => restText({ ...rested, doneMs: 0 }), line: plainLine, playMs: ({ frame }) => frame?.playMs ?? 0 })
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
  const pool = new WorkerPool<PlayTask, PlayAnswer, PlayProgress>(new URL('./worker.js', import.meta.url), { size: 1, signal, workerData: experiment })
  try {
    redraw()
    const answer = await pool.run({ feedback, seed, speed }, { onProgress })
    view.close()
    const { early, late } = earlyAndLate(encounters, protocol, answer.durationMs)
    const identity = { game: GAME, preset, feedback, seed, neurons, restMinutes: protocol.restMinutes }
    const summary = { ...summaryOf(encounters), hitRateEarly: early, hitRateLate: late }
    const document = { ...identity, ...summary, encounters, ...answer, provenance: provenance() }
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
