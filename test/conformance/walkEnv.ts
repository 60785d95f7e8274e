/** A small environment that keeps every rule, for tests that break one rule at a time. */
import { z } from 'zod'
import { BaseEnv, lifecycleJSON, register, specOf } from '../../src/env/index.js'
import type { EnvSettings, EnvSpec, Frame, Info, JsonObject, RenderMode, Saveable, StepResult } from '../../src/env/index.js'
import { Box, Discrete } from '../../src/spaces/index.js'

declare module '../../src/env/index.js' {
  interface EnvRegistry {
    'Walk-v0': { env: WalkEnv; options: WalkOptions }
  }
}

export interface WalkOptions {
  /** How many steps to the goal. */
  length?: number
  renderMode?: RenderMode
}

const savedWalk = z.strictObject({ lifecycle: lifecycleJSON, position: z.number(), walked: z.number() })

/** Steps to the left or right by random distances; the goal is to have walked for long enough. */
export class WalkEnv extends BaseEnv<Box, Discrete<2>> implements Saveable {
  readonly #length: number
  #position = 0
  #walked = 0

  constructor({ length = 5, renderMode }: WalkOptions = {}, settings: EnvSettings = {}, spec?: EnvSpec) {
    super({
      spec: spec ?? specOf('Walk-v0', { length, ...(renderMode === undefined ? {} : { renderMode }) }, settings),
      observationSpace: new Box({ low: -10, high: 10, shape: [1] }),
      actionSpace: new Discrete({ n: 2 }),
      metadata: { renderModes: ['ansi', 'rgb_array'], renderFps: 10 },
      renderMode,
    })
    this.#length = length
  }

  protected onReset(): { observation: Float32Array; info: Info } {
    this.#walked = 0
    this.#position = this.rng.uniform()
    return { observation: new Float32Array([this.#position]), info: {} }
  }

  protected onStep(action: number): StepResult<Float32Array> {
    this.#walked++
    this.#position += (action - 0.5) * this.rng.uniform()
    const terminated = this.#walked >= this.#length
    const info: Info = terminated ? { endReason: 'goal' } : {}
    return { observation: new Float32Array([this.#position]), reward: 0, terminated, truncated: false, info }
  }

  protected override onRender(mode: RenderMode): Frame | string {
    if (mode === 'ansi') return `at ${this.#position}`
    return { width: 2, height: 1, data: new Uint8ClampedArray(8).fill(100 + 10 * this.#position) }
  }

  save(): JsonObject {
    return { lifecycle: this.saveLifecycle(), position: this.#position, walked: this.#walked }
  }

  load(state: unknown): void {
    const { lifecycle, position, walked } = savedWalk.parse(state)
    this.loadLifecycle(lifecycle)
    this.#position = position
    this.#walked = walked
  }
}

const walkOptions = z.object({ length: z.number().optional(), renderMode: z.enum(['ansi', 'rgb_array']).optional() })

register({
  id: 'Walk-v0',
  load: async () => (options, settings) => {
    const { length, renderMode } = walkOptions.parse(options)
    return new WalkEnv({ ...(length === undefined ? {} : { length }), ...(renderMode === undefined ? {} : { renderMode }) }, settings)
  },
})
