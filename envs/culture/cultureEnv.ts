/** What the environments with a culture in them share: a dish, its stimulation and read-out, episodes that start alike, saving. */
import { z } from 'zod'
import { BaseEnv, lifecycleJSON, specOf, type EnvMetadata, type EnvSettings, type Info, type JsonObject, type JsonValue } from '../../src/env/index.js'
import type { RenderMode, ResetOptions, ResetResult, Saveable, StepResult } from '../../src/env/index.js'
import { STEP_MS } from '../../src/culture/index.js'
import { Bl1Error } from '../../src/errors.js'
import { arrayLayout } from '../../src/mea/index.js'
import { checkPurposes } from '../../src/loop/purposes.js'
import { Box, type Member, type Space } from '../../src/spaces/index.js'
import { wholeSteps } from '../../src/units.js'
import type { Home } from './dish/home.js'
import { pack, unpack } from './dish/packing.js'
import { StepWindow } from './dish/window.js'
import type { CultureEnvParameters } from './parameters.js'
import { Stimulation } from './stimulation.js'

/** What the culture did in a step. Plain JSON. */
export interface CultureActivity {
  /** Spikes of all cells, per cell and second. */
  readonly rateHz: number
  /** Pulses that the action asked for and that are on their way. */
  readonly pulses: number
  /** Pulses that came too soon on their channel and were dropped, as hardware drops them. */
  readonly droppedPulses: number
}

/** The info of every reset and step. */
export interface CultureInfo extends Info {
  readonly culture: CultureActivity
}

/** What differs from one environment to the next. */
export interface CultureEnvParts<OS extends Space> {
  readonly id: string
  readonly parameters: CultureEnvParameters & JsonObject
  readonly settings: EnvSettings
  readonly observationSpace: (spikes: Box) => OS
  /** Electrodes that are read for another purpose than to be observed. @default none */
  readonly alsoRead?: readonly number[]
  /** Whole number of these in a step. @default one piece */
  readonly pieceMs?: number
  /** @default no pictures */
  readonly metadata?: EnvMetadata
  readonly renderMode?: RenderMode | undefined
}

const savedCulture = z.strictObject({
  lifecycle: lifecycleJSON,
  cultureSeed: z.int().min(0),
  dish: z.json(),
  trains: z.array(z.number()),
  task: z.json(),
})
/** A saved environment: plain JSON. The dish is kept as what differs from the settled culture. */
export type SavedCulture = z.output<typeof savedCulture>

/** Electrodes that are observed. @throws Bl1Error `mea/channel-unknown`, `mea/channel-forbidden`, `loop/channels` */
export const readoutOf = ({ mea, stimulation, readout }: CultureEnvParameters): readonly number[] => {
  const layout = arrayLayout(mea.layout)
  const usable = Array.from({ length: layout.channels }, (_, channel) => channel).filter((channel) => !layout.unusable.has(channel))
  const channels = readout ?? usable.filter((channel) => !stimulation.channels.includes(channel))
  checkPurposes(layout, { stimulated: stimulation.channels, observed: channels })
  return channels
}

export abstract class CultureEnv<OS extends Space, I extends CultureInfo> extends BaseEnv<OS, Box, I> implements Saveable {
  /** Electrodes whose spikes are observed, in the order of the observation. */
  readonly readout: readonly number[]
  protected readonly window: StepWindow
  readonly #parameters: CultureEnvParameters
  readonly #stimulation: Stimulation
  readonly #home: Home
  /** Whether the reset that is under way came with a seed. */
  #isSeeded = false
  #hasLived = false

  /**
   * @param home where it lives, or what grows it: called when everything else has been found right
   * @throws Bl1Error `env/spec`, `parameter/invalid`, `time/not-a-multiple`, `loop/channels`, `mea/channel-unknown`,
   * `mea/channel-forbidden` and the limits of a pulse
   */
  constructor(parts: CultureEnvParts<OS>, home: Home | (() => Home)) {
    const { id, parameters, settings, alsoRead = [], pieceMs = parameters.stepMs } = parts
    const { culture, mea, stepMs, continuing } = parameters
    const steps = wholeSteps(stepMs, STEP_MS, 'stepMs')
    const readout = readoutOf(parameters)
    checkPurposes(arrayLayout(mea.layout), { stimulated: parameters.stimulation.channels, read: [...new Set(alsoRead)] })
    const stimulation = new Stimulation(parameters.stimulation, mea, id)
    // No cell spikes more than once a step of the culture, and no electrode sees more than all cells.
    const spikes = new Box({ low: 0, high: culture.neurons * steps, shape: [readout.length] })
    super({
      // What a culture that lives on does depends on all that it has lived through.
      spec: specOf(id, parameters, continuing ? { ...settings, nondeterministic: true } : settings),
      observationSpace: parts.observationSpace(spikes),
      actionSpace: stimulation.space,
      ...(parts.metadata === undefined ? {} : { metadata: parts.metadata }),
      renderMode: parts.renderMode,
    })
    this.readout = readout
    this.#parameters = parameters
    this.#stimulation = stimulation
    this.window = new StepWindow(arrayLayout(mea.layout).channels, culture.neurons, stepMs, pieceMs)
    this.#home = typeof home === 'function' ? home() : home
  }

