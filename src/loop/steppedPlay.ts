/** One call of `SteppedLoop.play`: the state of a session while it is played. */
import type { z } from 'zod'
import { STEP_MS } from '../culture/index.js'
import { isOver, type StepResult } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import type { EpisodeReport, GradedAnswer, GradedContext, StepReport } from '../feedback/index.js'
import type { ElectrodeArray } from '../mea/index.js'
import type { Rng } from '../rng.js'
import type { Member, Space } from '../spaces/index.js'
import { MS_PER_MINUTE, wholeSteps } from '../units.js'
import { AnswerTrains } from './answerTrains.js'
import { EpisodeTally } from './episodeTally.js'
import { FeaturePair } from './featurePair.js'
import { PulseGate } from './pulseGate.js'
import type { Recorder } from './recorder.js'
import { SpikeKeeper } from './session.js'
import type {
  EpisodeRecord,
  PausedView,
  steppedTiming,
  SteppedInfo,
  SteppedLoopParts,
  SteppedPlayOptions,
  SteppedSession,
  SteppedView,
} from './steppedTypes.js'
import { Window } from './window.js'

/** What a session is played with. */
export interface SteppedPlayParts<OS extends Space> {
  readonly parts: SteppedLoopParts<OS>
  readonly array: ElectrodeArray
  readonly timing: z.output<typeof steppedTiming>
  readonly recorder: Recorder
  /** Split by the number of the episode. */
  readonly gameStream: Rng
  readonly feedbackStream: Rng
  /** Number of the first episode. */
  readonly firstEpisode: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export class SteppedPlay<OS extends Space> {
  /** Episodes begun. */
  begun = 0
  readonly #p: SteppedPlayParts<OS>
  readonly #options: SteppedPlayOptions<OS>
  readonly #stepSteps: number
  readonly #endStep: number
  readonly #startStep: number
  readonly #keeper: SpikeKeeper | undefined
  readonly #gate: PulseGate
  readonly #trains: AnswerTrains
  readonly #window = new Window()
  readonly #context: GradedContext
  readonly #episodes: EpisodeRecord[] = []
  readonly #chosen: number[][]
  readonly #action: Int32Array
  readonly #answers: GradedAnswer[] = []
  #steps = 0
  #droppedSensory = 0
  #report: Mutable<StepReport> | undefined
  #view: SteppedView<OS> | undefined
  #paused: PausedView | undefined

  constructor(p: SteppedPlayParts<OS>, options: SteppedPlayOptions<OS>) {
    const { parts, array, timing, recorder, feedbackStream } = p
    const { culture, encoder, decoder, feedback, env } = parts
    const { record, minutes = Infinity } = options
    this.#p = p
    this.#options = options
    this.#stepSteps = wholeSteps(timing.stepMs, STEP_MS, 'stepMs')
    this.#startStep = culture.step
    this.#endStep = culture.step + Math.floor((minutes * MS_PER_MINUTE) / STEP_MS + 1e-9)
    this.#keeper = record && new SpikeKeeper(culture.step + Math.round(record.fromMs / STEP_MS), culture.step + Math.round(record.toMs / STEP_MS))
    this.#gate = new PulseGate(array.stimulator)
    const { stimulator } = array
    this.#trains = new AnswerTrains({ policy: feedback, stimulator, gate: this.#gate, sensoryChannels: encoder.channels, latencyMs: timing.latencyMs })
    this.#context = { rng: feedbackStream, largestRateHz: array.parameters.largestRateHz }
    this.#chosen = env.actionSpace.nvec.map((length) => Array.from({ length }, () => 0))
    this.#action = new Int32Array(env.actionSpace.nvec.length)
    recorder.begin(this.#keeper)
    encoder.reset()
    decoder.reset()
  }

  async run(): Promise<SteppedSession> {
    const { episodes = Infinity, signal } = this.#options
    while (this.begun < episodes && this.#hasRoom && signal?.aborted !== true) {
      if (await this.#episode()) await this.#pause()
    }
    const { recorder } = this.#p
    return {
      durationMs: this.#playMs,
      startMs: this.#startStep * STEP_MS,
      episodes: this.#episodes,
      answers: this.#trains.given,
      electrodeSpikes: recorder.electrodeSpikes(),
      pulses: recorder.pulses,
      droppedPulses: this.#droppedSensory + this.#trains.droppedPulses,
      passedOver: this.#trains.passedOver,
      spikes: recorder.spikes,
      steps: this.#steps,
      actionShares: this.#chosen.map((counts) => counts.map((count) => (this.#steps === 0 ? 0 : count / this.#steps))),
      recording: this.#keeper?.recorded(),
      interrupted: signal?.aborted === true,
    }
  }

  get #playMs(): number {
    return (this.#p.parts.culture.step - this.#startStep) * STEP_MS
  }

  get #clockMs(): number {
    return this.#p.parts.culture.step * STEP_MS
  }

  /** Whether a whole step fits in. */
  get #hasRoom(): boolean {
    return this.#p.parts.culture.step + this.#stepSteps <= this.#endStep
  }

  /** Plays an episode. @returns whether the game ended it */
  async #episode(): Promise<boolean> {
    const { env, features } = this.#p.parts
    const number = this.#p.firstEpisode + this.begun
    const seed = this.#p.gameStream.split(number).uint32()
    this.begun++
    const { observation, info } = env.sync ? env.reset({ seed }) : await env.reset({ seed })
    const pair = new FeaturePair(features(observation), env.spec.id)
    const tally = new EpisodeTally(info.seed, this.#playMs)
    this.#cut()
    while (this.#hasRoom && this.#options.signal?.aborted !== true) {
      const step = await this.#step(number, pair, tally)
      if (isOver(step)) {
        this.#episodes.push(tally.record(this.#playMs, true, step.info.endReason ?? null))
        return true
      }
    }
    if (tally.steps > 0) this.#episodes.push(tally.record(this.#playMs, false, null))
    return false
  }

  async #step(episode: number, pair: FeaturePair, tally: EpisodeTally): Promise<StepResult<Member<OS>, SteppedInfo>> {
    const { env, decoder, features } = this.#p.parts
    const { recorder } = this.#p
    const playMs = this.#playMs
    const sensoryOff = !this.#show(pair.now, playMs)
    this.#clear()
    this.#live(this.#stepSteps)
    const choice = recorder.seenMs > 0 ? decoder.decode(recorder.counts, recorder.seenMs) : decoder.idleAction
    this.#choose(choice)
    const result = env.sync ? env.step(this.#action) : await env.step(this.#action)
    this.#steps++
    const { reward, terminated, truncated, info } = result
    this.#checkReport(reward, info)
    tally.add(reward, info.events)
    pair.read(features(result.observation))
    this.#respond(pair, result, tally)
    if (this.#options.onStep !== undefined) {
      const view = (this.#view ??= this.#newView(result.observation, choice, info))
      view.playMs = playMs
      view.episode = episode
      view.step = tally.steps - 1
      view.observation = result.observation
      view.action = choice
      view.reward = reward
      view.return = tally.return
      view.events = info.events
      view.info = info
      view.terminated = terminated
      view.truncated = truncated
      view.endReason = info.endReason ?? null
      view.rates = decoder.rates
      view.sensoryOff = sensoryOff
      await this.#options.onStep(view)
    }
    pair.turn()
    return result
  }

  /** Lets the policy see the step, and the episode if it is over, and starts its answers. */
  #respond(pair: FeaturePair, { reward, terminated, truncated, info }: StepResult<unknown, SteppedInfo>, tally: EpisodeTally): void {
    const { feedback } = this.#p.parts
    const report = (this.#report ??= { features: pair.now, nextFeatures: null, reward, events: [], terminated, truncated })
    report.features = pair.now
    report.nextFeatures = terminated ? null : pair.next
    report.reward = reward
    report.events = info.events
    report.terminated = terminated
    report.truncated = truncated
    this.#answers.length = 0
    const isLast = terminated || truncated
    if (!isLast) this.#cut()
    this.#give(feedback.afterStep(report, this.#context), false)
    if (!isLast) return
    const episode: EpisodeReport = { return: tally.return, steps: tally.steps, terminated, truncated }
    this.#give(feedback.afterEpisode(episode, this.#context), true)
  }

  #give(answers: readonly GradedAnswer[], always: boolean): void {
    for (const answer of answers) {
      if (this.#trains.start(answer, this.#playMs, this.#clockMs, always)) this.#answers.push(answer)
    }
  }

  /** As on the device of the original, where the next sensory input cuts every train that began before the last step. */
  #cut(): void {
    const { feedback } = this.#p.parts
    if (feedback.interruptedByEncoding && feedback.sensory) this.#p.array.stimulator.interrupt()
  }

  /** Schedules the sensory pulses of the coming window. @returns whether the culture is shown the game as the window begins */
  #show(features: Float64Array, playMs: number): boolean {
    const { feedback, encoder } = this.#p.parts
    const { stepMs, latencyMs } = this.#p.timing
    if (!feedback.sensory) return false
    const startMs = this.#clockMs + latencyMs
    const suspendedMs = this.#trains.suspendedUntilMs - playMs
    for (const pulse of encoder.encode(features, stepMs)) {
      if (pulse.offsetMs < suspendedMs) continue
      if (!this.#gate.send(pulse.channel, pulse, startMs + pulse.offsetMs)) this.#droppedSensory++
    }
    return suspendedMs <= 0
  }

  #choose(choice: readonly number[]): void {
    const { nvec, start } = this.#p.parts.env.actionSpace
    for (let head = 0; head < nvec.length; head++) {
      const option = choice[head]
      if (!(Number.isInteger(option) && option >= 0 && option < nvec[head])) {
        throw new Bl1Error('loop/choice', { head, received: String(option), options: nvec[head] })
      }
      this.#action[head] = start[head] + option
      this.#chosen[head][option]++
    }
  }

