/** One session of Pong: grown, settled, rested, played, with what a display wants to know on the way. */
import { availableParallelism } from 'node:os'
import { PongEnv } from '../../../envs/pong/index.js'
import { pongPolicy } from '../../bench/index.js'
import { Culture } from '../../culture/index.js'
import { boardLayout, ClosedLoop, motorRegionDecoder, placeRateEncoder, type TickView } from '../../loop/index.js'
import { ElectrodeArray } from '../../mea/index.js'
import { Rng } from '../../rng.js'
import { MS_PER_MINUTE, MS_PER_SECOND } from '../../units.js'
import type { Experiment } from '../experiment.js'
import { Pace } from './pace.js'
import type { PlayAnswer, PlayProgress, PlayTask } from './protocol.js'
import { isLogged } from './view.js'

const FRAMES_PER_SECOND = 15
/** How long the display remembers activity: the decoder's own memory is too short for the eye. */
const ACTIVITY_MEMORY_MS = 500
const REST_PIECE_MINUTES = 0.05

/** Rests in pieces, so that a display hears of it. */
const restInPieces = (loop: ClosedLoop, minutes: number, report: (progress: PlayProgress) => void): void => {
  const totalMs = minutes * MS_PER_MINUTE
  for (let done = 0; done < minutes; done += REST_PIECE_MINUTES) {
    loop.rest(Math.min(REST_PIECE_MINUTES, minutes - done))
    report({ type: 'resting', doneMs: Math.min(totalMs, (done + REST_PIECE_MINUTES) * MS_PER_MINUTE), totalMs })
  }
}

/** Turns ticks into frames and encounters. */
const watcher = (env: PongEnv, pace: Pace, tickMs: number, channels: number, report: (progress: PlayProgress) => void) => {
  const keep = Math.exp(-tickMs / ACTIVITY_MEMORY_MS)
  const electrodeHz = new Float64Array(channels)
  const shown = { up: 0, down: 0 }
  let shownMs = -Infinity
  return ({ playMs, event, isAnswering, isPaused, counts, rates }: Readonly<TickView>): void => {
    for (let channel = 0; channel < channels; channel++) {
      electrodeHz[channel] = electrodeHz[channel] * keep + ((counts[channel] * MS_PER_SECOND) / tickMs) * (1 - keep)
    }
    shown.up = shown.up * keep + (rates['up'] ?? 0) * (1 - keep)
    shown.down = shown.down * keep + (rates['down'] ?? 0) * (1 - keep)
    if (event !== null) {
      const { name, targetHeight, ownHeight, reach, lowest, highest } = event
      report({ type: 'encounter', encounter: { timeMs: playMs, hit: name === 'hit', targetHeight, ownHeight, reach, lowest, highest } })
    }
    const endMs = playMs + tickMs
    pace.keep(endMs)
    const nowMs = performance.now()
    if (!isLogged(playMs, endMs) && nowMs - shownMs < MS_PER_SECOND / FRAMES_PER_SECOND) return
    shownMs = nowMs
    const field = env.render()
    const frame = {
      playMs: endMs,
      field: typeof field === 'string' ? field : '',
      isAnswering,
      isPaused,
      upHz: shown.up,
      downHz: shown.down,
      electrodeHz: [...electrodeHz],
      realTimeFactor: pace.realTimeFactor,
      possibleFactor: pace.possibleFactor,
    }
    report({ type: 'frame', frame })
  }
}

/** Plays one session. */
export const playSession = (experiment: Experiment, { feedback, seed, speed }: PlayTask, report: (progress: PlayProgress) => void): PlayAnswer => {
  const { protocol, loop: timing } = experiment
  const culture = Culture.grow(experiment.culture, seed, { spareThreads: availableParallelism() })
  if (protocol.settleSeconds > 0) culture.advance(protocol.settleSeconds * MS_PER_SECOND)
  const policy = pongPolicy(feedback, protocol.taught, experiment.feedback)
  const env = new PongEnv({ ...experiment.pong, tickMs: timing.tickMs, afterMiss: policy.missEndsRally ? 'end' : 'bounce', renderMode: 'ansi' })
  const board = boardLayout(false, experiment.board)
  const encoder = placeRateEncoder(experiment.encoder, board.places)
  const decoder = motorRegionDecoder(experiment.decoder, board)
  const array = new ElectrodeArray(culture.population, experiment.mea)
  // The serves are those of this culture in a comparison.
  const gameSeed = Rng.fromSeed(seed).split('play').uint32()
  const loop = new ClosedLoop({ env, culture, encoder, decoder, feedback: policy, array, seed: gameSeed, timing })
  restInPieces(loop, protocol.restMinutes, report)
  const pace = new Pace(speed)
  const session = loop.play({ minutes: protocol.playMinutes, onTick: watcher(env, pace, timing.tickMs, array.layout.channels, report) })
  culture.close()
  return {
    durationMs: session.durationMs,
    pulses: session.pulses,
    spikes: session.spikes,
    actionShares: session.actionShares,
    gains: { up: decoder.gains.up, down: decoder.gains.down },
    realTimeFactor: pace.realTimeFactor,
    possibleFactor: pace.possibleFactor,
  }
}
