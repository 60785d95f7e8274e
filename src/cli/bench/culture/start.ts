/** Starts the subjects of a group: a process each, warm and ready for rounds. */
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import type { StepProfile } from '../../../culture/index.js'
import { startCulturePeer } from '../culturePeer.js'
import { calibratedOptions, drivenOptions } from './drivenCulture.js'
import { LineProcess, type SideCommand } from '../lineProcess.js'
import type { CultureSubject, OurSubject, PeerSubject } from './plan.js'
import type { CultureRequest, CultureRound, Growth, GrowthSetup } from './setup.js'
import { cultureReadySchema, cultureRoundSchema, growthSchema, profileSchema } from './setup.js'

/** Where measurements are made. */
export interface MeasuringPlace {
  /** Interpreter of the peers; undefined: none. */
  readonly python: string | undefined
  readonly root: string
  readonly signal: AbortSignal
}

/** A subject at work. */
export interface Running {
  readonly subject: CultureSubject
  readonly versions: Readonly<Record<string, string>>
  readonly facts: SubjectFacts
  /** Simulated ms a second, roughly. */
  readonly pace: number
  run(durationMs: number): Promise<CultureRound>
  /** Ours alone. */
  profile?(steps: number): Promise<StepProfile>
  close(): Promise<void>
}

/** What is known before the first round. */
export interface SubjectFacts {
  /** Of one culture; null where the peer does not tell. */
  readonly synapses: number | null
  readonly buildSeconds: number
  /** null where nothing is compiled. */
  readonly compileSeconds: number | null
  /** `cells.bias` of a driven culture; null elsewhere. */
  readonly bias: number | null
  /** Peers: current added to all cells, mV/ms. */
  readonly drive: number | null
  /** Peers: what is not as in our culture. */
  readonly differences: readonly string[]
}

const commandOf = (file: string, setup: unknown, label: string): SideCommand => ({
  name: `bl1 (${label})`,
  file: process.execPath,
  args: ['--expose-gc', fileURLToPath(new URL(file, import.meta.url)), JSON.stringify(setup)],
  remedy: 'Choose other --sizes, and report it.',
  slowRemedy: 'Choose smaller --sizes.',
})

const startOurs = async (subject: OurSubject, signal: AbortSignal): Promise<Running> => {
  const lines = new LineProcess(commandOf('side.js', subject.setup, subject.label), signal)
  const ask = <S extends z.ZodType>(request: CultureRequest, schema: S): Promise<z.output<S>> =>
    lines.ask(`${JSON.stringify(request)}\n`, schema)
  try {
    const { ready, pace, ...facts } = await lines.ask('', cultureReadySchema)
    return {
      subject,
      versions: ready,
      facts: { ...facts, compileSeconds: null, drive: null, differences: [] },
      pace,
      run: (runMs) => ask({ runMs }, cultureRoundSchema),
      profile: (profileSteps) => ask({ profileSteps }, profileSchema),
      close: () => lines.close(),
    }
  } catch (error) {
    await lines.close()
    throw error
  }
}

/** Simulated time of the first round that tells a peer's pace, ms, and wall time of one that tells it well enough, s. */
const FIRST_TRIAL_MS = 20
const TRIAL_SECONDS = 0.2

/** Simulated ms a second, by doubling the work until it takes long enough. */
const paceOf = async (run: Running['run']): Promise<number> => {
  for (let durationMs = FIRST_TRIAL_MS; ; durationMs *= 2) {
    const { steps, seconds } = await run(durationMs)
    if (seconds >= TRIAL_SECONDS) return steps / seconds
  }
}

const startPeer = async (subject: PeerSubject, bias: number | null, { python, root, signal }: MeasuringPlace): Promise<Running> => {
  const { peer: name, neurons, inDegree, threads, warmUpMs } = subject
  const driven = subject.isDriven && bias !== null ? bias + subject.biasShift : null
  const culture = driven === null ? calibratedOptions(neurons, inDegree) : drivenOptions(neurons, inDegree, driven)
  const rateHz = driven === null ? subject.rateHz : null
  const peer = await startCulturePeer(name, { culture, threads, rateHz, warmUpMs, seed: 1 }, { python, root, signal })
  try {
    const run = async (durationMs: number): Promise<CultureRound> => {
      const { simulatedMs, seconds, spikes } = await peer.round(durationMs)
      return { steps: simulatedMs, seconds, resets: 0, spikes }
    }
    const pace = await paceOf(run)
    const { versions, buildSeconds, compileSeconds, drive, differences } = peer
    const facts = { synapses: null, buildSeconds, compileSeconds, bias: driven, drive, differences }
    return { subject, versions, facts, pace, run, close: () => peer.close() }
  } catch (error) {
    await peer.close()
    throw error
  }
}

/**
 * @param bias `cells.bias` of our driven culture beside which a peer is measured
 * @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted`, and of a peer `bench/peer-missing`
 */
export const startSubject = (subject: CultureSubject, bias: number | null, place: MeasuringPlace): Promise<Running> =>
  subject.owner === 'bl1' ? startOurs(subject, place.signal) : startPeer(subject, bias, place)

/** Grows a culture in a fresh process. @throws Bl1Error as {@link startSubject} */
export const measureGrowth = async (setup: GrowthSetup, signal: AbortSignal): Promise<Growth> => {
  const lines = new LineProcess(commandOf('growSide.js', setup, `growing ${setup.neurons} neurons`), signal)
  try {
    return await lines.ask('', growthSchema)
  } finally {
    await lines.close()
  }
}
