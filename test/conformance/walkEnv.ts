/** A small environment that keeps every rule, for tests that break one rule at a time. */
import { BaseEnv, register, specOf, type EnvSettings, type Info, type RenderMode } from '../../src/env/index.js'
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

const read = (options: unknown, key: string): unknown =>
  typeof options === 'object' && options !== null ? Reflect.get(options, key) : undefined

export class WalkEnv extends BaseEnv<Box, Discrete<2>> {
  readonly #length: number
  #position = new Float32Array(1)
  #walked = 0

  constructor({ length = 5, renderMode }: WalkOptions = {}, settings: EnvSettings = {}) {
    super({
      spec: specOf('Walk-v0', { length, ...(renderMode === undefined ? {} : { renderMode }) }, settings),
      observationSpace: new Box({ low: -10, high: 10, shape: [1] }),
      actionSpace: new Discrete({ n: 2 }),
      metadata: { renderModes: ['ansi'], renderFps: 10 },
      renderMode,
    })
    this.#length = length
  }

  protected onReset(): { observation: Float32Array; info: Info } {
    this.#walked = 0
    this.#position = new Float32Array([this.rng.uniform()])
    return { observation: this.#position, info: {} }
  }

  protected onStep(action: number) {
    this.#walked++
    this.#position = new Float32Array([this.#position[0] + (action - 0.5) * this.rng.uniform()])
    const terminated = this.#walked >= this.#length
    const info: Info = terminated ? { endReason: 'goal' } : {}
    return { observation: this.#position, reward: 0, terminated, truncated: false, info }
  }

  protected override onRender(): string {
    return `at ${this.#position[0]}`
  }
}

register({
  id: 'Walk-v0',
  load: async () => (options, settings) => {
    const length = read(options, 'length')
    const mode = read(options, 'renderMode')
    return new WalkEnv({ ...(typeof length === 'number' ? { length } : {}), ...(mode === 'ansi' ? { renderMode: mode } : {}) }, settings)
  },
})