  #checkReport(reward: number, { events }: SteppedInfo): void {
    const game = this.#p.parts.env.spec.id
    if (!Number.isFinite(reward)) throw new Bl1Error('loop/report', { game, what: 'a reward', received: String(reward) })
    for (const { name, size } of events) {
      if (!Number.isFinite(size)) throw new Bl1Error('loop/report', { game, what: `an event '${name}' of the size`, received: String(size) })
    }
  }

  /** The game waits while the culture lives on, in pieces of a step, so that a display goes on. */
  async #pause(): Promise<void> {
    const { onPause, signal } = this.#options
    let left = Math.min(wholeSteps(this.#p.timing.pauseMs, STEP_MS, 'pauseMs'), this.#endStep - this.#p.parts.culture.step)
    while (left > 0 && signal?.aborted !== true) {
      const playMs = this.#playMs
      const piece = Math.min(left, this.#stepSteps)
      left -= piece
      this.#clear()
      this.#live(piece)
      if (onPause === undefined) continue
      const { spikes, delivered } = this.#window
      const view = (this.#paused ??= { playMs, durationMs: 0, spikes, delivered, counts: this.#p.recorder.counts })
      view.playMs = playMs
      view.durationMs = piece * STEP_MS
      await onPause(view)
    }
  }

  #clear(): void {
    this.#p.recorder.clear()
    this.#window.clear()
  }

  /** Scripted answers begin at their own time, not at the next step's. */
  #live(steps: number): void {
    let left = steps
    while (left > 0) {
      this.#trains.replay(this.#playMs, this.#clockMs)
      const piece = Math.min(left, this.#trains.stepsToNext(this.#playMs))
      const spikes = this.#p.recorder.live(piece)
      this.#window.add(spikes, this.#p.recorder.delivered)
      left -= piece
    }
  }

  #newView(observation: Member<OS>, action: readonly number[], info: SteppedInfo): SteppedView<OS> {
    const { stepMs: durationMs } = this.#p.timing
    const { spikes, delivered } = this.#window
    const { counts } = this.#p.recorder
    const { rates } = this.#p.parts.decoder
    const outcome = { reward: 0, return: 0, events: [], info, terminated: false, truncated: false, endReason: null }
    return { playMs: 0, durationMs, episode: 0, step: 0, observation, action, ...outcome, spikes, delivered, counts, rates, answers: this.#answers, sensoryOff: false }
  }
}
