/** An environment that draws how far its episode is: easy to check frame by frame. */
import { z } from 'zod'
import { BaseEnv, lifecycleJSON, type Frame, type JsonObject, type LifecycleState, type RenderMode, type Saveable } from '../../../src/env/index.js'
import { Discrete } from '../../../src/spaces/index.js'
import { filled } from './frames.js'

export const clockOptions = z.strictObject({
  renderMode: z.enum(['ansi', 'rgb_array']).exactOptional(),
  /** Steps of an episode. */
  length: z.int().exactOptional(),
  /** The step that throws. */
  failsAt: z.int().exactOptional(),
  /** The step whose picture has another size. */
  growsAt: z.int().exactOptional(),
})
export type ClockOptions = z.output<typeof clockOptions>

/** The picture after `step` steps of an episode. */
export const clockFrame = (step: number): Frame => filled(6, 4, [step * 10, 0, 0, 255])

/** The pictures of a whole episode of so many steps. */
export const clockFrames = (steps: number): Frame[] => Array.from({ length: steps + 1 }, (_, i) => clockFrame(i))

export class ClockEnv extends BaseEnv<Discrete, Discrete> implements Saveable {
  pictures = 0
  #step = 0
  readonly #options: ClockOptions

  constructor(options: ClockOptions = { renderMode: 'rgb_array' }) {
    super({
      spec: { id: 'test/Clock-v0', options: { ...options } },
      observationSpace: new Discrete({ n: 1000 }),
      actionSpace: new Discrete({ n: 2 }),
      metadata: { renderModes: ['ansi', 'rgb_array'], renderFps: 20 },
      renderMode: options.renderMode,
    })
    this.#options = options
  }

  protected onReset() {
    this.#step = 0
    return { observation: 0, info: {} }
  }

  protected onStep() {
    this.#step++
    if (this.#step === this.#options.failsAt) throw new Error('the clock broke')
    const terminated = this.#step === (this.#options.length ?? 5)
    return { observation: this.#step, reward: 1, terminated, truncated: false, info: terminated ? ({ endReason: 'goal' } as const) : {} }
  }

  protected override onRender(mode: RenderMode) {
    this.pictures++
    if (mode === 'ansi') return String(this.#step)
    return this.#step === this.#options.growsAt ? filled(7, 4) : clockFrame(this.#step)
  }

  save(): JsonObject {
    return { step: this.#step, lifecycle: { ...this.saveLifecycle() } }
  }

  load(state: { readonly step: number; readonly lifecycle: LifecycleState }): void {
    this.#step = state.step
    this.loadLifecycle(lifecycleJSON.parse(state.lifecycle))
  }
}
