/** Pong in `bl1 compare`. */
import { PongEnv } from '../../../envs/pong/index.js'
import { pongStage, pongTask, showInterval, type PongTrial, type PongTypes } from '../../bench/index.js'
import { MS_PER_SECOND } from '../../units.js'
import type { Experiment } from '../experiment.js'
import type { Contest } from './contest.js'
import type { Team } from './team.js'
import { pongFigures } from './pongFigures.js'

/** One row a rally, in order: an unfinished last one has `complete` 0. */
const rallyRows = ({ condition, seed, exchanged, encounters, durationMs }: PongTrial): string[] => {
  const rows: string[] = []
  let hits = 0
  const row = (endMs: number, complete: 0 | 1): number =>
    rows.push([condition, seed, exchanged ? 1 : 0, rows.length + 1, (endMs / MS_PER_SECOND).toFixed(2), hits, complete].join(','))
  for (const { hit, timeMs } of encounters) {
    if (hit) {
      hits++
      continue
    }
    row(timeMs, 1)
    hits = 0
  }
  if (hits > 0) row(durationMs, 0)
  return rows
}

const makeGame = ({ pong, loop: { tickMs } }: Experiment) => (afterMiss: 'end' | 'bounce'): PongEnv => new PongEnv({ ...pong, tickMs, afterMiss })

/** Pong as the config has it. @param team trained agents in place of fixed encoder and decoder */
export const pongContest = (experiment: Experiment, team?: Team): Contest<PongTypes> => ({
  task: pongTask,
  stage: pongStage({
    culture: experiment.culture,
    mea: experiment.mea,
    encoder: experiment.encoder,
    decoder: experiment.decoder,
    board: experiment.board,
    loop: experiment.loop,
    feedback: experiment.feedback,
    protocol: experiment.protocol,
    makeGame: makeGame(experiment),
    ...(team === undefined ? {} : { player: team.players(makeGame(experiment)('end')) }),
  }),
  terminal: [
    {
      name: 'hit rate\nearly > late',
      show: ({ hitRateEarly, hitRateLate }) => `${showInterval({ ...hitRateEarly, low: null })} > ${showInterval({ ...hitRateLate, low: null })}`,
    },
    { name: 'rally length\nlate', show: ({ rallyLate }) => showInterval(rallyLate) },
    { name: 'skill\nlate', show: ({ skillLate }) => showInterval(skillLate, 2, true) },
    { name: 'frozen probe:\ngain in skill', show: ({ probeGain }) => showInterval(probeGain, 3, true) },
  ],
  episodesHead: 'condition,seed,up_down_exchanged,rally,end_s,hits,complete',
  episodeRows: rallyRows,
  figures: (results, summary) => pongFigures(results, summary, experiment),
  stopLimitMs: 0,
  check: () => Promise.resolve(),
})
