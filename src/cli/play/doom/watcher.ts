/** Turns steps and pauses of a session into moments for a display and scenes for a film. */
import { doomRateKey, type DoomCultureLayout } from '../../../../envs/doom/culture/index.js'
import type { DoomEnv, DoomObservationSpace } from '../../../../envs/doom/index.js'
import { rgbFrame } from '../../../env/rgbFrame.js'
import type { Frame } from '../../../env/index.js'
import type { PausedView, SteppedView } from '../../../loop/index.js'
import type { ElectrodeArray } from '../../../mea/index.js'
import type { Member, MultiDiscrete } from '../../../spaces/index.js'
import { headingOf, scoreValues, timeText, type ButtonRate, type DoomFacts, type DoomMoment, type DoomScore } from './facts.js'
import { answerMs, answerName, endText, eventTexts } from './happenings.js'
import { BUTTONS, rasterGroups, type RasterGroup } from './picture/rows.js'
import type { DoomScene, ShownAnswer } from './picture/scene.js'
import { THEME } from './picture/theme.js'
import { RecentActivity } from './recent.js'

/** Seconds that a film looks back. */
const WINDOW_MS = 5000
/** Events that a display lists. */
const LISTED_EVENTS = 8
/** Rates follow the decoder's, which jump with every step, this fast. */
const RATE_MEMORY_MS = 500

type View = Readonly<SteppedView<DoomObservationSpace>>
type Observation = Member<DoomObservationSpace>

/** What a watcher looks at. */
export interface WatcherParts {
  readonly facts: DoomFacts
  readonly env: DoomEnv<MultiDiscrete>
  readonly array: ElectrodeArray
  readonly layout: DoomCultureLayout
  readonly neurons: number
  /** The culture's step at which play begins. */
  readonly startStep: number
}

/** Keeps what a display and a film show. Plain bookkeeping: it changes nothing. */
export class DoomWatcher {
  readonly #parts: WatcherParts
  readonly #recent: RecentActivity
  readonly #groups: readonly RasterGroup[]
  readonly #rates: { readonly key: string; readonly button: string; rateHz: number }[]
  #playMs = 0
  #score: DoomScore = { episode: 1, step: 0, return: 0, kills: 0, health: 0, ammo: 0 }
  #pressed: string[] = []
  #events: string[] = []
  #answer: ShownAnswer | undefined
  #screen: Frame | undefined
  #automap: Frame | undefined

  constructor(parts: WatcherParts) {
    const { facts, array, layout, neurons, startStep } = parts
    this.#parts = parts
    this.#recent = new RecentActivity(array, neurons, startStep, WINDOW_MS)
    this.#groups = rasterGroups(layout, array.layout)
    this.#rates = facts.heads.flatMap(({ name, options: [, ...buttons] }) =>
      buttons.map((button) => ({ key: doomRateKey(name, button), button, rateHz: 0 })),
    )
  }

  /** End of what was seen so far, ms of play. */
  get playMs(): number {
    return this.#playMs
  }

  /** Sees a step. */
  step(view: View): void {
    const { playMs, durationMs, info, action, events, answers } = view
    const variables = 'variables' in info ? readVariables(info.variables) : {}
    this.#live(view)
    this.#recent.addStep({ startMs: playMs, durationMs, action: [...action] })
    this.#score = {
      episode: view.episode + 1,
      step: view.step + 1,
      return: view.return,
      kills: variables['KILLCOUNT'] ?? 0,
      // The engine counts below 0 what a fatal blow took too much.
      health: Math.max(0, variables['HEALTH'] ?? 0),
      ammo: variables['SELECTED_WEAPON_AMMO'] ?? 0,
    }
    this.#pressed = this.#parts.facts.heads.flatMap(({ options }, head) => (action[head] > 0 ? [options[action[head]]] : []))
    for (const text of eventTexts(events)) this.#addEvent(text, this.#playMs)
    const end = endText(view.endReason)
    if (end !== undefined) this.#addEvent(end, this.#playMs)
    for (const answer of answers) {
      this.#answer = { name: answerName(answer), kind: answer.kind, startMs: this.#playMs, durationMs: answerMs(answer) }
      this.#recent.addAnswer(this.#answer)
    }
    const keep = Math.exp(-durationMs / RATE_MEMORY_MS)
    for (const rate of this.#rates) rate.rateHz = rate.rateHz * keep + (view.rates[rate.key] ?? 0) * (1 - keep)
  }

  /** Sees a piece of a pause. */
  pause(view: Readonly<PausedView>): void {
    this.#live(view)
    this.#recent.addStep({ startMs: view.playMs, durationMs: view.durationMs, action: null })
    this.#pressed = []
  }

  /** Keeps the pictures of now. */
  async look(observation: Observation): Promise<void> {
    const { env } = this.#parts
    const screen = await env.render()
    if (typeof screen === 'object') this.#screen = screen
    const shape = env.observationSpace.spaces.automap?.shape
    if (shape !== undefined && observation.automap !== undefined) this.#automap = rgbFrame(shape[1], shape[0], observation.automap)
  }

  /** What a display shows of now. */
  moment({ realTimeFactor, possibleFactor }: Pick<DoomMoment, 'realTimeFactor' | 'possibleFactor'>): DoomMoment {
    const answer = this.#answer
    const isAnswering = answer !== undefined && this.#playMs < answer.startMs + answer.durationMs
    return {
      playMs: this.#playMs,
      score: this.#score,
      picture: this.#screen,
      rates: this.#rates.map(({ button, rateHz }): ButtonRate => ({ button, rateHz })),
      pressed: this.#pressed,
      events: this.#events,
      answer: isAnswering ? { name: answer.name, kind: answer.kind } : undefined,
      realTimeFactor,
      possibleFactor,
    }
  }

  /** What a film shows of now. Valid until the next step or pause. */
  scene(): DoomScene {
    const { facts } = this.#parts
    return {
      heading: headingOf(facts),
      clock: timeText(facts, this.#playMs, this.#score.episode),
      screen: this.#screen,
      automap: this.#automap,
      score: scoreValues(this.#score),
      rates: this.#rates.map(({ button, rateHz }) => ({ rateHz, ...(BUTTONS.get(button) ?? { label: button, colour: THEME.other }) })),
      restRateHz: facts.restRateHz,
      groups: this.#groups,
      heads: facts.heads,
      recent: this.#recent.before(this.#playMs),
    }
  }

  #live({ playMs, durationMs, spikes, delivered }: Readonly<PausedView>): void {
    this.#recent.addActivity(spikes, delivered)
    this.#playMs = playMs + durationMs
  }

  #addEvent(text: string, timeMs: number): void {
    this.#recent.addEvent({ text, timeMs })
    this.#events = [text, ...this.#events].slice(0, LISTED_EVENTS)
  }
}

const readVariables = (variables: unknown): Readonly<Record<string, number>> =>
  typeof variables === 'object' && variables !== null ? Object.fromEntries(Object.entries(variables).filter(([, value]) => typeof value === 'number')) : {}
