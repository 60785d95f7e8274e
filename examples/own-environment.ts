/**
 * Your own environment in 40 lines: a walk to the goal on slippery ground. Explained step by step in docs/own-environment.md.
 *
 *   npm run build && node dist/examples/own-environment.js
 */
import { BaseEnv, checkEnv, isOver, make, register, specOf, wrap, type EnvSettings } from 'bl1/env'
import { group, quantity, readParameters, type InputOf } from 'bl1/parameters'
import { Box, Discrete } from 'bl1/spaces'
import { recordEpisodeStatistics, timeLimit } from 'bl1/wrappers'

const walkParameters = group(
  { length: quantity({ default: 5, unit: 'steps', min: 1, integer: true, doc: 'from start to goal' }) },
  'a walk',
)

class WalkEnv extends BaseEnv<Box, Discrete<2>> {
  readonly #length: number
  #position = 0

  constructor(options: InputOf<typeof walkParameters> = {}, settings: EnvSettings = {}) {
    const { length } = readParameters(walkParameters, options, 'Walk')
    super({
      spec: specOf('example/Walk-v0', { length }, settings),
      observationSpace: new Box({ low: 0, high: length, shape: [1] }),
      actionSpace: new Discrete({ n: 2 }),
    })
    this.#length = length
  }

  protected onReset() {
    this.#position = 0
    return { observation: Float32Array.of(0), info: {} }
  }

  protected onStep(action: number) {
    // One step in ten slips: back instead of forward, or forward instead of back.
    const slips = this.rng.uniform() < 0.1
    const forward = (action === 1) !== slips
    this.#position = Math.max(0, this.#position + (forward ? 1 : -1))
    const terminated = this.#position === this.#length
    const info = terminated ? ({ endReason: 'goal' } as const) : {}
    return { observation: Float32Array.of(this.#position), reward: terminated ? 1 : -0.01, terminated, truncated: false, info }
  }
}

declare module 'bl1/env' {
  interface EnvRegistry {
    'example/Walk-v0': { env: WalkEnv; options: InputOf<typeof walkParameters> }
  }
}
register({
  id: 'example/Walk-v0',
  load: async () => (options, settings) => new WalkEnv(readParameters(walkParameters, options, 'Walk'), settings),
})

const findings = await checkEnv(() => make('example/Walk-v0'))
console.log(`the checker found ${findings.length} problems`)

const env = wrap(wrap(await make('example/Walk-v0', { length: 3 }), timeLimit({ maxEpisodeSteps: 100 })), recordEpisodeStatistics())
env.reset({ seed: 1 })
let step = env.step(1)
while (!isOver(step)) step = env.step(env.sampleAction())
console.log(`${step.info.endReason} after ${step.info.episode?.length} random steps, return ${step.info.episode?.return.toFixed(2)}`)

const rebuilt = await make(env.spec)
console.log(`rebuilt from JSON: ${JSON.stringify(rebuilt.spec)}`)
