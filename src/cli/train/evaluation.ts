/** What `bl1 eval` does: the trained agent on episodes that it never saw, beside random actions on the same ones. */
import Table from 'cli-table3'
import { mean } from 'simple-statistics'
import type { EpisodeResult } from '../../../agents/index.js'
import { bootstrapMean, pairedEffect, type MeanInterval } from '../../bench/statistics.js'
import { Rng } from '../../rng.js'
import { throwIfInterrupted } from '../context.js'
import { playEpisodes, type PlayOptions } from './play.js'
import { seedOf } from './seeds.js'
import { loadTrained, type LoadOptions, type Trained } from './trained.js'

/** Options of `bl1 eval`. */
export interface EvalFlags {
  readonly episodes: number
  readonly seed: number
  readonly stochastic?: boolean
  readonly backend?: NonNullable<LoadOptions['backend']>
  readonly json?: boolean
}

/** One player's episodes in numbers. */
export interface PlayerSummary {
  readonly return: MeanInterval
  readonly meanLength: number
  /** How often episodes ended for each reason. */
  readonly endReasons: Readonly<Record<string, number>>
  readonly episodes: readonly EpisodeResult[]
}

const summarise = (episodes: readonly EpisodeResult[], rng: Rng): PlayerSummary => {
  const endReasons: Record<string, number> = {}
  for (const { endReason = 'none' } of episodes) endReasons[endReason] = (endReasons[endReason] ?? 0) + 1
  return { return: bootstrapMean(episodes.map((episode) => episode.return), rng), meanLength: mean(episodes.map(({ length }) => length)), endReasons, episodes }
}

/** The document behind `--json`. */
const documentOf = async (trained: Trained, flags: EvalFlags, signal: AbortSignal) => {
  const { parts, config, file, hash, counters } = trained
  const seed = seedOf(config, 'held-out', flags.seed)
  const options: PlayOptions = { episodes: flags.episodes, seed, greedy: flags.stochastic !== true, signal }
  const played = await playEpisodes(parts, options)
  throwIfInterrupted(signal, 'the evaluation')
  const random = await playEpisodes(parts, { ...options, random: true })
  throwIfInterrupted(signal, 'the evaluation')
  const rng = Rng.fromSeed(seed)
  const agent = summarise(played.episodes, rng.split('agent'))
  const chance = summarise(random.episodes, rng.split('chance'))
  const { differences } = pairedEffect(agent.episodes.map((episode) => episode.return), chance.episodes.map((episode) => episode.return))
  return {
    checkpoint: file,
    hash,
    title: config.title,
    environment: config.env.id,
    trainedSteps: counters.steps,
    backend: parts.backend.description,
    seed: flags.seed,
    greedy: options.greedy,
    agent,
    chance,
    aboveChance: bootstrapMean(differences, rng.split('difference')),
    culture: parts.agent === undefined ? null : { cellRateHz: played.cellRateHz, spikesPerStep: Array.from(played.featureMeans) },
  }
}

type EvaluationDocument = Awaited<ReturnType<typeof documentOf>>

const number = (value: number | null): string => (value === null ? '-' : value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 }))
const interval = ({ mean: middle, low, high }: MeanInterval): string => (low === null ? number(middle) : `${number(middle)} [${number(low)}, ${number(high)}]`)
const reasons = (endReasons: PlayerSummary['endReasons']): string =>
  Object.entries(endReasons).map(([reason, count]) => `${reason} ${count}`).join(', ')

const textOf = ({ title, environment, hash, trainedSteps, agent, chance, aboveChance, culture, greedy }: EvaluationDocument): string => {
  const table = new Table({ head: ['player', 'mean return [95 %]', 'mean length', 'ends'], style: { head: [], border: [] } })
  for (const [name, player] of [['agent', agent], ['random actions', chance]] as const) {
    table.push([name, interval(player.return), number(player.meanLength), reasons(player.endReasons)])
  }
  const { low, high } = aboveChance
  const verdict = low === null || high === null ? 'one episode says nothing about chance' : low > 0 ? 'above chance' : high < 0 ? 'below chance' : 'not told from chance'
  const spikes = culture === null ? [] : [`The culture: ${number(culture.cellRateHz)} spikes a second and cell; read out ${number(culture.spikesPerStep.reduce((sum, rate) => sum + rate, 0))} spikes a step.`]
  return [
    title,
    `${environment}, checkpoint ${hash} after ${number(trainedSteps)} steps; ${agent.episodes.length} held-out episodes, ${greedy ? 'no chance in the choices' : 'choices drawn as in training'}.`,
    '',
    table.toString(),
    '',
    `Agent minus random actions, episode by episode: ${interval(aboveChance)} (${verdict}).`,
    ...spikes,
  ].join('\n')
}

/** Evaluates a checkpoint, or that of a run's folder. @throws Bl1Error `run/interrupted`, those of loadTrained and playEpisodes */
export const runEvaluation = async (path: string, flags: EvalFlags, signal: AbortSignal): Promise<void> => {
  const trained = await loadTrained(path, flags.backend === undefined ? {} : { backend: flags.backend })
  try {
    const document = await documentOf(trained, flags, signal)
    process.stdout.write(`${flags.json === true ? JSON.stringify(document) : textOf(document)}\n`)
  } finally {
    await trained.close()
  }
}
