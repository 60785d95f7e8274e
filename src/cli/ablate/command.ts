/** What `bl1 ablate` does, loaded when it is asked for: it brings the learning library in. */
import { join } from 'node:path'
import { ablationParagraph, summariseAblations } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { provenance, ResultStore } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { throwIfInterrupted } from '../context.js'
import { requireMemory } from '../memory.js'
import { runFolderFor } from '../runFolderFor.js'
import { wrapText } from '../wrapText.js'
import { findAgents } from '../findAgents.js'
import type { TrainedAgent } from '../trainedAgent.js'
import { planOf } from './plan.js'
import { ablateAnswer, type AblateAnswer } from './protocol.js'
import { runAblations } from './run.js'
import { ablationDocument, terminalTable, writeAblations, type Ablations } from './write.js'

/** Options of `bl1 ablate`. */
export interface AblateFlags {
  readonly episodes: number
  readonly seed: number
  readonly stochastic?: boolean
  readonly retrain?: boolean
  readonly steps?: number
  readonly backend?: TrainedAgent['config']['training']['backend']
  readonly jobs: number
  readonly out?: string
  readonly resume?: string
  readonly json?: boolean
}

/**
 * Takes agents apart.
 * @throws Bl1Error those of findAgents, `ablate/steps`, `culture/too-large`, `run/interrupted` with everything finished on disk
 */
export const runAblate = async (paths: readonly string[], flags: AblateFlags, signal: AbortSignal): Promise<void> => {
  const { episodes, seed, stochastic = false, retrain = false, steps = null, backend = null } = flags
  if (steps !== null && !retrain) throw new Bl1Error('ablate/steps', { steps })
  const agents = findAgents(paths)
  const { config } = agents[0]
  const plan = planOf(config, { retrain, steps })
  const jobs = Math.min(flags.jobs, agents.length * plan.length)
  requireMemory(config.culture, jobs * config.env.count)
  const made = provenance()
  const setting = { episodes, seed, greedy: !stochastic, retrainSteps: retrain ? (steps ?? config.training.steps) : null }
  const question = { packageVersion: made.packageVersion, agents: agents.map(({ name, hash }) => ({ name, hash })), plan, setting, backend }
  const folder = runFolderFor('ablate', flags, question)
  const store = ResultStore.open<AblateAnswer>(folder, question, {
    read: (json) => readParameters(ablateAnswer, json, 'a stored result'),
    mustExist: flags.resume !== undefined,
  })
  const tell = (line: string): void => void process.stderr.write(`${line}\n`)
  if (store.dropped !== undefined) tell(`Line ${store.dropped.line} of ${store.file} was ${store.dropped.reason}: that piece of work runs again.`)
  let runs: AblateAnswer[]
  try {
    const data = { episodes, seed, greedy: !stochastic, steps, backend, folder: join(folder, 'retrained') }
    runs = await runAblations({ agents, plan, store, data, jobs, signal, tell })
  } catch (error) {
    tell(`What is finished is kept. Go on with: bl1 ablate ${paths.join(' ')} --resume ${folder} (and the same options; npx bl1 inside a clone)`)
    throw error
  }
  throwIfInterrupted(signal, 'the report')
  const ablations: Ablations = { agents, runs, summary: summariseAblations(runs), provenance: made, setting }
  await writeAblations(folder, ablations)
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ folder, ...ablationDocument(ablations) })}\n`
      : `\n${wrapText(ablationParagraph(ablations.summary))}\n\n${terminalTable(ablations.summary)}\n\nReport: ${join(folder, 'report.html')}\n`,
  )
}
