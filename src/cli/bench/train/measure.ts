/** Runs what was planned: a process a side, rounds in alternation. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from 'simple-statistics'
import { z } from 'zod'
import { cultureAgentParameters } from '../../../../agents/culture/parameters.js'
import { ppoParameters } from '../../../../agents/ppo/parameters.js'
import { alternate, ratioOf, type Program, type Rate, type RateRatio } from '../../../bench/index.js'
import { Bl1Error } from '../../../errors.js'
import { LineProcess, type SideCommand } from '../lineProcess.js'
import type { Versions } from '../measureCase.js'
import { peersFolder } from '../python.js'
import { missingSchema } from '../setUpPeers.js'
import { gradientSteps, withoutChance, type RunCase, type UpdateCase } from './plan.js'
import {
  ourReadySchema, runRoundSchema, torchReadySchema, updateRoundSchema,
  type PlacedTensor, type RunRound, type RunSetup, type UpdateNumbers, type UpdateSetupInput,
} from './setup.js'

/** One side under one setting; plain data. */
export interface UpdateResult extends Rate {
  readonly title: string
  /** 'BL-1', or PyTorch with its threads. */
  readonly side: string
  readonly gradientSteps: number
  /** Seconds of ours over seconds of this side, round by round: above 1 this side is faster. Null for ours. */
  readonly ratio: RateRatio | null
}

/** The first update of both sides with one minibatch, in which chance decides nothing. */
export interface SameNumbers {
  readonly title: string
  readonly ours: UpdateNumbers
  readonly torch: UpdateNumbers
  /** The largest difference of a number, over the larger of its magnitude and a thousandth. */
  readonly largestDifference: number
}

/** Where the time of a training goes; plain data. */
export interface RunResult {
  readonly title: string
  /** Steps of all environments together a second: median of the rounds, and each. */
  readonly stepsPerSecond: number
  readonly rounds: readonly number[]
  /** (fastest - slowest) / median. */
  readonly spread: number
  /** Medians of the shares of a round's time. `other`: what no part counts. */
  readonly shares: Readonly<Record<keyof RunRound['parts'] | 'other', number>>
  /** Median seconds of an update. */
  readonly updateSeconds: number
}

/** How to measure. */
export interface TrainMeasureSettings {
  readonly rounds: number
  /** The interpreter of PyTorch's side; undefined: measure ours alone. */
  readonly python: string | undefined
  readonly root: string
  readonly signal: AbortSignal
}

/** What was found, and with what. */
export interface MeasuredUpdates {
  readonly results: readonly UpdateResult[]
  readonly same: SameNumbers | null
  readonly versions: Versions
}

interface Running {
  readonly label: string
  readonly lines: LineProcess
  readonly versions: Versions
}

const LIMIT_MS = 10 * 60_000
const slowRemedy = 'Use fewer --rounds.'
/** Below this a number's magnitude says nothing: losses are near 0 by their making. */
const SMALLEST_MAGNITUDE = 1e-3

const ourCommand = (setup: UpdateSetupInput | RunSetup): SideCommand => ({
  name: 'bl1',
  file: process.execPath,
  args: [fileURLToPath(new URL('side.js', import.meta.url)), JSON.stringify(setup)],
  remedy: 'Report it, with the command.',
  slowRemedy,
  limitMs: LIMIT_MS,
})

const OUR_LABEL = 'BL-1'
/** PyTorch with one thread, as ours, and where there are more with as many as it takes by itself (0). */
const THREADS = availableParallelism() > 1 ? [1, 0] : [1]

const torchSetup = (setup: UpdateSetupInput, tensors: readonly PlacedTensor[], threads: number): object => ({
  file: setup.file,
  tensors,
  steps: setup.steps,
  envs: setup.envs,
  threads,
  settings: ppoParameters.parse(setup.learner ?? {}),
  policy: {
    kind: setup.policy,
    activation: setup.policy === 'culture' ? 'silu' : 'tanh',
    criticActivation: setup.policy === 'culture' ? 'silu' : 'tanh',
    encoderLearningRateScale: cultureAgentParameters.parse({}).encoder.learningRateScale,
  },
})

const startOurs = async (setup: UpdateSetupInput | RunSetup, signal: AbortSignal): Promise<Running & { readonly tensors: readonly PlacedTensor[] }> => {
  const lines = new LineProcess(ourCommand(setup), signal)
  try {
    const { ready, tensors } = await lines.ask('', ourReadySchema)
    return { label: OUR_LABEL, lines, versions: ready, tensors }
  } catch (error) {
    await lines.close()
    throw error
  }
}

