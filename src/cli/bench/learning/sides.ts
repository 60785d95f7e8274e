/** The processes that train: ours and stable-baselines3's, started when they are first wanted, each for one seed at a time. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Bl1Error } from '../../../errors.js'
import { LineProcess, type SideCommand } from '../lineProcess.js'
import { peersFolder } from '../python.js'
import { missingSchema } from '../setUpPeers.js'
import { answerSchema, learningReadySchema, ourJob, peerJob, type LearningAnswer, type LearningSide } from './answer.js'
import type { LearningRun } from './tasks.js'

/** Where to train. */
export interface SidesPlace {
  /** The interpreter of stable-baselines3's side. */
  readonly python: string | undefined
  readonly root: string
  readonly signal: AbortSignal
}

/** A seed takes a minute or two; on a machine that is busy with other things, several. */
const LIMIT_MS = 60 * 60_000
const slowRemedy = 'Run the same command again: what is finished is kept.'

const commandOf = (side: LearningSide, python: string, root: string): SideCommand =>
  side === 'bl1'
    ? {
        name: 'bl1',
        file: process.execPath,
        args: [fileURLToPath(new URL('side.js', import.meta.url))],
        remedy: 'Leave the task out with --tasks, and report it.',
        slowRemedy,
        limitMs: LIMIT_MS,
      }
    : {
        name: 'stable-baselines3',
        file: python,
        // One thread: networks this small are no faster on more, and other seeds train beside it.
        args: [join(peersFolder(root), 'sb3_ppo.py'), JSON.stringify({ threads: 1 })],
        remedy: "Run 'bl1 bench setup --learning', or leave it out with --no-peers.",
        slowRemedy,
        limitMs: LIMIT_MS,
      }

/** One process, and what it runs with. */
interface Running {
  readonly lines: LineProcess
  readonly versions: Readonly<Record<string, string>>
}

const firstSchema = z.union([learningReadySchema, missingSchema])

const startSide = async (side: LearningSide, { python = 'python3', root, signal }: SidesPlace): Promise<Running> => {
  const lines = new LineProcess(commandOf(side, python, root), signal)
  try {
    const first = await lines.ask('', firstSchema)
    if ('missing' in first) throw new Bl1Error('bench/peer-missing', { peer: 'stable-baselines3', reason: first.missing ?? 'it ended at once' })
    return { lines, versions: first.ready }
  } catch (error) {
    await lines.close()
    throw error
  }
}

/** The processes of one lane. */
export class Sides {
  readonly #place: SidesPlace
  readonly #running = new Map<LearningSide, Running>()

  constructor(place: SidesPlace) {
    this.#place = place
  }

  /**
   * Trains and evaluates one seed.
   * @throws Bl1Error `bench/peer-missing`, `bench/side-died`, `bench/side-silent`, `run/interrupted`
   */
  async train(side: LearningSide, run: LearningRun, seed: number): Promise<{ answer: LearningAnswer; versions: Readonly<Record<string, string>> }> {
    const known = this.#running.get(side)
    const { lines, versions } = known ?? (await startSide(side, this.#place))
    if (known === undefined) this.#running.set(side, { lines, versions })
    const job = side === 'bl1' ? ourJob(run, seed) : peerJob(run, seed)
    return { answer: await lines.ask(`${JSON.stringify(job)}\n`, answerSchema), versions }
  }

  /** Ends them and waits until they are gone. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#running.values(), ({ lines }) => lines.close()))
  }
}