  /** Begins the task of an episode; the culture has lived through its first window. */
  protected abstract begin(activity: CultureActivity, options: Readonly<Record<string, unknown>>): { readonly observation: Member<OS>; readonly info: I }
  /** What the step that was lived comes to. */
  protected abstract conclude(activity: CultureActivity): StepResult<Member<OS>, I>
  /** The state of the task, beside the dish. */
  protected abstract saveTask(): JsonValue
  /** Puts it back. @throws Bl1Error `env/state` */
  protected abstract loadTask(saved: JsonValue): void

  /** Spikes of each channel, step by step, while the culture was left alone. */
  protected get rest(): readonly Float64Array[] {
    return this.#home.start.rest
  }

  /** Starts an episode. @throws Bl1Error `rng/seed`, `env/closed` */
  override reset(options: ResetOptions = {}): ResetResult<Member<OS>, I> {
    this.#isSeeded = options.seed !== undefined
    return super.reset(options)
  }

  protected onReset(options: Readonly<Record<string, unknown>>): { readonly observation: Member<OS>; readonly info: I } {
    const { dishes, dish, start } = this.#home
    if (!this.#parameters.continuing || this.#isSeeded || !this.#hasLived) {
      dishes.loadOne(dish, start.saved, this.rng.split('noise').uint32())
      this.#hasLived = true
    }
    dishes.interrupt(dish)
    this.#stimulation.reset()
    this.#liveAlone()
    return this.begin(this.#activity(), options)
  }

  protected onStep(action: Float32Array): StepResult<Member<OS>, I> {
    if (this.#home.company?.live() !== true) {
      this.stimulate(action)
      this.#liveAlone()
    }
    return this.conclude(this.#activity())
  }

  /** Sends the pulses of an action. For vectors, which let all dishes live together afterwards. */
  stimulate(action: Float32Array): void {
    const { dishes, dish } = this.#home
    this.#stimulation.send(action, this.#parameters.stepMs, dishes, dish)
    this.window.open()
  }

  /** Takes over what was seen of the dish in one piece of a step. For vectors. */
  look(): void {
    this.window.add(this.#home.dishes, this.#home.dish)
  }

  /** Length of the pieces that a step is lived in, and how many they are. For vectors. */
  get pieces(): { readonly pieceMs: number; readonly count: number } {
    return { pieceMs: this.window.pieceMs, count: this.window.spikes.length }
  }

  protected override onClose(): void {
    const { company, dishes } = this.#home
    if (company === undefined) dishes.close()
    else company.leave()
  }

  /** The exact state, generators included, as plain JSON. @throws Bl1Error `env/not-reset`, `env/closed` */
  save(): SavedCulture {
    const { dishes, dish, start } = this.#home
    const lifecycle = this.saveLifecycle()
    const { cultureSeed } = this.#parameters
    // What JSON can hold is what zod reads back.
    const json = (value: JsonValue): SavedCulture['task'] => value as SavedCulture['task']
    return {
      lifecycle,
      cultureSeed,
      dish: json(pack(dishes.saveOne(dish), start.saved)),
      trains: this.#stimulation.save(),
      task: json(this.saveTask()),
    }
  }

  /** Puts a saved state back: what follows is bit for bit what would have followed. @throws Bl1Error `env/state`, `env/closed` */
  load(state: unknown): void {
    const { id } = this.spec
    const refuse = (reason: string): never => {
      throw new Bl1Error('env/state', { id, reason })
    }
    this.life.requireOpen('load()')
    const { data, error } = savedCulture.safeParse(state)
    if (data === undefined) return refuse(z.prettifyError(error))
    const { cultureSeed } = this.#parameters
    if (data.cultureSeed !== cultureSeed) refuse(`its culture is that of cultureSeed ${data.cultureSeed}, this one's of ${cultureSeed}`)
    const { dishes, dish, start } = this.#home
    try {
      this.#stimulation.load(data.trains)
      // unpacked here, read and checked by the dishes
      dishes.loadOne(dish, unpack(data.dish, start.saved) as typeof start.saved)
    } catch (thrown) {
      refuse(thrown instanceof Error ? thrown.message : String(thrown))
    }
    this.loadTask(data.task)
    this.loadLifecycle(data.lifecycle)
    this.#hasLived = true
  }

  /** Spikes of the observed electrodes in the step that was lived. */
  protected observedSpikes(): Float32Array {
    const spikes = new Float32Array(this.readout.length)
    for (let k = 0; k < spikes.length; k++) spikes[k] = this.window.counts[this.readout[k]]
    return spikes
  }

  #activity(): CultureActivity {
    return { rateHz: this.window.rateHz(), pulses: this.#stimulation.sent, droppedPulses: this.#stimulation.dropped }
  }

  /** A step of this dish, whatever the others of its batch do. */
  #liveAlone(): void {
    const { dishes, dish } = this.#home
    const { pieceMs, count } = this.pieces
    this.window.open()
    for (let piece = 0; piece < count; piece++) {
      dishes.liveOne(dish, pieceMs)
      this.look()
    }
  }
}
