/** Doom in `bl1 compare`. Loading this file loads the bridge to the engine. */
import {
  doomCultureEnv,
  doomCultureLayout,
  doomFeedback,
  doomGroupDecoder,
  doomPlaceRateEncoder,
} from '../../../envs/doom/culture/index.js'
import { DoomEnv, type DoomObservationSpace } from '../../../envs/doom/index.js'
import { Bl1Error } from '../../errors.js'
import { checkEpisodes, episodesStage, episodesTask, showInterval, showNumber, type EpisodeGame, type EpisodeParts, type EpisodeTypes, type EpisodesTrial } from '../../bench/index.js'
import { gradedOpenLoop } from '../../feedback/index.js'
import { checkPulse } from '../../mea/index.js'
import { flatten } from '../../spaces/index.js'
import { MS_PER_SECOND } from '../../units.js'
import type { DoomExperiment } from '../doomExperiment.js'
import { doomGameOptions, doomTiming, timeOfTics } from '../doomGame.js'
import type { Experiment } from '../experiment.js'
import type { Contest } from './contest.js'
import type { Team } from './team.js'
import { doomFigures } from './doomFigures.js'

/** Where the config does not say after how many tics an episode ends: the time limit of most scenarios, for the display of progress. */
const USUAL_TIMEOUT_TICS = 300
/** An engine that was told to end does so in far less. */
const STOP_LIMIT_MS = 10_000

/** Starts an engine and joins it with what the config says of cultures. */
const startDoom = async (doom: DoomExperiment, team: Team | undefined): Promise<EpisodeGame<DoomObservationSpace>> => {
  const env = await DoomEnv.create(doomCultureEnv(doom.scenario, doomGameOptions(doom)))
  return {
    env,
    features: (observation) => {
      // an agent was trained on all of an observation
      if (team !== undefined) return flatten(env.observationSpace, observation)
      if (observation.features === undefined) throw new Bl1Error('doom/features', { received: env.featureNames })
      return observation.features
    },
    ...(team === undefined ? {} : { player: team.padPlayers(env) }),
    sensory: doomCultureLayout().encoding,
    encoder: (channels) => doomPlaceRateEncoder(doom.encoder, env.featureNames, channels),
    decoder: (exchanged) => doomGroupDecoder(doom.decoder, env.heads, doomCultureLayout(exchanged)),
    feedback: (condition, script) =>
      condition === 'open_loop'
        ? gradedOpenLoop(script, { interruptedByEncoding: doom.feedback.interruptedByEncoding })
        : doomFeedback(condition, doom.feedback),
  }
}

/** One row an episode, in order: an unfinished last one has `complete` 0. */
const episodeRows = ({ condition, seed, exchanged, episodes }: EpisodesTrial): string[] =>
  episodes.map(({ seed: game, startMs, durationMs, steps, events, complete, endReason, return: returned }, k) => {
    const sizes = ['kill', 'damageTaken', 'ammoUsed'].map((name) => events[name]?.size ?? 0)
    const [startS, endS] = [startMs, startMs + durationMs].map((ms) => (ms / MS_PER_SECOND).toFixed(2))
    return [condition, seed, exchanged ? 1 : 0, k + 1, game, startS, endS, steps, returned, ...sizes, endReason ?? '', complete ? 1 : 0].join(',')
  })

/** Doom as the config has it. @param team trained agents in place of fixed encoder and decoder */
export const doomContest = (experiment: Experiment, team?: Team): Contest<EpisodeTypes> => {
  const { doom } = experiment
  const task = episodesTask('Doom', doom.exchangeLeftRight)
  const parts: EpisodeParts<DoomObservationSpace> = {
    culture: experiment.culture,
    mea: experiment.mea,
    protocol: experiment.protocol,
    timing: doomTiming(doom),
    probeEpisodes: doom.probeEpisodes,
    longestEpisodeMs: timeOfTics(doom.timeoutTics ?? USUAL_TIMEOUT_TICS) + doom.loop.pauseMs,
    exchangeLeftRight: doom.exchangeLeftRight,
    start: () => startDoom(doom, team),
    ...(team === undefined ? {} : { grow: (seed: number) => team.grow(seed) }),
  }
  return {
    task,
    stage: episodesStage(parts),
    terminal: [
      {
        name: 'return\nearly > late',
        show: ({ returnEarly, returnLate }) => `${showNumber(returnEarly.mean, 1)} > ${showNumber(returnLate.mean, 1)}`,
      },
      { name: 'kills\nlate', show: ({ killsLate }) => showInterval(killsLate) },
      { name: 'won\nlate', show: ({ wonLate }) => showInterval(wonLate) },
      { name: 'frozen probe:\ngain in return', show: ({ probeGain }) => showInterval(probeGain, 1, true) },
    ],
    episodesHead: 'condition,seed,left_right_exchanged,episode,game_seed,start_s,end_s,steps,return,kills,damage_taken,ammo_used,end_reason,complete',
    episodeRows,
    figures: (results, summary) => doomFigures(task, results, summary, experiment),
    stopLimitMs: STOP_LIMIT_MS,
    check: async () => {
      const { encoder, feedback } = doom
      checkPulse({ currentUa: encoder.highestCurrentUa, phaseWidthUs: encoder.phaseWidthUs }, experiment.mea)
      checkPulse({ currentUa: feedback.largestCurrentUa, phaseWidthUs: feedback.phaseWidthUs }, experiment.mea)
      await checkEpisodes(parts)
    },
  }
}
