/** One session of Doom: engine started, culture grown, settled, rested, played; watched and filmed on the way. */
import { availableParallelism } from 'node:os'
import { setImmediate, setTimeout as delay } from 'node:timers/promises'
import { doomCultureEnv, doomCultureLayout, doomFeedback, doomGroupDecoder, doomPlaceRateEncoder, type DoomFeedbackCondition } from '../../../../envs/doom/culture/index.js'
import { DoomEnv, type DoomScenario } from '../../../../envs/doom/index.js'
import { Culture } from '../../../culture/index.js'
import type { EnvSpec } from '../../../env/index.js'
import { SteppedLoop, type SteppedSession } from '../../../loop/index.js'
import { ElectrodeArray } from '../../../mea/index.js'
import { Rng } from '../../../rng.js'
import type { MultiDiscrete } from '../../../spaces/index.js'
import { MS_PER_MINUTE, MS_PER_SECOND } from '../../../units.js'
import { throwIfInterrupted } from '../../context.js'
import { doomGameOptions, doomTiming } from '../../doomGame.js'
import type { Experiment } from '../../experiment.js'
import { Pace } from '../pace.js'
import { isLogged } from '../view.js'
import type { DoomFacts, DoomMoment } from './facts.js'
import type { DoomFilm } from './film.js'
import { drawDoomScene } from './picture/compose.js'
import { Lettering } from './picture/lettering.js'
import { DoomWatcher } from './watcher.js'

const FRAMES_PER_SECOND = 15
/** Simulated time that the culture rests at a stretch, before anything else is heard. */
const REST_PIECE_MINUTES = 0.01

/** What is played. */
export interface DoomTask {
  readonly scenario: DoomScenario
  readonly feedback: DoomFeedbackCondition
  readonly seed: number
  /** Simulated time per time on the clock; null for as fast as it goes. */
  readonly speed: number | null
  readonly minutes: number | null
  readonly episodes: number | null
}

/** Who watches. */
export interface DoomAudience {
  readonly film: DoomFilm | undefined
  /** Whether moments need the picture. */
  readonly seesPicture: boolean
  readonly started: (facts: DoomFacts) => void
  readonly resting: (doneMs: number, totalMs: number) => void
  /** Often where somebody looks, and at least every ten simulated seconds. */
  readonly changed: (moment: DoomMoment) => void
}

/** A session that was played, or ended early. */
export interface DoomAnswer {
  readonly facts: DoomFacts
  readonly spec: EnvSpec
  readonly session: SteppedSession
  readonly gains: readonly (readonly number[])[]
  readonly realTimeFactor: number
  readonly possibleFactor: number
}

const restInPieces = async (loop: Pick<SteppedLoop, 'rest'>, minutes: number, signal: AbortSignal, report: DoomAudience['resting']): Promise<void> => {
  const totalMs = minutes * MS_PER_MINUTE
  for (let done = 0; done < minutes && !signal.aborted; done += REST_PIECE_MINUTES) {
    loop.rest(Math.min(REST_PIECE_MINUTES, minutes - done))
    report(Math.min(totalMs, (done + REST_PIECE_MINUTES) * MS_PER_MINUTE), totalMs)
    await setImmediate()
  }
}

/** Waits, or until the signal. */
const waitFor = (signal: AbortSignal) => (ms: number): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined)

/** Plays one session in an engine that belongs to the caller. */
const playIn = async (env: DoomEnv<MultiDiscrete>, experiment: Experiment, task: DoomTask, audience: DoomAudience, signal: AbortSignal): Promise<DoomAnswer> => {
  const { protocol, doom } = experiment
  const { seed, film } = { seed: task.seed, film: audience.film }
  const layout = doomCultureLayout()
  const decoder = doomGroupDecoder(doom.decoder, env.heads, layout)
  const facts: DoomFacts = {
    scenario: task.scenario,
    feedback: task.feedback,
    seed,
    neurons: experiment.culture.neurons,
    totalMs: task.minutes === null ? null : task.minutes * MS_PER_MINUTE,
    episodes: task.episodes,
    heads: env.heads,
    restRateHz: doom.decoder.targetRateHz,
  }
  audience.started(facts)
  const culture = Culture.grow(experiment.culture, seed, { spareThreads: availableParallelism() })
  try {
    if (protocol.settleSeconds > 0) culture.advance(protocol.settleSeconds * MS_PER_SECOND)
    const array = new ElectrodeArray(culture.population, experiment.mea)
    const loop = new SteppedLoop({
      env,
      features: ({ features }) => features ?? [],
      culture,
      encoder: doomPlaceRateEncoder(doom.encoder, env.featureNames, layout.encoding),
      decoder,
      feedback: doomFeedback(task.feedback, doom.feedback),
      array,
      // The games are those of this culture in a comparison.
      seed: Rng.fromSeed(seed).split('play').uint32(),
      timing: doomTiming(doom),
    })
    await restInPieces(loop, protocol.restMinutes, signal, audience.resting)
    throwIfInterrupted(signal, 'play')

    const pace = new Pace(task.speed)
    const watcher = new DoomWatcher({ facts, env, array, layout, neurons: culture.population.neurons, startStep: culture.step })
    const lettering = new Lettering()
    let shownMs = -Infinity
    /** Whether a display is due, the clock and the log permitting. */
    const isDue = (fromMs: number, toMs: number): boolean =>
      isLogged(fromMs, toMs) || performance.now() - shownMs >= MS_PER_SECOND / FRAMES_PER_SECOND
    const tell = async (isShown: boolean): Promise<void> => {
      const { playMs } = watcher
      film?.show(playMs, () => drawDoomScene(watcher.scene(), lettering))
      await pace.keepLater(playMs, waitFor(signal))
      if (!isShown) return
      shownMs = performance.now()
      audience.changed(watcher.moment(pace))
    }
    const session = await loop.play({
      ...(task.minutes === null ? {} : { minutes: task.minutes }),
      ...(task.episodes === null ? {} : { episodes: task.episodes }),
      signal,
      onStep: async (view) => {
        watcher.step(view)
        const isShown = isDue(view.playMs, watcher.playMs)
        // After the end there is no picture; the last one stays.
        const hasPicture = !(view.terminated || view.truncated)
        if (hasPicture && (film !== undefined || (isShown && audience.seesPicture))) await watcher.look(view.observation)
        await tell(isShown)
      },
      onPause: async (view) => {
        watcher.pause(view)
        await tell(isDue(view.playMs, watcher.playMs))
      },
    })
    return { facts, spec: env.spec, session, gains: decoder.gains, realTimeFactor: pace.realTimeFactor, possibleFactor: pace.possibleFactor }
  } finally {
    culture.close()
  }
}

/**
 * Plays one session; the engine is gone when it resolves or rejects. Interrupted in play it resolves with what there was.
 *
 * Rejects with Bl1Error `run/interrupted` before play, and with what the engine and the parts throw.
 */
export const playDoomSession = async (experiment: Experiment, task: DoomTask, audience: DoomAudience, signal: AbortSignal): Promise<DoomAnswer> => {
  const pictures = audience.film !== undefined || audience.seesPicture
  const { doom } = experiment
  await using env = await DoomEnv.create(
    doomCultureEnv(task.scenario, {
      ...doomGameOptions(doom),
      ...(pictures ? { renderMode: 'rgb_array' } : {}),
      ...(audience.film === undefined ? {} : { automap: { mode: 'OBJECTS', rotate: false, textures: false } }),
    }),
  )
  throwIfInterrupted(signal, 'play')
  return await playIn(env, experiment, task, audience, signal)
}