const startTorch = async (setup: object, python: string, { root, signal }: TrainMeasureSettings): Promise<Running> => {
  const command: SideCommand = {
    name: 'PyTorch',
    file: python,
    args: [join(peersFolder(root), 'torch_ppo.py'), JSON.stringify(setup)],
    remedy: "Run 'bl1 bench setup --learning', or leave it out with --no-peers.",
    slowRemedy,
    limitMs: LIMIT_MS,
  }
  const lines = new LineProcess(command, signal)
  try {
    const first = await lines.ask('', z.union([torchReadySchema, missingSchema]))
    if ('missing' in first) throw new Bl1Error('bench/peer-missing', { peer: 'PyTorch', reason: first.missing ?? 'it ended at once' })
    return { label: `PyTorch, ${first.threads} thread${first.threads === 1 ? '' : 's'}`, lines, versions: first.ready }
  } catch (error) {
    await lines.close()
    throw error
  }
}

/** Starts both sides, ours first, hands them to `use`, and ends every process that was started. */
const withSides = async <R>(
  setup: UpdateSetupInput, threads: readonly number[], settings: TrainMeasureSettings, use: (sides: readonly Running[]) => Promise<R>,
): Promise<R> => {
  const folder = mkdtempSync(join(tmpdir(), 'bl1-train-'))
  const sides: Running[] = []
  try {
    const own = { ...setup, file: join(folder, 'tensors.f32') }
    const ours = await startOurs(own, settings.signal)
    sides.push(ours)
    const { python } = settings
    if (python !== undefined) {
      for (const count of threads) sides.push(await startTorch(torchSetup(own, ours.tensors, count), python, settings))
    }
    return await use(sides)
  } finally {
    await Promise.all(sides.map(({ lines }) => lines.close()))
    rmSync(folder, { recursive: true, force: true })
  }
}

const oneUpdate = async ({ lines }: Running): Promise<UpdateNumbers> => (await lines.ask('1\n', updateRoundSchema)).report

const compareNumbers = async (title: string, one: Running, other: Running): Promise<SameNumbers> => {
  const [ours, torch] = [await oneUpdate(one), await oneUpdate(other)]
  const names = ['policyLoss', 'valueLoss', 'entropy', 'approxKl', 'gradientNorm'] as const
  const differences = names.map((name) => Math.abs(ours[name] - torch[name]) / Math.max(SMALLEST_MAGNITUDE, Math.abs(ours[name]), Math.abs(torch[name])))
  return { title, ours, torch, largestDifference: Math.max(...differences) }
}

/** @throws Bl1Error `bench/peer-missing`, `bench/side-died`, `bench/side-silent`, `run/interrupted` */
export const measureUpdates = async ({ title, updates, setup }: UpdateCase, settings: TrainMeasureSettings): Promise<MeasuredUpdates> => {
  const compare = ([ours, torch]: readonly Running[]): Promise<SameNumbers> => compareNumbers(title, ours, torch)
  const same = settings.python === undefined ? null : await withSides(withoutChance(setup), [1], settings, compare)
  return withSides(setup, THREADS, settings, async (sides) => {
    const programs: Record<string, Program> = {}
    for (const { label, lines } of sides) programs[label] = (count) => lines.ask(`${count}\n`, updateRoundSchema)
    const { rates } = await alternate(programs, { steps: updates, rounds: settings.rounds })
    const own = rates[OUR_LABEL]
    const results = sides.map(({ label }): UpdateResult => ({
      title,
      side: label,
      gradientSteps: gradientSteps(setup),
      ...rates[label],
      ratio: label === OUR_LABEL ? null : ratioOf(rates[label], own),
    }))
    return { results, same, versions: Object.assign({}, ...sides.map(({ versions }) => versions)) }
  })
}

const shareOf = (rounds: readonly RunRound[], part: keyof RunRound['parts']): number => median(rounds.map(({ parts, seconds }) => parts[part] / seconds))

/** @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted` */
export const measureRun = async ({ title, setup }: RunCase, { rounds, signal }: TrainMeasureSettings): Promise<{ result: RunResult; versions: Versions }> => {
  const { lines, versions } = await startOurs(setup, signal)
  try {
    const all: RunRound[] = []
    // The first warms up and is not counted.
    for (let round = 0; round <= rounds; round++) all.push(await lines.ask('1\n', runRoundSchema))
    const counted = all.slice(1)
    const rates = counted.map(({ steps, seconds }) => steps / seconds)
    const stepsPerSecond = median(rates)
    const named = {
      env: shareOf(counted, 'env'), culture: shareOf(counted, 'culture'), policy: shareOf(counted, 'policy'), update: shareOf(counted, 'update'),
    }
    const other = Math.max(0, 1 - named.env - named.culture - named.policy - named.update)
    const result: RunResult = {
      title,
      stepsPerSecond,
      rounds: rates,
      spread: (Math.max(...rates) - Math.min(...rates)) / stepsPerSecond,
      shares: { ...named, other },
      updateSeconds: median(counted.map(({ parts }) => parts.update)),
    }
    return { result, versions }
  } finally {
    await lines.close()
  }
}
